import type { RequestOutput } from '../../contract/channels.ts';
import type { SessionState } from '../../contract/channels/session.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings, Log, SessionProvider } from '../../app/ports.ts';
import type { ErsClient, ErsIdentity } from '../../ers/client.ts';
import type { ErsOutcome } from '../../ers/outcome.ts';
import { a003DeleteSession } from '../../ers/operations/a003-delete-session.ts';
import { abilitiesOf, type Abilities } from './abilities.ts';
import { createClinicianChoice, type ClinicianChoice } from './clinician-choice.ts';
import { openProfessionalSession, selectRole, unrolled } from './open-professional-session.ts';
import {
  environmentOf,
  identityOf,
  isSettled,
  roleChoiceOf,
  roleIdOf,
  stateOf,
  withoutRole,
  type Live,
} from './session-facts.ts';

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

export interface SessionFeature extends ClinicianChoice {
  readonly state: () => SessionState;
  readonly desk: () => Desk | null;
  /** The same, locked or not: who reads back and whom the audit names. Null without a role. */
  readonly seated: () => Desk | null;
  /** Counts sessions and changes of role: a late answer to a call of an earlier one says nothing about this one. */
  readonly sitting: () => number;
  /** The identity of calls; null before sign-in. Never leaves main. */
  readonly identity: () => ErsIdentity | null;
  /** A call found the session dead: everything is kept, nothing is sent until a new sign-in. */
  readonly noticeEnded: (code: string) => void;
  readonly signIn: () => Promise<Outcome<SessionState>>;
  readonly chooseRole: (input: { roleId: string }) => Promise<Outcome<SessionState>>;
  readonly signOut: () => Promise<Outcome<SessionState>>;
  readonly lock: () => Outcome<SessionState>;
  readonly unlock: () => Outcome<SessionState>;
  readonly readEnvironment: () => Outcome<RequestOutput<'session/read-environment'>>;
}

interface Dependencies {
  readonly settings: AppSettings;
  readonly provider: SessionProvider;
  readonly log: Log;
  readonly client: () => ErsClient;
  readonly onChanged: (state: SessionState) => void;
  /** Called when a person starts work in a role, and when the desk is given up. */
  readonly onDeskTaken: (desk: Desk) => void;
  readonly onDeskLeft: () => void;
}

