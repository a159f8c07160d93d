import type { RequestOutput } from '../../contract/channels.ts';
import type { RoleChoice, SessionState } from '../../contract/channels/session.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings, Log, SessionProvider } from '../../app/ports.ts';
import type { ErsClient, ErsIdentity } from '../../ers/client.ts';
import type { ErsOutcome } from '../../ers/outcome.ts';
import type { RoleGrant } from '../../ers/model.ts';
import { a003DeleteSession } from '../../ers/operations/a003-delete-session.ts';
import type { BusinessFunction } from '../../ers/roles.ts';
import { abilitiesOf, type Abilities } from './abilities.ts';
import {
  openProfessionalSession,
  selectRole,
  unrolled,
  type OpenedSession,
} from './open-professional-session.ts';

/** Who is at the desk, for the other features. Null unless signed in and unlocked. */
export interface Desk {
  readonly userId: string;
  readonly organisation: string;
  readonly businessFunction: string;
  readonly onBehalfOf: string;
  readonly can: Abilities;
}

export interface SessionFeature {
  readonly state: () => SessionState;
  readonly desk: () => Desk | null;
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

interface Live extends OpenedSession {
  readonly role: RoleChoice | null;
}

const ENVIRONMENT_NAMES = {
  training: 'Training',
  sandbox: 'NHS sandbox',
  integration: 'Integration',
  live: 'Live',
} as const;

const roleIdOf = (grant: RoleGrant) => `${grant.organisation}.${grant.businessFunction}`;

/** Keeps the professional session of contract.md section 2: sign-in, role, lock, silent end. */
export function createSession(deps: Dependencies): SessionFeature {
  let live: Live | null = null;
  let isLocked = false;
  let endedReason: string | null = null;

  const roleChoice = (grant: RoleGrant): RoleChoice => ({
    roleId: roleIdOf(grant),
    businessFunction: grant.businessFunction,
    organisation: grant.organisation,
    organisationName:
      grant.organisationName?.trim() || deps.settings.organisationNames[grant.organisation] || null,
    ...abilitiesOf(grant.businessFunction),
  });

  const status = (): SessionState['status'] => {
    if (live === null) return 'signed-out';
    if (isLocked) return 'locked';
    return live.role === null ? 'choosing-role' : 'signed-in';
  };

  const state = (): SessionState => ({
    status: status(),
    user: live?.user ?? null,
    roles: live?.grants.map(roleChoice) ?? [],
    role: live?.role ?? null,
    endedReason,
  });

  const change = (next: { live?: Live | null; isLocked?: boolean; endedReason?: string | null }) => {
    if (next.live !== undefined) live = next.live;
    if (next.isLocked !== undefined) isLocked = next.isLocked;
    if (next.endedReason !== undefined) endedReason = next.endedReason;
    deps.onChanged(state());
    return ok(state());
  };

  const identity = (): ErsIdentity | null => {
    if (deps.settings.dialect === 'spine-session')
      return {
        dialect: 'spine-session',
        asid: deps.settings.asid,
        sessionKey: live?.professional?.sessionKey ?? null,
      };
    if (live === null || live.credential.kind !== 'bearer') return null;
    const businessFunction = (live.role?.businessFunction ?? null) as BusinessFunction | null;
    const organisation = live.role?.organisation ?? '';
    return {
      dialect: 'api-platform',
      bearer: live.credential.token,
      organisation,
      businessFunction,
      onBehalfOf: null,
    };
  };

  const desk = (): Desk | null => {
    if (live?.role == null || isLocked) return null;
    const { businessFunction, organisation } = live.role;
    return {
      userId: live.user.userId,
      organisation,
      businessFunction,
      onBehalfOf: '',
      can: abilitiesOf(businessFunction),
    };
  };

  async function signIn(): Promise<Outcome<SessionState>> {
    const obtained = await deps.provider.obtain();
    if (!obtained.ok) return obtained;
    // The platform's A030 already needs the token; without a role nothing else can be called with it.
    if (obtained.value.kind === 'bearer') live = { ...unrolled(obtained.value), role: null };
    const started = await openProfessionalSession(deps.client(), obtained.value);
    if (!started.ok) {
      change({ live: null });
      return started;
    }
    if (started.value.grants.length === 0) {
      change({ live: null });
      return fail('forbidden', 'no-ers-role');
    }
    return change({ live: { ...started.value, role: null }, isLocked: false, endedReason: null });
  }

  async function chooseRole({ roleId }: { roleId: string }): Promise<Outcome<SessionState>> {
    if (live === null) return fail('not-signed-in', 'not-signed-in');
    const grant = live.grants.find((candidate) => roleIdOf(candidate) === roleId);
    if (grant === undefined) return fail('invalid-input', 'unknown-role');
    if (live.role !== null) deps.onDeskLeft();
    const current = live;
    const selected = await selectRole(deps.client(), current.professional, grant, (professional) => {
      live = { ...current, professional };
    });
    if (!selected.ok) return selected;
    const answer = change({ live: { ...current, professional: selected.value, role: roleChoice(grant) } });
    const taken = desk();
    if (taken !== null) deps.onDeskTaken(taken);
    return answer;
  }

  async function signOut(): Promise<Outcome<SessionState>> {
    const professional = live?.professional ?? null;
    deps.onDeskLeft();
    if (professional !== null) {
      const ended: ErsOutcome<unknown> = await deps
        .client()
        .call(a003DeleteSession, { sessionKey: professional.sessionKey });
      // A session that is gone already answers 403, which is what was wanted (contract.md A003).
      if (ended.kind !== 'success')
        deps.log.write('info', 'session-delete-not-confirmed', { reason: ended.kind });
    }
    await deps.provider.release();
    return change({ live: null, isLocked: false, endedReason: null });
  }

  function noticeEnded(code: string): void {
    if (live === null) return;
    deps.onDeskLeft();
    change({ live: null, isLocked: false, endedReason: code || 'session-ended' });
  }

  return {
    state,
    desk,
    identity,
    noticeEnded,
    signIn,
    chooseRole,
    signOut,
    lock: () => (live?.role == null ? fail('not-signed-in', 'not-signed-in') : change({ isLocked: true })),
    unlock: () => (live === null ? fail('not-signed-in', 'not-signed-in') : change({ isLocked: false })),
    readEnvironment: () =>
      ok({
        id: deps.settings.environment,
        name: ENVIRONMENT_NAMES[deps.settings.environment],
        dialect: deps.settings.dialect,
        host: deps.settings.host,
        version: deps.settings.version,
      }),
  };
}
