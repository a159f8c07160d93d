/** Printing of letters: single letters and batches, the print log, and letters that are called back. */
import type { RequestInput } from '../../../contract/channels.ts';
import type { PrintBatch, PrintJob } from '../../../contract/channels/letters.ts';
import type { OutboxItem } from '../../../contract/channels/outbox.ts';
import { fail, ok, type Outcome } from '../../../contract/outcome.ts';
import type { Clock, Files, LetterPrinter, Log, Storage } from '../../../app/ports.ts';
import type { ErsClient } from '../../../ers/client.ts';
import type { Intent } from '../../outbox/record-schemas.ts';
import type { Desk } from '../../session/session.ts';
import type { NewTask } from '../../tasks/tasks.ts';
import type { HeldLetter, HeldLetters } from '../held-letters.ts';
import { createBatches, type Batches } from './batches.ts';
import type { BatchRunDependencies } from './batch-run.ts';
import { createLivePrints } from './live-prints.ts';
import { createLogDesk, type LogDesk } from './log-desk.ts';
import type { PrintLog } from './print-log.ts';
import { isEnded, jobOf, sheetsOf, type PrintRecord } from './print-record.ts';
import { printedBefore } from './print-rules.ts';
import { createPrintLetter } from './print-letter.ts';
import { createPrinters, type Printers } from './printers.ts';
import { createRecall, type Recall } from './recall.ts';

type Job = Outcome<PrintJob>;

export interface PrintingFeature {
  readonly handlers: Printers['handlers'] &
    LogDesk['handlers'] &
    Batches['handlers'] & {
      readonly 'letters/print': (input: RequestInput<'letters/print'>) => Promise<Job>;
      readonly 'letters/cancel-print': (input: RequestInput<'letters/cancel-print'>) => Promise<Job>;
      readonly 'letters/count-sheets': (input: RequestInput<'letters/count-sheets'>) => Job;
    };
  /** When this desk printed the letter of this version; null when it did not. */
  readonly printedAt: (ubrn: string, version: string) => string | null;
  /** Hears what became of an item of the person at the desk: letters of before are called back. */
  readonly followItem: (item: OutboxItem, intent: Intent) => void;
  readonly noteRead: Recall['noteRead'];
  /** Somebody has taken the desk: what was printed behind their back is taken in. */
  readonly catchUp: () => void;
  /** The print log is open: what was being printed when the app ended is asked of the printer. */
  readonly begin: () => void;
  /** The person leaves. What is in the printer is followed and recorded all the same. */
  readonly forget: () => void;
  readonly stop: () => void;
}

interface Dependencies extends Pick<BatchRunDependencies, 'fetchChecked' | 'makeCoverSheet' | 'environment'> {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly printer: LetterPrinter;
  readonly storage: Storage;
  readonly files: Files;
  readonly desk: () => Desk | null;
  readonly userName: () => string;
  readonly held: HeldLetters['held'];
  readonly release: HeldLetters['release'];
  readonly isUnsettled: (ubrn: string) => boolean;
  readonly printLog: () => PrintLog | null;
  readonly writesOffReason: () => string;
  readonly listed: Parameters<typeof createBatches>[0]['listed'];
  readonly readNames: Parameters<typeof createBatches>[0]['readNames'];
  readonly addTask: (task: NewTask) => Outcome<unknown>;
  readonly audit: (ubrn: string, code: string) => void;
  /** A letter that this person was to print is printed. */
  readonly onPrinted: (ubrn: string) => void;
  readonly pushJob: (job: PrintJob) => void;
  readonly pushBatch: (batch: PrintBatch) => void;
  /** The name of a fault, never its text. */
  readonly reasonOf: (error: unknown) => string;
}

const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');

