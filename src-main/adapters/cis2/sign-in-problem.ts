import * as oidc from 'openid-client';
import { fail, type Outcome } from '../../contract/outcome.ts';

/** Faults of the line and of time: a later try may do. */
const LATER_CODES = ['OAUTH_TIMEOUT', 'OAUTH_ABORT'];
const BUSY = ['temporarily_unavailable', 'server_error', 'slow_down'];

/**
 * Words a failed sign-in or renewal. `unavailable`: try again later. `rejected`: the provider said no (cancelled,
 * expired, refused). `bad-reply`: the answer is not one to this desk's question, or none that can be read; nothing of
 * it is used. Texts of the provider are not passed on: they may name a person.
 */
export function signInProblem(error: unknown): Outcome<never> {
  if (error instanceof oidc.AuthorizationResponseError) {
    if (BUSY.includes(error.error)) return fail('unavailable', 'sign-in-no-answer');
    return fail('rejected', error.error === 'access_denied' ? 'sign-in-cancelled' : 'sign-in-refused');
  }
  if (error instanceof oidc.ResponseBodyError) {
    if (error.status >= 500 || BUSY.includes(error.error)) return fail('unavailable', 'sign-in-no-answer');
    return fail('rejected', error.error === 'invalid_grant' ? 'sign-in-expired' : 'sign-in-refused');
  }
  if (!(error instanceof oidc.ClientError)) return fail('unavailable', 'sign-in-no-answer');
  const status = error.cause instanceof Response ? error.cause.status : 0;
  const isLater = LATER_CODES.includes(error.code ?? '') || status >= 500 || status === 429;
  return isLater ? fail('unavailable', 'sign-in-no-answer') : fail('bad-reply', 'sign-in-not-ours');
}
