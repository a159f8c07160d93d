import { defineStore } from 'pinia';
import { ref, shallowReactive } from 'vue';
import type { ReviewFile } from '../../../src-main/contract/channels/cancellation.ts';
import type { LetterReview } from '../../../src-main/contract/channels/refer.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from '../booking/booking.store.ts';
import { createReviewDesk } from '../booking/review-desk.store.ts';

/** The letters of an open referral: which stay, which come, and what became of it. */
export const useLetterSetStore = defineStore('letter-set', () => {
  const ask = useBridge().requests;
  const keeps = ref<readonly string[]>([]);
  const files = shallowReactive<ReviewFile[]>([]);

  const desk = createReviewDesk<'maintain-letter', LetterReview>({
    actions: ['maintain-letter'],
    closeAtMain: (reviewId) => ask['refer/close-review']({ reviewId }),
    // Every letter stays until the clerk takes it off: nothing is lost by forgetting a tick.
    onOpen: ({ letters }) => (keeps.value = letters.map(({ documentId }) => documentId)),
    onClose() {
      keeps.value = [];
      files.splice(0);
    },
    onDone: () => undefined,
  });

  const openLetters = (ubrn: string) =>
    desk.open(ubrn, 'maintain-letter', () => ask['refer/review-letters']({ ubrn }));

  async function addFile(name: string, content: string): Promise<Problem | null> {
    const open = desk.review.value;
    if (open === null) return null;
    const { reviewId } = open;
    const answer = await ask['refer/add-letter']({ reviewId, name, content, description: '' });
    if (!answer.ok) return answer.problem;
    if (desk.review.value?.reviewId === reviewId) files.push(answer.value);
    return null;
  }

  async function removeFile(fileId: string): Promise<Problem | null> {
    const open = desk.review.value;
    if (open === null) return null;
    const answer = await ask['refer/remove-letter']({ reviewId: open.reviewId, fileId });
    if (!answer.ok) return answer.problem;
    const at = files.findIndex((file) => file.fileId === fileId);
    if (at >= 0) files.splice(at, 1);
    return null;
  }

  const commit = (digits: string): Promise<CommitResult> =>
    desk.commit(({ reviewId }) => ask['refer/commit-letters']({ reviewId, digits, keeps: [...keeps.value] }));

  function forget(): void {
    desk.forget();
    keeps.value = [];
    files.splice(0);
  }

  return { ...desk, ...{ keeps, files, openLetters, addFile, removeFile, commit, forget } };
});
