import type { AppSettings, Machine } from '../../../app/ports.ts';
import type { Check } from '../finding.ts';

interface Parts {
  readonly environment: AppSettings['environment'];
  readonly machine: Pick<Machine, 'readProxy'>;
}

/** The proxy that calls go through, and one that the operating system names and nobody told the desk of. */
export function checkProxy({ environment, machine }: Parts): Check {
  return {
    id: 'proxy',
    patienceMs: 15_000,
    async run() {
      if (environment === 'training') return { verdict: 'ok', code: 'no-network-used' };
      const { used, isAnswering, unused, isUnusable } = await machine.readProxy();
      if (isUnusable) return { verdict: 'fail', code: 'system-proxy-not-usable' };
      if (used !== null)
        return isAnswering
          ? { verdict: 'ok', code: 'proxy-answers', facts: { proxy: used } }
          : { verdict: 'fail', code: 'proxy-silent', facts: { proxy: used } };
      return unused === null
        ? { verdict: 'ok', code: 'no-proxy' }
        : { verdict: 'warn', code: 'system-proxy-not-used', facts: { proxy: unused } };
    },
  };
}
