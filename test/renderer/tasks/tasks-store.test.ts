// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestOutput } from '../../../src-main/contract/channels.ts';
import type { Task } from '../../../src-main/contract/channels/tasks.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { dueWords, taskBadge } from '../../../src-renderer/features/tasks/task-words.ts';
import { useTasksStore } from '../../../src-renderer/features/tasks/tasks.store.ts';
import { createFakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { makeTask, makeTasks } from './task-fakes.ts';

let fake: FakeBridge;
beforeEach(() => {
  fake = createFakeBridge();
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
});
afterEach(() => setBridgeForTests(null));

const tell = (tasks: readonly Task[]) => fake.answer('tasks/read', () => ok(makeTasks(tasks)));

describe('the tasks', () => {
  it('keep the chosen one by its id when others come before it', async () => {
    tell([makeTask(1), makeTask(2)]);
    const store = useTasksStore();
    await store.read();
    store.moveSelection(1);
    tell([makeTask(3, { kind: 'no-appointment' }), makeTask(1), makeTask(2)]);
    await store.read();
    expect(store.selected?.taskId).toBe(makeTask(2).taskId);
    expect(store.selectedIndex).toBe(2);
  });

  it('are read again after a push, and once more when a push comes during the reading', async () => {
    tell([makeTask(1)]);
    const store = useTasksStore();
    await store.read();
    let answer: (outcome: Outcome<RequestOutput<'tasks/read'>>) => void = () => undefined;
    fake.answer('tasks/read', () => new Promise((resolve) => (answer = resolve)));
    const reading = store.read();
    await Promise.resolve();
    fake.push('tasks/changed', { open: 2, due: 0, red: 0 });
    tell([makeTask(1), makeTask(2)]);
    answer(ok(makeTasks([makeTask(1)])));
    await reading;
    expect(store.rows).toHaveLength(2);
    expect(store.counts?.open).toBe(2);
  });

  it('show nothing that is answered after a lock', async () => {
    let answer: (outcome: Outcome<RequestOutput<'tasks/read'>>) => void = () => undefined;
    fake.answer('tasks/read', () => new Promise((resolve) => (answer = resolve)));
    const store = useTasksStore();
    const reading = store.read();
    await Promise.resolve();
    store.forget();
    answer(ok(makeTasks([makeTask(1)])));
    await reading;
    expect(store.rows).toEqual([]);
    expect(store.counts).toBeNull();
  });

  it('stay when they cannot be read or finished, with the problem', async () => {
    tell([makeTask(1)]);
    const store = useTasksStore();
    await store.read();
    fake.answer('tasks/read', () => fail('internal', 'broken'));
    await store.read();
    expect(store.rows).toHaveLength(1);
    expect(store.problem?.code).toBe('broken');
    fake.answer('tasks/finish', () => fail('writes-off', 'disk-full'));
    expect((await store.finish(makeTask(1).taskId, 'done', ''))?.kind).toBe('writes-off');
    expect(store.rows).toHaveLength(1);
  });
});

describe('the words of tasks', () => {
  it('say in the header how many must not wait', () => {
    expect(taskBadge(null)).toBe('Tasks: not read');
    expect(taskBadge({ open: 0, due: 0, red: 0 })).toBe('No tasks');
    expect(taskBadge({ open: 4, due: 1, red: 2 })).toBe('Tasks 4, 2 must not wait, 1 due');
  });

  it('say when, in London', () => {
    const at = (dueAt: string | null, isDue = false) => dueWords({ dueAt, isDue }, '2026-11-23');
    expect(at(null)).toBe('no time set');
    expect(at('2026-11-23T14:30:00.000Z')).toBe('today 14:30');
    expect(at('2026-11-23T10:00:00.000Z', true)).toBe('today 10:00, due');
    expect(at('2026-06-30T13:30:00.000Z')).toBe('Tue 30-Jun-2026 14:30');
  });
});
