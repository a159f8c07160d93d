import type { AppSettings, Secrets } from '../../../app/ports.ts';
import type { Check } from '../finding.ts';

interface Parts {
  readonly environment: AppSettings['environment'];
  readonly secrets: Secrets;
}

/** The entry that every vault begins with (features/vault/kept-secrets.ts): its content is looked at by nobody here. */
const RING_NAME = 'record-key-ring';

/** Whether the keys of the records can be reached. A locked keyring hides what it holds, and answers for what it has not. */
export function checkKeyring({ environment, secrets }: Parts): Check {
  return {
    id: 'keyring',
    patienceMs: 25_000,
    async run() {
      const place = environment === 'training' ? 'training' : 'keyring';
      const answer = await secrets.read(RING_NAME);
      if (!answer.ok) return { verdict: 'fail', code: answer.problem.code, facts: { place } };
      if (answer.value === null) return { verdict: 'warn', code: 'no-keys-there', facts: { place } };
      return { verdict: 'ok', code: 'keys-there', facts: { place } };
    },
  };
}
