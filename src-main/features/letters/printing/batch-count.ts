/** What the clerk says of the paper: how many sheets the stack has, what came out of a print that nobody knew of. */
import { formatStaffDateTime, toIso } from '../../../contract/london-time.ts';
import type { Outcome } from '../../../contract/outcome.ts';
import type { Clock } from '../../../app/ports.ts';
import type { NewTask } from '../../tasks/tasks.ts';
import { isOver, sheetsExpected, type Batch, type BatchItem } from './batch-state.ts';
import type { LivePrints } from './live-prints.ts';
import { sheetsOf, type PrintRecord } from './print-record.ts';

export interface CountPorts {
  readonly clock: Clock;
  readonly prints: Pick<LivePrints, 'find' | 'amend'>;
  readonly addTask: (task: NewTask) => Outcome<unknown>;
  readonly audit: (ubrn: string, code: string) => void;
}

/** Records the count; one that differs raises a task (hazard 6). */
export function countStack(ports: CountPorts, batch: Batch, sheets: number): void {
  const expected = sheetsExpected(batch);
  batch.sheetsCounted = sheets;
  ports.audit('', `batch-sheets-counted-${sheets}-of-${expected}`);
  if (sheets === expected) markCounted(ports, batch);
  else askForSheets(ports, batch, `${expected} sheets expected, ${sheets} counted`);
}

/** The stack is whole: so is every letter of it. */
function markCounted({ prints }: CountPorts, { items }: Batch): void {
  for (const { state, printId } of items) {
    const record = state === 'printed' && printId !== null ? prints.find(printId) : null;
    if (record !== null) prints.amend({ ...record, sheetsCounted: sheetsOf(record) }, 'sheets-counted');
  }
}

/** A task needs a referral to stand by: the first of the stack. */
function askForSheets(
  { clock, addTask }: CountPorts,
  { items, printer, batchId }: Batch,
  figures: string,
): void {
  const printed = items.filter(({ state }) => state === 'printed');
  const first = printed[0] ?? items.find(({ state }) => state === 'unknown') ?? items[0];
  if (first === undefined) return;
  const when = formatStaffDateTime(toIso(clock.nowMs()));
  const note = `Batch of ${printed.length} letters that begins with this one, ${printer}, ${when}: ${figures}`;
  const { ubrn, nhsNumber } = first;
  addTask({ kind: 'find-sheets', ubrn, nhsNumber, note, dueAt: null, source: batchId });
}

/** The clerk has looked at the printer: the letter was printed after all, or nothing came out. */
export function hearWord(batch: Batch, item: BatchItem, { state, code }: PrintRecord): void {
  if (state === 'printed') Object.assign(item, { state, code: '' });
  else if (state === 'failed' && isOver(batch)) Object.assign(item, { state: 'set-aside', code });
  else if (state === 'failed') Object.assign(item, { state: 'waiting', code: '', printId: null });
}
