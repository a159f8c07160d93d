import { refuse, type Call, type JsonObject, type Operation } from '../service-types.ts';
import { findStaff, ORGANISATION_NAMES } from '../world/staff.ts';
import { textAt } from '../wire/read-body.ts';

export const SESSION_TYPE = 'uk.nhs.ers.xapi.dto.v1.session.ProfessionalSession';

/** A ticket as clients send it: some with blanks around, some URL-encoded (contract.md section 16). */
function readTicket(body: unknown): string | undefined {
  const token = textAt(body, 'token')?.trim();
  if (token === undefined || !token.includes('%')) return token;
  try {
    return decodeURIComponent(token);
  } catch {
    return undefined;
  }
}

/** The user part of a session: every permission, e-RS header enum or not (contract.md A001). */
export function sessionUser(userId: string): JsonObject {
  const member = findStaff(userId);
  return {
    identifier: userId,
    firstName: member?.firstName ?? '',
    lastName: member?.lastName ?? '',
    middleName: null,
    permissions: (member?.grants ?? []).map((grant) => ({
      businessFunction: grant.businessFunction,
      orgIdentifier: grant.organisation,
      orgName: ORGANISATION_NAMES[grant.organisation] ?? '',
    })),
  };
}

/** A001: a provisional session from an SSO ticket. */
export const createSession: Operation = {
  id: 'A001',
  fhir: 'stu3',
  produces: 'json',
  consumes: 'application/json',
  routes: [{ surface: 'spine-session', method: 'POST', path: '/v1/ProfessionalSession', permission: 'open' }],
  answer(call: Call) {
    const ticket = readTicket(call.body);
    if (ticket === undefined || textAt(call.body, 'typeInfo') !== SESSION_TYPE) {
      return refuse(422, 'INVALID_VALUE', 'Malformed session request');
    }
    const checked = call.desk.credentials.check('sso-ticket', ticket);
    if (typeof checked === 'string') return refuse(403, 'NO_ACCESS', 'The token is invalid or has expired');
    const session = call.desk.sessions.create(ticket, checked.userId);
    return {
      status: 201,
      json: {
        typeInfo: SESSION_TYPE,
        id: session.key,
        token: ticket,
        user: sessionUser(session.userId),
        permission: null,
      },
    };
  },
};
