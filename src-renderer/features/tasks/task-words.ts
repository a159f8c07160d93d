import type { Task, TaskCounts, TaskKind } from '../../../src-main/contract/channels/tasks.ts';
import { formatStaffDay, formatTime, londonParts } from '../../../src-main/contract/london-time.ts';

interface KindWords {
  readonly title: string;
  /** What is at stake for the patient. */
  readonly meaning: string;
  /** It must not wait: shown with a shape and the word, not in colour alone. */
  readonly isRed: boolean;
}

const KINDS: Readonly<Record<TaskKind, KindWords>> = {
  'no-appointment': {
    title: 'No appointment',
    meaning: 'The old appointment is cancelled and the new one is not booked.',
    isRed: true,
  },
  'ring-provider-today': {
    title: 'Ring the provider today',
    meaning: 'A 2 week wait referral was deferred.',
    isRed: true,
  },
  'ring-provider-unknown': {
    title: 'Ring the provider',
    meaning: 'Do they hold the booking? e-RS could not be sure.',
    isRed: true,
  },
  'recall-letter': {
    title: 'Call the letter back',
    meaning:
      'It was printed, and then the referral changed. Destroy it, or tell the patient if it was posted.',
    isRed: true,
  },
  'find-sheets': {
    title: 'Find the sheets',
    meaning: 'Not as many sheets came out as were printed: one may lie in another patient’s letter.',
    isRed: true,
  },
  'ask-requirement-again': {
    title: 'Ask for the requirement again',
    meaning: 'A new shortlist may have dropped it: ask for it again in e-RS.',
    isRed: false,
  },
  'ring-back': { title: 'Ring back', meaning: '', isRed: false },
};

export const taskWords = (kind: TaskKind): KindWords => KINDS[kind];

export const OUTCOMES = {
  done: 'Done',
  'no-answer': 'No answer',
  'not-needed': 'Not needed any more',
} as const;

export type TaskOutcome = keyof typeof OUTCOMES;

/** `today 14:30`, `Tue 24-Nov-2026 09:00`, or that it has no time; past ones say so. */
export function dueWords({ dueAt, isDue }: Pick<Task, 'dueAt' | 'isDue'>, today: string): string {
  if (dueAt === null) return 'no time set';
  const { date } = londonParts(dueAt);
  const day = date === today ? 'today' : formatStaffDay(date);
  return `${day} ${formatTime(dueAt)}${isDue ? ', due' : ''}`;
}

/** The header's tasks in a few words: how many, how many must not wait, how many are due. */
export function taskBadge(counts: TaskCounts | null): string {
  if (counts === null) return 'Tasks: not read';
  if (counts.open === 0) return 'No tasks';
  const parts = [
    ...(counts.red > 0 ? [`${counts.red} must not wait`] : []),
    ...(counts.due > 0 ? [`${counts.due} due`] : []),
  ];
  return [`Tasks ${counts.open}`, ...parts].join(', ');
}
