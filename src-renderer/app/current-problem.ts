import { shallowRef } from 'vue';
import type { Problem } from '../../src-main/contract/outcome.ts';

/** The problem shown last and still on show, whose details Ctrl+Shift+C copies. */
export const currentProblem = shallowRef<Problem | null>(null);

/** What the service desk needs of a problem: code and correlation id, nothing of the patient. */
export function problemDetails(problem: Problem): string {
  const id = problem.correlationId === '' ? 'no call was made' : problem.correlationId;
  return `Booking Desk problem ${problem.code || problem.kind}; correlation id: ${id}`;
}
