import type { ProfessionalSession } from '../model.ts';
import type { Operation } from '../operation.ts';
import { asObject, textAt } from '../fhir/json.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';
import { readProfessionalSession, SESSION_TYPE_INFO } from './session-dto.ts';

export interface A001Input {
  /** The SSO token of the smartcard session, decoded. */
  readonly token: string;
}

/**
 * Creates a professional session from the smartcard's token (contract.md A001). A user without an e-RS role gets a
 * session with no permissions: the caller must say so and stop.
 */
export const a001CreateProfessionalSession: Operation<A001Input, ProfessionalSession> = {
  id: 'A001',
  name: 'Create professional session',
  kind: 'write',
  roles: 'any',
  replyType: 'json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: { NO_ACCESS: 'sign-in' },
  dialects: {
    'spine-session': {
      build: ({ token }) => ({
        method: 'POST',
        path: '/v1/ProfessionalSession',
        // Tokens come with leading blanks now and then (contract.md section 16).
        body: { typeInfo: SESSION_TYPE_INFO, token: token.trim() },
      }),
      readRequest(request) {
        if (matchPath(request, 'POST', '/v1/ProfessionalSession', /^$/) === null) return null;
        const token = textAt(asObject(request.body), 'token').trim();
        return token === '' ? null : { token };
      },
      successStatus: [201],
    },
  },
  read: (reply) => readProfessionalSession(reply.json),
};
