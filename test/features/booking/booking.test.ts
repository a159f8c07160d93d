import { describe, expect, it } from 'vitest';
import type { BookingState } from '../../../src-main/contract/channels/booking.ts';
import type { FaultEffect } from '../../../src-main/training-service/faults.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from '../../support/desk.ts';

const birthDdmm = (desk: TestDesk, ubrn: string) => {
  const patient = desk.service.world.findPatient(desk.service.world.referral(ubrn).nhsNumber);
  return `${patient?.birthDate.slice(8, 10)}${patient?.birthDate.slice(5, 7)}`;
};

/** A desk with a referral open and a slot under review. */
async function review(options: TestDeskOptions & { scene?: 'bookable' | 'bookable-with-clinician' } = {}) {
  const desk = await openDesk(options);
  await desk.signIn();
  const [ubrn = ''] = desk.service.world.findScene(options.scene ?? 'bookable');
  const nhsNumber = desk.service.world.referral(ubrn).nhsNumber;
  await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  const [serviceId = ''] = desk.service.world.referral(ubrn).shortlist;
  const search = await desk.must('slots/search', { ubrn, serviceId, priority: null, clinicianId: null });
  const slot = search.firstPage.slots.find(
    (candidate) => options.scene !== 'bookable-with-clinician' || candidate.clinicianId,
  );
  if (slot === undefined) throw new Error('no slot');
  const panel = await desk.must('booking/review-slot', { searchId: search.searchId, slotId: slot.slotId });
  return { desk, ubrn, slot, search, panel };
}

const lastState = (desk: TestDesk) =>
  desk.pushes.findLast((push) => push.channel === 'booking/changed')?.payload as BookingState | undefined;

/** Commits with the right digits and lets `seconds` pass. */
async function commit(
  at: Awaited<ReturnType<typeof review>>,
  seconds = 5,
): Promise<BookingState | undefined> {
  const { nhsNumber } = at.desk.service.world.referral(at.ubrn);
  const digits =
    at.panel.identityQuestion === 'birth-ddmm' ? birthDdmm(at.desk, at.ubrn) : nhsNumber.slice(-4);
  await at.desk.must('booking/commit', { reviewId: at.panel.reviewId, digits, alsoSlotIds: [] });
  for (let step = 0; step < seconds * 4; step += 1) await at.desk.clock.advance(250);
  return lastState(at.desk);
}

const bookings = (desk: TestDesk) => desk.service.calls.count('A016');
const strike = (desk: TestDesk, effect: FaultEffect, id = 'A016', times = 1) =>
  desk.service.faults.add({ on: { id, times }, do: effect });

