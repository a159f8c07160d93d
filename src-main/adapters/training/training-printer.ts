/**
 * The printers of the training environment: they "print" to memory, sheet by sheet, and have the faults that a real
 * one has (screens.md section 10). Nothing of training reaches paper.
 */
import { randomUUID } from 'node:crypto';
import type { Clock, LetterPrinter, PrintReport, PrintRequest, PrinterInfo } from '../../app/ports.ts';
import type { PrinterReason } from '../../contract/channels/letters.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { checkPrintable } from '../printing/printable.ts';
import { countPdfPages } from './count-pdf-pages.ts';

/** A reason as printers give it; `gone`: no such printer any more; `not-answering`: the reply to a job is lost. */
export type TrainingFault = PrinterReason | 'gone' | 'not-answering';

/** What came out of a printer, or is to come out. */
export interface TrainingPrintout {
  readonly jobId: string;
  readonly printer: string;
  readonly title: string;
  readonly copies: number;
  readonly isLarge: boolean;
  /** What the whole job takes, one page to a sheet. */
  readonly sheets: number;
  readonly sheetsDone: number;
  readonly isCancelled: boolean;
  /** The document; null when later ones have taken its place in the memory. */
  readonly pdf: Uint8Array | null;
}

/** A printer port with the hands of a person at the printer. */
export interface TrainingPrinter extends LetterPrinter {
  /** Sets what is wrong with a printer; null mends it. */
  setFault(printer: string, fault: TrainingFault | null): void;
  /** Puts so many sheets into the tray; it is out of paper after them. null: it never runs out. */
  loadPaper(printer: string, sheets: number | null): void;
  /** How long a sheet takes from now on. */
  setPace(msPerSheet: number): void;
  /** Every job that it remembers, oldest first. */
  printouts(): readonly TrainingPrintout[];
}

/** The two printers; the first is the default one, only the second takes A3. */
export const TRAINING_PRINTERS = ['Training-printer', 'Training-printer-A3'] as const;

const MS_PER_SHEET = 100;
/** What is kept: documents are large, so that only the latest stay whole. */
const MOST_JOBS = 1000;
const MOST_DOCUMENTS = 20;
/** Reasons that stop no sheet. */
const HARMLESS: readonly TrainingFault[] = ['toner-low', 'not-accepting', 'not-answering', 'other'];

type Job = { -readonly [Key in keyof TrainingPrintout]: TrainingPrintout[Key] };

interface Machine {
  readonly info: Pick<PrinterInfo, 'name' | 'description' | 'isDefault' | 'canPrintLarge'>;
  fault: TrainingFault | null;
  paper: number | null;
  /** Time that went into the sheet that is under way. */
  spentMs: number;
  seenMs: number;
}

function reasonsOf({ fault, paper }: Machine): PrinterReason[] {
  if (fault === 'gone' || fault === 'not-answering') return [];
  if (fault !== null) return [fault];
  return paper === 0 ? ['paper-out'] : [];
}

const isStopped = ({ fault, paper }: Machine) => paper === 0 || (fault !== null && !HARMLESS.includes(fault));

const isFinished = (job: Job) => job.isCancelled || job.sheetsDone >= job.sheets;

function makeMachines(nowMs: number): Machine[] {
  return TRAINING_PRINTERS.map((name, index) => ({
    info: {
      name,
      description: index === 0 ? 'Training: prints to memory, A4' : 'Training: prints to memory, A4 and A3',
      isDefault: index === 0,
      canPrintLarge: index === 1,
    },
    fault: null,
    paper: null,
    spentMs: 0,
    seenMs: nowMs,
  }));
}

/** The queue of one machine, moved on by the clock whenever somebody looks at it. */
function moveOn(machine: Machine, queue: readonly Job[], nowMs: number, msPerSheet: number): void {
  const waiting = queue.filter((job) => !isFinished(job));
  if (waiting.length > 0 && !isStopped(machine)) machine.spentMs += nowMs - machine.seenMs;
  machine.seenMs = nowMs;
  for (const job of waiting) {
    while (!isFinished(job) && machine.spentMs >= msPerSheet && !isStopped(machine)) {
      machine.spentMs -= msPerSheet;
      job.sheetsDone += 1;
      if (machine.paper !== null) machine.paper -= 1;
    }
  }
  if (waiting.every(isFinished) || isStopped(machine)) machine.spentMs = 0;
}

function stateOf(job: Job, machine: Machine, isFirst: boolean): PrintReport['state'] {
  if (job.isCancelled) return 'cancelled';
  if (isFinished(job)) return 'printed';
  if (isStopped(machine)) return 'held-up';
  return isFirst ? 'printing' : 'waiting';
}

function stateOfMachine(machine: Machine, isBusy: boolean): PrinterInfo['state'] {
  if (isStopped(machine)) return 'stopped';
  return isBusy ? 'busy' : 'ready';
}

