import { Type, type Static } from 'typebox';
import { count, instant, oneOf, orNull, strict, text, ubrn, uuid } from '../schema.ts';

/** What a letter is compared with before it may be printed (hazard 6); `address` is the postcode it goes to. */
export const LETTER_CHECKS = ['nhs-number', 'ubrn', 'name', 'address', 'date', 'time', 'pages'] as const;

/** `not-checked`: a layout that this desk has not seen, so that the clerk's word is asked for. */
export const LETTER_VERDICTS = ['matches', 'differs', 'not-checked'] as const;

const letterCheck = strict({
  what: oneOf(LETTER_CHECKS),
  result: oneOf(['same', 'different', 'missing']),
  inLetter: text(200),
  expected: text(200),
});

const letter = strict({
  /** Names this very letter while main holds it: what was previewed is what is printed. */
  letterId: uuid,
  ubrn,
  /** The PDF, base64: at most 8 MB before coding. Lives in memory only. */
  pdf: Type.String({ maxLength: 11_200_000, pattern: '^[A-Za-z0-9+/=]*$' }),
  bytes: count,
  pages: count,
  /** Kind from the server's file name, e.g. `Appointment_Confirmation_Summary`; empty when none. */
  kind: text(80),
  readAt: instant,
  verdict: oneOf(LETTER_VERDICTS),
  checks: Type.Array(letterCheck, { maxItems: 20 }),
  /** When this desk printed a letter of this same version; printing it again needs a reason. */
  printedAt: orNull(instant),
  /** Less than three working days to the appointment: the patient is phoned, too. */
  needsPhone: Type.Boolean(),
});

export const PRINTER_STATES = ['ready', 'busy', 'stopped', 'unknown'] as const;
export const PRINTER_REASONS = [
  'paper-out',
  'paper-jam',
  'cover-open',
  'toner-out',
  'toner-low',
  'paused',
  'offline',
  'not-accepting',
  'other',
] as const;

const printer = strict({
  name: text(127),
  description: text(200),
  isDefault: Type.Boolean(),
  /** This desk's choice. */
  isChosen: Type.Boolean(),
  state: oneOf(PRINTER_STATES),
  reasons: Type.Array(oneOf(PRINTER_REASONS), { maxItems: 20 }),
  canPrintLarge: Type.Boolean(),
});

/** Why a letter of the same version is printed again. */
export const REPRINT_REASONS = ['lost', 'damaged', 'wrong-address', 'other'] as const;

/** `printed`: the printer says that it is done; only the clerk's count of sheets says that paper came out. */
export const PRINT_STATES = [
  'sending',
  'waiting',
  'printing',
  'held-up',
  'printed',
  'cancelled',
  'failed',
  'unknown',
] as const;

const printJob = strict({
  printId: uuid,
  ubrn,
  state: oneOf(PRINT_STATES),
  /** Why it is held up, failed or unknown; empty when there is nothing to say. */
  code: text(60),
  printer: text(127),
  pages: count,
  copies: count,
  sheetsExpected: count,
  /** What the clerk counted; null until then. */
  sheetsCounted: orNull(count),
  at: instant,
});

/** `set-aside`: not printed by the batch; the clerk looks at it alone. */
export const BATCH_ITEM_STATES = [
  'waiting',
  'fetching',
  'printing',
  'printed',
  'set-aside',
  'cancelled',
  'unknown',
] as const;
export const BATCH_STATES = ['planned', 'running', 'paused', 'cancelled', 'done'] as const;

const batchItem = strict({
  ubrn,
  /** Initials of the patient, as on the cover sheet. */
  initials: text(10),
  state: oneOf(BATCH_ITEM_STATES),
  code: text(60),
  pages: count,
});

const batch = strict({
  batchId: uuid,
  state: oneOf(BATCH_STATES),
  /** Why it is paused; empty when it is not. */
  code: text(60),
  printer: text(127),
  items: Type.Array(batchItem, { maxItems: 200 }),
  /** The cover sheet included. */
  sheetsExpected: count,
  sheetsCounted: orNull(count),
});

