/** Printing over a real database, with a printer whose every answer a test decides. */
import type { ErsClient } from '../../../../src-main/ers/client.ts';
import type { Referral } from '../../../../src-main/ers/model.ts';
import type { HeldLetter } from '../../../../src-main/features/letters/held-letters.ts';
import { createPrintLog, type PrintLog } from '../../../../src-main/features/letters/printing/print-log.ts';
import {
  createPrinting,
  type PrintingFeature,
} from '../../../../src-main/features/letters/printing/printing.ts';
import type { PrintBatch, PrintJob } from '../../../../src-main/contract/channels/letters.ts';
import type { Ubrn } from '../../../../src-main/contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../../../src-main/contract/outcome.ts';
import { openSqliteStorage } from '../../../../src-main/adapters/node/sqlite-storage.ts';
import type { LetterPrinter, PrintReport, PrintRequest, Storage } from '../../../../src-main/app/ports.ts';
import { upgradeDatabase } from '../../../../src-main/app/database-steps.ts';
import { createAuditLog } from '../../../../src-main/features/audit/audit-log.ts';
import { takeLease } from '../../../../src-main/features/outbox/lease.ts';
import { abilitiesOf } from '../../../../src-main/features/session/abilities.ts';
import type { Desk } from '../../../../src-main/features/session/session.ts';
import type { NewTask } from '../../../../src-main/features/tasks/tasks.ts';
import { openVault } from '../../../../src-main/features/vault/vault.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { createMemorySecrets } from '../../../support/memory-secrets.ts';

export const PAGES = 2;

/** What the printer does with one job, in words of the test. */
export type Behaviour =
  | 'prints'
  | 'runs-out-of-paper'
  | 'is-gone'
  | 'takes-and-does-not-answer'
  | 'gives-up-with-nothing'
  | 'gives-up-half-way'
  | 'is-cancelled-there'
  | 'forgets-the-job'
  | 'stops-answering';

export interface TestPrinter extends LetterPrinter {
  /** Sheets on paper, by what was printed. */
  readonly paper: ReadonlyMap<string, number>;
  /** Jobs that reached the printer, by what was printed. */
  readonly jobs: ReadonlyMap<string, number>;
  /** Somebody has put it right. */
  mend(): void;
}

/** `behave` says what it does with a job; a document is known by its bytes. */
export function createTestPrinter(clock: ManualClock, behave: (what: string) => Behaviour): TestPrinter {
  const [paper, jobs] = [new Map<string, number>(), new Map<string, number>()];
  const known = new Map<
    string,
    { what: string; how: Behaviour; atMs: number; isHeld: boolean; done: boolean }
  >();
  const add = (map: Map<string, number>, what: string, more: number) =>
    map.set(what, (map.get(what) ?? 0) + more);
  const sheetsOf = (what: string) => (what === 'cover' ? 1 : PAGES);

  function finish(job: { what: string; done: boolean }, sheets: number): void {
    if (!job.done) add(paper, job.what, sheets);
    job.done = true;
  }

  function report(job: NonNullable<ReturnType<typeof known.get>>): PrintReport {
    const says = (state: PrintReport['state'], sheets: number | null): PrintReport => ({
      state,
      reasons: [],
      sheets,
    });
    const all = sheetsOf(job.what);
    if (job.isHeld) return { state: 'held-up', reasons: ['paper-out'], sheets: 0 };
    if (clock.monotonicMs() - job.atMs < 800) return says('printing', 0);
    switch (job.how) {
      case 'gives-up-with-nothing':
        return says('failed', 0);
      case 'gives-up-half-way':
        finish(job, 1);
        return says('failed', null);
      case 'is-cancelled-there':
        return says('cancelled', 0);
      case 'forgets-the-job':
        finish(job, all);
        return says('unknown', null);
      default:
        finish(job, all);
        return says('printed', all);
    }
  }

  return {
    paper,
    jobs,
    mend: () => known.forEach((job) => (job.isHeld = false)),
    list: async () => ok([]),
    async print({ pdf }: PrintRequest) {
      const what = Buffer.from(pdf).toString();
      const how = behave(what);
      if (how === 'is-gone') return fail('unavailable', 'printer-gone');
      const jobId = `job-${known.size + 1}`;
      const job = { what, how, atMs: clock.monotonicMs(), isHeld: how === 'runs-out-of-paper', done: false };
      known.set(jobId, job);
      add(jobs, what, 1);
      if (how !== 'takes-and-does-not-answer') return ok({ jobId });
      finish(job, sheetsOf(what));
      return fail('unavailable', 'print-not-answered');
    },
    async readJob(_printer, jobId) {
      const job = known.get(jobId);
      if (job === undefined) return ok({ state: 'unknown', reasons: [], sheets: null });
      if (job.how !== 'stops-answering') return ok(report(job));
      finish(job, sheetsOf(job.what));
      return fail('unavailable', 'no-print-service');
    },
    async cancel(_printer, jobId) {
      const job = known.get(jobId);
      if (job !== undefined) Object.assign(job, { how: 'is-cancelled-there', isHeld: false });
      return ok(undefined);
    },
  };
}

