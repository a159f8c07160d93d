/**
 * Runs the keyring adapter in a process of its own, as the tests' private session has another bus than they do.
 * Its argument is a list of steps in JSON; it prints one line of JSON for each outcome.
 */
import { createKeyringSecrets } from '../../../src-main/adapters/keyring/keyring-secrets.ts';
import { createSystemClock } from '../../../src-main/adapters/node/system-clock.ts';

/** One call of the port; bytes as numbers. */
export interface ProbeStep {
  readonly call: 'read' | 'write' | 'remove';
  readonly name: string;
  readonly service?: string;
  readonly bytes?: readonly number[];
}

const { steps, patienceMs } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly steps: readonly ProbeStep[];
  readonly patienceMs: number;
};
const clock = createSystemClock();
const services = new Map<string, ReturnType<typeof createKeyringSecrets>>();

for (const { call, name, bytes = [], service = 'booking-desk.training' } of steps) {
  const secrets = services.get(service) ?? createKeyringSecrets({ service, clock, patienceMs });
  services.set(service, secrets);
  const outcome =
    call === 'write' ? await secrets.write(name, Uint8Array.from(bytes)) : await secrets[call](name);
  const value = outcome.ok && outcome.value instanceof Uint8Array ? [...outcome.value] : null;
  process.stdout.write(`${JSON.stringify(outcome.ok ? { ok: true, value } : outcome)}\n`);
}
