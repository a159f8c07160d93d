import { describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../src-main/contract/channels.ts';
import { digitsOf } from '../../support/clerk-steps.ts';
import { openScene, PDF, PROVIDER, REFERRER, settled, wrong, type AtReferral } from './cancel-steps.ts';

type Commit = RequestInput<'cancellation/commit-later'>;

const asProvider = { roleId: PROVIDER };

async function reviewed(
  scene: Parameters<typeof openScene>[0],
  options: Parameters<typeof openScene>[1] = {},
) {
  const at = await openScene(scene, { ...asProvider, ...options });
  const panel = await at.desk.must('cancellation/review-later', { ubrn: at.ubrn });
  return { ...at, panel, digits: digitsOf(at.desk, at.ubrn, panel.identityQuestion) };
}

const commitOf = (
  { digits, panel }: { digits: string; panel: { reviewId: string } },
  changes: Partial<Commit> = {},
): Commit => ({
  reviewId: panel.reviewId,
  digits,
  comment: 'Please rebook after the scan',
  priority: null,
  isCancelledInPas: null,
  ...changes,
});

async function started({ desk }: AtReferral, input: Commit) {
  const answer = await desk.must('cancellation/commit-later', input);
  if (answer.kind !== 'started') throw new Error('the digits were wrong');
  return answer.item;
}

describe.each(['api-platform', 'spine-session'] as const)('cancel, action later on %s', (dialect) => {
  it('cancels the appointment and leaves the comment and the priority', async () => {
    const at = await reviewed('booked-for-review', { dialect });
    expect(at.panel).toMatchObject({ asksPas: false, onBehalfOf: null, isOffline: false, maxComment: 2000 });
    const item = await started(at, commitOf(at, { priority: 'URGENT' }));
    expect(await settled(at.desk, item)).toMatchObject({ action: 'cancel-later', state: 'done' });
    expect(at.desk.service.world.referral(at.ubrn)).toMatchObject({
      state: 'TRIAGED_PROVIDER_TO_ACTION',
      stateComments: 'Please rebook after the scan',
      priority: 'URGENT',
    });
  });

  it('takes the files with it, each uploaded for this referral ahead of it', async () => {
    const at = await reviewed('booked-for-review', { dialect });
    const { reviewId } = at.panel;
    const file = { reviewId, name: 'plan.pdf', description: 'The plan', content: PDF };
    const given = await at.desk.must('cancellation/add-file', file);
    expect(given).toMatchObject({ name: 'plan.pdf', bytes: 17 });
    const other = await at.desk.must('cancellation/add-file', { ...file, name: 'wrong.pdf' });
    await at.desk.must('cancellation/remove-file', { reviewId, fileId: other.fileId });
    const item = await started(at, commitOf(at));
    expect(await settled(at.desk, item, 10)).toMatchObject({ state: 'done' });
    const attached = at.desk.service.world.referral(at.ubrn).attachments;
    expect(attached.filter(({ type }) => type === 'PROVIDER').map(({ title }) => title)).toEqual([
      'plan.pdf',
    ]);
    expect(at.desk.service.calls.count('A020')).toBe(1);
  });

  it('asks whether the provider cancelled, at an indirectly bookable service and nowhere else', async () => {
    const at = await reviewed('booked-indirectly', { dialect });
    expect(at.panel.asksPas).toBe(true);
    const unanswered = await at.desk.ask('cancellation/commit-later', commitOf(at));
    expect(unanswered).toMatchObject({ ok: false, problem: { code: 'pas-answer-missing' } });
    const item = await started(at, commitOf(at, { isCancelledInPas: false }));
    expect(await settled(at.desk, item)).toMatchObject({ state: 'done' });
    const direct = await reviewed('booked-for-review', { dialect });
    const flagged = await direct.desk.ask(
      'cancellation/commit-later',
      commitOf(direct, { isCancelledInPas: true }),
    );
    expect(flagged).toMatchObject({ ok: false, problem: { code: 'pas-answer-not-permitted' } });
    expect(direct.desk.service.calls.count('A022')).toBe(0);
  });
});

describe("a clinician's admin", () => {
  it('is told for whom in the heading, and e-RS is told by the header', async () => {
    const at = await openScene('booked-for-review', asProvider);
    await at.desk.must('session/choose-role', { roleId: 'R68.SERVICE_PROVIDER_CLINICIAN_ADMIN' });
    await at.desk.must('session/read-clinicians', {});
    await at.desk.must('session/choose-clinician', { userId: '021600556514' });
    await at.desk.must('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
    await at.desk.must('referral/open', { ubrn: at.ubrn, secondIdentifier: null });
    const panel = await at.desk.must('cancellation/review-later', { ubrn: at.ubrn });
    expect(panel.onBehalfOf).toEqual({ userId: '021600556514', label: 'CONSULTANT, Ruth (Dr)' });
    const item = await started(at, commitOf({ ...at, panel }));
    expect(await settled(at.desk, item)).toMatchObject({ state: 'done' });
  });
});

describe('without a connection', () => {
  it('waits in the outbox, and goes out after one fresh word', async () => {
    const at = await openScene('booked-for-review', asProvider);
    at.network.isDown = true;
    await at.desk.ask('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
    const panel = await at.desk.must('cancellation/review-later', { ubrn: at.ubrn });
    expect(panel.isOffline).toBe(true);
    await at.desk.must('cancellation/add-file', {
      ...{ reviewId: panel.reviewId, name: 'plan.pdf', description: '', content: PDF },
    });
    const item = await started(at, commitOf({ ...at, panel }));
    const waiting = await settled(at.desk, item);
    // The file goes first; the cancellation stands behind it.
    expect(waiting).toMatchObject({ state: 'waiting', code: 'no-connection' });
    const { items } = await at.desk.must('outbox/read-items', {});
    const upload = items.find(({ intentId }) => intentId === waiting.behind);
    expect(upload).toMatchObject({ action: 'upload-file', state: 'waiting' });
    expect(at.desk.service.calls.count('A022') + at.desk.service.calls.count('A020')).toBe(0);
    at.network.isDown = false;
    await at.desk.must('referral/reread', { ubrn: at.ubrn });
    const asked = await settled(at.desk, item, 30);
    expect(at.desk.service.calls.count('A022')).toBe(0);
    expect(asked.may.confirm).toBe(true);
    await at.desk.must('outbox/confirm', { intentId: item.intentId });
    expect(await settled(at.desk, item)).toMatchObject({ state: 'done' });
  });
});

describe('a page that claims what it does not hold', () => {
  const refused = (code: string) => ({ ok: false, problem: { code } });

  it('opens no panel for a referrer, off the review list, for a closed referral or an unknown one', async () => {
    const referrer = await openScene('booked-for-review', { roleId: REFERRER });
    const byRole = await referrer.desk.ask('cancellation/review-later', { ubrn: referrer.ubrn });
    expect(byRole).toMatchObject(refused('role-cannot-cancel-later'));
    const unlisted = await openScene('booked-past', asProvider);
    const byList = await unlisted.desk.ask('cancellation/review-later', { ubrn: unlisted.ubrn });
    expect(byList).toMatchObject({ ok: false });
    const [other = ''] = unlisted.desk.service.world.findScene('booked-for-review');
    const closed = await unlisted.desk.ask('cancellation/review-later', { ubrn: other });
    expect(closed).toMatchObject(refused('referral-not-open'));
  });

  it('sends nothing with wrong digits, and the panel closes after the second', async () => {
    const at = await reviewed('booked-for-review');
    const bad = commitOf(at, { digits: wrong(at.digits) });
    expect(await at.desk.must('cancellation/commit-later', bad)).toEqual({
      kind: 'wrong-digits',
      attemptsLeft: 1,
    });
    expect(await at.desk.must('cancellation/commit-later', bad)).toEqual({
      kind: 'wrong-digits',
      attemptsLeft: 0,
    });
    expect(await at.desk.ask('cancellation/commit-later', commitOf(at))).toMatchObject(
      refused('review-closed'),
    );
    expect(at.desk.service.calls.count('A022')).toBe(0);
  });

  it('sends no empty comment, and one panel once', async () => {
    const at = await reviewed('booked-for-review');
    const empty = await at.desk.ask('cancellation/commit-later', commitOf(at, { comment: ' \n' }));
    expect(empty).toMatchObject(refused('comment-missing'));
    const answers = await Promise.all([
      at.desk.ask('cancellation/commit-later', commitOf(at)),
      at.desk.ask('cancellation/commit-later', commitOf(at)),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it('adds no file to a panel that is shut, nor one that the referral has', async () => {
    const at = await reviewed('booked-for-review');
    const file = { reviewId: at.panel.reviewId, name: 'a.pdf', description: '', content: PDF };
    await at.desk.must('cancellation/add-file', file);
    expect(await at.desk.ask('cancellation/add-file', file)).toMatchObject(refused('DUPLICATE_FILENAME'));
    await at.desk.must('cancellation/close-review', { reviewId: at.panel.reviewId });
    expect(await at.desk.ask('cancellation/add-file', file)).toMatchObject(refused('review-closed'));
    expect(await at.desk.ask('cancellation/commit-later', commitOf(at))).toMatchObject(
      refused('review-closed'),
    );
  });

  it('takes a file of 5 MB through the door, and none that is larger', async () => {
    const at = await reviewed('booked-for-review');
    const bytes = Buffer.alloc(5_242_880, ' ');
    bytes.write('%PDF-1.7');
    const file = { reviewId: at.panel.reviewId, description: '' };
    const largest = { ...file, name: 'a.pdf', content: bytes.toString('base64') };
    expect(await at.desk.must('cancellation/add-file', largest)).toMatchObject({ bytes: 5_242_880 });
    const larger = Buffer.concat([bytes, Buffer.from('  ')]).toString('base64');
    const answer = await at.desk.ask('cancellation/add-file', { ...file, name: 'b.pdf', content: larger });
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'invalid-input' } });
  });

  it('is shut by the lock of somebody else: nothing of it is left for the next person', async () => {
    const at = await reviewed('booked-for-review');
    await at.desk.must('session/lock', {});
    expect(await at.desk.ask('cancellation/commit-later', commitOf(at))).toMatchObject(
      refused('not-signed-in'),
    );
    await at.desk.signIn(PROVIDER);
    expect(await at.desk.ask('cancellation/commit-later', commitOf(at))).toMatchObject(
      refused('review-closed'),
    );
    expect(at.desk.service.calls.count('A022')).toBe(0);
  });
});