/** A process that dies at the given step to the disk or the printer: what it had done by then has happened. */
export function mortal(
  { storage, printer }: { readonly storage: Storage; readonly printer: LetterPrinter },
  stepsToLive: number,
): { readonly storage: Storage; readonly printer: LetterPrinter } {
  let left = stepsToLive;
  const isDead = () => (left -= 1) < 0;
  const die = () => {
    throw new Error('dead');
  };
  const never = new Promise<never>(() => undefined);
  async function call<T>(work: () => Promise<T>): Promise<T> {
    if (isDead()) return never;
    const answer = await work();
    return isDead() ? never : answer;
  }
  return {
    storage: {
      ...storage,
      run: (sql, ...values) => (isDead() ? die() : storage.run(sql, ...values)),
      all: (sql, ...values) => (left < 0 ? die() : storage.all(sql, ...values)),
      transaction(work) {
        const result = isDead() ? die() : storage.transaction(work);
        return isDead() ? die() : result;
      },
    },
    printer: {
      list: printer.list,
      print: (request) => call(() => printer.print(request)),
      readJob: (name, jobId) => call(() => printer.readJob(name, jobId)),
      cancel: (name, jobId) => call(() => printer.cancel(name, jobId)),
    },
  };
}

export interface PrintBench {
  readonly clock: ManualClock;
  readonly printing: PrintingFeature;
  readonly printLog: PrintLog;
  readonly storage: Storage;
  readonly jobs: PrintJob[];
  readonly batches: PrintBatch[];
  readonly tasks: NewTask[];
  /** Letters in memory at once, at most. */
  readonly mostHeld: () => number;
  /** Who is there; null behind the lock. */
  desk: Desk | null;
  /** What e-RS says of a letter when it is fetched. */
  fetch: (ubrn: string) => Partial<HeldLetter> | Outcome<never>;
  /** Versions that e-RS has by now. */
  readonly versions: Map<string, number>;
  pass(seconds: number): Promise<void>;
  readonly isChainWhole: () => boolean;
}

const businessFunction = 'REFERRING_CLINICIAN_ADMIN';
export const DESK: Desk = {
  ...{ sitting: 1, userId: '555000000101', organisation: 'R69', businessFunction, onBehalfOf: '' },
  can: abilitiesOf(businessFunction),
};

export const ubrnOf = (index: number): string => String(100_000_000_000 + index);

interface Given {
  readonly clock: ManualClock;
  readonly printer: LetterPrinter;
  readonly storage?: Storage;
  readonly secrets?: ReturnType<typeof createMemorySecrets>;
  readonly versions?: Map<string, number>;
}

