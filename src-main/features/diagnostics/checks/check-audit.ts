import type { TrailStatus } from '../../audit/trail-keeper.ts';
import type { Check } from '../finding.ts';

/** The chain of the audit trail, walked from its first entry to its sealed end; null where it is not open. */
export function checkAudit(walk: () => Promise<TrailStatus | null>): Check {
  return {
    id: 'audit',
    patienceMs: 60_000,
    async run() {
      const status = await walk();
      if (status === null) return { verdict: 'unknown', code: 'audit-not-open' };
      const { state, rows, findings, isSealRead } = status;
      const [first] = findings;
      if (first !== undefined)
        return {
          ...{ verdict: 'fail', code: 'audit-broken' },
          facts: { entries: rows, finding: first.kind, entry: first.seq },
        };
      if (state !== 'sound') return { verdict: 'unknown', code: 'audit-not-checked' };
      return isSealRead
        ? { verdict: 'ok', code: 'audit-whole', facts: { entries: rows } }
        : { verdict: 'warn', code: 'audit-end-not-known', facts: { entries: rows } };
    },
  };
}
