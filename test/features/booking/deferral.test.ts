/** The review and the commit of a deferral: only on evidence that main itself gathered (screens.md 5, hazard 9). */
import { describe, expect, it } from 'vitest';
import {
  bookable,
  book,
  digitsOf,
  item,
  openClerkDesk,
  openReferral,
  pass,
  reviewDeferral,
  type ClerkDesk,
} from '../../support/clerk-steps.ts';
import type { TestDesk } from '../../support/desk.ts';
import type { SceneName } from '../../../src-main/training-service/world/drafts.ts';

const EVIDENCE_SECONDS = 120;

async function open(scene: SceneName = 'no-slots', options = {}) {
  const clerk = await openClerkDesk(options);
  await clerk.desk.signIn();
  const [ubrn = ''] = clerk.desk.service.world.findScene(scene);
  await openReferral(clerk.desk, ubrn);
  const serviceId = clerk.desk.service.world.referral(ubrn).shortlist[0] ?? '';
  return { ...clerk, ubrn, serviceId };
}

const search = (desk: TestDesk, at: { ubrn: string; serviceId: string }) =>
  desk.ask('slots/search', { ubrn: at.ubrn, serviceId: at.serviceId, priority: null, clinicianId: null });

const review = (desk: TestDesk, { ubrn, serviceId }: { ubrn: string; serviceId: string }) =>
  desk.ask('booking/review-deferral', { ubrn, serviceId });

/** An empty search, and the review that it permits. */
async function reviewed(options = {}) {
  const at = await open('no-slots', options);
  await search(at.desk, at);
  return { ...at, ...(await reviewDeferral(at.desk, at.ubrn)) };
}

async function goOffline({ desk, network }: ClerkDesk) {
  network.isDown = true;
  await desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' });
}

describe('a deferral on an empty search', () => {
  it.each(['api-platform', 'spine-session'] as const)('is reviewed and done on %s', async (dialect) => {
    const { desk, ubrn, panel, commit } = await reviewed({ dialect });
    expect(panel).toMatchObject({
      ubrn,
      reason: 'NO_SLOTS_AT_SERVICE',
      evidenceAt: expect.any(String) as string,
      isOffline: false,
      slotStart: null,
      maxComment: 1000,
      attemptsLeft: 2,
      isTwoWeekWait: false,
      otherServices: [],
    });
    const answer = await desk.must('booking/commit-deferral', commit);
    expect(answer).toMatchObject({
      kind: 'started',
      item: { action: 'defer', state: 'queued', comment: commit.comment },
    });
    await pass(desk, 5);
    expect(desk.service.world.referral(ubrn)).toMatchObject({
      state: 'DEFERRED_TO_PROVIDER',
      stateComments: commit.comment,
    });
    const intentId = answer.kind === 'started' ? answer.item.intentId : '';
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  });

  it('is offered for two minutes from the search on, and not a second longer', async () => {
    const at = await open();
    await search(at.desk, at);
    await pass(at.desk, EVIDENCE_SECONDS - 5);
    expect(await review(at.desk, at)).toMatchObject({ ok: true });
    await pass(at.desk, 10);
    expect(await review(at.desk, at)).toMatchObject({
      problem: { kind: 'rejected', code: 'evidence-expired' },
    });
    await search(at.desk, at);
    expect(await review(at.desk, at)).toMatchObject({ ok: true });
  });

  it('is not kept fresh by a clock that is set back', async () => {
    const at = await open();
    await search(at.desk, at);
    at.desk.clock.setWallClock(at.desk.clock.nowMs() - 3_600_000);
    await pass(at.desk, EVIDENCE_SECONDS + 1);
    expect(await review(at.desk, at)).toMatchObject({ problem: { code: 'evidence-expired' } });
  });

  it('that was committed late makes its evidence again before it is sent (I12)', async () => {
    const { desk, ubrn, commit } = await reviewed();
    await pass(desk, EVIDENCE_SECONDS + 60);
    const searches = desk.service.calls.count('A015');
    await desk.must('booking/commit-deferral', commit);
    await pass(desk, 5);
    expect(desk.service.calls.count('A015')).toBe(searches + 1);
    expect(desk.service.world.referral(ubrn).state).toBe('DEFERRED_TO_PROVIDER');
  });
});

