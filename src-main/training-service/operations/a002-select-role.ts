import { refuse, type Answer, type Call, type Operation, type Reply } from '../service-types.ts';
import type { SpineSession } from '../sessions/spine-sessions.ts';
import { textAt } from '../wire/read-body.ts';
import { isGranted, ORGANISATION_NAMES, STAFF, type Grant } from '../world/staff.ts';
import { SESSION_TYPE, sessionUser } from './a001-create-session.ts';

const SPCA = 'SERVICE_PROVIDER_CLINICIAN_ADMIN';

/** The session of the path, which must be the one of the header too. */
export function readSession(call: Call): SpineSession | null {
  const key = call.params.sessionKey ?? '';
  if (call.headers.get('http_x_session_key') !== key) return null;
  return call.desk.sessions.find(key) ?? null;
}

const listClinicians = (organisation: string): string[] =>
  STAFF.filter((member) => isGranted(member.userId, 'SERVICE_PROVIDER_CLINICIAN', organisation)).map(
    (member) => member.userId,
  );

function describe(session: SpineSession, grant: Grant): Reply {
  const isChoosing = !session.isComplete;
  return {
    status: 200,
    json: {
      typeInfo: SESSION_TYPE,
      id: session.key,
      token: session.ticket,
      user: sessionUser(session.userId),
      permission: {
        businessFunction: grant.businessFunction,
        orgIdentifier: grant.organisation,
        orgName: ORGANISATION_NAMES[grant.organisation] ?? '',
      },
      // The fields of the third stage are not published: these names are this service's own.
      ...(isChoosing ? { onBehalfOfUsers: listClinicians(grant.organisation) } : {}),
      ...(session.onBehalfOf === null ? {} : { onBehalfOf: session.onBehalfOf }),
    },
  };
}

/** The grant asked for, or the one that a half-made SPCA session has already. */
function readGrant(call: Call, session: SpineSession, onBehalfOf: string | undefined): Grant | Answer {
  if (session.isComplete) return refuse(400, 'INVALID_REQUEST_STATE', 'A role is already selected');
  if (session.grant) {
    if (onBehalfOf === undefined) return refuse(403, 'FORBIDDEN', 'A clinician must be chosen');
    return session.grant;
  }
  const grant: Grant = {
    businessFunction: textAt(call.body, 'permission', 'businessFunction') ?? '',
    organisation: textAt(call.body, 'permission', 'orgIdentifier') ?? '',
  };
  if (!isGranted(session.userId, grant.businessFunction, grant.organisation)) {
    return refuse(403, 'FORBIDDEN', 'The user does not hold this role at this organisation');
  }
  return grant;
}

function select(call: Call): Answer {
  const session = readSession(call);
  if (!session) return refuse(403, 'NOT_AUTHORISED', 'No such session');
  const onBehalfOf = textAt(call.body, 'onBehalfOf');
  const grant = readGrant(call, session, onBehalfOf);
  if ('status' in grant) return grant;
  const isAdmin = grant.businessFunction === SPCA;
  if (onBehalfOf !== undefined && !isAdmin) return refuse(400, 'INVALID_VALUE', 'This role acts for nobody');
  if (onBehalfOf !== undefined && !isGranted(onBehalfOf, 'SERVICE_PROVIDER_CLINICIAN', grant.organisation)) {
    return refuse(403, 'FORBIDDEN', 'Not a clinician of this organisation');
  }
  const next = call.desk.sessions.advance(session.key, {
    grant,
    onBehalfOf: onBehalfOf ?? null,
    isComplete: !isAdmin || onBehalfOf !== undefined,
  });
  return describe(next, grant);
}

/** A002: one role for the session, which gets a new key with it; SPCA names a clinician in a third stage. */
export const selectRole: Operation = {
  id: 'A002',
  fhir: 'stu3',
  produces: 'json',
  consumes: 'application/json',
  routes: [
    {
      surface: 'spine-session',
      method: 'PUT',
      path: '/v1/ProfessionalSession/:sessionKey',
      permission: 'signed-in',
    },
  ],
  answer: select,
};
