/** Why a panel cannot be committed as it is filled in; empty when it can. Main judges the same again. */
import type { AnswerFields } from './advice.store.ts';

export function objectionToAnswer(draft: AnswerFields, most: number): string {
  const isQuestion = draft.outcome === 'REQUIRE_FURTHER_INFORMATION';
  if (draft.text.trim() === '') return isQuestion ? 'type what you want to know.' : 'type the advice.';
  if (draft.text.trim().length > most) return `the text is longer than ${most} characters: shorten it.`;
  return !isQuestion && draft.recommendation === '' ? 'choose what you recommend.' : '';
}

export function objectionToConversion(draft: AnswerFields, most: number): string {
  if (draft.text.trim() === '') return 'type the answer to the referrer.';
  if (draft.text.trim().length > most) return `the answer is longer than ${most} characters: shorten it.`;
  if (draft.comment.trim() === '') return 'tell the admin team what to book.';
  return draft.comment.trim().length > 2000
    ? 'the instruction is longer than 2000 characters: shorten it.'
    : '';
}
