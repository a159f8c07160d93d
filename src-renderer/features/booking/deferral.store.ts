import { defineStore } from 'pinia';
import { ref, shallowReactive, shallowRef } from 'vue';
import type { DeferralReview } from '../../../src-main/contract/channels/booking.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from '../referral/main-clock.ts';
import type { CommitResult } from './booking.store.ts';

const OTHER_REFERRAL: Problem = { kind: 'bad-reply', code: 'other-referral', correlationId: '', facts: {} };

/** The open review of a deferral, its draft comment, and what became of the deferrals of this sitting. */
export const useDeferralStore = defineStore('deferral', () => {
  const review = shallowRef<DeferralReview | null>(null);
  /** Why no review could be made: above all that nothing allows deferral yet (hazard 9). */
  const problem = shallowRef<Problem | null>(null);
  const isReviewing = ref(false);
  /** The referral for which the clerk is choosing a service, or null. */
  const choosingFor = ref<string | null>(null);
  /** Counts the reviews asked for: each starts with an empty field of digits. */
  const openings = ref(0);
  const isCommitting = ref(false);
  const comment = ref('');
  const items = shallowReactive(new Map<string, OutboxItem>());
  const drafts = new Map<string, string>();
  let run = 0;

  useBridge().pushes['outbox/item-changed'](takeItem);

  /** A newer state of a deferral; an older one that arrives late changes nothing. */
  function takeItem(item: OutboxItem): void {
    if (item.action !== 'defer' || item.ubrn === null) return;
    noteMainInstant(item.updatedAt);
    const known = items.get(item.ubrn);
    const isLate = known !== undefined && known.updatedAt > item.updatedAt;
    if (!isLate) items.set(item.ubrn, item);
  }

  const itemOf = (ubrn: string): OutboxItem | null => items.get(ubrn) ?? null;

  /** Asks which of several services is meant; its answer opens the review. */
  async function askService(ubrn: string): Promise<void> {
    await closeReview();
    choosingFor.value = ubrn;
  }

  /** Makes the review at a service; nothing is sent. A review of another referral is never shown. */
  async function openReview(ubrn: string, serviceId: string): Promise<void> {
    const closing = closeReview();
    const mine = ++run;
    openings.value++;
    isReviewing.value = true;
    await closing;
    const answer = await useBridge().requests['booking/review-deferral']({ ubrn, serviceId });
    const isWanted = mine === run;
    if (isWanted) isReviewing.value = false;
    if (!answer.ok) {
      if (isWanted) problem.value = answer.problem;
      return;
    }
    const isOther = answer.value.ubrn !== ubrn || answer.value.serviceId !== serviceId;
    if (isWanted && !isOther) {
      review.value = answer.value;
      comment.value = drafts.get(draftKey(answer.value)) ?? '';
      return;
    }
    if (isWanted && isOther) problem.value = OTHER_REFERRAL;
    await useBridge().requests['booking/close-review']({ reviewId: answer.value.reviewId });
  }

  const draftKey = (of: Pick<DeferralReview, 'ubrn' | 'serviceId'>) => `${of.ubrn} ${of.serviceId}`;

  /** Closes the panel and keeps the comment as a draft; main forgets the review. */
  async function closeReview(): Promise<void> {
    run++;
    isReviewing.value = false;
    choosingFor.value = null;
    problem.value = null;
    const open = review.value;
    review.value = null;
    if (open === null) return;
    drafts.set(draftKey(open), comment.value);
    await useBridge().requests['booking/close-review']({ reviewId: open.reviewId });
  }

  /** Commits with the digits that the patient spoke. Pressed twice it sends once. */
  async function commit(digits: string): Promise<CommitResult> {
    const open = review.value;
    if (open === null || isCommitting.value) return { kind: 'busy' };
    isCommitting.value = true;
    const answer = await useBridge().requests['booking/commit-deferral']({
      reviewId: open.reviewId,
      digits,
      comment: comment.value.trim(),
    });
    isCommitting.value = false;
    if (!answer.ok) return { kind: 'problem', problem: answer.problem };
    if (answer.value.kind === 'wrong-digits') {
      const { attemptsLeft } = answer.value;
      if (attemptsLeft > 0) return { kind: 'wrong-digits', attemptsLeft };
      drafts.set(draftKey(open), comment.value);
      review.value = null;
      return { kind: 'closed' };
    }
    drafts.delete(draftKey(open));
    takeItem(answer.value.item);
    review.value = null;
    return { kind: 'started' };
  }

  /** Reads an unknown outcome back now; null when done or when there is nothing to read back. */
  async function readBack(ubrn: string): Promise<Problem | null> {
    const item = itemOf(ubrn);
    if (item === null || !item.may.readBack) return null;
    const answer = await useBridge().requests['outbox/read-back']({ intentId: item.intentId });
    if (!answer.ok) return answer.problem;
    takeItem(answer.value);
    return null;
  }

  function forget(): void {
    run++;
    review.value = problem.value = choosingFor.value = null;
    isReviewing.value = isCommitting.value = false;
    comment.value = '';
    items.clear();
    drafts.clear();
  }

  return {
    ...{ review, problem, isReviewing, choosingFor, openings, isCommitting, comment, items },
    ...{ itemOf, askService, openReview, closeReview, commit, readBack, forget },
  };
});
