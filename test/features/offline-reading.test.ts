import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { createInProcessNetwork } from '../../src-main/adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../../src-main/adapters/training/training-session-provider.ts';
import { fail } from '../../src-main/contract/outcome.ts';
import { createTrainingService } from '../../src-main/training-service/create-training-service.ts';
import type { FaultEffect } from '../../src-main/training-service/faults.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from '../support/desk.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createMemorySecrets } from '../support/memory-secrets.ts';

const HOUR_MS = 3_600_000;
const LIST = { kind: 'AWAITING_BOOKING' } as const;
const OFFLINE = { kind: 'refuse-connection' } as const;
const CLERK = 'R69.REFERRING_CLINICIAN_ADMIN';

/** What a start of the app shares with the next one: disk, keyring, clock, and the e-RS of the world. */
function makePlace(secrets = createMemorySecrets()) {
  const clock = createManualClock();
  const service = createTrainingService({
    seed: 5,
    clock,
    pasDelayMs: 0,
    credentialLifetimeMs: 100 * HOUR_MS,
  });
  return { clock, service, secrets, storage: openSqliteStorage(':memory:') };
}

async function openPlace(place: TestDeskOptions = makePlace(), role = CLERK) {
  const desk = await openDesk(place);
  await desk.signIn(role);
  return { desk, ...helpersFor(desk) };
}

function helpersFor(desk: TestDesk) {
  const { world, faults } = desk.service;
  const strike = (effect: FaultEffect, id?: string) =>
    faults.add({ on: { times: Infinity, ...(id === undefined ? {} : { id }) }, do: effect });
  const scene = (name: SceneName) => {
    const [ubrn = ''] = world.findScene(name);
    const { nhsNumber, shortlist } = world.referral(ubrn);
    const secondIdentifier = nhsNumber.slice(-4);
    const search = { ubrn, serviceId: shortlist[0] ?? '', priority: null, clinicianId: null };
    return { ubrn, nhsNumber, open: { ubrn, secondIdentifier }, search };
  };
  const calls = () => desk.service.calls.all.filter(({ surface }) => surface !== 'training').length;
  return { strike, scene, calls };
}

describe.each([
  ['a connection that is refused', OFFLINE],
  ['a connection that breaks', { kind: 'drop-before' }],
  ['a portal', { kind: 'html-200' }],
] as const)('behind %s', (_name, effect) => {
  it('a list is the one that was read last, with its age', async () => {
    const { desk, strike, calls } = await openPlace();
    const fresh = await desk.must('worklist/fetch', LIST);
    expect(fresh.isRemembered).toBe(false);
    await desk.clock.advance(HOUR_MS);
    strike(effect);
    const old = await desk.must('worklist/fetch', LIST);
    expect(old).toEqual({ ...fresh, isRemembered: true });
    // After a lost call a look without credentials decides whether the desk is offline.
    await desk.clock.advance(1000);
    const before = calls();
    expect(await desk.must('worklist/fetch', LIST)).toEqual(old);
    expect(calls()).toBe(before);
    await desk.must('worklist/fetch', { ...LIST, isReread: true });
    expect(calls()).toBe(before + 1);
  });

  it('a referral is the one that was read last, without its actions', async () => {
    const { desk, strike, scene } = await openPlace();
    const { ubrn, open } = scene('bookable');
    const fresh = await desk.must('referral/open', open);
    expect(fresh).toMatchObject({ isRemembered: false, canBook: null });
    expect(fresh.actions).not.toBeNull();
    await desk.clock.advance(HOUR_MS);
    strike(effect);
    const old = await desk.must('referral/reread', { ubrn });
    expect(old).toEqual({
      ...{ ...fresh, isRemembered: true, actions: null, history: old.history },
      // What is not queued is not offered either (screens.md section 14).
      canCancelReferral: 'ring-back-instead',
      canChangeShortlist: 'needs-connection',
      canSendForTriage: 'needs-connection',
    });
    expect(old.patient?.readAt).toBe(fresh.patient?.readAt);
  });

  it('slots are those that were read, page by page, as a wish', async () => {
    const { desk, strike, scene } = await openPlace();
    const { open, search } = scene('five-thousand-slots');
    await desk.must('referral/open', open);
    const fresh = await desk.must('slots/search', search);
    const second = await desk.must('slots/read-page', { searchId: fresh.searchId, page: 2 });
    await desk.clock.advance(HOUR_MS);
    strike(effect);
    const old = await desk.must('slots/search', search);
    expect(old.searchId).not.toBe(fresh.searchId);
    const { searchId } = old;
    expect(old.firstPage).toEqual({ ...fresh.firstPage, searchId, isRemembered: true });
    expect(old.firstPage).toMatchObject({ total: 5000, hasMore: true });
    const page = await desk.must('slots/read-page', { searchId, page: 2 });
    expect(page).toEqual({ ...second, searchId, isRemembered: true });
    expect(await desk.ask('slots/read-page', { searchId, page: 3 })).toMatchObject({
      ok: false,
      problem: { kind: 'offline', code: 'no-remembered-slots' },
    });
  });
});

