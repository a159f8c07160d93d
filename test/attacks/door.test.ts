import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { requestChannels } from '../../build/generated/channel-names.ts';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { requests } from '../../src-main/contract/channels.ts';
import { bookable, item, openClerkDesk, openReferral, pass, reviewBooking } from '../support/clerk-steps.ts';
import { openDesk, type TestDesk } from '../support/desk.ts';
import { createMemorySecrets } from '../support/memory-secrets.ts';
import { fuzzIpc } from './fuzz/fuzz-ipc.ts';
import { fuzzWire } from './fuzz/fuzz-wire.ts';
import { createSeeded } from './fuzz/seeded.ts';
import { makeInput } from './fuzz/valid-input.ts';

const page = { isTrusted: true, place: 'main-frame' };

async function askAnything(desk: TestDesk, channel: string, input: unknown): Promise<unknown> {
  return desk.ask(channel as 'session/lock', input as never);
}

describe('S07: whatever a page can send', () => {
  it('gets a typed answer on every channel, changes no prototype, and stops nothing', async () => {
    const report = await fuzzIpc({ payloads: 32, seed: 11, hasHeavy: false, isOneDesk: true });
    expect(report.faults).toEqual([]);
    expect(report.channels).toBe(requestChannels.length);
  });

  it('of 100 MB or 10,000 levels is refused like anything else', async () => {
    const channels = ['referral/find'];
    const report = await fuzzIpc({ payloads: 5, seed: 1, hasHeavy: true, channels });
    expect(report.faults).toEqual([]);
  });

  it('is plain data: a list with properties of its own, or a thing of another class, reaches no handler', async () => {
    const desk = await openDesk();
    await desk.signIn();
    const ubrns = Object.assign(['000000070000'], { constructor: 'mine' });
    for (const input of [
      { ubrns, isWatched: true },
      { ubrns: Object.assign([], { x: 1 }), isWatched: true },
    ])
      expect(await desk.app.handle('lists/set-watched', input, page)).toMatchObject({
        problem: { kind: 'invalid-input', code: 'not-of-the-schema' },
      });
    const before = await desk.must('settings/read', {});
    await askAnything(desk, 'settings/save', { textSize: undefined, contrast: 'high' });
    const after = await desk.must('settings/read', {});
    expect(JSON.stringify(after).includes('textSize')).toBe(JSON.stringify(before).includes('textSize'));
    for (const input of [new Map(), new Set(), new (class Mine {})()])
      expect(await desk.app.handle('session/read-state', input, page)).toMatchObject({ ok: false });
    await desk.app.stop();
  });
});

it('S34: replies that are almost right come out of every operation as a typed outcome', async () => {
  const folder = fileURLToPath(new URL('../../../shared/ers/examples/', import.meta.url));
  const examples = existsSync(join(folder, 'index.json')) ? folder : null;
  const report = await fuzzWire({ replies: 40, seed: 21, examples });
  expect(report.faults).toEqual([]);
  expect(report.kinds['success']).toBeGreaterThan(20);
  expect(report.kinds['unreadable']).toBeGreaterThan(50);
});

