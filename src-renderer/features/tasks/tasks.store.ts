import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Task, TaskCounts } from '../../../src-main/contract/channels/tasks.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { isPanelOpen } from '../../keyboard/scopes.ts';
import type { TaskOutcome } from './task-words.ts';

/** This person's open tasks of this role, in main's order, and the one that is chosen, pinned by its id. */
export const useTasksStore = defineStore('tasks', () => {
  const bridge = useBridge();
  const tasks = shallowRef<readonly Task[]>([]);
  const counts = shallowRef<TaskCounts | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isRead = ref(false);
  /** Why the list is not the whole truth: it is not kept, or some of it does not open. */
  const isKept = ref(true);
  const unreadable = ref(0);
  const isLoading = ref(false);
  const isBusy = ref(false);
  /** True while the tasks stand in the place of a list. */
  const isShown = ref(false);
  const selectedId = ref<string | null>(null);
  const lastIndex = shallowRef(0);
  let generation = 0;
  let isChangedSince = false;
  let reading: Promise<void> = Promise.resolve();
  let held: readonly Task[] = [];

  /** No row moves while a panel is open (hazard 1). */
  const rows = computed<readonly Task[]>(() => {
    if (!isPanelOpen() || held.length === 0) held = tasks.value;
    return held;
  });
  const selectedIndex = computed(() => rows.value.findIndex(({ taskId }) => taskId === selectedId.value));
  const selected = computed<Task | null>(() => rows.value[selectedIndex.value] ?? null);

  bridge.pushes['tasks/changed']((next) => {
    counts.value = next;
    if (isRead.value) void read();
  });

  /** Reads the tasks; no call goes to e-RS. What was known stays when it fails. */
  function read(): Promise<void> {
    // What changes while it is being read is read once more.
    isChangedSince = isLoading.value;
    if (!isLoading.value) reading = readOnce();
    return reading;
  }

  async function readOnce(): Promise<void> {
    const started = generation;
    isLoading.value = true;
    isChangedSince = false;
    const outcome = await bridge.requests['tasks/read']({});
    if (started !== generation) return;
    isLoading.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    if (!outcome.ok) return;
    isRead.value = true;
    tasks.value = outcome.value.tasks;
    counts.value = outcome.value.counts;
    isKept.value = outcome.value.isKept;
    unreadable.value = outcome.value.unreadable;
    if (selected.value === null) selectIndex(lastIndex.value);
    if (isChangedSince) await readOnce();
  }

  function selectIndex(index: number): void {
    if (rows.value.length === 0) return;
    const inside = Math.min(Math.max(index, 0), rows.value.length - 1);
    lastIndex.value = inside;
    selectedId.value = rows.value[inside]?.taskId ?? null;
  }

  function moveSelection(by: number): void {
    selectIndex(selectedIndex.value === -1 ? lastIndex.value : selectedIndex.value + by);
  }

  /** Notes a ring-back; the problem when main did not take it. */
  async function add(ubrn: string, note: string, dueAt: string | null): Promise<Problem | null> {
    isBusy.value = true;
    const started = generation;
    const outcome = await bridge.requests['tasks/add']({ ubrn, note, dueAt });
    if (started !== generation) return null;
    isBusy.value = false;
    if (!outcome.ok) return outcome.problem;
    await read();
    return null;
  }

  /** Takes a task off the list with what became of it; the problem when main did not take it. */
  async function finish(taskId: string, outcomeOfTask: TaskOutcome, note: string): Promise<Problem | null> {
    isBusy.value = true;
    const started = generation;
    const outcome = await bridge.requests['tasks/finish']({ taskId, outcome: outcomeOfTask, note });
    if (started !== generation) return null;
    isBusy.value = false;
    if (!outcome.ok) return outcome.problem;
    await read();
    return null;
  }

  function forget(): void {
    generation += 1;
    held = tasks.value = [];
    counts.value = problem.value = selectedId.value = null;
    lastIndex.value = unreadable.value = 0;
    isKept.value = true;
    isRead.value = isLoading.value = isBusy.value = isShown.value = isChangedSince = false;
  }

  return {
    ...{ tasks, rows, counts, problem, isRead, isKept, unreadable, isLoading, isBusy, isShown },
    ...{ selectedId, selectedIndex, selected, selectIndex, moveSelection },
    ...{ read, add, finish, forget },
  };
});