describe('what is remembered', () => {
  it('outlives the app, and opens a referral of a remembered list without e-RS', async () => {
    const place = makePlace();
    const { desk: first, scene } = await openPlace(place);
    const { ubrn, nhsNumber, open, search } = scene('bookable');
    const list = await first.must('worklist/fetch', LIST);
    const { names } = await first.must('patient/read-names', { nhsNumbers: [nhsNumber] });
    const fresh = await first.must('referral/open', open);
    await first.must('slots/search', search);
    await first.clock.advance(HOUR_MS);
    const { desk, strike } = await openPlace(place);
    strike(OFFLINE);
    expect(await desk.must('worklist/fetch', LIST)).toEqual({ ...list, isRemembered: true });
    expect(await desk.must('patient/read-names', { nhsNumbers: [nhsNumber] })).toEqual({ names });
    const view = await desk.must('referral/open', { ubrn, secondIdentifier: null });
    expect(view).toMatchObject({
      version: fresh.version,
      readAt: fresh.readAt,
      isRemembered: true,
      canBook: null,
    });
    expect(view.patient).toEqual(fresh.patient);
    expect(view.shortlist).toEqual(fresh.shortlist);
    expect((await desk.must('slots/search', search)).firstPage.isRemembered).toBe(true);
  });

  it('keeps a typed UBRN behind its second identifier', async () => {
    const place = makePlace();
    const { desk: first, scene } = await openPlace(place);
    const { ubrn, open } = scene('bookable');
    const { patient } = await first.must('referral/open', open);
    await first.clock.advance(1000);
    const { desk, strike } = await openPlace(place);
    strike(OFFLINE);
    const ask = (secondIdentifier: string | null) => desk.ask('referral/open', { ubrn, secondIdentifier });
    expect(await ask(null)).toMatchObject({ problem: { kind: 'needs-second-identifier' } });
    const wrong = open.secondIdentifier === '0000' ? '0001' : '0000';
    expect(await ask(wrong)).toMatchObject({ problem: { kind: 'wrong-identifier' } });
    const [year, month, day] = patient?.birthDate?.split('-') ?? [];
    expect(await ask(`${day}${month}${year}`)).toMatchObject({ ok: true, value: { isRemembered: true } });
  });

  it('is a day old at most', async () => {
    const { desk, strike, scene } = await openPlace();
    const { ubrn, open, search } = scene('bookable');
    await desk.must('worklist/fetch', LIST);
    await desk.must('referral/open', open);
    await desk.must('slots/search', search);
    strike(OFFLINE);
    await desk.clock.advance(23 * HOUR_MS);
    expect(await desk.must('worklist/fetch', LIST)).toMatchObject({ isRemembered: true });
    await desk.clock.advance(2 * HOUR_MS);
    const problem = { kind: 'offline' };
    expect(await desk.ask('worklist/fetch', LIST)).toMatchObject({ ok: false, problem });
    expect(await desk.ask('referral/reread', { ubrn })).toMatchObject({ ok: false, problem });
    expect(await desk.ask('slots/search', search)).toMatchObject({ ok: false, problem });
  });

  it('is of no use after the clock was set back behind it', async () => {
    const { desk, strike } = await openPlace();
    await desk.must('worklist/fetch', LIST);
    strike(OFFLINE);
    desk.clock.setWallClock(desk.clock.nowMs() - HOUR_MS);
    expect(await desk.ask('worklist/fetch', LIST)).toMatchObject({ ok: false, problem: { kind: 'offline' } });
  });

  it('is for the same person in the same role alone', async () => {
    const place = makePlace();
    const { desk: first, scene } = await openPlace(place);
    const { open } = scene('bookable');
    await first.must('worklist/fetch', LIST);
    await first.must('referral/open', open);
    await first.clock.advance(1000);
    const network = createInProcessNetwork(place.service, place.clock);
    const baseUrl = 'https://training.bookingdesk.invalid';
    const provider = createTrainingSessionProvider({
      network,
      baseUrl,
      dialect: 'api-platform',
      userId: '555000000102',
    });
    const { desk: other, strike } = await openPlace({ ...place, network, provider });
    const { desk: inRole } = await openPlace(place, 'R69.REFERRING_CLINICIAN');
    const { desk: same } = await openPlace(place);
    strike(OFFLINE);
    for (const desk of [other, inRole]) {
      expect(await desk.ask('worklist/fetch', LIST)).toMatchObject({
        ok: false,
        problem: { kind: 'offline' },
      });
      expect(await desk.ask('referral/open', open)).toMatchObject({
        ok: false,
        problem: { kind: 'offline' },
      });
    }
    expect(await same.ask('worklist/fetch', LIST)).toMatchObject({ ok: true });
    expect(await same.ask('referral/open', open)).toMatchObject({ ok: true });
  });

  it('is shown to nobody while the desk is locked', async () => {
    const { desk, strike } = await openPlace();
    await desk.must('worklist/fetch', LIST);
    strike(OFFLINE);
    await desk.ask('worklist/fetch', LIST);
    await desk.must('session/lock', {});
    expect(await desk.ask('worklist/fetch', LIST)).toMatchObject({ problem: { kind: 'not-signed-in' } });
    await desk.must('session/unlock', {});
    expect(await desk.must('worklist/fetch', LIST)).toMatchObject({ isRemembered: true });
  });

  it('is nothing without a keyring, and reading goes on', async () => {
    const secrets = { ...createMemorySecrets(), read: async () => fail('writes-off', 'no-keyring') };
    const { desk, strike } = await openPlace(makePlace(secrets));
    expect(await desk.must('worklist/fetch', LIST)).toMatchObject({ isRemembered: false });
    strike(OFFLINE);
    expect(await desk.ask('worklist/fetch', LIST)).toMatchObject({ ok: false, problem: { kind: 'offline' } });
  });

  it('gives way to e-RS as soon as it answers', async () => {
    const { desk, strike } = await openPlace();
    const first = await desk.must('worklist/fetch', LIST);
    const heal = strike(OFFLINE);
    await desk.must('worklist/fetch', LIST);
    heal();
    await desk.clock.advance(11_000);
    const fresh = await desk.must('worklist/fetch', LIST);
    expect(fresh.isRemembered).toBe(false);
    expect(fresh.readAt > first.readAt).toBe(true);
  });

  it('works in the spine dialect', async () => {
    const desk = await openDesk({ dialect: 'spine-session', ...makePlace() });
    await desk.signIn();
    const { strike, scene } = helpersFor(desk);
    const { ubrn, open, search } = scene('bookable');
    const fresh = await desk.must('referral/open', open);
    await desk.must('slots/search', search);
    strike(OFFLINE);
    expect(await desk.must('referral/reread', { ubrn })).toMatchObject({
      version: fresh.version,
      isRemembered: true,
    });
    expect((await desk.must('slots/search', search)).firstPage).toMatchObject({ isRemembered: true });
  });
});

