import type { Connection } from '../../../contract/channels/session.ts';
import type { Clock } from '../../../app/ports.ts';
import type { Reach } from '../../../ers/reach.ts';
import type { Check, Finding } from '../finding.ts';

interface Parts {
  readonly clock: Clock;
  readonly baseUrl: string;
  /** Looks, without a credential, whether e-RS answers; never rejects. */
  readonly probe: () => Promise<Reach>;
  readonly connection: () => Connection;
}

const FOUND: Readonly<Record<Reach, Pick<Finding, 'verdict' | 'code'>>> = {
  answered: { verdict: 'ok', code: 'ers-answers' },
  unreached: { verdict: 'fail', code: 'ers-not-reached' },
  portal: { verdict: 'fail', code: 'portal-answers' },
  unclear: { verdict: 'unknown', code: 'ers-unclear' },
};

/** Whether e-RS itself answers, or something else in its place. A look takes its turn at the gate, ten seconds at most. */
export function checkNetwork({ clock, baseUrl, probe, connection }: Parts): Check {
  return {
    id: 'network',
    patienceMs: 22_000,
    async run() {
      const startedMs = clock.monotonicMs();
      const reach = await probe();
      const isPaused = reach === 'unclear' && connection().pausedUntil !== null;
      const facts = {
        host: URL.parse(baseUrl)?.host ?? '',
        milliseconds: Math.round(clock.monotonicMs() - startedMs),
      };
      return isPaused ? { verdict: 'unknown', code: 'calls-are-paused', facts } : { ...FOUND[reach], facts };
    },
  };
}
