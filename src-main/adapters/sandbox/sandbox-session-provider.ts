import type { Credential, SessionProvider } from '../../app/ports.ts';
import { parseSdsUserId } from '../../contract/identifiers.ts';
import { fail, ok } from '../../contract/outcome.ts';

/** Of nobody: the sandbox answers everybody alike. */
const USER_ID = '000000000000';
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The sandbox knows no sign-in and takes no token: an empty one is not sent (contract.md section 2.1). Whoever sits
 * there is one and the same made-up user.
 */
export function createSandboxSessionProvider({ nowMs }: { nowMs(): number }): SessionProvider {
  return {
    async obtain() {
      const userId = parseSdsUserId(USER_ID);
      if (userId === null) return fail('internal', 'sandbox-user');
      const credential: Credential = {
        ...{ kind: 'bearer', token: '', userId, userName: 'Sandbox user' },
        expiresAtMs: nowMs() + DAY_MS,
      };
      return ok(credential);
    },
    release: () => Promise.resolve(),
  };
}