describe('a patient', () => {
  it('with a restricted record is never remembered, nor is the referral', async () => {
    const { desk, strike, scene } = await openPlace();
    const { ubrn, nhsNumber, open } = scene('s-flag');
    expect(await desk.must('referral/open', open)).toMatchObject({ canBook: 'patient-sensitive' });
    await desk.must('patient/read-names', { nhsNumbers: [nhsNumber] });
    await desk.clock.advance(1000);
    expect(desk.storage.all('SELECT * FROM remembered')).toEqual([]);
    strike(OFFLINE);
    expect(await desk.ask('referral/reread', { ubrn })).toMatchObject({
      ok: false,
      problem: { kind: 'offline' },
    });
  });

  it.each([
    ['restricted', { kind: 'status', status: 403 }],
    ['not readable, so that nobody knows whether it is restricted,', { kind: 'status', status: 503 }],
  ] as const)('whose record has become %s is forgotten', async (_what, effect) => {
    const { desk, strike, scene } = await openPlace();
    const { ubrn, open } = scene('bookable');
    await desk.must('referral/open', open);
    const heal = strike(effect, 'PDS');
    await desk.must('referral/reread', { ubrn });
    heal();
    strike(OFFLINE);
    expect(await desk.ask('referral/reread', { ubrn })).toMatchObject({ problem: { kind: 'offline' } });
  });

  it('found restricted in a list takes the remembered referral along', async () => {
    const place = makePlace();
    const { desk: first, scene } = await openPlace(place);
    const { ubrn, nhsNumber, open } = scene('bookable');
    await first.must('referral/open', open);
    await first.clock.advance(1000);
    const { desk, strike } = await openPlace(place);
    await desk.must('worklist/fetch', LIST);
    const heal = strike({ kind: 'status', status: 403 }, 'PDS');
    await desk.must('patient/read-names', { nhsNumbers: [nhsNumber] });
    heal();
    strike(OFFLINE);
    expect(await desk.ask('referral/open', { ubrn, secondIdentifier: null })).toMatchObject({
      ok: false,
      problem: { kind: 'offline' },
    });
  });

  it.each(['deceased', 'pds-missing'] as const)('who is %s is remembered', async (name) => {
    const { desk, strike, scene } = await openPlace();
    const { ubrn, open } = scene(name);
    const fresh = await desk.must('referral/open', open);
    strike(OFFLINE);
    const old = await desk.must('referral/reread', { ubrn });
    expect(old).toMatchObject({ isRemembered: true, canBook: fresh.canBook });
    expect(old.patient).toEqual(fresh.patient);
  });

  it('of a wrong second identifier is not remembered', async () => {
    const { desk, scene } = await openPlace();
    const { ubrn, open } = scene('bookable');
    const wrong = open.secondIdentifier === '0000' ? '0001' : '0000';
    expect(await desk.ask('referral/open', { ubrn, secondIdentifier: wrong })).toMatchObject({ ok: false });
    await desk.clock.advance(1000);
    expect(desk.storage.all('SELECT * FROM remembered')).toEqual([]);
  });
});

