/** The batches of the person at the desk: planned, started, held, gone on with, counted (screens.md section 6). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../../contract/channels.ts';
import type { PrintBatch } from '../../../contract/channels/letters.ts';
import { fail, ok, type Outcome } from '../../../contract/outcome.ts';
import type { Desk } from '../../session/session.ts';
import { countStack, hearWord, type CountPorts } from './batch-count.ts';
import { createBatchRun, type BatchRunDependencies } from './batch-run.ts';
import { cancelWaiting, initialsOf, isOver, viewBatch, type Batch } from './batch-state.ts';
import type { LivePrints } from './live-prints.ts';
import { isEnded, type PrintRecord } from './print-record.ts';

const MOST_BATCHES = 20;

type Named<C extends string> = `letters/${C}`;
type Answer = Outcome<PrintBatch>;

export interface Batches {
  readonly handlers: {
    readonly [C in Named<'plan-batch'>]: (input: RequestInput<C>) => Promise<Answer>;
  } & {
    readonly [
      C in Named<
        'start-batch' | 'read-batch' | 'pause-batch' | 'resume-batch' | 'cancel-batch' | 'count-batch-sheets'
      >
    ]: (input: RequestInput<C>) => Answer;
  };
  /** Hears of every print. */
  readonly hear: (record: PrintRecord) => void;
  readonly forget: () => void;
}

interface Dependencies extends Omit<BatchRunDependencies, 'nameItems' | 'onChanged' | 'prints'>, CountPorts {
  readonly prints: Pick<LivePrints, 'ended' | 'cancel' | 'find' | 'amend'>;
  readonly userName: () => string;
  readonly canWrite: () => boolean;
  readonly writesOffReason: () => string;
  /** What is known of a referral that a list of this sitting showed; null for any other (hazard 1). */
  readonly listed: (ubrn: string) => { readonly nhsNumber: string | null } | null;
  readonly readNames: (
    nhsNumbers: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly given: string; readonly family: string } | null>>;
  readonly push: (batch: PrintBatch) => void;
}

