import type { Problem } from '../../../src-main/contract/outcome.ts';
import { countOf } from '../format.ts';
import { deferralRefusalWords } from './deferral-refusal-words.ts';
import { ERS_CODE_WORDS } from './ers-code-words.ts';
import { KIND_WORDS } from './kind-words.ts';
import { OWN_CODE_WORDS } from './own-code-words.ts';
import type { ProblemWords } from './words-shape.ts';
import { writesOffWords } from './writes-off-words.ts';

/**
 * The words of a problem: by its code where the code is known (contract.md section 13), else by its kind, and then
 * the code is shown too. No problem is ever worded as "no slots": an error is not an empty answer (hazard 9).
 */
export function problemWords(problem: Problem): ProblemWords {
  const known = problem.kind === 'writes-off' ? writesOffWords(problem.code) : wordsOfCode(problem);
  const words = known ?? KIND_WORDS[problem.kind];
  return {
    ...words,
    title: known ? words.title : withCode(words.title, problem),
    next: withWait(words.next, problem),
  };
}

function wordsOfCode(problem: Problem): ProblemWords | null {
  const { code } = problem;
  return deferralRefusalWords(problem) ?? ERS_CODE_WORDS[code] ?? OWN_CODE_WORDS[code] ?? null;
}

/** The code behind a title that its kind alone gave, unless the code says no more than the kind. */
function withCode(title: string, problem: Problem): string {
  const saysMore = problem.code !== '' && problem.code !== problem.kind && !problem.code.startsWith('http-');
  return saysMore ? `${title} (code ${problem.code})` : title;
}

/** How long the service asked the desk to wait takes the place of our own guess, where it said so. */
function withWait(next: string, problem: Problem): string {
  const waitMs = problem.facts['waitMs'];
  if (typeof waitMs !== 'number' || waitMs <= 0) return next;
  return `Wait ${waitWords(waitMs)}, as e-RS asks, then press F5. If it lasts, call the service desk.`;
}

/** Seconds, or whole minutes from two on. */
function waitWords(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return seconds < 120 ? countOf(seconds, 'second') : countOf(Math.ceil(seconds / 60), 'minute');
}