export function createPrinting(deps: Dependencies): PrintingFeature {
  const { clock, log, printLog, desk } = deps;
  const canWrite = () => printLog() !== null;

  const live = createLivePrints({ ...deps, prints: printLog, onChanged: hear });
  const recall = createRecall({ ...deps, ofReferral: live.ofReferral, amend: live.amend });
  const printLetter = createPrintLetter({ ...deps, prints: live, onRead: recall.noteRead });
  const batches = createBatches({
    ...deps,
    ...{ prints: live, print: printLetter, canWrite, push: deps.pushBatch },
    onFault: (error) => log.write('error', 'batch-stopped', { reason: deps.reasonOf(error) }),
  });
  const printers = createPrinters({ ...deps, canWrite });
  const logDesk = createLogDesk({
    ...deps,
    prints: printLog,
    standing: (record) => live.find(record.printId) ?? record,
  });

  /** True when the print is of the person at the desk, in the role in which it was made. */
  function isMine(record: PrintRecord): boolean {
    const at = desk();
    return (
      at !== null &&
      at.userId === record.userId &&
      at.organisation === record.organisation &&
      at.businessFunction === record.businessFunction &&
      at.onBehalfOf === record.onBehalfOf
    );
  }

  function hear(record: PrintRecord): void {
    if (isMine(record)) deps.pushJob(jobOf(record));
    batches.hear(record);
    if (record.state === 'printed') clock.schedule(0, () => takeIn(record));
  }

  /** The letter is off the person's lists; heard of again when they are back, should they have left meanwhile. */
  function takeIn(record: PrintRecord): void {
    if (!isMine(record)) return;
    try {
      deps.onPrinted(record.ubrn);
      printLog()?.markHeard(record.printId);
    } catch (error) {
      log.write('error', 'print-not-taken-in', { reason: deps.reasonOf(error) });
    }
  }

  /** A print of the person at the desk. */
  function find(printId: string): Outcome<PrintRecord> {
    if (desk() === null) return NOT_SIGNED_IN;
    if (!canWrite()) return fail('writes-off', deps.writesOffReason());
    const record = live.find(printId);
    return record === null || !isMine(record) ? fail('not-found', 'no-such-print') : ok(record);
  }

  async function print(input: RequestInput<'letters/print'>): Promise<Job> {
    const at = desk();
    if (at === null) return NOT_SIGNED_IN;
    // What is held was fetched in this sitting: whoever leaves takes it with them.
    const letter: HeldLetter | null = deps.held(input.letterId);
    if (letter === null) return fail('expired', 'letter-not-held');
    const { printer, copies, isLarge, reason, note, isReadByClerk, isPhoned } = input;
    const sent = await printLetter(at, {
      ...{ letter, printer, copies, isLarge, word: { reason, note, isReadByClerk, isPhoned } },
      ...{ batchId: null, urgency: 'clerk', mayGoOn: () => deps.held(input.letterId) === letter },
    });
    return sent.ok ? ok(jobOf(sent.value)) : sent;
  }

  async function cancel({ printId }: RequestInput<'letters/cancel-print'>): Promise<Job> {
    const found = find(printId);
    if (!found.ok) return found;
    deps.audit(found.value.ubrn, 'print-cancel-asked');
    const answer = await live.cancel(printId);
    if (!answer.ok) return answer;
    const after = find(printId);
    return after.ok ? ok(jobOf(after.value)) : after;
  }

  function countSheets({ printId, sheets }: RequestInput<'letters/count-sheets'>): Job {
    const found = find(printId);
    if (!found.ok) return found;
    const record = found.value;
    if (!isEnded(record)) return fail('rejected', 'print-under-way');
    const counted = live.amend(
      { ...record, ...endByCount(record, sheets), sheetsCounted: sheets },
      outcomeOf(record, sheets),
    );
    if (counted === null) return fail('writes-off', 'not-saved');
    if (sheets !== sheetsOf(record) && counted.state !== 'failed') askForSheets(counted, sheets);
    return ok(jobOf(counted));
  }

  function askForSheets(record: PrintRecord, sheets: number): void {
    const { ubrn, nhsNumber, printer, printId } = record;
    const note = `${printer}: ${sheetsOf(record)} sheets expected, ${sheets} counted`;
    deps.addTask({ kind: 'find-sheets', ubrn, nhsNumber, note, dueAt: null, source: printId });
  }

  return {
    handlers: {
      ...printers.handlers,
      ...logDesk.handlers,
      ...batches.handlers,
      'letters/print': print,
      'letters/cancel-print': cancel,
      'letters/count-sheets': countSheets,
    },
    printedAt: (ubrn, version) =>
      printedBefore(live.ofReferral(ubrn), { version: Number(version), stand: null })?.at ?? null,
    followItem: recall.hearItem,
    noteRead: recall.noteRead,
    catchUp() {
      const at = desk();
      if (at !== null) printLog()?.unheard(at.userId, at.organisation).forEach(takeIn);
    },
    begin: live.recover,
    forget: batches.forget,
    stop: live.stop,
  };
}

/** What nobody knew of a print, the count settles, where it is all or nothing. */
function endByCount(record: PrintRecord, sheets: number): Partial<PrintRecord> {
  if (record.state !== 'unknown') return {};
  if (sheets === sheetsOf(record)) return { state: 'printed', code: 'counted' };
  return sheets === 0 ? { state: 'failed', code: 'nothing-came-out' } : {};
}

function outcomeOf(record: PrintRecord, sheets: number): string {
  return endByCount(record, sheets).state ?? 'sheets-counted';
}