const printLogRow = strict({
  printId: uuid,
  at: instant,
  userId: text(20),
  userName: text(120),
  ubrn,
  printer: text(127),
  pages: count,
  copies: count,
  /** Version of the referral that the letter was made of. */
  version: text(20),
  /** SHA-256 of the PDF, hexadecimal. */
  hash: text(64),
  reason: text(300),
  state: oneOf(PRINT_STATES),
  sheetsCounted: orNull(count),
  /** The referral has changed since: the letter is to be called back. */
  isSuperseded: Type.Boolean(),
});

export const requests = {
  /** Fetches the patient's letter afresh (A019), never cached, and compares it with what the desk knows. */
  'letters/fetch': { input: strict({ ubrn }), output: letter },
  /** Records that the access code was shown (hazard 7). */
  'letters/record-unmask': { input: strict({ ubrn }), output: strict({}) },
  'letters/read-printers': {
    input: strict({}),
    output: strict({ printers: Type.Array(printer, { maxItems: 200 }) }),
  },
  'letters/choose-printer': { input: strict({ name: text(127) }), output: strict({}) },
  /** Prints the letter that main holds under `letterId`, after its version was read again. */
  'letters/print': {
    input: strict({
      letterId: uuid,
      printer: text(127),
      copies: Type.Integer({ minimum: 1, maximum: 5 }),
      isLarge: Type.Boolean(),
      reason: orNull(oneOf(REPRINT_REASONS)),
      note: text(200),
      /** The clerk has read a letter that could not be checked. */
      isReadByClerk: Type.Boolean(),
      isPhoned: Type.Boolean(),
    }),
    output: printJob,
  },
  'letters/cancel-print': { input: strict({ printId: uuid }), output: printJob },
  /** How many sheets came out. */
  'letters/count-sheets': {
    input: strict({ printId: uuid, sheets: Type.Integer({ minimum: 0, maximum: 1000 }) }),
    output: printJob,
  },
  /** Plans a batch in the order of the list; nothing is fetched or printed yet. */
  'letters/plan-batch': {
    input: strict({ ubrns: Type.Array(ubrn, { minItems: 1, maxItems: 200, uniqueItems: true }) }),
    output: batch,
  },
  'letters/start-batch': {
    input: strict({ batchId: uuid, printer: text(127), isLarge: Type.Boolean() }),
    output: batch,
  },
  'letters/read-batch': { input: strict({ batchId: uuid }), output: batch },
  'letters/pause-batch': { input: strict({ batchId: uuid }), output: batch },
  /** Goes on from the letter that was not printed. */
  'letters/resume-batch': { input: strict({ batchId: uuid }), output: batch },
  'letters/cancel-batch': { input: strict({ batchId: uuid }), output: batch },
  'letters/count-batch-sheets': {
    input: strict({ batchId: uuid, sheets: Type.Integer({ minimum: 0, maximum: 2000 }) }),
    output: batch,
  },
  /** The print log of this desk, latest first; of one referral, or of all. */
  'letters/read-print-log': {
    input: strict({ ubrn: orNull(ubrn) }),
    output: strict({ rows: Type.Array(printLogRow, { maxItems: 500 }) }),
  },
  /** Saves the print log where the clerk chooses, as CSV that no spreadsheet takes for formulas. */
  'letters/export-print-log': { input: strict({}), output: strict({ isSaved: Type.Boolean() }) },
};

export const pushes = { 'letters/print-changed': printJob, 'letters/batch-changed': batch };

export type Letter = Static<typeof letter>;
export type LetterCheck = Static<typeof letterCheck>;
export type LetterVerdict = (typeof LETTER_VERDICTS)[number];
export type Printer = Static<typeof printer>;
export type PrinterReason = (typeof PRINTER_REASONS)[number];
export type PrintJob = Static<typeof printJob>;
export type PrintBatch = Static<typeof batch>;
export type PrintBatchItem = Static<typeof batchItem>;
export type PrintLogRow = Static<typeof printLogRow>;
export type ReprintReason = (typeof REPRINT_REASONS)[number];