describe('a review is refused', () => {
  it('without any search: search-first', async () => {
    const at = await open();
    expect(await review(at.desk, at)).toMatchObject({ problem: { kind: 'rejected', code: 'search-first' } });
  });

  it('while there are slots: with how many and since when', async () => {
    const at = await open('bookable');
    const found = await search(at.desk, at);
    const { slots, readAt } = found.ok ? found.value.firstPage : { slots: [], readAt: '' };
    expect(slots.length).toBeGreaterThan(0);
    expect(await review(at.desk, at)).toMatchObject({
      problem: { code: 'slots-available', facts: { slots: slots.length, readAt } },
    });
  });

  it.each([
    ['an error', { kind: 'status', status: 503 }],
    ['half a reply', { kind: 'truncated-json' }],
    ['slots that cannot be read', { kind: 'slot-end-before-start' }],
  ] as const)('after a search that brought %s: that is never "no slots"', async (_what, effect) => {
    const at = await open(effect.kind === 'slot-end-before-start' ? 'bookable' : 'no-slots');
    at.desk.service.faults.add({ on: { id: 'A015' }, do: effect });
    await search(at.desk, at);
    const answer = await review(at.desk, at);
    expect(answer.ok ? 'permitted' : answer.problem.code).toMatch(/^(search-first|slots-available)$/);
  });

  it('for a referral that is not open, or a service that is not on its shortlist', async () => {
    const at = await open();
    const [other = ''] = bookable(at.desk);
    expect(await review(at.desk, { ...at, ubrn: other })).toMatchObject({
      problem: { kind: 'invalid-input', code: 'referral-not-open' },
    });
    expect(await review(at.desk, { ...at, serviceId: '11000' })).toMatchObject({
      problem: { kind: 'invalid-input', code: 'service-not-on-shortlist' },
    });
  });

  it('while another write of the referral is not settled', async () => {
    const at = await open('bookable');
    at.desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-before' } });
    await book(at.desk, at.ubrn);
    await pass(at.desk, 5);
    expect(await review(at.desk, at)).toMatchObject({ problem: { code: 'booking-not-settled' } });
  });

  it.each<[SceneName, string]>([
    ['booked-cancellable', 'already-booked'],
    ['deferred', 'state-not-bookable'],
    ['s-flag', 'patient-sensitive'],
    ['deceased', 'patient-deceased'],
  ])('for a referral that cannot be booked: %s', async (scene, code) => {
    const at = await open(scene);
    expect(await review(at.desk, at)).toMatchObject({ problem: { kind: 'rejected', code } });
  });

  it.each<[string, string]>([
    ['indirectly bookable', '12000'],
    ['triage', '13000'],
  ])('at a service that is %s: it cannot be deferred to', async (_what, serviceId) => {
    const at = await open('several-services');
    expect(await review(at.desk, { ...at, serviceId })).toMatchObject({
      problem: { code: 'service-not-deferrable' },
    });
  });

  it('to nobody who is not signed in', async () => {
    const at = await open();
    await at.desk.must('session/lock', {});
    expect(await review(at.desk, at)).toMatchObject({ problem: { kind: 'not-signed-in' } });
  });
});

describe('a deferral on the outcome of a booking', () => {
  it('that found its slot gone names that slot and its time', async () => {
    const at = await open('bookable');
    at.desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'slot-taken' } });
    await book(at.desk, at.ubrn);
    await pass(at.desk, 5);
    const { booking } = await at.desk.must('booking/read-state', { ubrn: at.ubrn });
    expect(booking).toMatchObject({ state: 'refused', mayDefer: true });
    await openReferral(at.desk, at.ubrn);
    const { panel, commit } = await reviewDeferral(at.desk, at.ubrn);
    expect(panel).toMatchObject({ reason: 'SLOT_NOT_AVAILABLE', slotStart: booking?.start });
    await at.desk.must('booking/commit-deferral', commit);
    await pass(at.desk, 5);
    expect(at.desk.service.world.appointmentOf(at.ubrn)).toMatchObject({
      status: 'proposed',
      reason: { code: 'SLOT_NOT_AVAILABLE' },
    });
  });

  it('that met a silent provider names no slot, and is done on that evidence alone', async () => {
    const at = await open('bookable');
    const behaviour = { kind: 'silence', bookedInErs: false, bookedInPas: false } as const;
    at.desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'pas', behaviour } });
    const first = await book(at.desk, at.ubrn);
    await pass(at.desk, 5);
    await openReferral(at.desk, at.ubrn);
    const { panel, commit } = await reviewDeferral(at.desk, at.ubrn);
    expect(panel).toMatchObject({ reason: 'BOOKING_ATTEMPT_PROBLEM', slotStart: null });
    await at.desk.must('booking/commit-deferral', commit);
    await pass(at.desk, 5);
    expect(at.desk.service.world.appointmentOf(at.ubrn)).toMatchObject({
      reason: { code: 'BOOKING_ATTEMPT_PROBLEM' },
    });
    expect(await item(at.desk, first)).toMatchObject({ state: 'withdrawn', code: 'redone' });
  });

  it('that is older than two minutes is none', async () => {
    const at = await open('bookable');
    at.desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'slot-taken' } });
    await book(at.desk, at.ubrn);
    await pass(at.desk, EVIDENCE_SECONDS + 5);
    expect(await review(at.desk, at)).toMatchObject({ problem: { code: 'slots-available' } });
  });
});

