import { countOf } from './format.ts';

/** `120 characters left`, or how many are too many. */
export function charactersLeftWords(left: number): string {
  return left >= 0 ? `${countOf(left, 'character')} left` : `${countOf(-left, 'character')} too many`;
}

/** The comment with a phrase after what was typed. */
export function addPhrase(comment: string, phrase: string): string {
  const typed = comment.trimEnd();
  return typed === '' ? phrase : `${typed} ${phrase}`;
}
