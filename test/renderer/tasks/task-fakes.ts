import type { RequestOutput } from '../../../src-main/contract/channels.ts';
import type { Task } from '../../../src-main/contract/channels/tasks.ts';
import { READ_AT, makeNhsNumber, makeRow } from '../../support/fake-data.ts';

export function makeTask(n: number, changes: Partial<Task> = {}): Task {
  return {
    taskId: `00000000-0000-4000-8000-00000000000${n}`,
    kind: 'ring-back',
    ubrn: makeRow(n).ubrn,
    nhsNumber: makeNhsNumber(n),
    note: `note ${n}`,
    dueAt: null,
    createdAt: READ_AT,
    isDue: false,
    ...changes,
  };
}

export function makeTasks(tasks: readonly Task[]): RequestOutput<'tasks/read'> {
  const red = tasks.filter(({ kind }) => kind !== 'ring-back').length;
  return {
    tasks: [...tasks],
    counts: { open: tasks.length, due: tasks.filter(({ isDue }) => isDue).length, red },
    isKept: true,
    unreadable: 0,
  };
}