/** Forgets the oldest finished jobs and the documents of all but the latest. */
function forgetOld(jobs: Job[]): void {
  while (jobs.length > MOST_JOBS) {
    const oldest = jobs.findIndex(isFinished);
    jobs.splice(Math.max(0, oldest), 1);
  }
  jobs.slice(0, -MOST_DOCUMENTS).forEach((job) => (job.pdf = null));
}

function makeJob(request: PrintRequest, jobId: string): Job {
  const { printer, title, copies, isLarge } = request;
  const sheets = countPdfPages(request.pdf) * copies;
  const pdf = Uint8Array.from(request.pdf);
  return { jobId, printer, title, copies, isLarge, sheets, sheetsDone: 0, isCancelled: false, pdf };
}

/** The room where the machines stand, brought up to date by the clock whenever somebody looks. */
function createRoom(clock: Clock) {
  const machines = makeMachines(clock.monotonicMs());
  const jobs: Job[] = [];
  let pace = MS_PER_SHEET;

  const queueOf = (name: string) => jobs.filter((job) => job.printer === name);
  const bringUpToDate = () =>
    machines.forEach((machine) => moveOn(machine, queueOf(machine.info.name), clock.monotonicMs(), pace));

  return {
    jobs,
    queueOf,
    bringUpToDate,
    find(name: string): Outcome<Machine> {
      bringUpToDate();
      const machine = machines.find(({ info, fault }) => info.name === name && fault !== 'gone');
      return machine ? ok(machine) : fail('unavailable', 'printer-gone');
    },
    list(): PrinterInfo[] {
      bringUpToDate();
      return machines
        .filter(({ fault }) => fault !== 'gone')
        .map((machine) => {
          const isBusy = queueOf(machine.info.name).some((job) => !isFinished(job));
          return { ...machine.info, state: stateOfMachine(machine, isBusy), reasons: reasonsOf(machine) };
        });
    },
    change(name: string, work: (machine: Machine) => void): void {
      bringUpToDate();
      machines.filter(({ info }) => info.name === name).forEach(work);
    },
    setPace(msPerSheet: number): void {
      bringUpToDate();
      pace = msPerSheet;
    },
  };
}

type Room = ReturnType<typeof createRoom>;

function take(room: Room, request: PrintRequest): Outcome<{ readonly jobId: string }> {
  const printable = checkPrintable(request);
  if (!printable.ok) return printable;
  const found = room.find(request.printer);
  if (!found.ok) return found;
  const { fault, info } = found.value;
  if (fault === 'not-accepting') return fail('unavailable', 'printer-refused', { reason: 'not-accepting' });
  if (request.isLarge && !info.canPrintLarge)
    return fail('unavailable', 'printer-refused', { reason: 'no-large-paper' });
  // Not counted from 1: a job that a desk followed before its restart must not be taken for a new one.
  const job = makeJob(request, randomUUID());
  room.jobs.push(job);
  forgetOld(room.jobs);
  return fault === 'not-answering' ? fail('unavailable', 'print-not-answered') : ok({ jobId: job.jobId });
}

function readJob(room: Room, printer: string, jobId: string): Outcome<PrintReport> {
  const found = room.find(printer);
  if (!found.ok) return found;
  const queue = room.queueOf(printer);
  const job = queue.find((other) => other.jobId === jobId);
  if (!job) return ok({ state: 'unknown', reasons: [], sheets: null });
  const state = stateOf(job, found.value, queue.find((other) => !isFinished(other)) === job);
  return ok({ state, reasons: isFinished(job) ? [] : reasonsOf(found.value), sheets: job.sheetsDone });
}

function cancel(room: Room, printer: string, jobId: string): Outcome<void> {
  const found = room.find(printer);
  if (!found.ok) return found;
  const job = room.queueOf(printer).find((other) => other.jobId === jobId);
  if (!job || isFinished(job)) return fail('conflict', 'job-finished');
  job.isCancelled = true;
  return ok(undefined);
}

/** Two printers in memory, without a fault until one is set. */
export function createTrainingPrinter({ clock }: { readonly clock: Clock }): TrainingPrinter {
  const room = createRoom(clock);
  return {
    list: () => Promise.resolve(ok(room.list())),
    print: (request) => Promise.resolve(take(room, request)),
    readJob: (printer, jobId) => Promise.resolve(readJob(room, printer, jobId)),
    cancel: (printer, jobId) => Promise.resolve(cancel(room, printer, jobId)),
    setFault: (name, fault) => room.change(name, (machine) => (machine.fault = fault)),
    loadPaper: (name, sheets) => room.change(name, (machine) => (machine.paper = sheets)),
    setPace: room.setPace,
    printouts() {
      room.bringUpToDate();
      return room.jobs.map((job) => ({ ...job }));
    },
  };
}
