/**
 * The protocol of a booking as a pure machine: an event in, the next step out (safety.md, "Protocol").
 * Disk, network and clock are the runner's. Nothing here refreshes a pin, and nothing is sent twice.
 */
import type { ErsOutcome } from '../../ers/outcome.ts';

/** `SENDING` is on disk before the first byte; a restart finds it and reads back. */
export type IntentState =
  'QUEUED' | 'PREFLIGHT' | 'SENDING' | 'RECONCILING' | 'APPLIED' | 'REJECTED' | 'NEEDS_CLERK';

export const TERMINAL_STATES: readonly IntentState[] = ['APPLIED', 'REJECTED', 'NEEDS_CLERK'];

/** Seconds after the send at which an unknown outcome is read back (screens.md section 4). */
export const READ_BACK_SECONDS = [10, 30, 60, 120, 205] as const;

/** What the answer to the POST means before anything is read back. */
export type Answer =
  /** 201 with the right echo: read back at once, booked only when that agrees. */
  | { readonly kind: 'accepted' }
  /** An answer that says no, or a provider's refusal that e-RS has settled: one read-back at once decides. */
  | { readonly kind: 'answered'; readonly code: string; readonly status: number }
  /** The service cannot have acted: refused before it looked at the booking, or never reached. */
  | { readonly kind: 'no-effect'; readonly code: string; readonly status: number }
  /** Lost reply, server fault, unreadable reply: the outcome is unknown. */
  | { readonly kind: 'unknown'; readonly code: string };

/** What a read-back found, compared with the pin and with what was asked for. */
export type Truth =
  | { readonly kind: 'our-booking'; readonly appointmentId: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'changed-otherwise' }
  /** Nothing answered: it says nothing, however much time has passed. */
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'not-readable' };

export interface Verdict {
  readonly state: IntentState;
  readonly code: string;
}

const PAS_SETTLED = ['PAS_NOT_RESPONDING', 'PAS_RESPONDED_WITH_ERROR'];
const REFUSED_BEFORE_LOOKING = [400, 401, 403, 406, 412, 415, 423, 429];

/** Classifies the outcome of the POST (safety.md step 4). `isOurs` says that the 201 echoes slot, service, patient. */
export function classifyAnswer<T>(outcome: ErsOutcome<T>, isOurs: (value: T) => boolean): Answer {
  switch (outcome.kind) {
    case 'success':
      return isOurs(outcome.value) ? { kind: 'accepted' } : { kind: 'unknown', code: 'echo-differs' };
    case 'not-sent':
      return { kind: 'no-effect', code: 'not-sent', status: 0 };
    case 'not-in-dialect':
      return { kind: 'no-effect', code: 'not-in-dialect', status: 0 };
    case 'rate-limited':
      return { kind: 'no-effect', code: 'rate-limited', status: 429 };
    case 'unauthorised':
      return { kind: 'no-effect', code: 'session-ended', status: outcome.facts.status };
    case 'lost':
      return { kind: 'unknown', code: 'reply-lost' };
    case 'unreadable':
      return { kind: 'unknown', code: `unreadable-${outcome.reason}` };
    case 'refused':
      return classifyRefusal(outcome.code, outcome.facts.status);
  }
}

function classifyRefusal(code: string, status: number): Answer {
  if (PAS_SETTLED.includes(code)) return { kind: 'answered', code, status };
  // Unlike the other refusals this one does not say whether the provider's system booked (screens.md fact 5).
  if (code === 'UNABLE_TO_CONFIRM_APPOINTMENT') return { kind: 'unknown', code };
  if (REFUSED_BEFORE_LOOKING.includes(status))
    return { kind: 'no-effect', code: code || `http-${status}`, status };
  if (status === 409 || status === 404 || status === 422)
    return { kind: 'answered', code: code || `http-${status}`, status };
  return { kind: 'unknown', code: code || `http-${status}` };
}

/** Decides after a read-back. `isLastRead` is true when the horizon (205 s) has passed. */
export function judgeReadBack(answer: Answer, truth: Truth, isLastRead: boolean): Verdict {
  if (truth.kind === 'our-booking') return { state: 'APPLIED', code: '' };
  if (truth.kind === 'changed-otherwise') return { state: 'NEEDS_CLERK', code: 'changed-meanwhile' };
  if (truth.kind === 'unchanged' && answer.kind === 'answered') return judgeUnchanged(answer);
  // The horizon counts time with a connection: a desk without one does not give the clerk a verdict (safety.md, I5).
  if (!isLastRead || truth.kind === 'not-reached') return { state: 'RECONCILING', code: codeOf(answer) };
  const code = truth.kind === 'unchanged' ? 'not-booked-provider-may-differ' : 'read-back-failed';
  return { state: 'NEEDS_CLERK', code };
}

function judgeUnchanged(answer: { readonly code: string; readonly status: number }): Verdict {
  // The provider's system may hold what e-RS does not see: a person rings (safety.md step 6).
  if (answer.code === 'PAS_NOT_RESPONDING') return { state: 'NEEDS_CLERK', code: answer.code };
  // The version is the pin, yet the service called it stale: do not guess.
  if (answer.status === 409) return { state: 'NEEDS_CLERK', code: 'changed-meanwhile' };
  return { state: 'REJECTED', code: answer.code };
}

function codeOf(answer: Answer): string {
  return answer.kind === 'accepted' ? 'accepted' : answer.code;
}

/** Past the horizon a desk that reached nobody asks again at this distance. */
export const UNREACHED_RETRY_MS = 60_000;

/** Milliseconds to wait before read-back number `index` (0 = first), or null when there is none left. */
export function readBackDelay(answer: Answer, index: number, elapsedMs: number): number | null {
  const isImmediate = answer.kind === 'accepted' || answer.kind === 'answered';
  if (isImmediate && index === 0) return 0;
  const at = READ_BACK_SECONDS[isImmediate ? index - 1 : index];
  return at === undefined ? null : Math.max(0, at * 1000 - elapsedMs);
}

/** True when a settled outcome is evidence that permits deferral (contract.md section 10). */
export function allowsDeferral(state: IntentState, code: string): boolean {
  if (state === 'REJECTED') return code === 'SLOT_NOT_AVAILABLE' || code === 'PAS_RESPONDED_WITH_ERROR';
  return state === 'NEEDS_CLERK' && code === 'PAS_NOT_RESPONDING';
}