describe('the commit of a deferral', () => {
  it('asks for the digits of the patient, and closes after the second wrong answer', async () => {
    const { desk, ubrn, panel, commit } = await reviewed();
    const right = digitsOf(desk, ubrn, panel.identityQuestion);
    const digits = right === '0000' ? '1111' : '0000';
    const answers = [];
    for (let turn = 0; turn < 2; turn += 1)
      answers.push(await desk.must('booking/commit-deferral', { ...commit, digits }));
    expect(answers).toEqual([
      { kind: 'wrong-digits', attemptsLeft: 1 },
      { kind: 'wrong-digits', attemptsLeft: 0 },
    ]);
    expect(await desk.ask('booking/commit-deferral', commit)).toMatchObject({
      problem: { kind: 'expired', code: 'review-closed' },
    });
    await pass(desk, 5);
    expect(desk.service.calls.count('A016')).toBe(0);
  });

  it('logs each wrong answer', async () => {
    const { desk, commit, ubrn } = await reviewed();
    await desk.must('booking/commit-deferral', {
      ...commit,
      digits: commit.digits === '0000' ? '1111' : '0000',
    });
    const { history } = await openReferral(desk, ubrn);
    expect(JSON.stringify(history)).toContain('wrong-identity-digits');
  });

  it('is taken once, however often the key is pressed', async () => {
    const { desk, commit } = await reviewed();
    const answers = await Promise.all([
      desk.ask('booking/commit-deferral', commit),
      desk.ask('booking/commit-deferral', commit),
    ]);
    await pass(desk, 5);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false]);
    expect(desk.service.calls.count('A016')).toBe(1);
  });

  it('is refused when the referral was closed, or read as not bookable since', async () => {
    const closed = await reviewed();
    await closed.desk.must('referral/close', { ubrn: closed.ubrn });
    expect(await closed.desk.ask('booking/commit-deferral', closed.commit)).toMatchObject({
      problem: { kind: 'expired', code: 'review-closed' },
    });
    const { desk, ubrn, commit } = await reviewed();
    desk.service.faults.add({ on: { id: 'PDS' }, do: { kind: 'status', status: 403 } });
    await desk.must('referral/reread', { ubrn });
    expect(await desk.ask('booking/commit-deferral', commit)).toMatchObject({
      problem: { kind: 'rejected', code: 'patient-sensitive' },
    });
  });

  it('is pinned to the version of the panel: a change since then is for the clerk (I3)', async () => {
    const { desk, ubrn, commit } = await reviewed();
    desk.service.world.touch(ubrn);
    await openReferral(desk, ubrn);
    const answer = await desk.must('booking/commit-deferral', commit);
    await pass(desk, 5);
    const intentId = answer.kind === 'started' ? answer.item.intentId : '';
    expect(await item(desk, intentId)).toMatchObject({ state: 'conflict', code: 'changed-before-sending' });
    expect(desk.service.calls.count('A016')).toBe(0);
  });

  it('is forgotten with the desk', async () => {
    const { desk, commit } = await reviewed();
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    expect(await desk.ask('booking/commit-deferral', commit)).toMatchObject({
      problem: { code: 'review-closed' },
    });
  });

  it('says that it is not saved where the disk does not take it', async () => {
    const { desk, commit } = await reviewed();
    desk.storage.run('DELETE FROM lease');
    expect(await desk.ask('booking/commit-deferral', commit)).toMatchObject({
      problem: { kind: 'writes-off', code: 'not-saved-lease-lost' },
    });
  });
});

describe('a two-week-wait patient', () => {
  it('has the other services of the shortlist offered first', async () => {
    const two = await open('two-week-wait');
    await goOffline(two);
    expect((await reviewDeferral(two.desk, two.ubrn)).panel).toMatchObject({ isTwoWeekWait: true });
    const several = await open('several-services');
    await goOffline(several);
    const { panel } = await reviewDeferral(several.desk, several.ubrn);
    expect(panel.isTwoWeekWait).toBe(false);
    expect(panel.otherServices.map(({ serviceId }) => serviceId)).toEqual([
      '11001',
      '11005',
      '12000',
      '13000',
    ]);
    expect(panel.otherServices.every(({ name }) => name !== '')).toBe(true);
  });
});
