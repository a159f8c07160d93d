/**
 * Prints the letters of a batch one after the other: one letter in memory, each followed to its end before the next is
 * fetched. What cannot be printed without the clerk is set aside; a fault of the printer stops the batch.
 */
import type { Ubrn } from '../../../contract/identifiers.ts';
import type { Outcome, Problem, ProblemKind } from '../../../contract/outcome.ts';
import type { Desk } from '../../session/session.ts';
import type { HeldLetter } from '../held-letters.ts';
import { printCover, type CoverPorts } from './batch-cover.ts';
import { isOver, type Batch, type BatchItem } from './batch-state.ts';
import type { LivePrints } from './live-prints.ts';
import type { PrintLetter } from './print-letter.ts';
import { isEnded, type PrintRecord } from './print-record.ts';
import { NO_WORD } from './print-rules.ts';

/** These may pass, and concern the next letter as well: the batch waits for the clerk. */
const PASSING: readonly ProblemKind[] = [
  'offline',
  'session-ended',
  'not-signed-in',
  'rate-limited',
  'writes-off',
  'unavailable',
];
/** A letter that alone keeps failing must not hold up the others for ever. */
const MOST_MISSES = 2;

export interface BatchRunDependencies extends CoverPorts {
  readonly print: PrintLetter;
  readonly prints: Pick<LivePrints, 'ended' | 'cancel'>;
  readonly desk: () => Desk | null;
  readonly fetchChecked: (ubrn: Ubrn) => Promise<Outcome<HeldLetter>>;
  readonly release: (letterId: string) => void;
  readonly onChanged: (batch: Batch) => void;
  /** The steps broke off by a fault of our own. */
  readonly onFault: (error: unknown) => void;
}

export interface BatchRun {
  /** Goes on with what waits, unless it is under way already. */
  readonly goOn: (batch: Batch) => void;
  /** Stops before the next letter; what is in the printer is followed. */
  readonly pause: (batch: Batch, code: string) => void;
}

export function createBatchRun(deps: BatchRunDependencies): BatchRun {
  const { print, prints } = deps;

  const isHere = (batch: Batch) => deps.desk()?.sitting === batch.sitting;

  function set(batch: Batch, item: BatchItem, change: Partial<BatchItem>): void {
    Object.assign(item, change);
    deps.onChanged(batch);
  }

  function pause(batch: Batch, code: string): void {
    if (batch.state !== 'running') return;
    Object.assign(batch, { state: 'paused', code: code.slice(0, 60) });
    deps.onChanged(batch);
  }

  /** Back in the line where it was, or out of it with a batch that is cancelled. */
  function putBack(batch: Batch, item: BatchItem): void {
    set(batch, item, {
      state: batch.state === 'cancelled' ? 'cancelled' : 'waiting',
      code: '',
      printId: null,
    });
  }

  function hearProblem(batch: Batch, item: BatchItem, { kind, code }: Problem): void {
    if (code === 'not-wanted-any-more') return putBack(batch, item);
    item.misses += Number(kind === 'unavailable');
    if (!PASSING.includes(kind) || item.misses >= MOST_MISSES)
      return set(batch, item, { state: 'set-aside', code: code.slice(0, 60) });
    putBack(batch, item);
    pause(batch, isHere(batch) ? code : 'desk-left');
  }

  /** What became of the letter that was in the printer. */
  function hearEnd(batch: Batch, item: BatchItem, { state, code }: PrintRecord): void {
    if (state === 'printed') return set(batch, item, { state: 'printed', code: '' });
    if (state === 'cancelled') {
      set(batch, item, { state: 'cancelled', code });
      return pause(batch, 'job-cancelled');
    }
    if (state === 'failed') {
      putBack(batch, item);
      return pause(batch, code || 'print-failed');
    }
    set(batch, item, { state: 'unknown', code });
    pause(batch, code || 'print-unknown');
  }

  async function printItem(batch: Batch, item: BatchItem, desk: Desk): Promise<void> {
    set(batch, item, { state: 'fetching', code: '' });
    const fetched = await deps.fetchChecked(item.ubrn as Ubrn);
    if (!fetched.ok) return hearProblem(batch, item, fetched.problem);
    const letter = fetched.value;
    set(batch, item, { pages: letter.pages, initials: item.initials || letter.initials });
    const sent = await print(desk, {
      ...{ letter, printer: batch.printer, copies: 1, isLarge: batch.isLarge, word: NO_WORD },
      ...{ batchId: batch.batchId, urgency: 'refresh' },
      mayGoOn: () => batch.state === 'running' && isHere(batch),
      onSent: ({ printId }) => set(batch, item, { state: 'printing', printId }),
    });
    deps.release(letter.letterId);
    if (!sent.ok) hearProblem(batch, item, sent.problem);
    else await followItem(batch, item, sent.value);
  }

  /** Waits for the end of a letter in the printer. */
  async function followItem(batch: Batch, item: BatchItem, record: PrintRecord): Promise<void> {
    // Cancelled while the printer was taking it: the clerk wants it stopped, too.
    if (batch.state === 'cancelled' && isHere(batch)) void prints.cancel(record.printId);
    hearEnd(batch, item, isEnded(record) ? record : await prints.ended(record.printId));
  }

  async function step(batch: Batch): Promise<void> {
    const desk = deps.desk();
    if (desk === null || !isHere(batch)) return pause(batch, 'desk-left');
    if (batch.cover === 'waiting') {
      const mayGoOn = () => batch.state === 'running' && isHere(batch);
      await printCover(deps, batch, { mayGoOn, pause: (code) => pause(batch, code) });
      return deps.onChanged(batch);
    }
    const next = batch.items.find(({ state }) => state === 'waiting');
    if (next !== undefined) return printItem(batch, next, desk);
    Object.assign(batch, { state: 'done', code: '' });
    deps.onChanged(batch);
  }

  async function run(batch: Batch): Promise<void> {
    batch.isAtWork = true;
    try {
      while (batch.state === 'running') await step(batch);
    } catch (error) {
      deps.onFault(error);
      setApart(batch);
      pause(batch, 'desk-fault');
    } finally {
      batch.isAtWork = false;
      // The end of a cancelled one is only now: what was in the printer has come to its own.
      if (isOver(batch)) deps.onChanged(batch);
    }
  }

  /** After a fault of our own nobody knows how far the letter at hand has come. */
  function setApart(batch: Batch): void {
    for (const item of batch.items)
      if (item.state === 'fetching' || item.state === 'printing')
        set(batch, item, { state: 'unknown', code: 'desk-fault' });
  }

  return {
    goOn(batch) {
      if (!batch.isAtWork) void run(batch);
    },
    pause,
  };
}
