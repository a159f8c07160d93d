import { Type, type Static } from 'typebox';
import { count, instant, nhsNumber, oneOf, orNull, strict, text, ubrn, uuid } from '../schema.ts';

/** Why somebody is to be rung, or what must not be forgotten of a referral. The first five are red. */
export const TASK_KINDS = [
  /** The old appointment is cancelled, the new one is not Done (screens.md section 8). */
  'no-appointment',
  /** A two-week-wait referral was deferred: ring the provider today (section 5). */
  'ring-provider-today',
  /** Nobody knows whether the provider's system holds the booking (section 4). */
  'ring-provider-unknown',
  /** A letter was printed, and then its referral changed: it is to be called back (hazard 8). */
  'recall-letter',
  /** Not as many sheets came out as were printed: one may lie with another patient's (hazard 6). */
  'find-sheets',
  /** A requirement that a new shortlist may have dropped: ask for it again in e-RS (hazard 14). */
  'ask-requirement-again',
  /** What could not be done now: the patient is rung back (section 14). */
  'ring-back',
] as const;

const task = strict({
  taskId: uuid,
  kind: oneOf(TASK_KINDS),
  ubrn,
  nhsNumber: orNull(nhsNumber),
  /** A word on it: the service, the requirement, what the clerk wrote. */
  note: text(500),
  /** When to ring; null when it has no time of its own. */
  dueAt: orNull(instant),
  createdAt: instant,
  isDue: Type.Boolean(),
});

const counts = strict({ open: count, due: count, red: count });

export const requests = {
  /** This person's open tasks of this role: red ones first, then by due time. */
  'tasks/read': {
    input: strict({}),
    output: strict({
      tasks: Type.Array(task, { maxItems: 500 }),
      counts,
      /** False where writes are off: the tasks live for this sitting only. */
      isKept: Type.Boolean(),
      /** Records on this desk that do not open any more, and are therefore not shown. */
      unreadable: count,
    }),
  },
  /** Notes that somebody is to be rung back. */
  'tasks/add': {
    input: strict({ ubrn, note: text(500), dueAt: orNull(instant) }),
    output: task,
  },
  /** Ends a task. `no-answer` is no contact: the task stays open, its note says what was tried (section 5). */
  'tasks/finish': {
    input: strict({ taskId: uuid, outcome: oneOf(['done', 'no-answer', 'not-needed']), note: text(500) }),
    output: strict({}),
  },
};

export const pushes = { 'tasks/changed': counts };

export { task };
export type TaskKind = (typeof TASK_KINDS)[number];
export type Task = Static<typeof task>;
export type TaskCounts = Static<typeof counts>;