describe('booking a slot', () => {
  it.each(['api-platform', 'spine-session'] as const)(
    'ends as booked on %s, and e-RS holds that slot',
    async (dialect) => {
      const at = await review({ dialect });
      const state = await commit(at);
      expect(state).toMatchObject({ state: 'booked', ubrn: at.ubrn });
      expect(at.desk.service.world.appointmentOf(at.ubrn)).toMatchObject({
        status: 'booked',
        slotId: at.slot.slotId,
      });
      expect(bookings(at.desk)).toBe(1);
      expect(state?.appointmentId === null).toBe(dialect === 'spine-session');
      // The 2021 dialect tells referrers of no action: it is not asked in vain (contract.md section 3).
      expect(at.desk.service.calls.count('A029') === 0).toBe(dialect === 'spine-session');
    },
  );

  it('books with the named clinician of the slot', async () => {
    const at = await review({ scene: 'bookable-with-clinician' });
    expect(await commit(at)).toMatchObject({ state: 'booked', clinicianId: at.slot.clinicianId });
    expect(at.desk.service.world.appointmentOf(at.ubrn)).toMatchObject({ clinicianId: at.slot.clinicianId });
  });

  it('is never shown as booked before the read-back', async () => {
    const at = await review();
    strike(at.desk, { kind: 'status', status: 503 }, 'A038', 1);
    const state = await commit(at);
    expect(state).toMatchObject({ state: 'confirming', code: 'accepted' });
    await at.desk.clock.advance(11_000);
    await at.desk.clock.advance(2_000);
    expect(lastState(at.desk)).toMatchObject({ state: 'booked' });
    expect(bookings(at.desk)).toBe(1);
  });

  it.each<[string, FaultEffect, Partial<BookingState>]>([
    [
      'the slot was taken',
      { kind: 'slot-taken' },
      { state: 'refused', code: 'SLOT_NOT_AVAILABLE', mayDefer: true },
    ],
    ['locked', { kind: 'lock', forMs: 600_000 }, { state: 'waiting', code: 'locked', mayDefer: false }],
    ['never reached', { kind: 'refuse-connection' }, { state: 'waiting', code: 'no-connection' }],
    [
      'refused by role',
      { kind: 'status', status: 403, code: 'FORBIDDEN' },
      { state: 'held', code: 'FORBIDDEN' },
    ],
    [
      'patient error',
      { kind: 'status', status: 422, code: 'PATIENT_ERROR' },
      { state: 'refused', code: 'PATIENT_ERROR' },
    ],
    [
      'an unknown code',
      { kind: 'status', status: 422, code: 'NEVER_SEEN' },
      { state: 'refused', code: 'NEVER_SEEN' },
    ],
    ['our defect', { kind: 'status', status: 412, body: null }, { state: 'refused', code: 'http-412' }],
    ['stale meanwhile', { kind: 'version-bump' }, { state: 'conflict', code: 'changed-meanwhile' }],
  ])('says so when %s, with one POST', async (_name, effect, expected) => {
    const at = await review();
    strike(at.desk, effect);
    expect(await commit(at)).toMatchObject(expected);
    expect(bookings(at.desk)).toBe(1);
    expect(at.desk.service.world.appointmentOf(at.ubrn)?.status ?? null).not.toBe('booked');
  });

  it('waits and sends again what was turned away at the door', async () => {
    const at = await review();
    strike(at.desk, { kind: 'rate-limit' });
    expect(await commit(at)).toMatchObject({ state: 'booked' });
    expect(bookings(at.desk)).toBe(2);
  });

  it.each<[string, FaultEffect]>([
    ['the reply is lost', { kind: 'drop-after' }],
    ['the service answers 500', { kind: 'status', status: 500, body: null, commits: true }],
    ['the service answers 503', { kind: 'status', status: 503, commits: true }],
    ['the reply is cut short', { kind: 'truncated-json' }],
    ['the gateway gives up', { kind: 'status', status: 504, body: null, commits: true }],
  ])('finds by reading back that it is booked when %s', async (_name, effect) => {
    const at = await review();
    strike(at.desk, effect);
    expect(await commit(at)).toMatchObject({ state: 'unknown' });
    for (let second = 0; second < 12; second += 1) await at.desk.clock.advance(1_000);
    expect(lastState(at.desk)).toMatchObject({ state: 'booked' });
    expect(bookings(at.desk)).toBe(1);
  });

  it.each<[string, FaultEffect]>([
    ['the request is lost', { kind: 'drop-before' }],
    ['a captive portal answers', { kind: 'html-200' }],
    ['the service answers 500 and did nothing', { kind: 'status', status: 500, body: null }],
    ['nobody can confirm', { kind: 'status', status: 422, code: 'UNABLE_TO_CONFIRM_APPOINTMENT' }],
  ])('stays not confirmed for 205 seconds, then asks the clerk, when %s', async (_name, effect) => {
    const at = await review();
    strike(at.desk, effect);
    expect(await commit(at)).toMatchObject({ state: 'unknown' });
    for (let second = 0; second < 190; second += 1) await at.desk.clock.advance(1_000);
    expect(lastState(at.desk)?.state).toBe('unknown');
    for (let second = 0; second < 20; second += 1) await at.desk.clock.advance(1_000);
    expect(lastState(at.desk)).toMatchObject({ state: 'needs-clerk', mayDefer: false });
    expect(bookings(at.desk)).toBe(1);
  });

  it.each([true, false])(
    'asks the clerk to ring a silent provider, or finds it booked (booked in e-RS: %s)',
    async (isBooked) => {
      const at = await review();
      const behaviour = { kind: 'silence', bookedInErs: isBooked, bookedInPas: true } as const;
      strike(at.desk, { kind: 'pas', behaviour });
      const state = await commit(at);
      if (isBooked) expect(state).toMatchObject({ state: 'booked' });
      else expect(state).toMatchObject({ state: 'needs-clerk', code: 'PAS_NOT_RESPONDING', mayDefer: true });
      expect(bookings(at.desk)).toBe(1);
    },
  );

  it('does not send at all when the referral changed since the panel opened', async () => {
    const at = await review();
    at.desk.service.world.touch(at.ubrn);
    expect(await commit(at)).toMatchObject({ state: 'conflict', code: 'changed-before-sending' });
    expect(bookings(at.desk)).toBe(0);
  });

  it('ends the session and says NOT BOOKED when it died silently', async () => {
    const at = await review();
    strike(at.desk, { kind: 'expire-credentials' }, 'A005');
    await commit(at);
    expect(bookings(at.desk)).toBe(0);
    expect(await at.desk.must('session/read-state', {})).toMatchObject({ status: 'ended' });
  });
});

