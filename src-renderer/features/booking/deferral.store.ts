import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { DeferralReview } from '../../../src-main/contract/channels/booking.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from './booking.store.ts';
import { createReviewDesk } from './review-desk.store.ts';

/** The open review of a deferral, its draft comment, and what became of the deferrals of this sitting. */
export const useDeferralStore = defineStore('deferral', () => {
  const ask = useBridge().requests;
  /** The referral for which the clerk is choosing a service, or null. */
  const choosingFor = ref<string | null>(null);
  const comment = ref('');
  const drafts = new Map<string, string>();
  const draftKey = (of: Pick<DeferralReview, 'ubrn' | 'serviceId'>) => `${of.ubrn} ${of.serviceId}`;

  const desk = createReviewDesk<'defer', DeferralReview>({
    actions: ['defer'],
    closeAtMain: (reviewId) => ask['booking/close-review']({ reviewId }),
    onOpen: (review) => void (comment.value = drafts.get(draftKey(review)) ?? ''),
    onClose: (review) => void drafts.set(draftKey(review), comment.value),
    onDone: () => undefined,
  });

  /** Asks which of several services is meant; its answer opens the review. */
  async function askService(ubrn: string): Promise<void> {
    await closeReview();
    choosingFor.value = ubrn;
  }

  /** Makes the review at a service; nothing is sent. A review of another referral or service is never shown. */
  function openReview(ubrn: string, serviceId: string): Promise<void> {
    choosingFor.value = null;
    const review = () => ask['booking/review-deferral']({ ubrn, serviceId });
    return desk.open(ubrn, 'defer', review, (answered) => answered.serviceId === serviceId);
  }

  /** Closes the panel and keeps the comment as a draft; main forgets the review. */
  async function closeReview(): Promise<void> {
    choosingFor.value = null;
    await desk.closeReview();
  }

  /** Commits with the digits that the patient spoke. Pressed twice it sends once. */
  async function commit(digits: string): Promise<CommitResult> {
    const open = desk.review.value;
    const result = await desk.commit(({ reviewId }) =>
      ask['booking/commit-deferral']({ reviewId, digits, comment: comment.value.trim() }),
    );
    if (open !== null && result.kind === 'started') drafts.delete(draftKey(open));
    return result;
  }

  function forget(): void {
    desk.forget();
    choosingFor.value = null;
    comment.value = '';
    drafts.clear();
  }

  return {
    ...desk,
    ...{ choosingFor, comment, drafts },
    ...{ askService, openReview, closeReview, commit, forget },
  };
});
