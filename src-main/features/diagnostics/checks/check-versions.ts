import type { AppSettings, Machine } from '../../../app/ports.ts';
import type { Check } from '../finding.ts';

interface Parts {
  readonly settings: Pick<AppSettings, 'environment' | 'dialect' | 'host' | 'version'>;
  readonly machine: Pick<Machine, 'versions'>;
}

/** What is installed here. */
export function checkVersions({ settings, machine }: Parts): Check {
  return {
    id: 'versions',
    patienceMs: 5_000,
    run() {
      const { environment, dialect, host, version } = settings;
      return {
        ...{ verdict: 'ok', code: 'versions' },
        facts: { app: version, environment, dialect, host, ...machine.versions() },
      };
    },
  };
}