describe('the identity question', () => {
  it('closes the panel after two wrong answers, and nothing is sent', async () => {
    const { desk, panel, ubrn } = await review();
    const wrong = birthDdmm(desk, ubrn) === '0101' ? '0202' : '0101';
    const first = await desk.must('booking/commit', {
      reviewId: panel.reviewId,
      digits: wrong,
      alsoSlotIds: [],
    });
    const second = await desk.must('booking/commit', {
      reviewId: panel.reviewId,
      digits: wrong,
      alsoSlotIds: [],
    });
    expect([first, second]).toEqual([
      { kind: 'wrong-digits', attemptsLeft: 1 },
      { kind: 'wrong-digits', attemptsLeft: 0 },
    ]);
    const third = await desk.ask('booking/commit', {
      reviewId: panel.reviewId,
      digits: birthDdmm(desk, ubrn),
      alsoSlotIds: [],
    });
    expect(third).toMatchObject({ ok: false, problem: { kind: 'expired', code: 'review-closed' } });
    expect(bookings(desk)).toBe(0);
  });

  it('takes one commit for one panel, however often the key is pressed', async () => {
    const at = await review();
    const input = { reviewId: at.panel.reviewId, digits: birthDdmm(at.desk, at.ubrn), alsoSlotIds: [] };
    const answers = await Promise.all([
      at.desk.ask('booking/commit', input),
      at.desk.ask('booking/commit', input),
    ]);
    await at.desk.clock.advance(3000);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(bookings(at.desk)).toBe(1);
  });
});

describe('what the page cannot do', () => {
  it('book a slot that main never read, or a referral that is not open', async () => {
    const { desk, search } = await review();
    const unseen = await desk.ask('booking/review-slot', { searchId: search.searchId, slotId: '999999' });
    expect(unseen).toMatchObject({ ok: false, problem: { code: 'slot-search-expired' } });
    const [other = ''] = desk.service.world.findScene('bookable').slice(-1);
    const closed = await desk.ask('slots/search', {
      ubrn: other,
      serviceId: '11000',
      priority: null,
      clinicianId: null,
    });
    expect(closed).toMatchObject({ ok: false, problem: { code: 'referral-not-open' } });
  });

  it('open a typed UBRN without its second identifier', async () => {
    const desk = await openDesk();
    await desk.signIn();
    const [ubrn = ''] = desk.service.world.findScene('bookable');
    const bare = await desk.ask('referral/open', { ubrn, secondIdentifier: null });
    expect(bare).toMatchObject({ ok: false, problem: { kind: 'needs-second-identifier' } });
    const wrong = await desk.ask('referral/open', { ubrn, secondIdentifier: '0000' });
    expect(wrong).toMatchObject({ ok: false, problem: { kind: 'wrong-identifier' } });
    expect(desk.service.calls.count('A035')).toBe(0);
  });

  it('open a listed referral when the second identifier that was asked for does not fit', async () => {
    const desk = await openDesk();
    await desk.signIn();
    const { rows } = await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    const row = rows.find((candidate) => candidate.nhsNumber?.endsWith('0000') === false);
    const wrong = await desk.ask('referral/open', { ubrn: row?.ubrn ?? '', secondIdentifier: '0000' });
    expect(wrong).toMatchObject({ ok: false, problem: { kind: 'wrong-identifier' } });
    expect((await desk.ask('referral/open', { ubrn: row?.ubrn ?? '', secondIdentifier: null })).ok).toBe(
      true,
    );
  });

  it('act for a role that may not', async () => {
    const desk = await openDesk();
    await desk.signIn('R69.REFERRING_ADMIN');
    const [ubrn = ''] = desk.service.world.findScene('bookable');
    const opened = await desk.ask('referral/open', { ubrn, secondIdentifier: '0000' });
    expect(opened).toMatchObject({ ok: false, problem: { kind: 'forbidden', code: 'role-cannot-open' } });
    expect(desk.service.calls.count('A005')).toBe(0);
  });
});
