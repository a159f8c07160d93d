/** The known end of a session: renewed without the person where the provider can, else counted down and kept to. */
import type { Clock, Credential, Log, SessionProvider } from '../../app/ports.ts';

export interface Expiry {
  /** The session has changed: its credential may be another one, or gone. */
  readonly follow: () => void;
  /** Time that no timer saw may have passed, or e-RS is back: looks whether the end has come. */
  readonly recheck: () => void;
  /** Until the end, once it is near and only the person can put it off; null otherwise. */
  readonly endsInMs: () => number | null;
  readonly stop: () => void;
}

interface Dependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly provider: SessionProvider;
  readonly credential: () => Credential | null;
  readonly renewWith: (credential: Credential) => void;
  /** The end has come. */
  readonly end: (code: string) => void;
  /** While e-RS cannot be reached nothing is sent and nobody can sign in: the session's end waits. */
  readonly isOffline: () => boolean;
  readonly onChanged: () => void;
}

type Bearer = Credential & { readonly kind: 'bearer' };

/** From here on the person is told (screens.md section 10). */
const SHOWN_FROM_MS = 5 * 60_000;
/** How long before its end a credential is renewed; the platform's live ten minutes (devices.md section 2). */
const RENEW_BEFORE_MS = 2 * 60_000;
const RENEW_AGAIN_MS = 15_000;

export function createExpiry(deps: Dependencies): Expiry {
  const { clock } = deps;
  let held: Bearer | null = null;
  let takenAtMs = 0;
  let lifeMs = 0;
  let canRenew = false;
  let isRenewing = false;
  let isShown = false;
  let cancel: (() => void) | null = null;

  /** By the clock that runs out first: one stands still while the machine sleeps, the other can be set. */
  function leftMs(bearer: Bearer): number {
    return Math.min(takenAtMs + lifeMs - clock.monotonicMs(), bearer.expiresAtMs - clock.nowMs());
  }

  /** The end that nobody but the person can put off. */
  function finalMs(bearer: Bearer): number | null {
    if (!canRenew) return leftMs(bearer);
    const { renewableUntilMs, expiresAtMs } = bearer;
    return renewableUntilMs === undefined
      ? null
      : leftMs(bearer) + Math.max(0, renewableUntilMs - expiresAtMs);
  }

  function endsInMs(): number | null {
    const left = held === null ? null : finalMs(held);
    return left === null || left > SHOWN_FROM_MS ? null : Math.max(0, Math.round(left));
  }

  function tellShown(): void {
    const isNow = endsInMs() !== null;
    if (isNow === isShown) return;
    isShown = isNow;
    deps.onChanged();
  }

  function plan(delayMs: number): void {
    cancel?.();
    cancel = clock.schedule(Math.max(0, delayMs), look);
  }

  /** What is due now, and when to look again. */
  function look(): void {
    const bearer = held;
    if (bearer === null || isRenewing) return;
    tellShown();
    const left = leftMs(bearer);
    const renewIn = left - Math.min(RENEW_BEFORE_MS, lifeMs / 2);
    if (canRenew && renewIn <= 0) return void renew(bearer);
    if (left <= 0) {
      if (deps.isOffline()) return;
      return deps.end('token-expired');
    }
    const final = finalMs(bearer) ?? Infinity;
    const showIn = final > SHOWN_FROM_MS ? final - SHOWN_FROM_MS : Infinity;
    plan(Math.min(left, showIn, canRenew ? renewIn : Infinity));
  }

  async function renew(bearer: Bearer): Promise<void> {
    const { renew: ask } = deps.provider;
    if (ask === undefined || deps.isOffline()) return plan(RENEW_AGAIN_MS);
    isRenewing = true;
    const answer = await ask.call(deps.provider);
    isRenewing = false;
    if (held !== bearer) return look();
    if (answer.ok && answer.value.kind === 'bearer' && answer.value.userId === bearer.userId) {
      deps.renewWith(answer.value);
      return follow();
    }
    canRenew = !answer.ok && answer.problem.kind === 'unavailable' && leftMs(bearer) > 0;
    deps.log.write('warn', 'session-not-renewed', { reason: answer.ok ? 'other-user' : answer.problem.code });
    if (!canRenew) return look();
    tellShown();
    plan(RENEW_AGAIN_MS);
  }

  function follow(): void {
    const now = deps.credential();
    if (now === held) return;
    cancel?.();
    // An end before the beginning is another clock's: then only e-RS says when it has come.
    const isUsable = now?.kind === 'bearer' && now.expiresAtMs > clock.nowMs();
    held = isUsable ? now : null;
    takenAtMs = clock.monotonicMs();
    lifeMs = held === null ? 0 : held.expiresAtMs - clock.nowMs();
    canRenew = deps.provider.renew !== undefined;
    if (held === null) return tellShown();
    look();
  }

  return {
    follow,
    recheck: look,
    endsInMs,
    stop: () => cancel?.(),
  };
}
