import type { Connection } from '../../contract/channels/session.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';

/** How a call ended, as far as the state of the connection goes. */
export interface CallEnd {
  readonly outcome: string;
}

export interface ConnectionFeature {
  readonly state: () => Connection;
  /** Takes the evidence of one call: an answer means online; nothing reached, or a portal's page, means offline. */
  readonly notice: (call: CallEnd) => void;
  readonly pause: (untilMs: number | null) => void;
}

/** The state of the connection, from calls that failed or succeeded, never from the OS alone. */
export function createConnection(deps: {
  clock: Clock;
  onChanged: (state: Connection) => void;
}): ConnectionFeature {
  let current: Connection = { status: 'unknown', since: null, pausedUntil: null };

  const change = (next: Partial<Connection>) => {
    current = { ...current, ...next };
    deps.onChanged(current);
  };

  return {
    state: () => current,
    notice({ outcome }) {
      if (outcome === 'not-in-dialect') return;
      const isAnswer = outcome !== 'not-sent' && outcome !== 'lost' && outcome !== 'unreadable';
      const status = isAnswer ? 'online' : 'offline';
      if (status !== current.status) change({ status, since: toIso(deps.clock.nowMs()) });
    },
    pause(untilMs) {
      change({ pausedUntil: untilMs === null ? null : toIso(untilMs) });
    },
  };
}
