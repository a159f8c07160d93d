/** Why what was filled in cannot be committed, in words; empty when it can. Main judges again. */
import { charactersLeftWords } from '../../app/comment-words.ts';
import { chosenReason } from '../cancellation/objections.ts';
import type { OpenReview } from './review.store.ts';

interface FilledIn {
  readonly comment: string;
  readonly reasonCode: string;
  readonly priority: string | null;
  readonly isCancelledInPas: boolean | null;
  readonly isKnownAlive: boolean;
}

export function objectionToReview(review: OpenReview, draft: FilledIn, isTakingFile: boolean): string {
  const left = review.maxComment - draft.comment.trim().length;
  if (left < 0) return `the comment is too long: ${charactersLeftWords(left)}`;
  switch (review.action) {
    case 'accept-referral':
      return '';
    case 'reject-referral':
      return objectionToRejection(review, draft);
    case 'record-review':
      return objectionToOutcome(review, draft) || (isTakingFile ? 'a chosen file is still being taken.' : '');
  }
}

function objectionToRejection(
  review: Extract<OpenReview, { action: 'reject-referral' }>,
  draft: FilledIn,
): string {
  const reason = chosenReason(review.reasons, draft.reasonCode);
  if (reason === null) return 'choose the reason first (Tab, then arrows or first letters).';
  if (reason.commentIsMandatory && draft.comment.trim() === '') return 'this reason needs a comment.';
  return review.asksPas && draft.isCancelledInPas === null
    ? 'say whether it is cancelled in the PAS: Alt+Y or Alt+N.'
    : '';
}

function objectionToOutcome(
  review: Extract<OpenReview, { action: 'record-review' }>,
  draft: FilledIn,
): string {
  const isReturn = review.outcome === 'RETURN_TO_REFERRER_WITH_ADVICE';
  if (isReturn && draft.comment.trim() === '') return 'the referrer needs your advice: type it.';
  if (!isReturn && draft.priority === null) return 'choose the priority first (Tab, then arrows).';
  return review.asksAlive && !draft.isKnownAlive
    ? 'look up whether the patient lives, then say so (Alt+L).'
    : '';
}
