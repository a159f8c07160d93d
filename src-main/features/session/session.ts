import type { RequestOutput } from '../../contract/channels.ts';
import type { SessionState } from '../../contract/channels/session.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings, Credential, Log, SessionProvider } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Abilities } from './abilities.ts';
import { createClinicianChoice, type ClinicianChoice } from './clinician-choice.ts';
import { createClosing, type Closing } from './closing.ts';
import { openProfessionalSession, unrolled } from './open-professional-session.ts';
import { createReturnToSeat } from './return-to-seat.ts';
import { createRoleChoice } from './role-choice.ts';
import { createSeat, FRESH, type Change, type SeatViews } from './seat.ts';
import { environmentOf, isSettled, withoutRole, type Live } from './session-facts.ts';

/** Who is at the desk, for the other features. Null unless signed in and unlocked. */
export interface Desk {
  /** New each time a person takes the desk: what was asked for by an earlier sitting is not given to a later one. */
  readonly sitting: number;
  readonly userId: string;
  readonly organisation: string;
  readonly businessFunction: string;
  readonly onBehalfOf: string;
  readonly can: Abilities;
}

export interface SessionFeature extends ClinicianChoice, SeatViews {
  /** A call found the session dead, or its time is up: the seat is kept, nothing is sent until a new sign-in. */
  readonly noticeEnded: (code: string) => void;
  /** Ends the session and locks the desk, as at the removal of a card; the person's seat is kept behind the lock. */
  readonly endBehindLock: (code: string) => void;
  readonly signIn: () => Promise<Outcome<SessionState>>;
  readonly chooseRole: (input: { roleId: string }) => Promise<Outcome<SessionState>>;
  readonly signOut: () => Promise<Outcome<SessionState>>;
  readonly lock: () => Outcome<SessionState>;
  /** Asks the provider who is there: the same person goes on, another one gets a desk of their own. */
  readonly unlock: () => Promise<Outcome<SessionState>>;
  /** Opens the lock of a session that goes on, for who has shown to be its person by other means; sends nothing. */
  readonly unlockHere: () => Outcome<SessionState>;
  readonly isClosing: () => boolean;
  /** Whoever is signed in, or is about to be, leaves for good. Resolves when every session that was left is closed. */
  readonly close: () => Promise<unknown>;
  readonly readEnvironment: () => Outcome<RequestOutput<'session/read-environment'>>;
}

/** What the session must know of the calls that are under way. */
export interface CallsUnderWay {
  /** A client whose calls are those of whoever holds the desk at this moment, also when they are made later. */
  readonly clientOfNow: () => ErsClient;
  /** Resolves when no call of this epoch or an earlier one is under way any more; null when none is. */
  readonly returned: (epoch: number) => Promise<void> | null;
}

interface Dependencies {
  readonly settings: AppSettings;
  readonly provider: SessionProvider;
  readonly log: Log;
  readonly client: () => ErsClient;
  readonly calls: CallsUnderWay;
  readonly onChanged: (state: SessionState) => void;
  /** A session that was left is being closed, or is closed now. */
  readonly onClosing?: () => void;
  /** Called when a person starts work in a role, and when the desk is given up. */
  readonly onDeskTaken: (desk: Desk) => void;
  readonly onDeskLeft: () => void;
}

const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');

