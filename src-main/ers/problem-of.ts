import { fail, type Outcome, type Problem } from '../contract/outcome.ts';
import type { ErsOutcome } from './outcome.ts';

type Failure = Exclude<ErsOutcome<unknown>, { readonly kind: 'success' }>;

/** What a call that did not succeed means to the clerk, as data (contract.md section 13). */
export function problemOf(outcome: Failure): { readonly ok: false; readonly problem: Problem } {
  switch (outcome.kind) {
    case 'refused':
      return problemOfRefusal(outcome);
    case 'rate-limited':
      return fail(
        'rate-limited',
        'rate-limited',
        { waitMs: outcome.retryAfterMs },
        outcome.facts.correlationId,
      );
    case 'unauthorised':
      return fail(
        'session-ended',
        outcome.code || 'session-ended',
        { status: outcome.facts.status },
        outcome.facts.correlationId,
      );
    case 'not-sent':
      return fail('offline', outcome.reason, {}, outcome.correlationId);
    case 'lost':
      return fail('offline', outcome.reason, {}, outcome.correlationId);
    case 'unreadable':
      return fail('bad-reply', outcome.reason, { status: outcome.status }, outcome.correlationId);
    case 'not-in-dialect':
      return fail('not-in-dialect', 'not-in-dialect', { operation: outcome.operation });
  }
}

const KIND_BY_STATUS = new Map<number, Problem['kind']>([
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [423, 'locked'],
  [500, 'unavailable'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);

const KIND_BY_CODE = new Map<string, Problem['kind']>([
  ['NO_RELATIONSHIP', 'forbidden'],
  ['FORBIDDEN', 'forbidden'],
  ['NOT_AUTHORISED', 'forbidden'],
  ['NO_SUCH_REQUEST', 'not-found'],
  ['REFERRAL_LOCKED', 'locked'],
  ['VERSION_CONFLICT', 'conflict'],
  ['SYSTEM_UNAVAILABLE', 'unavailable'],
]);

/** The code decides; an unknown one is handled by its HTTP status (contract.md section 13). */
function problemOfRefusal(outcome: Failure & { readonly kind: 'refused' }) {
  const { status, correlationId } = outcome.facts;
  const kind = KIND_BY_CODE.get(outcome.code) ?? KIND_BY_STATUS.get(status) ?? 'rejected';
  const wait = outcome.retryAfterMs === null ? {} : { waitMs: outcome.retryAfterMs };
  return fail(kind, outcome.code || `http-${status}`, { status, ...wait }, correlationId);
}

/** The value of a success, or its problem. */
export function toOutcome<T>(outcome: ErsOutcome<T>): Outcome<T> {
  return outcome.kind === 'success' ? { ok: true, value: outcome.value } : problemOf(outcome);
}
