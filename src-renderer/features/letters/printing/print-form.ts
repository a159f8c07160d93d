/** What the print panel asks for, and what is still missing before the letter may be printed. */
import type { ReprintReason } from '../../../../src-main/contract/channels/letters.ts';
import type { Problem } from '../../../../src-main/contract/outcome.ts';
import type { LetterFacts } from '../letters.store.ts';

export const REASON_WORDS: Readonly<Record<ReprintReason, string>> = {
  lost: 'Lost: it never came out, or never arrived',
  damaged: 'Damaged: jammed, torn, or a page missing',
  'wrong-address': 'Wrong address on the first one',
  other: 'Another reason, see the note',
};

/** What this letter needs beside a printer. */
export interface Needs {
  readonly reason: boolean;
  readonly reading: boolean;
  readonly phone: boolean;
}

/** By what main said of the letter; and by what it refused since, should it know more by then. */
export function needsOf(facts: LetterFacts, problem: Problem | null): Needs {
  const asks = (code: string) => problem?.code === code;
  return {
    reason: facts.printedAt !== null || asks('reprint-reason-missing'),
    reading: facts.verdict === 'not-checked' || asks('letter-not-read'),
    phone: facts.needsPhone || asks('phone-first'),
  };
}

export interface FormState {
  copies: string;
  isLarge: boolean;
  reason: ReprintReason | '';
  note: string;
  isRead: boolean;
  isPhoned: boolean;
}

export const emptyForm = (): FormState => ({
  ...{ copies: '1', isLarge: false, reason: '', note: '', isRead: false, isPhoned: false },
});

export interface FormFault {
  readonly fieldId: string;
  readonly text: string;
}

/** The first thing that is missing, in the order of the panel; null when the letter may be printed. */
export function firstFault(needs: Needs, form: FormState): FormFault | null {
  if (needs.reason && form.reason === '')
    return { fieldId: 'print-reason', text: 'Choose why it is printed again.' };
  if (needs.reason && form.reason === 'other' && form.note.trim() === '')
    return { fieldId: 'print-note', text: 'Say the reason in a few words.' };
  if (needs.reading && !form.isRead)
    return { fieldId: 'print-read', text: 'Read the letter (Esc goes back to it), then tick that you have.' };
  if (needs.phone && !form.isPhoned)
    return { fieldId: 'print-phoned', text: 'Phone the patient, then tick that you have.' };
  if (!/^[1-5]$/.test(form.copies.trim())) return { fieldId: 'print-copies', text: 'From 1 to 5 copies.' };
  return null;
}
