/** What follows from a session and the settings alone: the choices of role, the identity of calls, the place. */
import type { Environment, Practitioner, RoleChoice, SessionState } from '../../contract/channels/session.ts';
import type { SdsUserId } from '../../contract/identifiers.ts';
import type { AppSettings } from '../../app/ports.ts';
import type { ErsIdentity } from '../../ers/client.ts';
import type { RoleGrant } from '../../ers/model.ts';
import type { BusinessFunction } from '../../ers/roles.ts';
import { abilitiesOf } from './abilities.ts';
import type { OpenedSession } from './open-professional-session.ts';

/** A session that is open, with its role once one is chosen. */
export interface Live extends OpenedSession {
  readonly role: RoleChoice | null;
  /** The clinicians that e-RS named for this role; null before they were asked for. */
  readonly clinicians: readonly SdsUserId[] | null;
  /** For whom a clinician's admin acts; null for everybody else, and until it is chosen. */
  readonly onBehalfOf: Practitioner | null;
}

/** A session of nobody's role yet. */
export const withoutRole = (opened: OpenedSession): Live => ({
  ...opened,
  role: null,
  clinicians: null,
  onBehalfOf: null,
});

/** True once it is clear as what and for whom this person works: calls are made from here on. */
export const isSettled = ({ role, onBehalfOf }: Live) =>
  role !== null && (!role.needsClinician || onBehalfOf !== null);

/** A clinician under the site's label; one that it does not label shows as the id. */
export function practitionerOf({ clinicianNames }: AppSettings, userId: SdsUserId): Practitioner {
  return { userId, label: clinicianNames?.[userId]?.trim().slice(0, 120) || userId };
}

const ENVIRONMENT_NAMES = {
  training: 'Training',
  sandbox: 'NHS sandbox',
  integration: 'Integration',
  live: 'Live',
} as const;

export const roleIdOf = (grant: RoleGrant) => `${grant.organisation}.${grant.businessFunction}`;

/** A role as the clerk chooses it; e-RS gives codes, so the organisation's name may come from the settings. */
export function roleChoiceOf(settings: AppSettings, grant: RoleGrant): RoleChoice {
  const { businessFunction, organisation } = grant;
  return {
    roleId: roleIdOf(grant),
    businessFunction,
    organisation,
    organisationName: grant.organisationName?.trim() || settings.organisationNames[organisation] || null,
    ...abilitiesOf(businessFunction),
  };
}

/** How the session stands. */
interface Standing {
  readonly live: Live | null;
  readonly isLocked: boolean;
  /** The session has ended, its person's seat is kept. */
  readonly isOver: boolean;
  readonly endedReason: string | null;
}

function statusOf({ live, isLocked, isOver }: Standing): SessionState['status'] {
  if (live === null) return 'signed-out';
  if (isLocked) return 'locked';
  if (isOver) return 'ended';
  if (live.role === null) return 'choosing-role';
  return isSettled(live) ? 'signed-in' : 'choosing-clinician';
}

/** What the screens are told of the session. */
export function stateOf(settings: AppSettings, at: Standing): SessionState {
  const { live, endedReason } = at;
  return {
    status: statusOf(at),
    user: live?.user ?? null,
    roles: live?.grants.map((grant) => roleChoiceOf(settings, grant)) ?? [],
    role: live?.role ?? null,
    onBehalfOf: live?.onBehalfOf ?? null,
    endedReason,
  };
}

/** Who calls e-RS; null when nobody can. */
export function identityOf(settings: AppSettings, live: Live | null): ErsIdentity | null {
  if (settings.dialect === 'spine-session') {
    // Until then the key may be of a session that is going or not ready; A001 to A003 name their own.
    const sessionKey = live !== null && isSettled(live) ? (live.professional?.sessionKey ?? null) : null;
    return { dialect: 'spine-session', asid: settings.asid, sessionKey };
  }
  if (live === null || live.credential.kind !== 'bearer') return null;
  return {
    dialect: 'api-platform',
    bearer: live.credential.token,
    organisation: live.role?.organisation ?? '',
    businessFunction: (live.role?.businessFunction ?? null) as BusinessFunction | null,
    // Mandatory for a clinician's admin in every call but A040, forbidden for others (contract.md section 2.1).
    onBehalfOf: live.onBehalfOf?.userId ?? null,
  };
}

/** Where the app runs, for the marks on every screen. */
export function environmentOf({ environment, dialect, host, version }: AppSettings): Environment {
  return { id: environment, name: ENVIRONMENT_NAMES[environment], dialect, host, version };
}
