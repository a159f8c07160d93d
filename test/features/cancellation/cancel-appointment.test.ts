import { describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../src-main/contract/channels.ts';
import { book, digitsOf } from '../../support/clerk-steps.ts';
import { localEvents, openScene, PROVIDER, settled, wrong, type AtReferral } from './cancel-steps.ts';

type Commit = RequestInput<'cancellation/commit-appointment'>;

async function reviewed(isMove?: boolean) {
  const at = await openScene('booked-cancellable');
  const input = isMove === undefined ? { ubrn: at.ubrn } : { ubrn: at.ubrn, isMove };
  return { ...at, panel: await at.desk.must('cancellation/review-appointment', input) };
}

const commitOf = (
  { digits, panel }: Pick<AtReferral, 'digits'> & { panel: { reviewId: string } },
  changes: Partial<Commit> = {},
): Commit => ({ reviewId: panel.reviewId, digits, reasonCode: 'PATIENT_ILL', comment: '', ...changes });

async function started({ desk }: AtReferral, input: Commit) {
  const answer = await desk.must('cancellation/commit-appointment', input);
  if (answer.kind !== 'started') throw new Error('the digits were wrong');
  return answer.item;
}

const refused = (code: string) => ({ ok: false, problem: { code } });

describe('cancelling an appointment', () => {
  it('offers the reasons of A004 for this role, and the versions as they are', async () => {
    const { desk, ubrn, panel } = await reviewed();
    const offered = Object.fromEntries(panel.reasons.map((one) => [one.code, one.commentIsMandatory]));
    expect(offered).toEqual({
      PATIENT_APPOINTMENT_CANCELLATION_OTHER: true,
      PATIENT_HOLIDAY: false,
      PATIENT_ILL: false,
      PATIENT_OTHER_ENGAGEMENT: true,
    });
    const { version, appointment } = desk.service.world.referral(ubrn);
    expect(panel).toMatchObject({ version, appointmentVersion: appointment?.version });
  });

  it('cancels it in e-RS, under the version of the appointment', async () => {
    const at = await reviewed();
    const item = await started(at, commitOf(at));
    expect(await settled(at.desk, item)).toMatchObject({ action: 'cancel-appointment', state: 'done' });
    expect(at.desk.service.world.appointmentOf(at.ubrn)).toMatchObject({
      status: 'cancelled',
      reason: { code: 'PATIENT_ILL' },
    });
  });

  it('asks A029 and A038 afresh each time a panel opens', async () => {
    const at = await reviewed();
    const before = at.desk.service.calls.count('A029');
    await at.desk.must('cancellation/review-appointment', { ubrn: at.ubrn });
    expect(at.desk.service.calls.count('A029')).toBe(before + 1);
    expect(at.desk.service.calls.count('A038')).toBe(2);
    expect(at.desk.service.calls.count('A004')).toBe(1);
  });

  it('opens no panel once somebody else has changed it', async () => {
    const at = await openScene('booked-cancellable');
    at.desk.service.world.touch(at.ubrn);
    const answer = await at.desk.ask('cancellation/review-appointment', { ubrn: at.ubrn });
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'conflict', code: 'changed-meanwhile' } });
  });

  it('is not sent when it changes while the panel is open', async () => {
    const at = await reviewed();
    at.desk.service.world.touch(at.ubrn);
    const item = await started(at, commitOf(at));
    expect(await settled(at.desk, item)).toMatchObject({ state: 'conflict', code: 'changed-before-sending' });
    expect(at.desk.service.calls.count('A034')).toBe(0);
  });

  it('is not for an indirectly bookable service, and says so', async () => {
    const at = await openScene('booked-indirectly');
    const answer = await at.desk.ask('cancellation/review-appointment', { ubrn: at.ubrn });
    expect(answer).toMatchObject(refused('indirectly-bookable'));
  });

  it('is not done without a connection: the patient is rung back', async () => {
    const at = await reviewed();
    at.network.isDown = true;
    await at.desk.ask('referral/reread', { ubrn: at.ubrn });
    const inWords = { ok: false, problem: { kind: 'offline', code: 'ring-back-instead' } };
    expect(await at.desk.ask('cancellation/commit-appointment', commitOf(at))).toMatchObject(inWords);
    expect(await at.desk.ask('cancellation/review-appointment', { ubrn: at.ubrn })).toMatchObject(inWords);
    expect((await at.desk.must('outbox/read-items', {})).items).toEqual([]);
  });

  it('says the same where the connection goes while the panel is being made', async () => {
    const at = await openScene('booked-cancellable');
    at.network.isDown = true;
    const answer = await at.desk.ask('cancellation/review-appointment', { ubrn: at.ubrn });
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'offline', code: 'ring-back-instead' } });
  });
});

