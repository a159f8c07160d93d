/** Why a letter may not be printed: the code of the first reason, or null (hazards 6, 8; screens.md section 6). */
import type { ReprintReason } from '../../../contract/channels/letters.ts';
import type { HeldLetter } from '../held-letters.ts';
import { mayBeOnPaper, type PrintRecord } from './print-record.ts';

export interface ClerkWord {
  readonly reason: ReprintReason | null;
  readonly note: string;
  readonly isReadByClerk: boolean;
  readonly isPhoned: boolean;
}

/** What a batch says for the clerk: nothing; a letter that needs the clerk's word is set aside. */
export const NO_WORD: ClerkWord = { reason: null, note: '', isReadByClerk: false, isPhoned: false };

/** What a print is of: a version of a referral, and what that version tells the patient. */
export interface PrintedState {
  readonly version: number;
  /** Null where e-RS was not asked yet. */
  readonly stand: string | null;
}

/** The latest print of this very letter that may lie on paper; null when there is none. */
export function printedBefore(
  prints: readonly PrintRecord[],
  { version, stand }: PrintedState,
): PrintRecord | null {
  const isThis = (print: PrintRecord) => print.version === version || print.stand === stand;
  return prints.find((print) => isThis(print) && print.supersededAt === null && mayBeOnPaper(print)) ?? null;
}

/** What stands against printing this letter on this word. */
export function objectToLetter(
  letter: Pick<HeldLetter, 'verdict' | 'needsPhone'>,
  word: ClerkWord,
): string | null {
  if (letter.verdict === 'differs') return 'letter-differs';
  if (letter.verdict === 'not-checked' && !word.isReadByClerk) return 'letter-not-read';
  if (letter.needsPhone && !word.isPhoned) return 'phone-first';
  return word.reason === 'other' && word.note.trim() === '' ? 'reason-needs-note' : null;
}

/** The reason as the log keeps it. */
export function reasonText({ reason, note }: ClerkWord): string {
  if (reason === null) return '';
  return note.trim() === '' ? reason : `${reason}: ${note.trim()}`;
}
