/** What a call to e-RS may come to. Operations answer with data and never throw for what the service may answer. */

/** Facts of a reply that are safe to log and to audit. */
export interface ReplyFacts {
  readonly status: number;
  /** Ours, echoed by the platform. */
  readonly correlationId: string;
  /** The service's own transaction id; empty when it gave none. */
  readonly transactionId: string;
  /** The version in the `ETag`, when there is one. */
  readonly etagVersion: number | null;
  readonly durationMs: number;
  readonly receivedAtMs: number;
}

/** Why a reply with a success status could not be used. */
export type UnreadableReason =
  | 'html'
  | 'wrong-content-type'
  | 'bad-json'
  | 'wrong-shape'
  | 'too-large'
  | 'too-deep'
  | 'not-a-pdf'
  | 'redirect';

/**
 * - `success`: the reply was read and fits its schema.
 * - `refused`: the service said no. `code` is the first e-RS code, or '' when the body had none.
 * - `rate-limited`: 429; the gate is paused already.
 * - `unauthorised`: 401, or 403 of a dead spine session.
 * - `not-sent`: certain that no byte reached the service.
 * - `lost`: may have been received; on a write the outcome is unknown.
 * - `unreadable`: a reply that is not what the service promises; on a write the outcome is unknown.
 * - `not-in-dialect`: this dialect has no such operation.
 */
export type ErsOutcome<T> =
  | { readonly kind: 'success'; readonly value: T; readonly facts: ReplyFacts }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly codes: readonly string[];
      readonly retryAfterMs: number | null;
      readonly facts: ReplyFacts;
    }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number; readonly facts: ReplyFacts }
  | { readonly kind: 'unauthorised'; readonly code: string; readonly facts: ReplyFacts }
  | { readonly kind: 'not-sent'; readonly reason: string; readonly correlationId: string }
  | { readonly kind: 'lost'; readonly reason: string; readonly correlationId: string }
  | {
      readonly kind: 'unreadable';
      readonly reason: UnreadableReason;
      readonly status: number;
      readonly correlationId: string;
    }
  | { readonly kind: 'not-in-dialect'; readonly operation: string };