/** Keeps the professional session of contract.md section 2: sign-in, role, lock, end, and going on after an end. */
export function createSession(deps: Dependencies): SessionFeature {
  const seat = createSeat(deps.settings, deps.onChanged);
  const { change, beginSitting } = seat;
  let attempt = 0;

  const closing: Closing = createClosing({
    ...deps,
    clientOfNow: deps.calls.clientOfNow,
    callsReturned: () => deps.calls.returned(seat.epoch()),
    onChanged: () => deps.onClosing?.(),
  });

  /** Gives up the desk: nobody acts from here on until a role is chosen, or for a role that stays, a clinician. */
  function leaveDesk(role: Live['role'] = null): void {
    seat.vacate(role);
    deps.onDeskLeft();
  }

  /** Leaves the session that is held; A003 and the credential follow when its last call is back. */
  function leaveSession(isGivenBack: boolean): Promise<void> {
    return closing.leave(seat.isOver() ? null : (seat.live()?.professional?.sessionKey ?? null), isGivenBack);
  }

  async function signIn(): Promise<Outcome<SessionState>> {
    // Another person may sit down at a locked desk: the first one's session and work go first (attack S38).
    if (seat.live() !== null) await signOut();
    await closing.makeWay();
    beginSitting();
    const mine = seat.sitting();
    const obtained = await deps.provider.obtain();
    if (!obtained.ok) return obtained;
    return mine === seat.sitting() ? openFor(obtained.value) : NOT_SIGNED_IN;
  }

  /** Opens a session for whoever the credential names, and lists their roles. */
  async function openFor(credential: Credential): Promise<Outcome<SessionState>> {
    const mine = seat.sitting();
    // The platform's A030 already needs the token; without a role nothing else can be called with it.
    if (credential.kind === 'bearer') seat.keep(withoutRole(unrolled(credential)));
    const started = await openProfessionalSession(deps.client(), credential);
    if (mine !== seat.sitting()) return started.ok ? NOT_SIGNED_IN : started;
    if (started.ok && started.value.grants.length > 0)
      return change({ ...FRESH, live: withoutRole(started.value) });
    change({ live: null });
    return started.ok ? fail('forbidden', 'no-ers-role') : started;
  }

  /** Where a clinician is still to be chosen the desk is nobody's yet. */
  function takeDesk(next: Change): Outcome<SessionState> {
    const answer = change(next);
    const taken = seat.desk();
    if (taken !== null) deps.onDeskTaken(taken);
    return answer;
  }

  const clinicianChoice = createClinicianChoice({
    ...deps,
    end: closing.end,
    live: seat.live,
    isLocked: seat.isShut,
    sitting: seat.sitting,
    beginSitting(role) {
      leaveDesk(role);
      beginSitting();
    },
    keep: seat.keep,
    showUnchanged: () => void change({}),
    takeDesk: (settled) => takeDesk({ live: settled }),
  });

  const chooseRole = createRoleChoice({ ...deps, seat, end: closing.end, leaveDesk, takeDesk });

  const returnToSeat = createReturnToSeat({
    ...deps,
    closing,
    live: seat.live,
    isOver: seat.isOver,
    begin() {
      const mine = (attempt += 1);
      return () => seat.live() === null || mine !== attempt;
    },
    goOn(next) {
      const isOther = seat.live()?.professional?.sessionKey !== next.professional?.sessionKey;
      if (isOther) void leaveSession(false);
      if (seat.isOver()) beginSitting();
      else seat.beginEpoch();
      return takeDesk({ ...FRESH, live: next });
    },
    handOver(credential) {
      void leaveSession(false);
      leaveDesk();
      beginSitting();
      change({ ...FRESH, live: null });
      return openFor(credential);
    },
  });

  async function signOut(): Promise<Outcome<SessionState>> {
    attempt += 1;
    // Before the person goes, so that the audit names them; the desk is empty at once, whatever comes back.
    const left = leaveSession(true);
    beginSitting();
    leaveDesk();
    const answer = change({ ...FRESH, live: null });
    await left;
    return answer;
  }

  /** The seat is kept where there is one. */
  function end(code: string, isLockedNow: boolean): void {
    const live = seat.live();
    if (live === null) return;
    beginSitting();
    if (isSettled(live)) {
      const kept = { ...live, professional: null };
      return void change({ live: kept, isLocked: isLockedNow, isOver: true, endedReason: code });
    }
    attempt += 1;
    leaveDesk();
    change({ ...FRESH, live: null, endedReason: code });
  }

  return {
    ...seat.views,
    noticeEnded(code) {
      if (!seat.isOver()) end(code || 'session-ended', seat.isLocked());
    },
    endBehindLock(code) {
      if (seat.live() === null) return;
      if (seat.isOver()) return void change({ isLocked: true });
      void leaveSession(true);
      end(code, true);
    },
    ...{ signIn, chooseRole, signOut },
    ...clinicianChoice,
    lock: () => (seat.live() === null ? NOT_SIGNED_IN : change({ isLocked: true })),
    async unlock() {
      if (seat.live() === null) return NOT_SIGNED_IN;
      return seat.isShut() ? returnToSeat() : ok(seat.views.state());
    },
    unlockHere() {
      if (seat.live() === null) return NOT_SIGNED_IN;
      return seat.isOver() ? fail('not-signed-in', 'sign-in-needed') : takeDesk({ isLocked: false });
    },
    isClosing: closing.isClosing,
    close: () => Promise.all([signOut(), closing.whenClosed()]),
    readEnvironment: () => ok(environmentOf(deps.settings)),
  };
}
