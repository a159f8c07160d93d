import { describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../src-main/contract/channels.ts';
import { digitsOf } from '../../support/clerk-steps.ts';
import {
  localEvents,
  openScene,
  PDF,
  PROVIDER,
  REFERRER,
  settled,
  wrong,
  type AtReferral,
} from '../cancellation/cancel-steps.ts';

type Outcome = RequestInput<'review/review-outcome'>['outcome'];
const ACCEPT: Outcome = 'ACCEPT_REFER_BOOK_LATER';
const RETURN: Outcome = 'RETURN_TO_REFERRER_WITH_ADVICE';
const refused = (code: string) => ({ ok: false, problem: { code } });
const BOTH = ['api-platform', 'spine-session'] as const;

type Options = NonNullable<Parameters<typeof openScene>[1]>;
const open = (scene: Parameters<typeof openScene>[0], options: Options = {}) =>
  openScene(scene, { roleId: PROVIDER, ...options });

/** The fields that every commit has. */
const keyOf = (
  at: AtReferral,
  panel: { reviewId: string; identityQuestion: 'birth-ddmm' | 'nhs-last-4' },
) => ({
  reviewId: panel.reviewId,
  digits: digitsOf(at.desk, at.ubrn, panel.identityQuestion),
});

async function startedItem<T extends { kind: string }>(answer: T) {
  if (answer.kind !== 'started' || !('item' in answer)) throw new Error('the digits were wrong');
  return answer.item as Parameters<typeof settled>[1];
}

describe.each(BOTH)('accepting on %s', (dialect) => {
  it('keeps the appointment and closes the review', async () => {
    const at = await open('booked-for-review', { dialect });
    const panel = await at.desk.must('review/review-acceptance', { ubrn: at.ubrn });
    expect(panel).toMatchObject({ ubrn: at.ubrn, onBehalfOf: null, isOffline: false });
    const before = at.desk.service.world.referral(at.ubrn);
    const item = await startedItem(await at.desk.must('review/commit-acceptance', keyOf(at, panel)));
    expect(await settled(at.desk, item)).toMatchObject({ action: 'accept-referral', state: 'done' });
    expect(at.desk.service.world.referral(at.ubrn)).toMatchObject({
      state: 'BOOKED',
      isReviewPending: false,
      appointment: before.appointment,
    });
  });
});

describe.each(BOTH)('rejecting on %s', (dialect) => {
  it('offers reasons for rejecting only, cancels, and gives the referral back', async () => {
    const at = await open('booked-for-review', { dialect });
    const panel = await at.desk.must('review/review-rejection', { ubrn: at.ubrn });
    expect(panel.reasons.map(({ code }) => code)).toContain('SERVICE_INAPPROPRIATE');
    expect(panel.reasons.map(({ code }) => code)).not.toContain('PATIENT_ILL');
    const input = { ...keyOf(at, panel), comment: 'Not our clinic', isCancelledInPas: null };
    const unknown = await at.desk.ask('review/commit-rejection', { ...input, reasonCode: 'PATIENT_ILL' });
    expect(unknown).toMatchObject(refused('reason-not-offered'));
    const flagged = { ...input, reasonCode: 'OTHER', isCancelledInPas: true };
    expect(await at.desk.ask('review/commit-rejection', flagged)).toMatchObject(
      refused('pas-answer-not-permitted'),
    );
    const item = await startedItem(
      await at.desk.must('review/commit-rejection', { ...input, reasonCode: 'SERVICE_INAPPROPRIATE' }),
    );
    expect(await settled(at.desk, item)).toMatchObject({ action: 'reject-referral', state: 'done' });
    expect(at.desk.service.world.referral(at.ubrn)).toMatchObject({
      state: 'REJECTED',
      stateComments: 'Not our clinic',
    });
  });

  it('asks of an indirect booking whether the provider cancelled it', async () => {
    const at = await open('review-indirectly', { dialect });
    const panel = await at.desk.must('review/review-rejection', { ubrn: at.ubrn });
    expect(panel.asksPas).toBe(true);
    const input = { ...keyOf(at, panel), comment: '', reasonCode: 'OTHER', isCancelledInPas: null };
    expect(await at.desk.ask('review/commit-rejection', input)).toMatchObject(refused('pas-answer-missing'));
    const item = await startedItem(
      await at.desk.must('review/commit-rejection', { ...input, isCancelledInPas: false }),
    );
    expect(await settled(at.desk, item)).toMatchObject({ state: 'done' });
  });
});

describe('the outcome of a review', () => {
  const reviewed = async (
    scene: Parameters<typeof openScene>[0],
    outcome: Outcome,
    options: Options = {},
  ) => {
    const at = await open(scene, options);
    return { at, panel: await at.desk.must('review/review-outcome', { ubrn: at.ubrn, outcome }) };
  };
  const commitOf = (
    { at, panel }: Awaited<ReturnType<typeof reviewed>>,
    changes: Partial<RequestInput<'review/commit-outcome'>>,
  ) => ({ ...keyOf(at, panel), comment: '', priority: null, isKnownAlive: false, ...changes });

  it('accepts with a priority, which is not chosen beforehand', async () => {
    const review = await reviewed('awaiting-triage', ACCEPT);
    const { at, panel } = review;
    expect(panel).toMatchObject({ outcome: ACCEPT, asksAlive: false });
    expect(panel.priorities).toEqual(['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT']);
    expect(await at.desk.ask('review/commit-outcome', commitOf(review, {}))).toMatchObject(
      refused('priority-missing'),
    );
    const item = await startedItem(
      await at.desk.must('review/commit-outcome', commitOf(review, { priority: 'URGENT', comment: 'Soon' })),
    );
    expect(await settled(at.desk, item)).toMatchObject({ action: 'record-review', state: 'done' });
    expect(at.desk.service.world.referral(at.ubrn)).toMatchObject({
      state: 'TRIAGED_PROVIDER_TO_ACTION',
      priority: 'URGENT',
      stateComments: 'Soon',
    });
  });

  it('returns with advice and files; the advice is needed, a priority is not taken', async () => {
    const review = await reviewed('deferred-for-review', RETURN);
    const { at, panel } = review;
    expect(panel.priorities).toEqual([]);
    const commit = (changes: Parameters<typeof commitOf>[1]) =>
      at.desk.ask('review/commit-outcome', commitOf(review, changes));
    expect(await commit({})).toMatchObject(refused('comment-missing'));
    expect(await commit({ comment: 'x', priority: 'URGENT' })).toMatchObject(
      refused('priority-not-permitted'),
    );
    const file = { reviewId: panel.reviewId, name: 'advice.pdf', description: '', content: PDF };
    await at.desk.must('review/add-file', file);
    const other = await at.desk.must('review/add-file', { ...file, name: 'other.pdf' });
    await at.desk.must('review/remove-file', { reviewId: panel.reviewId, fileId: other.fileId });
    const answer = await at.desk.must(
      'review/commit-outcome',
      commitOf(review, { comment: 'Physiotherapy first' }),
    );
    const item = await startedItem(answer);
    expect(await settled(at.desk, item, 10)).toMatchObject({ state: 'done' });
    const after = at.desk.service.world.referral(at.ubrn);
    expect(after).toMatchObject({ state: 'TRIAGE_RESPONSE', stateComments: 'Physiotherapy first' });
    expect(after.attachments.map(({ title }) => title)).toContain('advice.pdf');
    expect(after.attachments.map(({ title }) => title)).not.toContain('other.pdf');
  });

  it('is refused for a patient who has died, before anything is sent', async () => {
    const at = await open('triage-deceased');
    const panel = await at.desk.ask('review/review-outcome', { ubrn: at.ubrn, outcome: ACCEPT });
    expect(panel).toMatchObject(refused('patient-deceased'));
    expect(at.desk.service.calls.count('A028')).toBe(0);
  });

  it('is refused when the death came while the panel was open', async () => {
    const review = await reviewed('awaiting-triage', RETURN);
    const { at } = review;
    const { world } = at.desk.service;
    Object.assign(world.findPatient(world.referral(at.ubrn).nhsNumber) ?? {}, {
      record: 'deceased',
      deathDate: '2026-11-20',
    });
    const commit = await at.desk.ask('review/commit-outcome', commitOf(review, { comment: 'Advice' }));
    expect(commit).toMatchObject(refused('patient-deceased'));
    const again = await at.desk.ask('review/commit-outcome', commitOf(review, { comment: 'Advice' }));
    expect(again).toMatchObject(refused('review-closed'));
    expect(await localEvents(at.desk, at.ubrn)).toContain('patient-deceased');
    expect(at.desk.service.calls.count('A028')).toBe(0);
  });

  it('is not sent from the queue when the death came while it waited', async () => {
    const review = await reviewed('awaiting-triage', RETURN);
    const { desk, ubrn } = review.at;
    const { calls, faults, world } = desk.service;
    const locked = { kind: 'status', status: 423, code: '' } as const;
    const unlock = faults.add({ on: { id: 'A028', times: Infinity }, do: locked });
    const item = await startedItem(
      await desk.must('review/commit-outcome', commitOf(review, { comment: 'Advice' })),
    );
    for (let turn = 0; turn < 200 && calls.count('A028') === 0; turn += 1) await desk.clock.advance(25);
    Object.assign(world.findPatient(world.referral(ubrn).nhsNumber) ?? {}, {
      record: 'deceased',
      deathDate: '2026-11-20',
    });
    unlock();
    const ended = await settled(desk, item, 10);
    expect(ended).toMatchObject({ state: 'needs-you', code: 'patient-deceased', may: { confirm: false } });
    expect(calls.count('A028')).toBe(1);
    expect(calls.count('A028', { status: 423 })).toBe(1);
    expect(world.referral(ubrn).state).toBe('AWAITING_TRIAGE');
  });

  it('asks a person in 2021, where PDS is not reached, and records the word', async () => {
    const review = await reviewed('awaiting-triage', RETURN, { dialect: 'spine-session' });
    const { at, panel } = review;
    expect(panel.asksAlive).toBe(true);
    const input = commitOf(review, { comment: 'Advice' });
    expect(await at.desk.ask('review/commit-outcome', input)).toMatchObject(refused('alive-not-confirmed'));
    const item = await startedItem(
      await at.desk.must('review/commit-outcome', { ...input, isKnownAlive: true }),
    );
    expect(await settled(at.desk, item)).toMatchObject({ state: 'done' });
    expect(await localEvents(at.desk, at.ubrn)).toContain('alive-looked-up-elsewhere');
  });

  it('is not asked for without a connection', async () => {
    const at = await open('awaiting-triage');
    at.network.isDown = true;
    await at.desk.ask('referral/reread', { ubrn: at.ubrn });
    const panel = await at.desk.ask('review/review-outcome', { ubrn: at.ubrn, outcome: ACCEPT });
    expect(panel).toMatchObject(refused('needs-connection'));
  });
});

describe('without a connection', () => {
  it('an acceptance waits, and goes out once the line is back, under the version that was seen', async () => {
    const at = await open('booked-for-review');
    at.network.isDown = true;
    await at.desk.ask('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
    const panel = await at.desk.must('review/review-acceptance', { ubrn: at.ubrn });
    expect(panel.isOffline).toBe(true);
    const item = await startedItem(await at.desk.must('review/commit-acceptance', keyOf(at, panel)));
    expect(await settled(at.desk, item)).toMatchObject({ state: 'waiting' });
    at.network.isDown = false;
    await at.desk.must('referral/reread', { ubrn: at.ubrn });
    expect(await settled(at.desk, item, 60)).toMatchObject({ state: 'done' });
    expect(at.desk.service.calls.count('A013')).toBe(1);
  });
});

describe('a page that claims what it does not hold', () => {
  it('opens no panel for a referrer, off the list, or where no review is open', async () => {
    const referrer = await open('booked-for-review', { roleId: REFERRER });
    expect(await referrer.desk.ask('review/review-acceptance', { ubrn: referrer.ubrn })).toMatchObject(
      refused('role-cannot-review'),
    );
    const past = await open('booked-past');
    expect(await past.desk.ask('review/review-rejection', { ubrn: past.ubrn })).toMatchObject({ ok: false });
    const booked = await open('booked-for-review');
    expect(
      await booked.desk.ask('review/review-outcome', { ubrn: booked.ubrn, outcome: ACCEPT }),
    ).toMatchObject(refused('no-review-open'));
    expect(await booked.desk.ask('review/review-acceptance', { ubrn: '000000000001' })).toMatchObject(
      refused('referral-not-open'),
    );
    const uninformed = await open('deferred-without-letter');
    expect(
      await uninformed.desk.ask('review/review-outcome', { ubrn: uninformed.ubrn, outcome: RETURN }),
    ).toMatchObject(refused('no-clinical-information'));
  });

  it('commits nothing with wrong digits, and closes the panel after the second', async () => {
    const at = await open('booked-for-review');
    const panel = await at.desk.must('review/review-acceptance', { ubrn: at.ubrn });
    const { reviewId, digits } = keyOf(at, panel);
    const guess = { reviewId, digits: wrong(digits) };
    expect(await at.desk.must('review/commit-acceptance', guess)).toMatchObject({ kind: 'wrong-digits' });
    expect(await at.desk.must('review/commit-acceptance', guess)).toMatchObject({ attemptsLeft: 0 });
    expect(await at.desk.ask('review/commit-acceptance', { reviewId, digits })).toMatchObject(
      refused('review-closed'),
    );
    expect(at.desk.service.calls.count('A013')).toBe(0);
  });

  it('does not commit one panel by the channel of another, nor one that was closed', async () => {
    const at = await open('booked-for-review');
    const panel = await at.desk.must('review/review-acceptance', { ubrn: at.ubrn });
    const asRejection = { ...keyOf(at, panel), reasonCode: 'OTHER', comment: '', isCancelledInPas: null };
    expect(await at.desk.ask('review/commit-rejection', asRejection)).toMatchObject(refused('review-closed'));
    await at.desk.must('review/close', { reviewId: panel.reviewId });
    expect(await at.desk.ask('review/commit-acceptance', keyOf(at, panel))).toMatchObject(
      refused('review-closed'),
    );
  });

  it('keeps no panel for the next person', async () => {
    const at = await open('booked-for-review');
    const panel = await at.desk.must('review/review-acceptance', { ubrn: at.ubrn });
    await at.desk.must('session/choose-role', { roleId: PROVIDER });
    await at.desk.must('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
    await at.desk.must('referral/open', { ubrn: at.ubrn, secondIdentifier: null });
    expect(await at.desk.ask('review/commit-acceptance', keyOf(at, panel))).toMatchObject(
      refused('review-closed'),
    );
  });
});
