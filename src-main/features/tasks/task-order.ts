/** What the screen is told of tasks: the order, which are due, the counts. */
import type { Task, TaskCounts, TaskKind } from '../../contract/channels/tasks.ts';
import { parseInstant } from '../../contract/london-time.ts';
import type { KeptTask } from '../kept-records/kept-records.ts';

const RED_KINDS: readonly TaskKind[] = [
  'no-appointment',
  'ring-provider-today',
  'ring-provider-unknown',
  'recall-letter',
  'find-sheets',
];

export const isRed = ({ kind }: Pick<Task, 'kind'>): boolean => RED_KINDS.includes(kind);

/** True once its time has come. A task without a time is never due; the red ones are red from the start. */
export const isDueAt = ({ dueAt }: Pick<Task, 'dueAt'>, nowMs: number): boolean =>
  dueAt !== null && (parseInstant(dueAt) ?? Infinity) <= nowMs;

export function viewTask(kept: KeptTask, nowMs: number): Task {
  const { taskId, kind, ubrn, nhsNumber, note, dueAt, createdAt } = kept;
  return { taskId, kind, ubrn, nhsNumber, note, dueAt, createdAt, isDue: isDueAt(kept, nowMs) };
}

/** Red ones first, then by due time, those without one last; the older first where both are the same. */
export function byNeed(a: Task, b: Task): number {
  const timeOf = ({ dueAt }: Task) => (dueAt === null ? Infinity : (parseInstant(dueAt) ?? Infinity));
  const [timeA, timeB] = [timeOf(a), timeOf(b)];
  return (
    Number(isRed(b)) - Number(isRed(a)) ||
    (timeA === timeB ? 0 : timeA - timeB) ||
    a.createdAt.localeCompare(b.createdAt)
  );
}

export function countTasks(open: readonly KeptTask[], nowMs: number): TaskCounts {
  return {
    open: open.length,
    due: open.filter((task) => isDueAt(task, nowMs)).length,
    red: open.filter(isRed).length,
  };
}
