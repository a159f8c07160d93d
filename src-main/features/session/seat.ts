/** The seat at the desk: whose it is, as what, and whether it is locked or its session over. */
import type { SessionState } from '../../contract/channels/session.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings, Credential } from '../../app/ports.ts';
import type { ErsIdentity } from '../../ers/client.ts';
import { abilitiesOf } from './abilities.ts';
import type { Desk } from './session.ts';
import { identityOf, isSettled, stateOf, type Live } from './session-facts.ts';

/** What others see of it. */
export interface SeatViews {
  readonly state: () => SessionState;
  readonly desk: () => Desk | null;
  /** The same, locked or not: who reads back and whom the audit names. Null without a role, and without a session. */
  readonly seated: () => Desk | null;
  /** Counts sessions, roles and credentials: a late answer to a call of an earlier one says nothing about this one. */
  readonly epoch: () => number;
  /** The identity of calls; null before sign-in and after the session's end. Never leaves main. */
  readonly identity: () => ErsIdentity | null;
  /** What the session stands on; null where there is none. Never leaves main. */
  readonly credential: () => Credential | null;
  /** Goes on with a renewed credential of the same person. */
  readonly renewWith: (credential: Credential) => void;
}

/** What a change may touch. */
export interface Change {
  readonly live?: Live | null;
  readonly isLocked?: boolean;
  readonly isOver?: boolean;
  readonly endedReason?: string | null;
}

/** A seat in use. */
export const FRESH = { isLocked: false, isOver: false, endedReason: null } as const;

export interface Seat {
  readonly views: SeatViews;
  readonly live: () => Live | null;
  readonly isLocked: () => boolean;
  /** The session has ended and its person's seat is kept. */
  readonly isOver: () => boolean;
  readonly isShut: () => boolean;
  readonly sitting: () => number;
  readonly epoch: () => number;
  readonly desk: () => Desk | null;
  readonly beginSitting: () => void;
  readonly beginEpoch: () => void;
  /** Changes what is known of the person, and tells nobody yet. */
  readonly keep: (live: Live) => void;
  /** Takes the person out of their role, or for a role that stays, away from the clinician they act for. */
  readonly vacate: (role: Live['role']) => void;
  /** Changes the seat and tells of it. */
  readonly change: (next: Change) => Outcome<SessionState>;
}

export function createSeat(settings: AppSettings, onChanged: (state: SessionState) => void): Seat {
  let at: Required<Change> = { ...FRESH, live: null };
  let sitting = 0;
  let epoch = 0;

  const state = (): SessionState => stateOf(settings, at);
  const seated = () => (at.live === null || at.isOver ? null : deskOf(at.live, sitting));
  const desk = () => (at.isLocked ? null : seated());

  return {
    views: {
      state,
      desk,
      seated,
      epoch: () => epoch,
      identity: () => identityOf(settings, at.isOver ? null : at.live),
      credential: () => (at.isOver ? null : (at.live?.credential ?? null)),
      renewWith(credential) {
        if (at.live === null || at.isOver) return;
        at = { ...at, live: { ...at.live, credential } };
        epoch += 1;
      },
    },
    live: () => at.live,
    isLocked: () => at.isLocked,
    isOver: () => at.isOver,
    isShut: () => at.live === null || at.isLocked || at.isOver,
    sitting: () => sitting,
    epoch: () => epoch,
    desk,
    beginSitting() {
      sitting += 1;
      epoch += 1;
    },
    beginEpoch: () => void (epoch += 1),
    keep: (live) => void (at = { ...at, live }),
    vacate(role) {
      if (at.live === null) return;
      const clinicians = role === null ? null : at.live.clinicians;
      at = { ...at, live: { ...at.live, role, clinicians, onBehalfOf: null } };
    },
    change(next) {
      at = { ...at, ...next };
      onChanged(state());
      return ok(state());
    },
  };
}

function deskOf(live: Live, sitting: number): Desk | null {
  if (live.role === null || !isSettled(live)) return null;
  const { businessFunction, organisation } = live.role;
  return {
    sitting,
    userId: live.user.userId,
    organisation,
    businessFunction,
    onBehalfOf: live.onBehalfOf?.userId ?? '',
    can: abilitiesOf(businessFunction),
  };
}