describe('moving an appointment', () => {
  it('leaves a red task until the next booking is done', async () => {
    const at = await reviewed(true);
    const item = await started(at, commitOf(at));
    expect(await settled(at.desk, item)).toMatchObject({ state: 'done' });
    const { tasks } = await at.desk.must('tasks/read', {});
    expect(tasks).toMatchObject([{ kind: 'no-appointment', ubrn: at.ubrn }]);
  });

  it('leaves none where it was not begun as a move', async () => {
    const at = await reviewed(false);
    expect(await settled(at.desk, await started(at, commitOf(at)))).toMatchObject({ state: 'done' });
    expect((await at.desk.must('tasks/read', {})).tasks).toEqual([]);
  });
});

describe('a page that claims what it does not hold', () => {
  it('cancels for no reason that was not offered, and not without its comment', async () => {
    const at = await reviewed();
    const made = commitOf(at, { reasonCode: 'CLINIC_CANCELLED' });
    expect(await at.desk.ask('cancellation/commit-appointment', made)).toMatchObject(
      refused('reason-not-offered'),
    );
    const bare = commitOf(at, { reasonCode: 'PATIENT_OTHER_ENGAGEMENT', comment: '  ' });
    expect(await at.desk.ask('cancellation/commit-appointment', bare)).toMatchObject(
      refused('comment-missing'),
    );
    expect(at.desk.service.calls.count('A034')).toBe(0);
  });

  it('cancels nothing with wrong digits; they are on record, and the second closes the panel', async () => {
    const at = await reviewed();
    const bad = commitOf(at, { digits: wrong(at.digits) });
    await at.desk.must('cancellation/commit-appointment', bad);
    await at.desk.must('cancellation/commit-appointment', bad);
    expect(await at.desk.ask('cancellation/commit-appointment', commitOf(at))).toMatchObject(
      refused('review-closed'),
    );
    expect(await localEvents(at.desk, at.ubrn)).toEqual(['wrong-identity-digits', 'wrong-identity-digits']);
    expect(at.desk.service.calls.count('A034')).toBe(0);
  });

  it('opens no panel as a provider, nor for what is not booked or not open', async () => {
    const provider = await openScene('booked-for-review', { roleId: PROVIDER });
    const byRole = await provider.desk.ask('cancellation/review-appointment', { ubrn: provider.ubrn });
    expect(byRole).toMatchObject(refused('role-cannot-cancel'));
    const unbooked = await openScene('bookable');
    const byState = await unbooked.desk.ask('cancellation/review-appointment', { ubrn: unbooked.ubrn });
    expect(byState).toMatchObject(refused('not-booked'));
    const [other = ''] = unbooked.desk.service.world.findScene('booked-cancellable');
    const closed = await unbooked.desk.ask('cancellation/review-appointment', { ubrn: other });
    expect(closed).toMatchObject(refused('referral-not-open'));
  });

  it('commits no panel of another kind, nor one made up', async () => {
    const at = await reviewed();
    const later = { ...commitOf(at), priority: null, isCancelledInPas: null } as const;
    const { reasonCode: _reasonCode, ...asLater } = later;
    expect(await at.desk.ask('cancellation/commit-later', asLater)).toMatchObject(refused('review-closed'));
    const made = commitOf(at, { reviewId: '00000000-0000-4000-8000-000000000000' });
    expect(await at.desk.ask('cancellation/commit-appointment', made)).toMatchObject(
      refused('review-closed'),
    );
  });

  it('opens no panel while a write of the referral is not settled', async () => {
    const at = await openScene('bookable');
    at.desk.service.faults.add({ on: { id: 'A016', times: 1 }, do: { kind: 'drop-before' } });
    await book(at.desk, at.ubrn);
    await settled(at.desk, (await at.desk.must('outbox/read-items', {})).items[0] ?? ({} as never), 3);
    const answer = await at.desk.ask('cancellation/review-referral', { ubrn: at.ubrn });
    expect(answer).toMatchObject(refused('booking-not-settled'));
    expect(digitsOf(at.desk, at.ubrn, 'birth-ddmm')).toMatch(/^\d{4}$/);
  });
});
