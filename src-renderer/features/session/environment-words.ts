import type { Environment } from '../../../src-main/contract/channels/session.ts';

const SHOWN: Readonly<Record<Environment['id'], string>> = {
  training: 'TRAINING',
  sandbox: 'NHS SANDBOX',
  integration: 'INTEGRATION',
  live: 'LIVE',
};

/** The environment as every screen names it. */
export function environmentWords(environment: Environment | null): string {
  return environment === null ? 'ENVIRONMENT NOT KNOWN' : SHOWN[environment.id];
}
