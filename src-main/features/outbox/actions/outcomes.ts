import type { ErsOutcome } from '../../../ers/outcome.ts';
import type { Unreached } from '../protocol/findings.ts';

type Failure = Exclude<ErsOutcome<unknown>, { readonly kind: 'success' }>;

const PORTAL_REASONS = ['html', 'redirect'];

/**
 * What a read that brought nothing tells the protocol; null when e-RS refused it for a reason of the referral itself.
 * A service that is down and a page that is not e-RS's count as not reached: they say nothing, however long they last.
 */
export function unreachedOf(outcome: Failure): Unreached | null {
  switch (outcome.kind) {
    case 'not-sent':
    case 'lost':
      return { kind: 'not-reached' };
    case 'rate-limited':
      return { kind: 'limited', retryMs: outcome.retryAfterMs };
    case 'unauthorised':
      return { kind: 'held', code: outcome.code || 'session-ended' };
    case 'unreadable':
      return PORTAL_REASONS.includes(outcome.reason)
        ? { kind: 'not-reached' }
        : { kind: 'not-readable', code: `unreadable-${outcome.reason}` };
    case 'not-in-dialect':
      return { kind: 'not-readable', code: 'not-in-dialect' };
    case 'refused':
      return unreachedByRefusal(outcome);
  }
}

function unreachedByRefusal({
  code,
  retryAfterMs,
  facts,
}: Extract<Failure, { kind: 'refused' }>): Unreached | null {
  const { status } = facts;
  if (status === 423) return { kind: 'locked' };
  if (status === 403) return { kind: 'held', code: code || 'http-403' };
  if (status > 500)
    return retryAfterMs === null ? { kind: 'not-reached' } : { kind: 'limited', retryMs: retryAfterMs };
  return status === 500 ? { kind: 'not-readable', code: code || 'http-500' } : null;
}

/** The same for a read-back: an answer of no use is one that says nothing about the referral. */
export function unreadTruth(outcome: Failure): Unreached {
  return unreachedOf(outcome) ?? { kind: 'not-readable', code: 'read-back-refused' };
}
