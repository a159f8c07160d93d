/** A batch of letters in words: how far it is, why it stands still, and what was put aside. */
import type { PrintBatch, PrintBatchItem } from '../../../../src-main/contract/channels/letters.ts';
import { formatUbrn } from '../../../../src-main/contract/identifiers.ts';
import { countOf } from '../../../app/format.ts';
import { jobReason } from './job-words.ts';
import { printerReason } from './printer-words.ts';

type ItemState = PrintBatchItem['state'];

/** How many letters stand where. */
export interface BatchFigures {
  readonly total: number;
  readonly printed: number;
  readonly setAside: number;
  readonly unknown: number;
  readonly cancelled: number;
  readonly left: number;
}

export function batchFigures({ items }: Pick<PrintBatch, 'items'>): BatchFigures {
  const count = (...states: ItemState[]) => items.filter(({ state }) => states.includes(state)).length;
  return {
    total: items.length,
    printed: count('printed'),
    setAside: count('set-aside'),
    unknown: count('unknown'),
    cancelled: count('cancelled'),
    left: count('waiting', 'fetching', 'printing'),
  };
}

/** True while it prints or could go on printing. */
export const isBatchUnderWay = ({ state }: PrintBatch): boolean => state === 'running' || state === 'paused';

/** Its stack has still to be counted. */
export const isBatchToCount = (batch: PrintBatch): boolean =>
  (batch.state === 'done' || batch.state === 'cancelled') &&
  batch.sheetsCounted === null &&
  batch.sheetsExpected > 0;

/** Printing, or not counted: another batch has to wait for it. */
export const isBatchOpen = (batch: PrintBatch): boolean => isBatchUnderWay(batch) || isBatchToCount(batch);

/** `12 of 30 printed, 2 put aside`. */
export function batchProgress(batch: PrintBatch): string {
  const { total, printed, setAside, unknown } = batchFigures(batch);
  return [
    `${printed} of ${total} printed`,
    ...(setAside > 0 ? [`${setAside} put aside`] : []),
    ...(unknown > 0 ? [`${unknown} may be printed`] : []),
  ].join(', ');
}

/** The letter at hand, as it is named on the cover sheet too. */
export function itemName({ initials, ubrn }: Pick<PrintBatchItem, 'initials' | 'ubrn'>): string {
  return initials === '' ? formatUbrn(ubrn) : `${initials}, ${formatUbrn(ubrn)}`;
}

/** What it does now; empty between two letters. */
export function currentWords({ items }: Pick<PrintBatch, 'items'>): string {
  const now = items.find(({ state }) => state === 'fetching' || state === 'printing');
  if (now === undefined) return '';
  return now.state === 'fetching' ? `Fetching and checking ${itemName(now)}` : `Printing ${itemName(now)}`;
}

/** Why a letter was put aside, or what is not known of it. */
export function asideWords({ state, code }: Pick<PrintBatchItem, 'state' | 'code'>): string {
  const why = jobReason(code);
  if (state === 'unknown')
    return `it may be printed: look for it in the stack${why === '' ? '' : ` (${why})`}`;
  return why === '' ? 'put aside' : why;
}

export const isAside = ({ state }: Pick<PrintBatchItem, 'state'>): boolean =>
  state === 'set-aside' || state === 'unknown';

/** Why it is paused, and what to do. */
export function pauseWords({ code, printer }: Pick<PrintBatch, 'code' | 'printer'>): {
  readonly heading: string;
  readonly next: string;
} {
  const atPrinter = printerReason(code);
  if (atPrinter !== null) {
    return {
      heading: `Paused: ${printer} is ${atPrinter.short}`,
      next: `${atPrinter.remedy} Then Enter goes on from the letter that was not printed.`,
    };
  }
  const why = jobReason(code);
  const isAsked = why === '' || code === 'paused-by-clerk' || code === 'clerk';
  return {
    heading: isAsked ? 'Paused' : `Paused: ${why}`,
    next: isAsked
      ? 'Enter goes on with the next letter.'
      : 'Put it right, then Enter goes on from the letter that was not printed.',
  };
}

/** The batch for the badge; null when there is nothing to say of it. */
export function batchBadge(batch: PrintBatch | null): string | null {
  if (batch === null || batch.state === 'planned') return null;
  if (batch.state === 'running') return `Letters: ${batchProgress(batch)}`;
  if (batch.state === 'paused') return `Letters PAUSED: ${batchProgress(batch)}`;
  if (isBatchToCount(batch)) return `Letters: count ${countOf(batch.sheetsExpected, 'sheet')}`;
  return null;
}

/** What a count of the stack means; null when it fits. */
export function stackWords({ sheetsExpected, sheetsCounted }: PrintBatch): string | null {
  if (sheetsCounted === null || sheetsCounted === sheetsExpected) return null;
  const off = countOf(Math.abs(sheetsExpected - sheetsCounted), 'sheet');
  return sheetsCounted < sheetsExpected
    ? `${off} missing. Do not post the stack yet: go through it by the cover sheet and find the letter that is not whole. Destroy that letter and print it alone again.`
    : `${off} too many. Do not post the stack yet: go through it by the cover sheet and put aside what is not on it.`;
}
