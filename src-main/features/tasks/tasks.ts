/** What must not be forgotten of a referral: the ring-back list and the red tasks (screens.md sections 4, 5, 8, 14). */
import { randomUUID } from 'node:crypto';
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { Task, TaskCounts, TaskKind } from '../../contract/channels/tasks.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { londonDate, parseInstant, toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { KeptRecords, KeptTask } from '../kept-records/kept-records.ts';
import type { Intent } from '../outbox/record-schemas.ts';
import type { Desk } from '../session/session.ts';
import { byNeed, countTasks, isRed, viewTask } from './task-order.ts';
import { endsTask, taskOfItem } from './tasks-of-item.ts';

const MOST_TASKS = 500;
const MOST_NOTE = 500;

/** A task that another feature asks for. */
export interface NewTask {
  readonly kind: TaskKind;
  readonly ubrn: string;
  readonly nhsNumber: string | null;
  readonly note: string;
  readonly dueAt: string | null;
  /** What it comes from, e.g. an intent's id: heard of again it adds nothing. Absent: it is always a new one. */
  readonly source?: string;
}

export interface TasksFeature {
  readonly handlers: {
    readonly 'tasks/read': () => Outcome<RequestOutput<'tasks/read'>>;
    readonly 'tasks/add': (input: RequestInput<'tasks/add'>) => Outcome<Task>;
    readonly 'tasks/finish': (input: RequestInput<'tasks/finish'>) => Outcome<Record<string, never>>;
  };
  /** Adds a task for the person at the desk; asked for again from the same source it is the one that is there. */
  readonly addTask: (task: NewTask) => Outcome<Task>;
  /** Hears what became of an item of the person at the desk; heard twice it changes nothing. */
  readonly followItem: (item: OutboxItem, intent: Intent) => void;
  /** Open tasks whose day has come, and red ones without a time. */
  readonly dueToday: () => readonly KeptTask[];
  /** True when the referral stood in the tasks shown in this sitting: it may be opened without a second identifier. */
  readonly isListed: (ubrn: string) => boolean;
  readonly forget: () => void;
}

interface Dependencies {
  readonly kept: KeptRecords;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  /** Listed or opened in this sitting, with its NHS number; null for any other UBRN (hazard 1). */
  readonly seen: (ubrn: string) => { readonly nhsNumber: string | null } | null;
  readonly audit: (ubrn: string, code: string) => void;
  readonly onChanged: (counts: TaskCounts) => void;
}

/** The tasks of the person who sits at the desk, in memory as on disk. */
interface Held {
  readonly desk: Desk;
  readonly tasks: Map<string, KeptTask>;
  readonly unreadable: number;
}

