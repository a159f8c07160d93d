import * as oidc from 'openid-client';
import type { Clock, Credential, SessionProvider } from '../../app/ports.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { openLoopback, type Loopback } from './loopback.ts';
import type { SignedIn, TokenPattern, Tokens } from './token-pattern.ts';

interface Parts {
  readonly pattern: TokenPattern;
  readonly redirectPorts: readonly number[];
  readonly clock: Clock;
  /** Shows an address in the system's browser; false when there is none. */
  readonly openBrowser: (address: URL) => Promise<boolean>;
  /** How long a person may take to sign in. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 5 * 60_000;

/**
 * Sign-in by CIS2 in the system's browser, back to this machine by a loopback address. Tokens live in this memory
 * alone: at the next start the person signs in again (devices.md sections 2 and 3).
 */
export function createCis2Provider(parts: Parts): SessionProvider {
  const { pattern, clock } = parts;
  let held: SignedIn | null = null;
  let underWay: Loopback | null = null;

  async function signIn(loopback: Loopback): Promise<Outcome<SignedIn>> {
    const checks = {
      verifier: oidc.randomPKCECodeVerifier(),
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
    };
    const address = await pattern.authorizationUrl(checks, loopback.redirectUri);
    if (!(await parts.openBrowser(address))) return fail('unavailable', 'no-browser');
    const cancel = clock.schedule(parts.patienceMs ?? PATIENCE_MS, loopback.close);
    const callback = await loopback.wait();
    cancel();
    return callback.ok ? pattern.redeem(callback.value, checks) : callback;
  }

  return {
    async obtain() {
      // The person presses again when the window was lost: the earlier attempt ends.
      underWay?.close();
      const opened = await openLoopback(parts.redirectPorts);
      if (!opened.ok) return opened;
      const loopback = opened.value;
      underWay = loopback;
      const answer = await signIn(loopback);
      loopback.close();
      const isOvertaken = underWay !== loopback;
      if (!isOvertaken) underWay = null;
      if (!answer.ok) return answer;
      if (isOvertaken) return fail('rejected', 'sign-in-not-finished');
      held = answer.value;
      return ok(credentialOf(held, clock));
    },
    async renew() {
      const before = held;
      if (before === null || before.tokens.refreshToken === null) return fail('session-ended', 'no-renewal');
      const renewed = await pattern.renew(before.tokens.refreshToken);
      if (!renewed.ok) return renewed;
      // Somebody signed out or in while the provider thought: this token is nobody's.
      if (held !== before) return fail('session-ended', 'no-renewal');
      held = { ...before, tokens: keepRefreshToken(before.tokens, renewed.value) };
      return ok(credentialOf(held, clock));
    },
    async check() {
      // The port is ours while a person signs in.
      const opened = underWay === null ? await openLoopback(parts.redirectPorts) : null;
      if (opened?.ok === false) return opened;
      opened?.value.close();
      return pattern.reach();
    },
    async release() {
      underWay?.close();
      underWay = null;
      const ended = held;
      held = null;
      if (ended === null) return;
      await pattern.revoke(ended.tokens.refreshToken ?? ended.tokens.accessToken);
    },
  };
}

/** A provider that does not turn its refresh tokens over goes on taking the old one, as long as it said. */
function keepRefreshToken(before: Tokens, now: Tokens): Tokens {
  return now.refreshToken === null ? { ...now, refreshToken: before.refreshToken } : now;
}

function credentialOf({ tokens, userId, userName }: SignedIn, clock: Clock): Credential {
  const end = (seconds: number) => clock.nowMs() + seconds * 1000;
  const { refreshToken, refreshExpiresInSeconds } = tokens;
  const isRenewable = refreshToken !== null && refreshExpiresInSeconds !== null;
  return {
    kind: 'bearer',
    token: tokens.accessToken,
    expiresAtMs: end(tokens.expiresInSeconds),
    ...(isRenewable ? { renewableUntilMs: end(refreshExpiresInSeconds) } : {}),
    userId,
    userName,
  };
}