describe('an error that e-RS answers', () => {
  it.each([
    [403, 'forbidden'],
    [404, 'not-found'],
    [422, 'rejected'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ] as const)('with %i is shown, not what is remembered', async (status, kind) => {
    const { desk, strike, scene } = await openPlace();
    const { ubrn, open, search } = scene('bookable');
    await desk.must('worklist/fetch', LIST);
    await desk.must('referral/open', open);
    await desk.must('slots/search', search);
    strike({ kind: 'status', status });
    expect(await desk.ask('worklist/fetch', LIST)).toMatchObject({ ok: false, problem: { kind } });
    expect(await desk.ask('referral/reread', { ubrn })).toMatchObject({ ok: false, problem: { kind } });
    expect(await desk.ask('slots/search', search)).toMatchObject({ ok: false, problem: { kind } });
    expect(await desk.must('session/read-connection', {})).toMatchObject({ status: 'online' });
  });

  it.each(['truncated-json', 'wrong-bundle-type'] as const)('as %s is shown too', async (kind) => {
    const { desk, strike, scene } = await openPlace();
    const { open, search } = scene('bookable');
    await desk.must('referral/open', open);
    await desk.must('slots/search', search);
    strike({ kind }, 'A015');
    expect(await desk.ask('slots/search', search)).toMatchObject({
      ok: false,
      problem: { kind: 'bad-reply' },
    });
  });

  it('that a referral is not to be had takes it from memory', async () => {
    const { desk, strike, scene } = await openPlace();
    const { ubrn, open } = scene('bookable');
    await desk.must('referral/open', open);
    const heal = strike({ kind: 'status', status: 403 }, 'A005');
    await desk.ask('referral/reread', { ubrn });
    heal();
    strike(OFFLINE);
    expect(await desk.ask('referral/reread', { ubrn })).toMatchObject({ problem: { kind: 'offline' } });
  });
});

describe('no slots', () => {
  it('is never said from memory', async () => {
    const { desk, strike, scene } = await openPlace();
    const { open, search } = scene('no-slots');
    await desk.must('referral/open', open);
    const fresh = await desk.must('slots/search', search);
    expect(fresh.firstPage).toMatchObject({ total: 0, slots: [], isRemembered: false });
    strike(OFFLINE);
    for (const _time of [1, 2]) {
      expect(await desk.ask('slots/search', search)).toMatchObject({
        ok: false,
        problem: { kind: 'offline', code: 'no-remembered-slots' },
      });
    }
  });
});

it('reviews a remembered slot of a remembered referral, and says that it is one', async () => {
  const place = makePlace();
  const { desk: first, scene } = await openPlace(place);
  const { ubrn, open, search } = scene('bookable');
  const { version } = await first.must('referral/open', open);
  await first.must('slots/search', search);
  await first.clock.advance(1000);
  const { desk, strike } = await openPlace(place);
  strike(OFFLINE);
  await desk.must('referral/open', open);
  const { searchId, firstPage } = await desk.must('slots/search', search);
  const [slot] = firstPage.slots;
  const review = await desk.must('booking/review-slot', { searchId, slotId: slot?.slotId ?? '' });
  expect(review).toMatchObject({
    ubrn,
    version,
    start: slot?.start,
    slotReadAt: firstPage.readAt,
    isOffline: true,
  });
});
