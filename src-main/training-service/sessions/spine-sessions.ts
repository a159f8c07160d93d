/** Professional sessions of the spine dialect (contract.md section 2.4): two stages, three for SPCA. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../app/ports.ts';
import type { Grant } from '../world/staff.ts';
import type { Credentials } from './credentials.ts';

export interface SpineSession {
  readonly key: string;
  readonly ticket: string;
  readonly userId: string;
  /** Null while the session is provisional. */
  readonly grant: Grant | null;
  /** An SPCA's session stays provisional until the clinician is chosen. */
  readonly onBehalfOf: string | null;
  readonly isComplete: boolean;
}

export interface SpineSessions {
  create(ticket: string, userId: string): SpineSession;
  /** The live session of a key; undefined once it is unknown, ended, idle too long, or its card session is over. */
  find(key: string): SpineSession | undefined;
  /** Moves a session to its next stage under a new key: the old one is dead (A002, contract.md section 6). */
  advance(key: string, next: Pick<SpineSession, 'grant' | 'onBehalfOf' | 'isComplete'>): SpineSession;
  end(key: string): void;
  /** All sessions die without notice, as when the card session ends. */
  endAll(): void;
}

interface Entry {
  readonly session: SpineSession;
  lastUsedMs: number;
}

/** Gives sessions that die after `idleMs` without a call. */
export function createSpineSessions(clock: Clock, credentials: Credentials, idleMs: number): SpineSessions {
  const live = new Map<string, Entry>();
  const keep = (session: SpineSession): SpineSession => {
    live.set(session.key, { session, lastUsedMs: clock.nowMs() });
    return session;
  };
  const newKey = (): string => `pro-xapi-session_${randomUUID()}`;
  return {
    create: (ticket, userId) =>
      keep({ key: newKey(), ticket, userId, grant: null, onBehalfOf: null, isComplete: false }),
    find(key) {
      const entry = live.get(key);
      if (!entry) return undefined;
      const isCardSessionOver = typeof credentials.check('sso-ticket', entry.session.ticket) === 'string';
      if (isCardSessionOver || clock.nowMs() - entry.lastUsedMs > idleMs) {
        live.delete(key);
        return undefined;
      }
      entry.lastUsedMs = clock.nowMs();
      return entry.session;
    },
    advance(key, next) {
      const entry = live.get(key);
      if (!entry) throw new RangeError('no such session');
      live.delete(key);
      return keep({ ...entry.session, ...next, key: newKey() });
    },
    end: (key) => void live.delete(key),
    endAll: () => live.clear(),
  };
}
