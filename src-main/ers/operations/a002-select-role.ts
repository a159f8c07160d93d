import { parseOdsCode, type OdsCode } from '../../contract/identifiers.ts';
import { asObject, objectAt, textAt } from '../fhir/json.ts';
import type { ProfessionalSession } from '../model.ts';
import type { Framing, Operation } from '../operation.ts';
import { READ_TIMEOUT_MS } from './framing.ts';
import { readProfessionalSession, readSessionPath, SESSION_TYPE_INFO, sessionPath } from './session-dto.ts';

export interface A002Input {
  readonly sessionKey: string;
  readonly token: string;
  readonly businessFunction: string;
  readonly organisation: OdsCode;
}

const spineSession: Framing<A002Input> = {
  build: ({ sessionKey, token, businessFunction, organisation }) => ({
    method: 'PUT',
    path: sessionPath(sessionKey),
    headers: { HTTP_X_SESSION_KEY: sessionKey },
    body: {
      typeInfo: SESSION_TYPE_INFO,
      token: token.trim(),
      permission: { businessFunction, orgIdentifier: organisation },
    },
  }),
  readRequest(request) {
    const sessionKey = readSessionPath(request, 'PUT');
    const body = asObject(request.body);
    const permission = objectAt(body, 'permission');
    const businessFunction = textAt(permission, 'businessFunction');
    const organisation = parseOdsCode(textAt(permission, 'orgIdentifier'));
    if (sessionKey === null || organisation === null || businessFunction === '') return null;
    return { sessionKey, token: textAt(body, 'token').trim(), businessFunction, organisation };
  },
  successStatus: [200],
};

/**
 * Selects the one role of a session (contract.md A002). Keep the session key that comes back: it can differ from the
 * one in the request.
 */
export const a002SelectRole: Operation<A002Input, ProfessionalSession> = {
  id: 'A002',
  name: 'Select role',
  kind: 'write',
  roles: 'any',
  replyType: 'json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { FORBIDDEN: 'tell' },
  dialects: { 'spine-session': spineSession },
  read: (reply) => readProfessionalSession(reply.json),
  echoes: ({ selected }, input) =>
    selected?.businessFunction === input.businessFunction && selected.organisation === input.organisation,
};
