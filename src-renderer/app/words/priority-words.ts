import type { Coded } from '../../../src-main/contract/schema.ts';
import { codedWords } from './code-words.ts';

/** A priority as the desk shows it: a short text and a shape, never colour alone. */
export interface PriorityWords {
  readonly code: string;
  readonly text: string;
  readonly short: string;
  readonly shape: string;
  /** 0 is seen first. */
  readonly rank: number;
}

const KNOWN: Readonly<Record<string, Omit<PriorityWords, 'code'>>> = {
  TWO_WEEK_WAIT: { text: '2 week wait', short: '2WW', shape: '▲', rank: 0 },
  URGENT: { text: 'Urgent', short: 'Urgent', shape: '◆', rank: 1 },
  ROUTINE: { text: 'Routine', short: 'Routine', shape: '●', rank: 3 },
};

/** The words of a priority; one that the desk does not know stays before routine and is shown as it came. */
export function priorityWords(priority: Coded): PriorityWords {
  const known = KNOWN[priority.code];
  const shown = codedWords(priority);
  return { code: priority.code, ...(known ?? { text: shown, short: shown, shape: '?', rank: 2 }) };
}
