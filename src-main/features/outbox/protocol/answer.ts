/** What the answer to a write means before anything is read back (safety.md step 4). */
import type { ErsOutcome } from '../../../ers/outcome.ts';

export type Answer =
  /** Success with the right echo: read back at once, done only when that agrees. `result` is kept before anything uses it. */
  | { readonly kind: 'accepted'; readonly result?: string }
  /** An answer that says no: one read-back at once decides, for it may be the echo of our own success. */
  | { readonly kind: 'answered'; readonly code: string; readonly status: number }
  /** No byte reached the service. */
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'limited'; readonly retryMs: number }
  | { readonly kind: 'locked' }
  /** 401, or 403: the person, the role or the relationship does not permit it now. */
  | { readonly kind: 'held'; readonly code: string }
  /** This dialect cannot express it: it was never framed. */
  | { readonly kind: 'not-in-dialect' }
  /** Lost reply, server fault, unreadable reply, crash: the outcome is unknown. */
  | { readonly kind: 'unknown'; readonly code: string };

/** e-RS has settled these two: what the provider's system holds is another question (safety.md step 6). */
const PROVIDER_ANSWERS = ['PAS_NOT_RESPONDING', 'PAS_RESPONDED_WITH_ERROR'];

/** Statuses that say no to this request; a 5xx says nothing about it. */
const REFUSALS = [400, 404, 406, 409, 412, 415, 422];

/** Classifies the outcome of a write. `isOurs` says that a success echoes what was asked for. */
export function classifyAnswer<T>(outcome: ErsOutcome<T>, isOurs: (value: T) => boolean): Answer {
  switch (outcome.kind) {
    case 'success':
      return isOurs(outcome.value) ? { kind: 'accepted' } : { kind: 'unknown', code: 'echo-differs' };
    case 'not-sent':
      return { kind: 'not-sent' };
    case 'not-in-dialect':
      return { kind: 'not-in-dialect' };
    case 'rate-limited':
      return { kind: 'limited', retryMs: outcome.retryAfterMs };
    case 'unauthorised':
      return { kind: 'held', code: outcome.code || 'session-ended' };
    case 'lost':
      return { kind: 'unknown', code: 'reply-lost' };
    case 'unreadable':
      return { kind: 'unknown', code: `unreadable-${outcome.reason}` };
    case 'refused':
      return classifyRefusal(outcome.code, outcome.facts.status);
  }
}

function classifyRefusal(code: string, status: number): Answer {
  const named = code || `http-${status}`;
  if (PROVIDER_ANSWERS.includes(code)) return { kind: 'answered', code, status };
  // Unlike the other refusals these do not say whether the provider's system acted (screens.md fact 5, section 8).
  if (code === 'UNABLE_TO_CONFIRM_APPOINTMENT' || code === 'UNABLE_TO_CANCEL_APPOINTMENT')
    return { kind: 'unknown', code };
  if (status === 423) return { kind: 'locked' };
  if (status === 403) return { kind: 'held', code: named };
  return REFUSALS.includes(status)
    ? { kind: 'answered', code: named, status }
    : { kind: 'unknown', code: named };
}
