/** What a print service says of its printers and jobs, in the desk's terms. */
import type { PrinterInfo, PrintReport } from '../../app/ports.ts';
import { readFlag, readNumber, readText, readTexts, type IppGroup } from './ipp-decode.ts';
import { isHeldUpBy, readPrinterReasons } from './printer-reasons.ts';

export const A3 = 'iso_a3_297x420mm';
export const A4 = 'iso_a4_210x297mm';

/** What is asked of a printer. */
export const PRINTER_ATTRIBUTES = [
  'printer-name',
  'printer-info',
  'printer-make-and-model',
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'media-supported',
  'document-format-supported',
  'print-scaling-supported',
  'job-creation-attributes-supported',
] as const;

/** What is asked of a job. */
export const JOB_ATTRIBUTES = [
  'job-state',
  'job-state-reasons',
  'job-media-sheets-completed',
  'job-impressions-completed',
] as const;

const LONGEST_DESCRIPTION = 200;
/** RFC 8011 section 5.4.11. */
const PRINTER_STATES: Readonly<Record<number, PrinterInfo['state']>> = {
  3: 'ready',
  4: 'busy',
  5: 'stopped',
};
const STOPPED = 5;
/** RFC 8011 section 5.3.7. */
const JOB_STATES: Readonly<Record<number, PrintReport['state']>> = {
  3: 'waiting',
  4: 'held-up',
  5: 'printing',
  6: 'held-up',
  7: 'cancelled',
  8: 'failed',
  9: 'printed',
};

export interface PrinterFacts {
  readonly info: PrinterInfo;
  /** The keywords as they came. */
  readonly reasons: readonly string[];
  readonly isAccepting: boolean;
  readonly takesPdf: boolean;
  readonly media: readonly string[];
  readonly scalings: readonly string[];
  /** What a job may say; empty when the printer does not tell. */
  readonly jobAttributes: readonly string[];
}

/** The facts of a printer; `name` stands in where the service gives none. */
export function readPrinterFacts(group: IppGroup, name: string, isDefault: boolean): PrinterFacts {
  const reasons = readTexts(group, 'printer-state-reasons');
  const isAccepting = readFlag(group, 'printer-is-accepting-jobs') ?? true;
  const formats = readTexts(group, 'document-format-supported');
  const media = readTexts(group, 'media-supported');
  const description = readText(group, 'printer-info') || readText(group, 'printer-make-and-model');
  return {
    info: {
      name,
      description: description.slice(0, LONGEST_DESCRIPTION),
      isDefault,
      state: PRINTER_STATES[readNumber(group, 'printer-state') ?? 0] ?? 'unknown',
      reasons: readPrinterReasons(reasons, isAccepting),
      canPrintLarge: media.includes(A3),
    },
    reasons,
    isAccepting,
    // A service that names no formats at all is let try.
    takesPdf: formats.length === 0 || formats.includes('application/pdf'),
    media,
    scalings: readTexts(group, 'print-scaling-supported'),
    jobAttributes: readTexts(group, 'job-creation-attributes-supported'),
  };
}

/** True when the state of a job is its last one. */
export function isFinal(state: PrintReport['state']): boolean {
  return state === 'printed' || state === 'cancelled' || state === 'failed';
}

/**
 * Of a one-sided letter an impression is a sheet. A queue that cannot count says 0, whatever came out (CUPS counts only
 * what its drivers report): 0 is "does not say".
 */
function countSheets(job: IppGroup): number | null {
  const counts = ['job-media-sheets-completed', 'job-impressions-completed'].map((name) =>
    readNumber(job, name),
  );
  const most = Math.max(...counts.map((count) => count ?? 0));
  return most > 0 ? most : null;
}

/**
 * Where a job stands. A job that waits at a stopped printer, or is with one that lacks paper, is held up.
 */
export function readPrintReport(job: IppGroup, printer: PrinterFacts | null): PrintReport {
  const state = JOB_STATES[readNumber(job, 'job-state') ?? 0] ?? 'unknown';
  const counted = countSheets(job);
  if (state === 'unknown' || isFinal(state) || printer === null)
    return { state, reasons: [], sheets: counted };
  const isStopped = printer.info.state === PRINTER_STATES[STOPPED] || isHeldUpBy(printer.reasons);
  return { state: isStopped ? 'held-up' : state, reasons: printer.info.reasons, sheets: counted };
}
