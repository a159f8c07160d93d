import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type {
  Connection,
  Environment,
  Practitioner,
  RoleChoice,
  SessionState,
} from '../../../src-main/contract/channels/session.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';

type SessionStatus = SessionState['status'];

/** Who is signed in, in which role, where, and whether e-RS answers: a copy of what main owns. */
export const useSessionStore = defineStore('session', () => {
  const bridge = useBridge();
  const session = shallowRef<SessionState | null>(null);
  const environment = shallowRef<Environment | null>(null);
  const connection = shallowRef<Connection>({ status: 'unknown', since: null, pausedUntil: null });
  /** The roles taken since the sign-in, the latest first: a clerk goes back and forth between two of them. */
  const recentRoles = shallowRef<readonly string[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);
  /** Set by Ctrl+L at once, before main has answered: what is on the screen goes first. */
  const isLockedHere = ref(false);

  const status = computed<SessionStatus>(() =>
    isLockedHere.value ? 'locked' : (session.value?.status ?? 'signed-out'),
  );
  const role = computed<RoleChoice | null>(() => session.value?.role ?? null);
  /** For whom this person acts; null for every role but a clinician's admin. */
  const onBehalfOf = computed<Practitioner | null>(() => session.value?.onBehalfOf ?? null);

  function keep<T>(outcome: Outcome<T>, put: (value: T) => void): boolean {
    if (outcome.ok) put(outcome.value);
    else problem.value = outcome.problem;
    return outcome.ok;
  }

  /** Reads the three facts once and follows main from then on. */
  async function start(): Promise<void> {
    bridge.pushes['session/changed'](receiveState);
    bridge.pushes['session/connection-changed']((next) => (connection.value = next));
    const [state, place, line] = await Promise.all([
      bridge.requests['session/read-state']({}),
      bridge.requests['session/read-environment']({}),
      bridge.requests['session/read-connection']({}),
    ]);
    keep(place, (value) => (environment.value = value));
    keep(line, (value) => (connection.value = value));
    keep(state, receiveState);
  }

  function receiveState(next: SessionState): void {
    session.value = next;
    const roleId = next.role?.roleId;
    if (roleId !== undefined)
      recentRoles.value = [roleId, ...recentRoles.value.filter((id) => id !== roleId)];
    if (next.status === 'signed-out') recentRoles.value = [];
    if (next.status === 'signed-out') isLockedHere.value = false;
  }

  /** Asks main for one change of the session; one at a time. False when it was refused or one is running. */
  async function change(ask: () => Promise<Outcome<SessionState>>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = null;
    const outcome = await ask();
    isBusy.value = false;
    return keep(outcome, receiveState);
  }

  const signIn = () => change(() => bridge.requests['session/sign-in']({}));
  const signOut = () => change(() => bridge.requests['session/sign-out']({}));
  const chooseRole = (roleId: string) => change(() => bridge.requests['session/choose-role']({ roleId }));
  const chooseClinician = (userId: string) =>
    change(() => bridge.requests['session/choose-clinician']({ userId }));
  /** For whom the chosen role may act (A040). */
  const readClinicians = () => bridge.requests['session/read-clinicians']({});

  /** Locks this window at once, then the session in main. A refusal of main leaves the window locked. */
  async function lock(): Promise<void> {
    isLockedHere.value = true;
    problem.value = null;
    keep(await bridge.requests['session/lock']({}), receiveState);
  }

  /** Gives the desk back to its person, at the lock or after the session's end; the provider says who it is. */
  async function unlock(): Promise<void> {
    const isUnlocked = await change(() => bridge.requests['session/unlock']({}));
    if (isUnlocked) isLockedHere.value = false;
  }

  /** Opens the lock by the desk PIN, which sends nothing; why not, or null. */
  async function unlockWithPin(pin: string): Promise<Problem | null> {
    if (isBusy.value) return null;
    isBusy.value = true;
    const answer = await bridge.requests['session/unlock-with-pin']({ pin });
    isBusy.value = false;
    if (!answer.ok) return answer.problem;
    problem.value = null;
    receiveState(answer.value);
    isLockedHere.value = false;
    return null;
  }

  return {
    session,
    environment,
    connection,
    problem,
    recentRoles,
    isBusy,
    status,
    role,
    onBehalfOf,
    start,
    signIn,
    signOut,
    chooseRole,
    chooseClinician,
    readClinicians,
    lock,
    unlock,
    unlockWithPin,
  };
});
