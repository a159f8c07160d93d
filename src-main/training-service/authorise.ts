/** Who may call what: the first two steps of the check order (contract.md sections 2, 3 and 14.2). */
import { isBusinessFunction } from '../ers/roles.ts';
import {
  refuse,
  type Caller,
  type Desk,
  type Permission,
  type Refusal,
  type Surface,
} from './service-types.ts';
import { isGranted } from './world/staff.ts';

export interface AuthoriseInput {
  readonly surface: Surface;
  readonly fhir: 'stu3' | 'r4';
  readonly permission: Permission;
  /** True where an SPCA need not say for whom it acts. */
  readonly isBeforeOnBehalfOf: boolean;
  readonly headers: Headers;
  readonly desk: Desk;
}

type Authorised = Caller | Refusal;

const NOBODY: Caller = { userId: '', businessFunction: '', organisation: '', onBehalfOf: null };

/** A refused token never gets as far as e-RS: on STU3 the gateway answers with a fault of its own (section 4.4). */
function refuseToken(fhir: 'stu3' | 'r4', state: 'missing' | 'expired' | 'unknown'): Refusal {
  if (fhir === 'r4')
    return { ...refuse(401, 'ACCESS_DENIED', 'Access token is not valid'), isFromGateway: true };
  const refusal = refuse(401, 'NO_ACCESS', 'Access token is not valid');
  if (state !== 'unknown') return { ...refusal, isFromGateway: true };
  const fault = {
    fault: { faultstring: 'Invalid Access Token', detail: { errorcode: 'invalid_access_token' } },
  };
  return { ...refusal, isFromGateway: true, raw: { type: 'application/json', text: JSON.stringify(fault) } };
}

function checkBearer({ fhir, headers, desk }: AuthoriseInput): { userId: string } | Refusal {
  const token = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return refuseToken(fhir, 'missing');
  const checked = desk.credentials.check('bearer', token);
  return typeof checked === 'string' ? refuseToken(fhir, checked) : checked;
}

const forbid = (fhir: 'stu3' | 'r4', why: string): Refusal =>
  refuse(403, fhir === 'r4' ? 'REC_FORBIDDEN' : 'FORBIDDEN', why);

/** SPCA acts for a clinician of the same organisation, and nobody else does (contract.md section 2.1). */
function checkOnBehalfOf(caller: Caller, { fhir, isBeforeOnBehalfOf }: AuthoriseInput): Refusal | null {
  const needs = caller.businessFunction === 'SERVICE_PROVIDER_CLINICIAN_ADMIN';
  if (!needs) return caller.onBehalfOf === null ? null : forbid(fhir, 'This role acts for nobody');
  if (caller.onBehalfOf === null) {
    if (isBeforeOnBehalfOf) return null;
    return refuse(400, fhir === 'r4' ? 'REC_BAD_REQUEST' : 'MISSING_HEADER', 'NHSD-eRS-On-Behalf-Of-User-ID');
  }
  const isClinician = isGranted(caller.onBehalfOf, 'SERVICE_PROVIDER_CLINICIAN', caller.organisation);
  return isClinician ? null : forbid(fhir, 'Not a clinician of this organisation');
}

function authorisePlatform(input: AuthoriseInput): Authorised {
  const { headers, fhir, permission } = input;
  const user = checkBearer(input);
  if ('isRefusal' in user) return user;
  if (typeof permission === 'string') return { ...NOBODY, userId: user.userId };
  const organisation = headers.get('nhsd-end-user-organisation-ods');
  const businessFunction = headers.get('nhsd-ers-business-function');
  for (const [name, value] of [
    ['NHSD-End-User-Organisation-ODS', organisation],
    ['NHSD-eRS-Business-Function', businessFunction],
  ] as const) {
    if (value === null) return refuse(400, fhir === 'r4' ? 'REC_BAD_REQUEST' : 'MISSING_HEADER', name);
  }
  const caller: Caller = {
    userId: user.userId,
    businessFunction: businessFunction ?? '',
    organisation: organisation ?? '',
    onBehalfOf: headers.get('nhsd-ers-on-behalf-of-user-id'),
  };
  const isHeld =
    isBusinessFunction(caller.businessFunction) &&
    isGranted(caller.userId, caller.businessFunction, caller.organisation);
  if (!isHeld) return forbid(fhir, 'The user does not hold this role at this organisation');
  const refusal = checkOnBehalfOf(caller, input);
  if (refusal) return refusal;
  return permission.includes(caller.businessFunction) ? caller : forbid(fhir, 'Not permitted to this role');
}

/** The spine dialect's endpoint certificate and ASID: 403 without one. */
function checkAsid(headers: Headers): Refusal | null {
  return /^\d{12}$/.test(headers.get('xapi_asid') ?? '')
    ? null
    : refuse(403, 'FORBIDDEN', 'ASID is not configured');
}

function authoriseSpine({ headers, permission, desk }: AuthoriseInput): Authorised {
  const refusal = checkAsid(headers);
  if (refusal) return refusal;
  if (permission === 'open') return NOBODY;
  const session = desk.sessions.find(headers.get('http_x_session_key') ?? '');
  // A dead session is a 403 too: the client cannot tell it from other refusals by the status (section 13).
  if (!session) return refuse(403, 'NOT_AUTHORISED', 'No such session');
  const caller: Caller = {
    userId: session.userId,
    businessFunction: session.grant?.businessFunction ?? '',
    organisation: session.grant?.organisation ?? '',
    onBehalfOf: session.onBehalfOf,
  };
  if (permission === 'signed-in') return caller;
  if (!session.isComplete) return refuse(403, 'FORBIDDEN', 'No role has been selected');
  return permission.includes(caller.businessFunction)
    ? caller
    : refuse(403, 'FORBIDDEN', 'Not permitted to this role');
}

/** The caller, or why there is none. */
export function authorise(input: AuthoriseInput): Authorised {
  switch (input.surface) {
    case 'api-platform':
      return authorisePlatform(input);
    case 'spine-session':
      return authoriseSpine(input);
    case 'pds': {
      const user = checkBearer(input);
      return 'isRefusal' in user ? user : { ...NOBODY, userId: user.userId };
    }
    case 'training':
      return NOBODY;
  }
}
