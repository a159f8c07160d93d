import type { ErsIdentity } from '../client.ts';
import { mediaHeaders, type Dialect } from './dialect.ts';

type SpineIdentity = ErsIdentity & { readonly dialect: 'spine-session' };

const SESSION_HEADER = 'HTTP_X_SESSION_KEY';
const ACCEPT = {
  'fhir+json': 'application/fhir+json',
  json: 'application/json',
  pdf: 'application/pdf',
  file: '*/*',
  none: 'application/json',
} as const;

/** Codes that say why this caller may not: the session itself is alive. */
const ALIVE_CODES = ['NO_RELATIONSHIP', 'FORBIDDEN'];

/**
 * The API of 2021: ASID and session key on every call, the role in the session (contract.md sections 2.3 and 2.4). A
 * session dies without notice and then answers 403, which is told from a refusal by what the body says.
 */
export const spineSession: Dialect = {
  name: 'spine-session',
  transactionHeader: 'x_ers_transaction_id',
  probePath: '/STU3/v1/CodeSystem/SPECIALTY',
  frame(operation, request, identity) {
    if (identity === null) return { ok: false, reason: 'not-signed-in' };
    if (identity.dialect !== 'spine-session') return { ok: false, reason: 'wrong-dialect' };
    const session = sessionHeader(operation.id, request.headers ?? {}, identity);
    if (session === null) return { ok: false, reason: 'not-signed-in' };
    const { replyType } = operation;
    const contentType = replyType === 'json' ? 'application/json' : 'application/fhir+json';
    const headers = {
      XAPI_ASID: identity.asid,
      ...session,
      ...mediaHeaders(request, ACCEPT[replyType], contentType),
      ...request.headers,
    };
    return { ok: true, headers };
  },
  isUnauthorised(_operation, status, codes, isHtml) {
    // A proxy's page with 403 says nothing about the session.
    const isDeadSession = status === 403 && !isHtml && !codes.some((code) => ALIVE_CODES.includes(code));
    return status === 401 || isDeadSession;
  },
};

/** A001 has no session yet; A002 and A003 name theirs themselves. */
function sessionHeader(
  id: string,
  own: Readonly<Record<string, string>>,
  { sessionKey }: SpineIdentity,
): Record<string, string> | null {
  if (id === 'A001' || own[SESSION_HEADER] !== undefined) return {};
  return sessionKey === null ? null : { [SESSION_HEADER]: sessionKey };
}