export function createTasks(deps: Dependencies): TasksFeature {
  const { kept, clock } = deps;
  const listed = new Set<string>();
  let held: Held | null = null;
  let cancelTimer = () => {};

  /** Null while nobody is at work. */
  function here(): Held | null {
    const desk = deps.desk();
    if (desk === null) return null;
    const isSame = held?.desk.sitting === desk.sitting && held.desk.onBehalfOf === desk.onBehalfOf;
    if (isSame) return held;
    listed.clear();
    const { values, unreadable } = kept.load(desk, 'task');
    held = { desk, tasks: new Map(values.map((task) => [task.taskId, task])), unreadable };
    return held;
  }

  const openOf = ({ tasks }: Held) => [...tasks.values()].filter(({ ending }) => ending === null);

  /** On disk before the answer: what was promised to be remembered is (safety.md, step 1). */
  function keep(at: Held, task: KeptTask): void {
    at.tasks.set(task.taskId, task);
    kept.put(at.desk, 'task', task.taskId, task);
    kept.flush();
  }

  function tell(at: Held): void {
    deps.onChanged(countTasks(openOf(at), clock.nowMs()));
    setTimer(at);
  }

  /** The next time at which a task falls due changes the counts. */
  function setTimer(at: Held): void {
    cancelTimer();
    const nowMs = clock.nowMs();
    const times = openOf(at).map(({ dueAt }) => (dueAt === null ? NaN : (parseInstant(dueAt) ?? NaN)));
    const next = Math.min(...times.filter((time) => time > nowMs));
    if (next === Infinity) return;
    // A day at most: timers of the platform do not count further than a few weeks.
    const waitMs = Math.min(next - nowMs, 24 * 3_600_000);
    cancelTimer = clock.schedule(Math.ceil(waitMs), () => {
      const now = here();
      if (now !== null) tell(now);
    });
  }

  function add(at: Held, { source = '', ...task }: NewTask, since: string): Task {
    const taskId = randomUUID();
    const known = [...at.tasks.values()].find(
      (other) => other.kind === task.kind && other.source === source && source !== '',
    );
    if (known !== undefined) return viewTask(known, clock.nowMs());
    const note = task.note.slice(0, MOST_NOTE);
    const createdAt = toIso(clock.nowMs());
    const made = { ...task, note, taskId, createdAt, since, source: source || taskId, ending: null };
    keep(at, made);
    deps.audit(task.ubrn, `task-added-${task.kind}`);
    tell(at);
    return viewTask(made, clock.nowMs());
  }

  function end(at: Held, task: KeptTask, outcome: string, note: string): void {
    keep(at, { ...task, ending: { at: toIso(clock.nowMs()), outcome, note } });
    deps.audit(task.ubrn, `task-finished-${outcome}`);
    tell(at);
  }

  function finish({ taskId, outcome, note }: RequestInput<'tasks/finish'>): Outcome<Record<string, never>> {
    const at = here();
    if (at === null) return fail('not-signed-in', 'not-signed-in');
    const task = at.tasks.get(taskId);
    if (task === undefined || task.ending !== null) return fail('not-found', 'no-such-task');
    if (outcome !== 'no-answer') {
      end(at, task, outcome, note);
      return ok({});
    }
    const tried = [task.note, note.trim()].filter((part) => part !== '').join(' / ');
    keep(at, { ...task, note: tried.slice(0, MOST_NOTE) });
    deps.audit(task.ubrn, 'task-tried-no-answer');
    tell(at);
    return ok({});
  }

  return {
    handlers: {
      'tasks/read'() {
        const at = here();
        if (at === null) return fail('not-signed-in', 'not-signed-in');
        const [open, nowMs] = [openOf(at), clock.nowMs()];
        const tasks = open.map((task) => viewTask(task, nowMs)).sort(byNeed);
        tasks.forEach(({ ubrn }) => listed.add(ubrn));
        setTimer(at);
        return ok({
          tasks: tasks.slice(0, MOST_TASKS),
          counts: countTasks(open, nowMs),
          isKept: kept.isKept(),
          unreadable: at.unreadable,
        });
      },
      'tasks/add'({ ubrn, note, dueAt }) {
        const at = here();
        if (at === null) return fail('not-signed-in', 'not-signed-in');
        const seen = deps.seen(ubrn);
        if (seen === null) return fail('invalid-input', 'referral-not-listed');
        if (dueAt !== null && parseInstant(dueAt) === null) return fail('invalid-input', 'no-such-time');
        if (openOf(at).length >= MOST_TASKS) return fail('rejected', 'too-many-tasks', { most: MOST_TASKS });
        const { nhsNumber } = seen;
        return ok(add(at, { kind: 'ring-back', ubrn, nhsNumber, note, dueAt }, toIso(clock.nowMs())));
      },
      'tasks/finish': finish,
    },
    addTask(task) {
      const at = here();
      return at === null ? fail('not-signed-in', 'not-signed-in') : ok(add(at, task, toIso(clock.nowMs())));
    },
    followItem(item, intent) {
      const at = here();
      if (at === null) return;
      const following = taskOfItem(item, intent);
      const { ubrn, nhsNumber } = intent;
      const isAsked = openOf(at).some((task) => task.kind === following?.kind && task.ubrn === ubrn);
      if (following !== null && !isAsked) add(at, { ...following, ubrn, nhsNumber }, item.updatedAt);
      for (const task of openOf(at)) if (endsTask(item, task)) end(at, task, 'done', '');
    },
    dueToday() {
      const at = here();
      if (at === null) return [];
      const today = londonDate(clock.nowMs());
      const hasCome = ({ dueAt }: KeptTask) => {
        const dueMs = dueAt === null ? null : parseInstant(dueAt);
        return dueMs !== null && londonDate(dueMs) <= today;
      };
      return openOf(at).filter((task) => hasCome(task) || (task.dueAt === null && isRed(task)));
    },
    isListed: (ubrn) => listed.has(ubrn),
    forget() {
      cancelTimer();
      held = null;
      listed.clear();
    },
  };
}
