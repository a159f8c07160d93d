/** The professional session of A001 and A002: plain JSON, not FHIR (contract.md A001). */
import { parseOdsCode } from '../../contract/identifiers.ts';
import { objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { readAs } from '../fhir/shape.ts';
import type { ProfessionalSession, RoleGrant } from '../model.ts';

export const SESSION_TYPE_INFO = 'uk.nhs.ers.xapi.dto.v1.session.ProfessionalSession';

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
  };
}

function toGrant(permission: Json | null): RoleGrant | null {
  const organisation = parseOdsCode(textAt(permission, 'orgIdentifier'));
  const organisationName = textAt(permission, 'orgName').trim() || null;
  if (organisation === null) return null;
  return { businessFunction: textAt(permission, 'businessFunction'), organisation, organisationName };
}
