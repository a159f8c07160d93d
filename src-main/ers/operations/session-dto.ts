/** The professional session of A001 and A002: plain JSON, not FHIR (contract.md A001). */
import { parseOdsCode, parseSdsUserId } from '../../contract/identifiers.ts';
import { objectAt, objectsAt, textAt, textsAt, type Json } from '../fhir/json.ts';
import { readAs } from '../fhir/shape.ts';
import type { ProfessionalSession, RoleGrant } from '../model.ts';
import type { PublishedRequest } from '../operation.ts';
import { matchPath } from './framing.ts';

export const SESSION_TYPE_INFO = 'uk.nhs.ers.xapi.dto.v1.session.ProfessionalSession';

/** ASSUMPTION: not published; see a002-select-role.ts. */
const CLINICIANS_FIELD = 'onBehalfOfUsers';

const PREFIX = '/v1/ProfessionalSession/';

/** The path of one session. The key is opaque: whatever could end a path segment is escaped. */
export function sessionPath(sessionKey: string): string {
  return PREFIX + encodeURIComponent(sessionKey).replace(/%3A|%40|%3D|%2B/g, decodeURIComponent);
}

/** The reverse of `sessionPath`; null when method or path is another. */
export function readSessionPath(request: PublishedRequest, method: string): string | null {
  const [segment] =
    matchPath(request, method, PREFIX, /^((?:[\w.~!$*'():@=+-]|%[2-7][0-9A-F]){1,600})$/) ?? [];
  return segment === undefined ? null : decodeURIComponent(segment);
}

/** A session as the service states it: `sessionKey` is the id that came back, not the one that was asked for. */
export const readProfessionalSession = readAs('professionalSession', toSession);

function toSession(json: Json): ProfessionalSession {
  const user = objectAt(json, 'user');
  const names = [textAt(user, 'firstName'), textAt(user, 'lastName')];
  return {
    sessionKey: textAt(json, 'id'),
    token: textAt(json, 'token').trim(),
    userId: textAt(user, 'identifier'),
    userName: names.filter((name) => name !== '').join(' '),
    permissions: objectsAt(user, 'permissions')
      .map(toGrant)
      .filter((grant) => grant !== null),
    selected: toGrant(objectAt(json, 'permission')),
    clinicians: textsAt(json, CLINICIANS_FIELD)
      .map(parseSdsUserId)
      .filter((id) => id !== null),
  };
}

function toGrant(permission: Json | null): RoleGrant | null {
  const organisation = parseOdsCode(textAt(permission, 'orgIdentifier'));
  const organisationName = textAt(permission, 'orgName').trim() || null;
  if (organisation === null) return null;
  return { businessFunction: textAt(permission, 'businessFunction'), organisation, organisationName };
}