/** Keeps the professional session of contract.md section 2: sign-in, role, lock, silent end. */
export function createSession(deps: Dependencies): SessionFeature {
  let live: Live | null = null;
  let isLocked = false;
  let endedReason: string | null = null;
  let sitting = 0;
  let leaving: Promise<void> = Promise.resolve();

  const state = (): SessionState => stateOf(deps.settings, { live, isLocked, endedReason });

  const change = (next: { live?: Live | null; isLocked?: boolean; endedReason?: string | null }) => {
    if (next.live !== undefined) live = next.live;
    if (next.isLocked !== undefined) isLocked = next.isLocked;
    if (next.endedReason !== undefined) endedReason = next.endedReason;
    deps.onChanged(state());
    return ok(state());
  };

  const seated = (): Desk | null => {
    if (live?.role == null || !isSettled(live)) return null;
    const { businessFunction, organisation } = live.role;
    return {
      sitting,
      userId: live.user.userId,
      organisation,
      businessFunction,
      onBehalfOf: live.onBehalfOf?.userId ?? '',
      can: abilitiesOf(businessFunction),
    };
  };

  const desk = () => (isLocked ? null : seated());

  /** Gives up the desk: nobody acts from here on until a role is chosen, or for a role that stays, a clinician. */
  function leaveDesk(role: Live['role'] = null): void {
    if (live !== null)
      live = { ...live, role, clinicians: role === null ? null : live.clinicians, onBehalfOf: null };
    deps.onDeskLeft();
  }

  async function signIn(): Promise<Outcome<SessionState>> {
    // Another person may sit down at a locked desk: the first one's session and work go first (attack S38).
    if (live !== null) await signOut();
    // A credential is given back before the next is taken.
    await leaving;
    const mine = ++sitting;
    const isStale = () => mine !== sitting;
    const obtained = await deps.provider.obtain();
    if (!obtained.ok) return obtained;
    if (isStale()) return fail('not-signed-in', 'not-signed-in');
    // The platform's A030 already needs the token; without a role nothing else can be called with it.
    if (obtained.value.kind === 'bearer') live = withoutRole(unrolled(obtained.value));
    const started = await openProfessionalSession(deps.client(), obtained.value);
    if (isStale()) return started.ok ? fail('not-signed-in', 'not-signed-in') : started;
    if (!started.ok) {
      change({ live: null });
      return started;
    }
    if (started.value.grants.length === 0) {
      change({ live: null });
      return fail('forbidden', 'no-ers-role');
    }
    return change({ live: withoutRole(started.value), isLocked: false, endedReason: null });
  }

  async function chooseRole({ roleId }: { roleId: string }): Promise<Outcome<SessionState>> {
    if (live === null) return fail('not-signed-in', 'not-signed-in');
    const grant = live.grants.find((candidate) => roleIdOf(candidate) === roleId);
    if (grant === undefined) return fail('invalid-input', 'unknown-role');
    // While the role changes nothing is done in the old one: its key may already stand for the new (I7).
    leaveDesk();
    sitting += 1;
    const [current, mine] = [live, sitting];
    const isStale = () => live === null || mine !== sitting;
    const selected = await selectRole(deps.client(), current.professional, grant, (professional) => {
      if (!isStale()) live = { ...current, professional, role: null };
    });
    if (isStale()) return fail('not-signed-in', 'not-signed-in');
    if (!selected.ok) {
      change({});
      return selected;
    }
    const role = roleChoiceOf(deps.settings, grant);
    const clinicians = selected.value?.clinicians ?? null;
    return takeDesk({ live: { ...current, professional: selected.value, role, clinicians } });
  }

  /** Where a clinician is still to be chosen the desk is nobody's yet. */
  function takeDesk(next: Parameters<typeof change>[0]): Outcome<SessionState> {
    const answer = change(next);
    const taken = desk();
    if (taken !== null) deps.onDeskTaken(taken);
    return answer;
  }

  const clinicianChoice = createClinicianChoice({
    ...deps,
    live: () => live,
    isLocked: () => isLocked,
    sitting: () => sitting,
    beginSitting(role) {
      leaveDesk(role);
      sitting += 1;
    },
    keep: (next) => (live = next),
    showUnchanged: () => void change({}),
    takeDesk: (settled) => takeDesk({ live: settled }),
  });

  async function signOut(): Promise<Outcome<SessionState>> {
    const professional = live?.professional ?? null;
    sitting += 1;
    // Asked for before the person goes, so that the audit names them; the desk is empty at once, whatever comes back.
    const ending = professional === null ? null : endProfessional(deps, professional.sessionKey);
    leaveDesk();
    const answer = change({ live: null, isLocked: false, endedReason: null });
    leaving = Promise.all([leaving, ending]).then(() => release(deps));
    await leaving;
    return answer;
  }

  function noticeEnded(code: string): void {
    if (live === null) return;
    sitting += 1;
    leaveDesk();
    change({ live: null, isLocked: false, endedReason: code || 'session-ended' });
  }

  return {
    state,
    desk,
    seated,
    sitting: () => sitting,
    identity: () => identityOf(deps.settings, live),
    noticeEnded,
    signIn,
    chooseRole,
    ...clinicianChoice,
    signOut,
    lock: () => (live === null ? fail('not-signed-in', 'not-signed-in') : change({ isLocked: true })),
    unlock: () => (live === null ? fail('not-signed-in', 'not-signed-in') : takeDesk({ isLocked: false })),
    readEnvironment: () => ok(environmentOf(deps.settings)),
  };
}

async function release({ provider, log }: Dependencies): Promise<void> {
  try {
    await provider.release();
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    log.write('warn', 'credential-not-released', { reason });
  }
}

async function endProfessional({ client, log }: Dependencies, sessionKey: string): Promise<void> {
  const ended: ErsOutcome<unknown> = await client().call(a003DeleteSession, { sessionKey });
  // A session that is gone already answers 403, which is what was wanted (contract.md A003).
  if (ended.kind !== 'success') log.write('info', 'session-delete-not-confirmed', { reason: ended.kind });
}
