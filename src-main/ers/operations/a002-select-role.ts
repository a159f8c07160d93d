import { parseOdsCode, parseSdsUserId, type OdsCode, type SdsUserId } from '../../contract/identifiers.ts';
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
  /** The third stage: for whom a clinician's admin acts, one of the session's `clinicians`. Absent: not yet. */
  readonly onBehalfOf?: SdsUserId;
}

const spineSession: Framing<A002Input> = {
  build: ({ sessionKey, token, businessFunction, organisation, onBehalfOf }) => ({
    method: 'PUT',
    path: sessionPath(sessionKey),
    headers: { HTTP_X_SESSION_KEY: sessionKey },
    body: {
      typeInfo: SESSION_TYPE_INFO,
      token: token.trim(),
      permission: { businessFunction, orgIdentifier: organisation },
      ...(onBehalfOf === undefined ? {} : { [CLINICIAN_FIELD]: onBehalfOf }),
    },
  }),
  readRequest(request) {
    const sessionKey = readSessionPath(request, 'PUT');
    const body = asObject(request.body);
    const permission = objectAt(body, 'permission');
    const businessFunction = textAt(permission, 'businessFunction');
    const organisation = parseOdsCode(textAt(permission, 'orgIdentifier'));
    if (sessionKey === null || organisation === null || businessFunction === '') return null;
    const role = { sessionKey, token: textAt(body, 'token').trim(), businessFunction, organisation };
    if (body?.[CLINICIAN_FIELD] === undefined) return role;
    const onBehalfOf = parseSdsUserId(body[CLINICIAN_FIELD]);
    return onBehalfOf === null ? null : { ...role, onBehalfOf };
  },
  successStatus: [200],
};

/**
 * ASSUMPTION: neither source publishes the name of the field for the chosen clinician, nor that of the candidates in the
 * answer (contract.md section 2.4). These two names are ours, in this one place and in session-dto.ts; to be set right
 * when a 2021 installation is met.
 */
const CLINICIAN_FIELD = 'onBehalfOf';

/**
 * Selects the one role of a session (contract.md A002). Keep the session key that comes back: it can differ from the
 * one in the request. For a clinician's admin a further call with `onBehalfOf` ends the set-up.
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
