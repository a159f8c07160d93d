import type { Updates } from '../../updates/updates.ts';
import type { Check, Finding } from '../finding.ts';

async function look({ look }: Updates): Promise<Finding> {
  const release = await look();
  if (release.ok)
    return release.value === null
      ? { verdict: 'ok', code: 'newest-installed' }
      : {
          ...{ verdict: 'warn', code: 'newer-version' },
          facts: { version: release.value.version, releasedOn: release.value.releasedOn },
        };
  const { kind, code } = release.problem;
  if (kind === 'forbidden') return { verdict: 'ok', code: 'updates-off' };
  if (kind === 'unavailable') return { verdict: 'unknown', code: 'feed-not-reached' };
  return { verdict: 'fail', code: 'feed-not-trusted', facts: { reason: code } };
}

/** Whether a newer version has been announced by its publisher; without a feed nobody announces any. */
export function checkUpdates(updates: Updates | null): Check {
  return {
    id: 'updates',
    patienceMs: 20_000,
    run: () => (updates === null ? { verdict: 'ok', code: 'no-update-feed' } : look(updates)),
  };
}
