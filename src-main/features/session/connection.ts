import type { Connection } from '../../contract/channels/session.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { Reach } from '../../ers/reach.ts';

/** How a call ended, as far as the state of the connection goes. */
export interface CallEnd {
  readonly operation: string;
  /** How it ended: a call that was lost is weaker evidence than one that could not be sent. */
  readonly outcome: string;
  readonly reach: Reach;
  /** From the moment at which it was asked for. */
  readonly durationMs: number;
}

export interface ConnectionFeature {
  readonly state: () => Connection;
  /** True while e-RS is known not to be reachable, a portal's page included. */
  readonly isOffline: () => boolean;
  /** Takes the evidence of one call. */
  readonly notice: (call: CallEnd) => void;
  readonly pause: (untilMs: number | null) => void;
  /**
   * True keeps a call with credentials back: while a portal answers, a read first looks without any whether it has
   * gone, and a write does not go out at all; only a sign-in, for which no looks go out by themselves, looks too.
   */
  readonly holdBack: (kind: 'read' | 'write') => Promise<boolean> | false;
  readonly stop: () => void;
}

interface Dependencies {
  readonly clock: Clock;
  /** Looks, without a credential, whether e-RS answers; never rejects. */
  readonly probe: (urgency: 'clerk' | 'refresh') => Promise<Reach>;
  /** True while somebody is signed in, locked or not: nobody else waits for the connection. */
  readonly isAttended: () => boolean;
  readonly onChanged: (state: Connection) => void;
  /** Called whenever the state turns to online, after what turned it is done with. */
  readonly onOnline: () => void;
}

/** The waits before the looks of one outage; the last goes on. */
const PROBE_WAITS_MS = [10_000, 20_000, 30_000, 60_000] as const;

/**
 * The state of the connection, from calls that failed or succeeded, never from the OS alone.
 *
 * An answer of e-RS, a refusal too, is proof at once. A failure counts only when nothing was answered since its call
 * began: one that began before the connection came back says nothing. A call that could not be sent turns the state at
 * once; one that was lost, which a single slow or broken connection explains as well, only has a look without
 * credentials go out, and that decides. While nothing is reached such a look goes out now and then, so that the state
 * turns without a key of the clerk. PDS is another service: its calls say nothing about e-RS.
 */
export function createConnection(deps: Dependencies): ConnectionFeature {
  const { clock } = deps;
  let current: Connection = { status: 'unknown', since: null, pausedUntil: null };
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  let looks = 0;
  let cancelLook: (() => void) | null = null;
  let looking: Promise<void> | null = null;
  let isStopped = false;

  const isOffline = () => current.status === 'offline' || current.status === 'portal';

  const change = (next: Partial<Connection>) => {
    current = { ...current, ...next };
    deps.onChanged(current);
  };

  function take(reach: Reach, startedMs: number): void {
    if (reach === 'answered') {
      answeredAtMs = clock.monotonicMs();
      return turn('online');
    }
    if (isNews(reach, startedMs)) turn(reach === 'portal' ? 'portal' : 'offline');
  }

  const isNews = (reach: Reach, startedMs: number) => reach !== 'unclear' && answeredAtMs <= startedMs;

  function turn(status: 'online' | 'offline' | 'portal'): void {
    if (status !== current.status) change({ status, since: toIso(clock.nowMs()) });
    else if (status === 'online') return;
    if (isOffline()) return planLook();
    dropLook();
    // Not within the report of the call that turned it: what is sent next may depend on what that call still does.
    clock.schedule(0, deps.onOnline);
  }

  function dropLook(): void {
    cancelLook?.();
    cancelLook = null;
    looks = 0;
  }

  /** One look ahead at a time; the next is planned when it has come back. */
  function planLook(): void {
    if (isStopped || cancelLook !== null || looking !== null) return;
    const waitMs = PROBE_WAITS_MS[Math.min(looks, PROBE_WAITS_MS.length - 1)] ?? PROBE_WAITS_MS[0];
    looks += 1;
    cancelLook = clock.schedule(waitMs, () => {
      cancelLook = null;
      // The next sign-in makes calls of its own, and a failure of theirs plans the next look.
      if (isOffline() && deps.isAttended()) void look('refresh');
    });
  }

  function look(urgency: 'clerk' | 'refresh'): Promise<void> {
    return (looking ??= lookNow(urgency));
  }

  async function lookNow(urgency: 'clerk' | 'refresh'): Promise<void> {
    const startedMs = clock.monotonicMs();
    const reach = await deps.probe(urgency);
    looking = null;
    take(reach, startedMs);
    if (isOffline()) planLook();
  }

  return {
    state: () => current,
    isOffline,
    notice({ operation, outcome, reach, durationMs }) {
      if (operation === 'PDS') return;
      const startedMs = clock.monotonicMs() - durationMs;
      if (outcome !== 'lost' || isOffline()) return take(reach, startedMs);
      if (isNews(reach, startedMs)) void look('clerk');
    },
    pause(untilMs) {
      change({ pausedUntil: untilMs === null ? null : toIso(untilMs) });
    },
    holdBack(kind) {
      if (current.status !== 'portal') return false;
      // A write must not start later than its sender expects; the looks that go out by themselves free the way for it.
      if (kind === 'write' && deps.isAttended()) return Promise.resolve(true);
      return look('clerk').then(() => current.status === 'portal');
    },
    stop() {
      isStopped = true;
      dropLook();
    },
  };
}