export async function openPrintBench(given: Given): Promise<PrintBench> {
  const { clock, printer } = given;
  const storage = given.storage ?? openSqliteStorage(':memory:');
  const secrets = given.secrets ?? createMemorySecrets();
  const versions = given.versions ?? new Map<string, number>();
  upgradeDatabase(storage);
  const opened = await openVault(secrets, storage, clock);
  if (!opened.ok) throw new Error(opened.problem.code);
  const vault = opened.value;
  const audit = createAuditLog({ storage, clock, vault });
  const lease = takeLease(storage);
  const printLog = createPrintLog({ ...{ storage, vault, lease, audit }, host: 'test', service: 'test' });
  const held = new Map<string, HeldLetter>();
  let most = 0;
  const bench: PrintBench = {
    ...{ clock, storage, printLog, versions, jobs: [], batches: [], tasks: [], desk: DESK },
    printing: undefined as never,
    mostHeld: () => most,
    fetch: () => ({}),
    async pass(seconds) {
      for (let half = 0; half < seconds * 2; half += 1) await clock.advance(500);
    },
    isChainWhole: () => audit.verify().ok,
  };
  const printing = createPrinting({
    ...{ clock, printer, storage },
    log: { write: () => undefined },
    files: { saveFile: async () => ok({ isSaved: true }) },
    client: () => clientOf(versions),
    desk: () => bench.desk,
    userName: () => 'CLERK, Carol',
    held: (letterId) => held.get(letterId) ?? null,
    release: (letterId) => void held.delete(letterId),
    async fetchChecked(ubrn) {
      await Promise.resolve();
      if (bench.desk === null) return fail('not-signed-in', 'not-signed-in');
      const answer = bench.fetch(ubrn);
      if ('ok' in answer) return answer;
      const letter = { ...letterOf(ubrn, versions.get(ubrn) ?? 1), ...answer };
      held.set(letter.letterId, letter);
      most = Math.max(most, held.size);
      return ok(letter);
    },
    makeCoverSheet: async () => Buffer.from('cover'),
    environment: 'TEST',
    isUnsettled: () => false,
    printLog: () => printLog,
    writesOffReason: () => '',
    listed: () => ({ nhsNumber: '9000000009' }),
    readNames: async () => new Map([['9000000009', { given: 'Ann', family: 'Other' }]]),
    addTask: (task) => (bench.tasks.push(task), ok(null)),
    audit: () => undefined,
    onPrinted: () => undefined,
    pushJob: (job) => void bench.jobs.push(job),
    pushBatch: (batch) => void bench.batches.push(batch),
    reasonOf: (error) => (error instanceof Error ? error.message : 'unknown'),
  });
  printing.begin();
  return Object.assign(bench, { printing });
}

/** What e-RS says of every referral: its version, and no more than printing asks for. */
function clientOf(versions: ReadonlyMap<string, number>): ErsClient {
  const call = async (_operation: unknown, { ubrn }: { ubrn: string }) => ({
    kind: 'success',
    value: referralOf(ubrn, versions.get(ubrn) ?? 1),
  });
  return { dialect: 'api-platform', call: call as never };
}

export function referralOf(ubrn: string, version: number): Referral {
  const start = `2026-12-0${version}T10:00:00.000Z`;
  return {
    ...{ ubrn, version, nhsNumber: '9000000009', state: null, shortlist: [] },
    appointment: { status: 'booked', start, serviceId: '1', clinicianId: null },
  } as unknown as Referral;
}

let letters = 0;

export function letterOf(ubrn: string, version: number): HeldLetter {
  letters += 1;
  return {
    letterId: `00000000-0000-4000-8000-${String(letters).padStart(12, '0')}`,
    ubrn: ubrn as Ubrn,
    nhsNumber: '9000000009' as HeldLetter['nhsNumber'],
    version: String(version),
    bytes: Buffer.from(ubrn),
    hash: 'a'.repeat(64),
    ...{ pages: PAGES, kind: '', readAt: '2026-11-23T10:00:00.000Z', verdict: 'matches', checks: [] },
    ...{ needsPhone: false, appointmentStart: null, initials: 'AO', printedAt: null },
  };
}

export const newClock = createManualClock;
