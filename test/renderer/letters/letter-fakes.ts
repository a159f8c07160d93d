/** Invented letters, printers and prints; a page is one line of text under another. */
import type {
  Letter,
  PrintBatch,
  PrintBatchItem,
  Printer,
  PrintJob,
  PrintLogRow,
} from '../../../src-main/contract/channels/letters.ts';
import type { PdfPage, TextRun } from '../../../src-renderer/app/pdf/page-text.ts';
import { READ_AT } from '../../support/fake-data.ts';

const LINE_HEIGHT = 20;
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const LETTER_ID = id(701);
export const PRINT_ID = id(702);
export const BATCH_ID = id(703);

/** A letter of two pages that matches its referral. */
export function makeLetter(changes: Partial<Letter> = {}): Letter {
  return {
    letterId: LETTER_ID,
    ubrn: '000049000001',
    pdf: btoa('%PDF-1.7 invented %%EOF'),
    bytes: 20,
    pages: 2,
    kind: 'Appointment_Confirmation_Summary',
    readAt: READ_AT,
    verdict: 'matches',
    checks: [
      { what: 'nhs-number', result: 'same', inLetter: '9990000018', expected: '9990000018' },
      { what: 'date', result: 'same', inLetter: '2027-01-05', expected: '2027-01-05' },
    ],
    printedAt: null,
    needsPhone: false,
    ...changes,
  };
}

export function makePrinter(name: string, changes: Partial<Printer> = {}): Printer {
  return {
    ...{ name, description: '', isDefault: false, isChosen: false, state: 'ready', reasons: [] },
    canPrintLarge: false,
    ...changes,
  };
}

export function makeJob(changes: Partial<PrintJob> = {}): PrintJob {
  return {
    ...{ printId: PRINT_ID, ubrn: '000049000001', state: 'printing', code: '', printer: 'Front desk' },
    ...{ pages: 2, copies: 1, sheetsExpected: 2, sheetsCounted: null, at: READ_AT },
    ...changes,
  };
}

/** A batch whose letters stand as told, in their order; `set-aside:code` gives the reason. */
export function makeBatch(states: readonly string[], changes: Partial<PrintBatch> = {}): PrintBatch {
  const items = states.map((told, n): PrintBatchItem => {
    const [state = '', code = ''] = told.split(':');
    const ubrn = String(49_000_000 + n).padStart(12, '0');
    return { ubrn, initials: 'J.S.', state: state as PrintBatchItem['state'], code, pages: 2 };
  });
  return {
    ...{ batchId: BATCH_ID, state: 'running', code: '', printer: 'Front desk', items },
    ...{ sheetsExpected: 1 + 2 * items.length, sheetsCounted: null },
    ...changes,
  };
}

export function makeLogRow(n: number, changes: Partial<PrintLogRow> = {}): PrintLogRow {
  return {
    ...{ printId: id(800 + n), at: READ_AT, userId: '555000000101', userName: 'Alex Clerk' },
    ...{ ubrn: String(49_000_000 + n).padStart(12, '0'), printer: 'Front desk', pages: 2, copies: 1 },
    ...{ version: '5', hash: 'ab12'.repeat(16), reason: '', state: 'printed', sheetsCounted: 2 },
    isSuperseded: false,
    ...changes,
  };
}

/** A page of lines; a line that is an array has several runs beside each other. */
export function makeLetterPage(...lines: (string | readonly string[])[]): PdfPage {
  const runs = lines.flatMap((line, at) => {
    const texts = typeof line === 'string' ? [line] : line;
    return texts.map((text, place): TextRun => ({
      text,
      left: 50 + place * 120,
      top: 40 + at * LINE_HEIGHT,
      width: text.length * 6,
      height: 12,
    }));
  });
  return { width: 595, height: 842, runs };
}
