/** Chooses where a desk keeps its keys. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createKeyringSecrets } from '../adapters/keyring/keyring-secrets.ts';
import { createKeyFileSecrets } from '../adapters/node/key-file-secrets.ts';
import type { Clock, Secrets } from '../app/ports.ts';
import type { HostOptions } from './read-options.ts';

/**
 * The name in the keyring; one for each environment, so that training, sandbox and live never share a key, and one for
 * each data folder that was chosen by hand: a key is dropped when the records of its own database are done with it.
 */
export function keyringServiceOf(
  environment: HostOptions['environment'],
  dataDir: string | null = null,
): string {
  const place = dataDir === null ? '' : `.${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  return `booking-desk.${environment}${place}`;
}

/**
 * Training keeps its keys in files, unless it is to try the keyring; every other environment has the keyring of the
 * operating system and nothing to fall back to (design.md, Outbox).
 */
export function composeSecrets(parts: {
  readonly options: Pick<HostOptions, 'environment' | 'secrets' | 'dataDir'>;
  /** The data folder of the environment. */
  readonly folder: string;
  readonly clock: Clock;
}): Secrets {
  const { options, folder, clock } = parts;
  const isInFiles = options.environment === 'training' && options.secrets !== 'keyring';
  if (isInFiles) return createKeyFileSecrets(join(folder, 'keys'));
  return createKeyringSecrets({ service: keyringServiceOf(options.environment, options.dataDir), clock });
}
