import { read } from '../fhir/shape.ts';
import type { Operation } from '../operation.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export interface A003Input {
  readonly sessionKey: string;
}

const PREFIX = '/v1/ProfessionalSession/';

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
        path: `${PREFIX}${sessionKey}`,
        headers: { HTTP_X_SESSION_KEY: sessionKey },
      }),
      readRequest(request) {
        const [sessionKey] = matchPath(request, 'DELETE', PREFIX, /^([\x21-\x2e\x30-\x7e]{1,200})$/) ?? [];
        return sessionKey === undefined ? null : { sessionKey };
      },
      successStatus: [200, 204],
    },
  },
  read: () => read(null),
};
