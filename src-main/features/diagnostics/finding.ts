import type { CheckId, CheckResult, Verdict } from '../../contract/channels/diagnostics.ts';
import type { Facts } from '../../contract/outcome.ts';

/** What one check found; never of a patient, a person or a credential. */
export interface Finding {
  readonly verdict: Verdict;
  readonly code: string;
  readonly facts?: Facts;
}

/** One thing that the desk can look at of itself and its machine. */
export interface Check {
  readonly id: CheckId;
  /** It has answered by then, or counts as one that gives no answer. */
  readonly patienceMs: number;
  readonly run: () => Finding | Promise<Finding>;
}

const LONGEST_TEXT = 160;

/** The finding as it goes to the page. */
export function resultOf(id: CheckId, { verdict, code, facts = {} }: Finding): CheckResult {
  return {
    ...{ id, verdict, code: code.slice(0, 60) },
    facts: Object.entries(facts).map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value,
    })),
  };
}