describe('S11: what a page says of itself', () => {
  it('is no role, person or organisation: those are of the session alone', async () => {
    const desk = await openDesk();
    await desk.signIn();
    const wrong: readonly (readonly [string, unknown])[] = [
      ['session/choose-role', { roleId: 'X99.SERVICE_PROVIDER_CLINICIAN' }],
      ['session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN_ADMIN', organisation: 'X99' }],
      ['session/choose-clinician', { userId: '555000000999' }],
      ['worklist/fetch', { kind: 'AWAITING_BOOKING', onBehalfOf: '555000000999' }],
      ['referral/find', { text: '000000070000', role: 'SERVICE_PROVIDER_CLINICIAN' }],
      ['session/sign-in', { token: 'mine' }],
    ];
    for (const [channel, input] of wrong)
      expect([channel, await askAnything(desk, channel, input)]).toMatchObject([channel, { ok: false }]);
    const state = await desk.must('session/read-state', {});
    expect(state.role).toMatchObject({ roleId: 'R69.REFERRING_CLINICIAN_ADMIN' });
    expect(JSON.stringify(state)).not.toMatch(/bearer|token|sessionKey/i);
    await desk.app.stop();
  });

  it('is no referral that was not opened: nothing is read of it, and nothing is written', async () => {
    const desk = await openDesk({ seed: 5 });
    await desk.signIn();
    const { world, calls } = desk.service;
    const ubrn = bookable(desk)[1] ?? '';
    const before = world.referral(ubrn).version;
    const seeded = createSeeded(3);
    const withUbrn = Object.entries(requests).filter(
      ([, { input }]) => 'ubrn' in (input as { properties: object }).properties,
    );
    expect(withUbrn.length).toBeGreaterThan(15);
    const { nhsNumber } = world.referral(ubrn);
    for (const [channel] of withUbrn) {
      const input = { ...(makeInput(channel, seeded) as object), ubrn };
      if (channel === 'referral/open') Object.assign(input, { secondIdentifier: '0000' });
      const text = JSON.stringify(await askAnything(desk, channel, input));
      expect([channel, text.includes(nhsNumber)]).toEqual([channel, false]);
    }
    expect(world.referral(ubrn).version).toBe(before);
    const written = ['A016', 'A020', 'A022', 'A031', 'A034', 'A036', 'A012', 'A013', 'A014', 'A028', 'A032'];
    expect(written.filter((id) => calls.count(id, { ubrn }) > 0)).toEqual([]);
    await desk.app.stop();
  });
});

describe('S12: evidence for a deferral', () => {
  it('is made in main alone: a page can neither bring nor claim it', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const ubrn = bookable(desk)[0] ?? '';
    await openReferral(desk, ubrn);
    const serviceId = desk.service.world.referral(ubrn).shortlist[0] ?? '';
    expect(await desk.ask('booking/review-deferral', { ubrn, serviceId })).toMatchObject({ ok: false });
    const claims = [
      { evidence: 'NO_SLOTS_AT_SERVICE' },
      { reason: 'SLOT_NOT_AVAILABLE' },
      { canDefer: true },
    ];
    for (const claim of claims)
      expect(await askAnything(desk, 'booking/review-deferral', { ubrn, serviceId, ...claim })).toMatchObject(
        {
          problem: { code: 'not-of-the-schema' },
        },
      );
    const reviewId = '0dad6368-b119-416a-aa41-7e71929fd22e';
    const commit = { reviewId, digits: '0101', comment: 'No slots' };
    expect(await desk.ask('booking/commit-deferral', commit)).toMatchObject({ ok: false });
    expect(desk.service.calls.count('A016')).toBe(0);
    await desk.app.stop();
  });
});

it('S30: an old copy of the database, from before a booking was sent, books nothing a second time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  const [copy, secrets] = [join(folder, 'copy.sqlite'), createMemorySecrets()];
  const storage = openSqliteStorage(join(folder, 'booking-desk.sqlite'));
  const { desk, network } = await openClerkDesk({ storage, secrets });
  await desk.signIn();
  const ubrn = bookable(desk)[0] ?? '';
  const { commit } = await reviewBooking(desk, ubrn);
  network.isDown = true;
  const answer = await desk.must('booking/commit', commit);
  const intentId = answer.kind === 'started' ? answer.booking.intentId : '';
  await pass(desk, 3);
  storage.run('VACUUM INTO ?', copy);
  network.isDown = false;
  await pass(desk, 90);
  expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  await desk.app.stop();

  const old = openSqliteStorage(copy);
  const { service, clock } = desk;
  const { desk: again } = await openClerkDesk({ storage: old, secrets, service, clock });
  await again.signIn();
  await pass(again, 5);
  await again.ask('outbox/confirm', { intentId });
  await pass(again, 120);
  expect(service.calls.count('A016', { ubrn })).toBe(1);
  expect(service.world.appointmentOf(ubrn)?.status).toBe('booked');
  expect(await item(again, intentId)).toMatchObject({ state: 'done' });
  await again.app.stop();
  rmSync(folder, { recursive: true, force: true });
});
