/** What follows from a session and the settings alone: the choices of role, the identity of calls, the place. */
import type { Environment, RoleChoice } from '../../contract/channels/session.ts';
import type { AppSettings } from '../../app/ports.ts';
import type { ErsIdentity } from '../../ers/client.ts';
import type { RoleGrant } from '../../ers/model.ts';
import type { BusinessFunction } from '../../ers/roles.ts';
import { abilitiesOf } from './abilities.ts';
import type { OpenedSession } from './open-professional-session.ts';

/** A session that is open, with its role once one is chosen. */
export interface Live extends OpenedSession {
  readonly role: RoleChoice | null;
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

/** Who calls e-RS; null when nobody can. */
export function identityOf(settings: AppSettings, live: Live | null): ErsIdentity | null {
  if (settings.dialect === 'spine-session') {
    // Without a role the key may be of a session that is going or not ready; A001 to A003 name their own.
    const sessionKey = live?.role == null ? null : (live.professional?.sessionKey ?? null);
    return { dialect: 'spine-session', asid: settings.asid, sessionKey };
  }
  if (live === null || live.credential.kind !== 'bearer') return null;
  return {
    dialect: 'api-platform',
    bearer: live.credential.token,
    organisation: live.role?.organisation ?? '',
    businessFunction: (live.role?.businessFunction ?? null) as BusinessFunction | null,
    onBehalfOf: null,
  };
}

/** Where the app runs, for the marks on every screen. */
export function environmentOf({ environment, dialect, host, version }: AppSettings): Environment {
  return { id: environment, name: ENVIRONMENT_NAMES[environment], dialect, host, version };
}
