/** What a batch is and which of its letters stands where. No step of it: those are in batch-run.ts. */
import type { PrintBatch, PrintBatchItem } from '../../../contract/channels/letters.ts';

/** One letter of a batch. */
export interface BatchItem {
  readonly ubrn: string;
  readonly nhsNumber: string | null;
  initials: string;
  state: PrintBatchItem['state'];
  code: string;
  pages: number;
  /** The print that stands for it; null until there is one. */
  printId: string | null;
  /** How often it could not be fetched for a reason that may pass. */
  misses: number;
}

export interface Batch {
  readonly batchId: string;
  /** Of whom it is; nobody else goes on with it. */
  readonly sitting: number;
  readonly userName: string;
  readonly items: readonly BatchItem[];
  state: PrintBatch['state'];
  code: string;
  printer: string;
  isLarge: boolean;
  /** `unknown`: it may have come out; it is not printed again. */
  cover: 'waiting' | 'printed' | 'unknown';
  sheetsCounted: number | null;
  /** True while the steps of it are under way: there is one run of them at a time. */
  isAtWork: boolean;
}

export const COVER_SHEETS = 1;

/** The cover sheet and the pages of what the printer says it has done. */
export function sheetsExpected({ cover, items }: Batch): number {
  const pages = items.map(({ state, pages: count }) => (state === 'printed' ? count : 0));
  return pages.reduce((sum, count) => sum + count, cover === 'printed' ? COVER_SHEETS : 0);
}

export function viewBatch(batch: Batch): PrintBatch {
  const { batchId, state, code, printer, items, sheetsCounted } = batch;
  return {
    ...{ batchId, state, code, printer, sheetsCounted },
    items: items.map(({ ubrn, initials, state: itemState, code: itemCode, pages }) => ({
      ...{ ubrn, initials, state: itemState, code: itemCode, pages },
    })),
    sheetsExpected: sheetsExpected(batch),
  };
}

/** True once nothing of it waits or is under way. */
export const isOver = ({ state }: Batch): boolean => state === 'done' || state === 'cancelled';

/** What still waits is not printed any more; what is in the printer comes to its own end. */
export function cancelWaiting(batch: Batch): void {
  for (const item of batch.items)
    if (item.state === 'waiting') Object.assign(item, { state: 'cancelled', code: '' });
}

/** First letters of the first given name and of the family name; empty where the name is not known. */
export function initialsOf(name: { readonly given: string; readonly family: string } | null): string {
  const first = (part: string) => [...part.trim()][0]?.toUpperCase() ?? '';
  return name === null ? '' : `${first(name.given)}${first(name.family)}`;
}
