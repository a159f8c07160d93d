import { describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../src-main/contract/channels.ts';
import { objectionToSecondPerson } from '../../../src-main/features/cancellation/second-person.ts';
import { localEvents, openScene, PROVIDER, settled, wrong, type AtReferral } from './cancel-steps.ts';

type Commit = RequestInput<'cancellation/commit-referral'>;
type Scene = Parameters<typeof openScene>[0];

async function reviewed(scene: Scene = 'bookable', options: Parameters<typeof openScene>[1] = {}) {
  const at = await openScene(scene, options);
  return { ...at, panel: await at.desk.must('cancellation/review-referral', { ubrn: at.ubrn }) };
}

const commitOf = (
  { digits, ubrn, panel }: Pick<AtReferral, 'digits' | 'ubrn'> & { panel: { reviewId: string } },
  changes: Partial<Commit> = {},
): Commit => ({
  reviewId: panel.reviewId,
  digits,
  ubrnDigits: ubrn.slice(-4),
  reasonCode: 'TREATMENT_NO_LONGER_REQUIRED',
  comment: '',
  secondPerson: '',
  ...changes,
});

async function started({ desk }: AtReferral, input: Commit) {
  const answer = await desk.must('cancellation/commit-referral', input);
  if (answer.kind !== 'started') throw new Error('the digits were wrong');
  return answer.item;
}

const refused = (code: string) => ({ ok: false, problem: { code } });
const codes = (panel: { reasons: readonly { code: string }[] }) => panel.reasons.map(({ code }) => code);

describe('cancelling a referral', () => {
  it('ends it in e-RS', async () => {
    const at = await reviewed();
    expect(at.panel).toMatchObject({ cancelsAppointment: false, needsSecondPerson: false, start: null });
    const item = await started(at, commitOf(at));
    expect(await settled(at.desk, item)).toMatchObject({ action: 'cancel-referral', state: 'done' });
    expect(at.desk.service.world.referral(at.ubrn)).toMatchObject({ state: 'CANCELLED_REFERRAL' });
    const again = await at.desk.must('referral/reread', { ubrn: at.ubrn });
    expect(again.canCancelReferral).toBe('referral-not-active');
  });

  it('says that the appointment goes with it, and takes it along', async () => {
    const at = await reviewed('booked-cancellable');
    expect(at.panel.cancelsAppointment).toBe(true);
    expect(at.panel.start).not.toBeNull();
    await settled(at.desk, await started(at, commitOf(at)));
    expect(at.desk.service.world.appointmentOf(at.ubrn)).toMatchObject({ status: 'cancelled' });
  });

  it('offers each desk the reasons of its own case', async () => {
    const referrer = await reviewed();
    expect(codes(referrer.panel)).toContain('RAISED_IN_ERROR');
    expect(codes(referrer.panel)).not.toContain('BOOKED_OUTSIDE_CAB');
    const provider = await reviewed('booked-for-review', { roleId: PROVIDER });
    expect(codes(provider.panel)).toContain('BOOKED_OUTSIDE_CAB');
    expect(codes(provider.panel)).not.toContain('TRIAGE_ENDED');
    const triage = await reviewed('awaiting-triage', { roleId: PROVIDER });
    expect(codes(triage.panel)).toContain('TRIAGE_ENDED');
    expect(codes(triage.panel)).not.toContain('PATIENT_DIED');
  });

  it('is possible for a patient who has died, when nothing new is', async () => {
    const at = await openScene('deceased');
    const view = await at.desk.must('referral/reread', { ubrn: at.ubrn });
    expect(view).toMatchObject({ canBook: 'patient-deceased', canCancelReferral: null });
    const panel = await at.desk.must('cancellation/review-referral', { ubrn: at.ubrn });
    expect(codes(panel)).toContain('PATIENT_DIED');
    const item = await started(at, commitOf({ ...at, panel }, { reasonCode: 'PATIENT_DIED' }));
    expect(await settled(at.desk, item)).toMatchObject({ state: 'done' });
  });

  it('is not done without a connection', async () => {
    const at = await reviewed();
    at.network.isDown = true;
    await at.desk.ask('referral/reread', { ubrn: at.ubrn });
    const answer = await at.desk.ask('cancellation/commit-referral', commitOf(at));
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'offline', code: 'ring-back-instead' } });
    expect((await at.desk.must('outbox/read-items', {})).items).toEqual([]);
  });

  it('is not in the spine dialect', async () => {
    const at = await openScene('bookable', { dialect: 'spine-session' });
    const answer = await at.desk.ask('cancellation/review-referral', { ubrn: at.ubrn });
    expect(answer).toMatchObject(refused('not-in-dialect'));
  });
});

describe('a page that claims what it does not hold', () => {
  it('ends nothing without the digits of the UBRN, of the patient, the reason and its comment', async () => {
    const at = await reviewed();
    const ask = (changes: Partial<Commit>) =>
      at.desk.ask('cancellation/commit-referral', commitOf(at, changes));
    expect(await ask({ ubrnDigits: wrong(at.ubrn.slice(-4)) })).toMatchObject(refused('wrong-ubrn-digits'));
    expect(await ask({ reasonCode: 'TRIAGE_ENDED' })).toMatchObject(refused('reason-not-offered'));
    const other = { reasonCode: 'PATIENT_REQUEST_CANCELLATION_OTHER' };
    expect(await ask(other)).toMatchObject(refused('comment-missing'));
    expect(await ask({ digits: wrong(at.digits) })).toMatchObject({
      value: { kind: 'wrong-digits', attemptsLeft: 1 },
    });
    expect(await localEvents(at.desk, at.ubrn)).toEqual(['wrong-identity-digits', 'wrong-ubrn-digits']);
    expect(at.desk.service.calls.count('A036')).toBe(0);
  });

  it('opens no panel for a role that cancels none, or for the end state', async () => {
    const ended = await openScene('cancelled-referral');
    const answer = await ended.desk.ask('cancellation/review-referral', { ubrn: ended.ubrn });
    expect(answer).toMatchObject(refused('referral-not-active'));
  });
});

describe('a second person, where the site asks for one', () => {
  const settings = { policies: { secondPersonForCancelReferral: true } };

  it('gives their initials, which are on record', async () => {
    const at = await reviewed('bookable', { settings });
    expect(at.panel.needsSecondPerson).toBe(true);
    const ask = (secondPerson: string) =>
      at.desk.ask('cancellation/commit-referral', commitOf(at, { secondPerson }));
    expect(await ask('')).toMatchObject(refused('second-person-missing'));
    // Alex Clerk cannot be both.
    expect(await ask('a.c.')).toMatchObject(refused('second-person-is-you'));
    expect(await ask('S.O')).toMatchObject({ ok: true, value: { kind: 'started' } });
    expect(await localEvents(at.desk, at.ubrn)).toEqual([
      'second-person-SO',
      'second-person-is-you',
      'second-person-missing',
    ]);
  });

  it.each([
    ['SO', null],
    ['s. o.', null],
    ['Ś.Ó.', null],
    ['S', 'second-person-missing'],
    ['12', 'second-person-missing'],
    ['S1O', 'second-person-missing'],
    ['AC', 'second-person-is-you'],
    [' a c ', 'second-person-is-you'],
  ])('%s: %s', (typed, objection) => {
    expect(objectionToSecondPerson(typed, 'Alex Clerk')).toBe(objection);
  });
});
