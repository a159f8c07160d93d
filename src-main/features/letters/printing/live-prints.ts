/**
 * The prints whose end is not known yet: each is followed, and written down as far as the disk takes it. A lost answer
 * is `unknown`, never `printed`.
 */
import { fail, type Outcome } from '../../../contract/outcome.ts';
import type { Clock, LetterPrinter, Log, PrintReport } from '../../../app/ports.ts';
import { followJob, type FollowedJob, type JobNews } from './follow-job.ts';
import type { PrintLog } from './print-log.ts';
import { isEnded, type PrintRecord } from './print-record.ts';

export interface LivePrints {
  /** A print that is on disk and on its way. */
  readonly begin: (record: PrintRecord) => void;
  /** What the printer said when it was given the letter; with a job it is followed from here on. */
  readonly hearTaken: (printId: string, taken: Outcome<{ readonly jobId: string }> | null) => PrintRecord;
  /** Waits until a print has ended. */
  readonly ended: (printId: string) => Promise<PrintRecord>;
  readonly cancel: (printId: string) => Promise<Outcome<void>>;
  /** Writes down what is known of a print beyond the printer's word; null when the disk did not take it. */
  readonly amend: (record: PrintRecord, outcome: string) => PrintRecord | null;
  /** The print as it stands now. */
  readonly find: (printId: string) => PrintRecord | null;
  /** Prints of a referral, latest first, as they stand now. */
  readonly ofReferral: (ubrn: string) => readonly PrintRecord[];
  /** After a start: what was being printed is asked of the printer, or is not known any more. */
  readonly recover: () => void;
  readonly stop: () => void;
}

export interface LivePrintPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly printer: LetterPrinter;
  readonly prints: () => PrintLog | null;
  readonly onChanged: (record: PrintRecord) => void;
  /** The name of a fault, never its text. */
  readonly reasonOf: (error: unknown) => string;
}

/** Nothing was taken under these codes (ports.ts, LetterPrinter). */
const NOT_TAKEN = ['no-print-service', 'printer-gone', 'printer-refused', 'printing-unavailable'];

/** A print whose end is awaited. */
interface Live {
  record: PrintRecord;
  job: FollowedJob | null;
  readonly waiting: ((record: PrintRecord) => void)[];
}

export function createLivePrints(ports: LivePrintPorts): LivePrints {
  const { clock, log, printer } = ports;
  const live = new Map<string, Live>();

  /** On disk where it is taken: what is shown follows the printer all the same, and the log says what is missing. */
  function keep(record: PrintRecord, outcome: string | null): boolean {
    try {
      ports.prints()?.change(record, outcome);
      return true;
    } catch (error) {
      log.write('error', 'print-not-recorded', {
        reason: ports.reasonOf(error),
        correlationId: record.printId,
      });
      return false;
    }
  }

  function move(at: Live, change: Partial<PrintRecord>): PrintRecord {
    const before = at.record;
    at.record = { ...before, ...change };
    const hasEnded = isEnded(at.record);
    // Steps between are asked of the printer again after a restart: only what it calls the job and its end are kept.
    const isKept =
      !hasEnded && at.record.jobId === before.jobId
        ? false
        : keep(at.record, hasEnded ? at.record.state : null);
    if (hasEnded) at.job?.stop();
    // What the disk did not take is remembered here; the next start asks the printer again.
    if (hasEnded && isKept) live.delete(at.record.printId);
    ports.onChanged(at.record);
    if (hasEnded) at.waiting.forEach((resolve) => resolve(at.record));
    return at.record;
  }

  function follow(at: Live): void {
    const { printer: printerName, jobId } = at.record;
    at.job = followJob({ printer, clock }, { printerName, jobId }, (news) => move(at, changeOf(news)));
  }

  function enter(record: PrintRecord): Live {
    const at: Live = { record, job: null, waiting: [] };
    live.set(record.printId, at);
    return at;
  }

  return {
    begin(record) {
      enter(record);
      ports.onChanged(record);
    },
    hearTaken(printId, taken) {
      const at = live.get(printId);
      if (at === undefined) throw new Error('no such print');
      if (taken === null) return move(at, { state: 'unknown', code: 'print-not-answered' });
      if (!taken.ok) {
        const { kind, code } = taken.problem;
        const isNotTaken = kind === 'invalid-input' || NOT_TAKEN.includes(code);
        return move(at, { state: isNotTaken ? 'failed' : 'unknown', code: code.slice(0, 60) });
      }
      const record = move(at, { state: 'waiting', jobId: taken.value.jobId.slice(0, 200) });
      follow(at);
      return record;
    },
    ended(printId) {
      const at = live.get(printId);
      if (at !== undefined && !isEnded(at.record)) return new Promise((resolve) => at.waiting.push(resolve));
      if (at !== undefined) return Promise.resolve(at.record);
      const stored = ports.prints()?.read(printId) ?? null;
      if (stored === null) return Promise.reject(new Error('no such print'));
      return Promise.resolve(stored);
    },
    async cancel(printId) {
      const at = live.get(printId);
      if (at === undefined || isEnded(at.record)) return fail('rejected', 'print-has-ended');
      if (at.record.jobId === '') return fail('rejected', 'print-not-taken-yet');
      const answer = await printer.cancel(at.record.printer, at.record.jobId);
      at.job?.askNow();
      return answer;
    },
    amend(record, outcome) {
      const at = live.get(record.printId);
      if (!keep(record, outcome)) return null;
      if (at !== undefined) at.record = record;
      ports.onChanged(record);
      return record;
    },
    find: (printId) => live.get(printId)?.record ?? ports.prints()?.read(printId) ?? null,
    ofReferral(ubrn) {
      const stored = ports.prints()?.ofReferral(ubrn) ?? [];
      return stored.map((record) => live.get(record.printId)?.record ?? record);
    },
    recover() {
      for (const record of ports.prints()?.open() ?? []) {
        if (live.has(record.printId)) continue;
        const at = enter(record);
        // Without a name of the job nobody can be asked: it may have been taken, or not.
        if (record.jobId === '') move(at, { state: 'unknown', code: 'desk-ended-meanwhile' });
        else follow(at);
      }
    },
    stop() {
      live.forEach(({ job }) => job?.stop());
      live.clear();
    },
  };
}

const changeOf = (news: JobNews): Partial<PrintRecord> =>
  news.kind === 'lost' ? { state: 'unknown', code: news.code } : changeOfReport(news.report);

/** A job that failed is only known not to have printed where the printer says that no sheet came out. */
function changeOfReport({ state, reasons, sheets }: PrintReport): Partial<PrintRecord> {
  const code = reasons[0] ?? '';
  if (state === 'failed' && sheets !== 0)
    return { state: 'unknown', code: 'may-be-printed-partly', sheetsReported: sheets };
  if (state === 'unknown') return { state, code: code || 'printer-does-not-say', sheetsReported: sheets };
  if (state === 'held-up') return { state, code: code || 'other', sheetsReported: sheets };
  return { state, code: state === 'failed' ? code || 'print-failed' : '', sheetsReported: sheets };
}
