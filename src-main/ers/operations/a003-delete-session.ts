import { read } from '../fhir/shape.ts';
import type { Operation } from '../operation.ts';
import { READ_TIMEOUT_MS } from './framing.ts';
import { readSessionPath, sessionPath } from './session-dto.ts';

export interface A003Input {
  readonly sessionKey: string;
}

/**
 * Ends a session (contract.md A003). Send it after every outstanding call has come back; a 403 means that the
 * session is gone already.
 */
export const a003DeleteSession: Operation<A003Input, null> = {
  id: 'A003',
  name: 'Delete session',
  kind: 'write',
  roles: 'any',
  replyType: 'none',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: {},
  dialects: {
    'spine-session': {
      build: ({ sessionKey }) => ({
        method: 'DELETE',
        path: sessionPath(sessionKey),
        headers: { HTTP_X_SESSION_KEY: sessionKey },
      }),
      readRequest(request) {
        const sessionKey = readSessionPath(request, 'DELETE');
        return sessionKey === null ? null : { sessionKey };
      },
      successStatus: [200, 204],
    },
  },
  read: () => read(null),
};
