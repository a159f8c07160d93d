/** What became of a printed letter, in words: "printed" is the printer's word, paper is what the clerk counts. */
import type { PrintJob } from '../../../../src-main/contract/channels/letters.ts';
import { countOf } from '../../../app/format.ts';
import { problemWords } from '../../../app/words/problem-words.ts';
import { printerReason } from './printer-words.ts';

export type JobState = PrintJob['state'];

interface JobWords {
  readonly heading: string;
  readonly meaning: string;
  readonly next: string;
}

/** Still at work: nothing to count yet. */
export const isUnderWay = (state: JobState): boolean =>
  state === 'sending' || state === 'waiting' || state === 'printing' || state === 'held-up';

/** Paper may lie in the printer: it is counted. */
export const mayHavePaper = (state: JobState): boolean => state === 'printed' || state === 'unknown';

/** Nothing is left to be done about it. */
export const isSettled = ({ state, sheetsCounted }: PrintJob): boolean =>
  sheetsCounted !== null || state === 'cancelled' || state === 'failed';

const SHORT: Readonly<Record<JobState, string>> = {
  sending: 'Sending to the printer',
  waiting: 'Waiting at the printer',
  printing: 'Printing',
  'held-up': 'Held up',
  printed: 'Printed',
  cancelled: 'Cancelled',
  failed: 'NOT printed',
  unknown: 'May be printed',
};

/** A state for a line or a badge. */
export const jobState = (state: JobState): string => SHORT[state];

/** Why, in a few words; empty where there is nothing to say. */
export function jobReason(code: string): string {
  if (code === '') return '';
  return printerReason(code)?.short ?? lowerFirst(titleOf(code));
}

const titleOf = (code: string) =>
  problemWords({ kind: 'unavailable', code, correlationId: '', facts: {} }).title;
const lowerFirst = (text: string) =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

/** Where a job stands and what to do about it. */
export function jobWords({ state, code, printer, sheetsExpected }: PrintJob): JobWords {
  const sheets = countOf(sheetsExpected, 'sheet');
  switch (state) {
    case 'sending':
      return {
        heading: SHORT.sending,
        meaning: `${sheets} for ${printer}.`,
        next: 'Esc leaves it going on, Del cancels it.',
      };
    case 'waiting':
      return {
        heading: SHORT.waiting,
        meaning: `${sheets} on ${printer}, behind what came before.`,
        next: 'Esc leaves it going on, Del cancels it.',
      };
    case 'printing':
      return {
        heading: SHORT.printing,
        meaning: `${sheets} on ${printer}.`,
        next: 'Esc leaves it going on, Del cancels it.',
      };
    case 'held-up':
      return {
        heading: `Held up: ${jobReason(code) || 'the printer does not say why'}`,
        meaning: `The letter waits in ${printer}. ${printerReason(code)?.remedy ?? 'Look at the printer.'}`,
        next: 'It goes on by itself when the printer does. Del cancels it.',
      };
    case 'printed':
      return {
        heading: SHORT.printed,
        meaning: `${printer} says that it is done.`,
        next: 'Count the sheets, then press Enter.',
      };
    case 'cancelled':
      return {
        heading: 'Cancelled: NOT printed',
        meaning: `Look at ${printer}: if a sheet came out before, destroy it.`,
        next: 'Esc goes back. Ctrl+P prints it again.',
      };
    case 'failed':
      return {
        heading: 'NOT printed',
        meaning:
          `${printer}: ${jobReason(code) || 'it gave up'}. ${printerReason(code)?.remedy ?? ''}`.trim(),
        next: 'Look at the printer and destroy what came out. Esc goes back, Ctrl+P prints it again.',
      };
    case 'unknown':
      return {
        heading: 'It may be printed, or not',
        meaning: `${printer}: ${jobReason(code) || 'it did not say what became of it'}.`,
        next: 'Look at the printer BEFORE you print it again. Then say how many sheets came out.',
      };
  }
}

/** What a count means. */
export function countWords(expected: number, counted: number): JobWords | null {
  if (counted === expected) return null;
  if (counted === 0) {
    return {
      heading: 'Nothing came out',
      meaning: `${countOf(expected, 'sheet')} were expected. The letter is NOT printed.`,
      next: 'Look whether it lies at another printer. Then print it again, giving “lost” as the reason.',
    };
  }
  const isShort = counted < expected;
  return {
    heading: `${counted} came out, ${expected} were expected`,
    meaning: isShort
      ? 'A page is missing. Part of a letter must not be posted.'
      : 'There is a sheet too many. It may be of another patient.',
    next: isShort
      ? 'Look in the printer. Destroy the sheets that you have, then print the letter again, giving “damaged” as the reason.'
      : 'Look at every sheet: name, NHS number and UBRN. Put aside what is not of this letter.',
  };
}
