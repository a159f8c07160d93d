/** What the end of a call says about the way to e-RS, apart from what it says to its caller. */
import type { Problem } from '../contract/outcome.ts';
import type { ErsOutcome } from './outcome.ts';

/**
 * - `answered`: a genuine answer of the service, also a refusal.
 * - `unreached`: no answer came.
 * - `portal`: a web page or a redirect came in place of an answer, as a captive portal sends.
 * - `unclear`: neither; it says nothing about the way.
 */
export type Reach = 'answered' | 'unreached' | 'portal' | 'unclear';

/** A call that was not sent because a portal stands between the desk and e-RS. */
export const BEHIND_PORTAL = 'behind-portal';

/** Reasons of our own not to send a call: nothing was tried, so nothing is known of the way. */
const NOT_TRIED: readonly string[] = [
  'calls-are-paused',
  'not-signed-in',
  'no-role-chosen',
  'no-clinician-chosen',
  'wrong-dialect',
  'bad-header',
  'bad-path',
  'bad-query',
];

const PORTAL_REASONS: readonly string[] = ['html', 'redirect'];

/** The evidence of one call. */
export function reachOf(outcome: ErsOutcome<unknown>): Reach {
  switch (outcome.kind) {
    case 'success':
    case 'refused':
    case 'rate-limited':
    case 'unauthorised':
      return 'answered';
    case 'not-sent':
      if (outcome.reason === BEHIND_PORTAL) return 'portal';
      return NOT_TRIED.includes(outcome.reason) ? 'unclear' : 'unreached';
    case 'lost':
      return 'unreached';
    case 'unreadable':
      return PORTAL_REASONS.includes(outcome.reason) ? 'portal' : 'unclear';
    case 'not-in-dialect':
      return 'unclear';
  }
}

/**
 * True for the problem of a call that no genuine answer came to: only then may what is remembered stand in for it. An
 * error that e-RS itself answered is shown as it is (hazard 9).
 */
export function isUnreached({ kind, code }: Problem): boolean {
  if (kind === 'offline') return !NOT_TRIED.includes(code);
  return kind === 'bad-reply' && PORTAL_REASONS.includes(code);
}