export function createBatches(deps: Dependencies): Batches {
  const { prints } = deps;
  const batches = new Map<string, Batch>();

  const run = createBatchRun({ ...deps, nameItems, onChanged: tell });

  /** A batch whose person has left is not shown to the next one. */
  function tell(batch: Batch): void {
    if (batches.get(batch.batchId) === batch && deps.desk()?.sitting === batch.sitting)
      deps.push(viewBatch(batch));
  }

  async function nameItems({ items }: Batch): Promise<void> {
    const unnamed = items.filter(({ initials, nhsNumber }) => initials === '' && nhsNumber !== null);
    const names = await deps.readNames(unnamed.flatMap(({ nhsNumber }) => nhsNumber ?? []));
    for (const item of unnamed) item.initials = initialsOf(names.get(item.nhsNumber ?? '') ?? null);
  }

  /** Runs `work` on a batch of the person at the desk. */
  function withBatch(
    batchId: string,
    work: (batch: Batch, desk: Desk) => ReturnType<typeof fail> | null,
  ): Answer {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    const batch = batches.get(batchId);
    if (batch === undefined || batch.sitting !== desk.sitting) return fail('not-found', 'no-such-batch');
    const refusal = work(batch, desk);
    if (refusal !== null) return refusal;
    tell(batch);
    return ok(viewBatch(batch));
  }

  const isOpen = (batch: Batch) => batch.state === 'running' || batch.state === 'paused' || batch.isAtWork;

  function plan(ubrns: readonly string[], desk: Desk): Batch | null {
    const listed = ubrns.map((ubrn) => ({ ubrn, known: deps.listed(ubrn) }));
    if (listed.some(({ known }) => known === null)) return null;
    return {
      ...{ batchId: randomUUID(), sitting: desk.sitting, userName: deps.userName() },
      ...{ state: 'planned', code: '', printer: '', isLarge: false, cover: 'waiting' },
      ...{ sheetsCounted: null, isAtWork: false },
      items: listed.map(({ ubrn, known }) => ({
        ...{ ubrn, nhsNumber: known?.nhsNumber ?? null, initials: '', state: 'waiting', code: '', pages: 0 },
        ...{ printId: null, misses: 0 },
      })),
    };
  }

  /** Only the last ones are kept; one that is under way stays. */
  function keepBatch(batch: Batch): void {
    batches.set(batch.batchId, batch);
    for (const [batchId, old] of batches) {
      if (batches.size <= MOST_BATCHES) return;
      if (!isOpen(old)) batches.delete(batchId);
    }
  }

  function start({ batchId, printer, isLarge }: RequestInput<'letters/start-batch'>): Answer {
    return withBatch(batchId, (batch) => {
      if (batch.state !== 'planned') return fail('rejected', 'batch-has-begun');
      if (!deps.canWrite()) return fail('writes-off', deps.writesOffReason());
      if ([...batches.values()].some(isOpen)) return fail('rejected', 'batch-is-running');
      Object.assign(batch, { state: 'running', printer, isLarge });
      deps.audit('', `batch-started-${batch.items.length}`);
      run.goOn(batch);
      return null;
    });
  }

  function cancel(batchId: string): Answer {
    return withBatch(batchId, (batch) => {
      if (isOver(batch)) return fail('rejected', 'batch-is-over');
      Object.assign(batch, { state: 'cancelled', code: '' });
      cancelWaiting(batch);
      deps.audit('', 'batch-cancelled');
      const inPrinter = batch.items.find(({ state }) => state === 'printing');
      if (inPrinter?.printId != null) void prints.cancel(inPrinter.printId);
      return null;
    });
  }

  function count({ batchId, sheets }: RequestInput<'letters/count-batch-sheets'>): Answer {
    return withBatch(batchId, (batch) => {
      if (!isOver(batch) || batch.isAtWork) return fail('rejected', 'batch-under-way');
      countStack(deps, batch, sheets);
      return null;
    });
  }

  return {
    handlers: {
      async 'letters/plan-batch'({ ubrns }) {
        const desk = deps.desk();
        if (desk === null) return fail('not-signed-in', 'not-signed-in');
        if (!desk.can.canReadLetters) return fail('forbidden', 'role-cannot-read-letters');
        const batch = plan(ubrns, desk);
        if (batch === null) return fail('invalid-input', 'referral-not-listed');
        keepBatch(batch);
        return ok(viewBatch(batch));
      },
      'letters/start-batch': start,
      'letters/read-batch': ({ batchId }) => withBatch(batchId, () => null),
      'letters/pause-batch': ({ batchId }) =>
        withBatch(batchId, (batch) => {
          if (batch.state !== 'running') return fail('rejected', 'batch-not-running');
          run.pause(batch, 'paused-by-clerk');
          return null;
        }),
      'letters/resume-batch': ({ batchId }) =>
        withBatch(batchId, (batch) => {
          if (batch.state !== 'paused') return fail('rejected', 'batch-not-paused');
          Object.assign(batch, { state: 'running', code: '' });
          run.goOn(batch);
          return null;
        }),
      'letters/cancel-batch': ({ batchId }) => cancel(batchId),
      'letters/count-batch-sheets': count,
    },
    hear(record) {
      const batch = batches.get(record.batchId ?? '');
      const item = batch?.items.find(({ printId }) => printId === record.printId);
      if (batch === undefined || item === undefined) return;
      if (record.state === 'held-up') run.pause(batch, record.code);
      if (isEnded(record) && item.state === 'unknown') {
        hearWord(batch, item, record);
        tell(batch);
      }
    },
    forget() {
      // The letter in the printer comes to its end by itself; nothing more is sent.
      for (const batch of batches.values()) if (!isOver(batch)) batch.state = 'cancelled';
      batches.clear();
    },
  };
}
