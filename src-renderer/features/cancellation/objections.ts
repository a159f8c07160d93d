/** Why what was filled in cannot be committed, in words; empty when it can. Main judges again. */
import type { CancellationReason } from '../../../src-main/contract/channels/cancellation.ts';
import { charactersLeftWords } from '../../app/comment-words.ts';
import type { OpenCancellation } from './cancellation.store.ts';

interface FilledIn {
  readonly comment: string;
  readonly reasonCode: string;
  readonly isCancelledInPas: boolean | null;
  readonly ubrnDigits: string;
  readonly secondPerson: string;
}

/** The reason that is chosen, or null. */
export function chosenReason(
  reasons: readonly CancellationReason[],
  reasonCode: string,
): CancellationReason | null {
  return reasons.find(({ code }) => code === reasonCode) ?? null;
}

export function objectionToCancel(review: OpenCancellation, draft: FilledIn, isTakingFile: boolean): string {
  const left = review.maxComment - draft.comment.trim().length;
  if (left < 0) return `the comment is too long: ${charactersLeftWords(left)}`;
  if (review.action === 'cancel-later') return objectionToLater(review, draft, isTakingFile);
  const reason = chosenReason(review.reasons, draft.reasonCode);
  if (reason === null) return 'choose the reason first (Tab, then arrows or first letters).';
  if (reason.commentIsMandatory && draft.comment.trim() === '') return 'this reason needs a comment.';
  return review.action === 'cancel-referral' ? objectionToReferral(review, draft) : '';
}

function objectionToLater(
  review: Extract<OpenCancellation, { action: 'cancel-later' }>,
  draft: FilledIn,
  isTakingFile: boolean,
): string {
  if (draft.comment.trim() === '') return 'the admin team needs a comment: what are they to do?';
  if (review.asksPas && draft.isCancelledInPas === null) {
    return 'say whether it is cancelled in the PAS: Alt+Y or Alt+N.';
  }
  return isTakingFile ? 'a chosen file is still being taken.' : '';
}

function objectionToReferral(
  review: Extract<OpenCancellation, { action: 'cancel-referral' }>,
  draft: FilledIn,
): string {
  if (draft.ubrnDigits === '') return 'type the last 4 digits of the UBRN again.';
  if (draft.ubrnDigits !== review.ubrn.slice(-4)) {
    return 'the last 4 digits of the UBRN do not match this referral. Look at the UBRN again.';
  }
  if (review.needsSecondPerson && draft.secondPerson.trim() === '') {
    return 'a second person has to look and type their own initials.';
  }
  return '';
}
