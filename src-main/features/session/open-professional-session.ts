import type { SdsUserId } from '../../contract/identifiers.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { Credential } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { ProfessionalSession, RoleGrant } from '../../ers/model.ts';
import { a001CreateProfessionalSession } from '../../ers/operations/a001-create-professional-session.ts';
import { a002SelectRole } from '../../ers/operations/a002-select-role.ts';
import { a030RetrieveBusinessFunctions } from '../../ers/operations/a030-retrieve-business-functions.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isBusinessFunction } from '../../ers/roles.ts';

/** A session that is open but has no role yet. */
export interface OpenedSession {
  readonly credential: Credential;
  readonly user: { readonly userId: string; readonly name: string };
  readonly grants: readonly RoleGrant[];
  /** Spine dialect only. */
  readonly professional: ProfessionalSession | null;
}

/** A bearer credential before its roles are known. */
export function unrolled(credential: Credential & { kind: 'bearer' }): OpenedSession {
  const user = { userId: credential.userId, name: credential.userName };
  return { credential, user, grants: [], professional: null };
}

/** How one session of a person follows another. */
export interface Succession {
  /** Ends the one before, once its last call has come back (contract.md section 2.4). */
  readonly end: (sessionKey: string) => Promise<void>;
  /** Told of the new session before its role is selected, because that call needs its key. */
  readonly adopt: (session: ProfessionalSession) => void;
}

/** Finds out who the user is and which roles they hold: A030, or A001 with the card's ticket. */
export async function openProfessionalSession(
  client: ErsClient,
  credential: Credential,
): Promise<Outcome<OpenedSession>> {
  if (credential.kind === 'bearer') {
    const granted = toOutcome(await client.call(a030RetrieveBusinessFunctions, {}));
    return granted.ok ? ok({ ...unrolled(credential), grants: usable(granted.value) }) : granted;
  }
  const created = toOutcome(await client.call(a001CreateProfessionalSession, { token: credential.ticket }));
  if (!created.ok) return created;
  const professional = created.value;
  const user = { userId: professional.userId, name: professional.userName };
  return ok({ credential, user, grants: usable(professional.permissions), professional });
}

/**
 * Selects a role in the spine session; the platform keeps none, so there it is a success at once.
 * One role per session: a further choice ends the old session and makes a new one (contract.md section 2.4).
 */
export async function selectRole(
  client: ErsClient,
  professional: ProfessionalSession | null,
  grant: RoleGrant,
  { end, adopt }: Succession,
): Promise<Outcome<ProfessionalSession | null>> {
  if (professional === null) return ok(null);
  let session = professional;
  if (session.selected !== null) {
    await end(session.sessionKey);
    const again = toOutcome(await client.call(a001CreateProfessionalSession, { token: session.token }));
    if (!again.ok) return again;
    session = again.value;
  }
  adopt(session);
  const { sessionKey, token } = session;
  const { businessFunction, organisation } = grant;
  return toOutcome(await client.call(a002SelectRole, { sessionKey, token, businessFunction, organisation }));
}

/**
 * Says for whom a clinician's admin acts: the third stage of the spine session (contract.md section 2.4). A session
 * that names a clinician already ends, and a new one is made. The platform keeps neither, so there it is a success.
 */
export async function selectClinician(
  client: ErsClient,
  { professional, onBehalfOf }: { professional: ProfessionalSession | null; onBehalfOf: unknown },
  grant: RoleGrant,
  clinician: SdsUserId,
  succession: Succession,
): Promise<Outcome<ProfessionalSession | null>> {
  if (professional === null) return ok(null);
  let session = professional;
  if (onBehalfOf !== null) {
    const again = await selectRole(client, professional, grant, succession);
    if (!again.ok || again.value === null) return again;
    session = again.value;
    succession.adopt(session);
  }
  const { sessionKey, token } = session;
  const { businessFunction, organisation } = grant;
  const role = { sessionKey, token, businessFunction, organisation };
  return toOutcome(await client.call(a002SelectRole, { ...role, onBehalfOf: clinician }));
}

/** Roles that this app can work in: the platform may name others (contract.md section 3). */
function usable(grants: readonly RoleGrant[]): RoleGrant[] {
  return grants.filter((grant) => isBusinessFunction(grant.businessFunction));
}
