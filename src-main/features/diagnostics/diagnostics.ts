/** The diagnostics of a desk: each check by itself, bounded in time, with what was found and no word of any person. */
import type { CheckId, CheckResult } from '../../contract/channels/diagnostics.ts';
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings, Clock, Log } from '../../app/ports.ts';
import { resultOf, type Check, type Finding } from './finding.ts';
import { writeReport } from './report.ts';

type Channel = 'diagnostics/report-fault' | 'diagnostics/run-check' | 'diagnostics/read-report';

export interface DiagnosticsFeature {
  readonly handlers: {
    readonly [C in Channel]: (
      input: RequestInput<C>,
    ) => Outcome<RequestOutput<C>> | Promise<Outcome<RequestOutput<C>>>;
  };
}

interface Dependencies {
  readonly settings: AppSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly checks: readonly Check[];
  /** In which role somebody works here now; null when nobody does. */
  readonly businessFunction: () => string | null;
}

/** Needs no session: what is wrong before a sign-in, or behind the lock, is what these checks are for. */
export function createDiagnostics(deps: Dependencies): DiagnosticsFeature {
  const { clock, log } = deps;
  const checks = new Map<CheckId, Check>(deps.checks.map((check) => [check.id, check]));
  /** A check that hangs is not started again beside itself: who asks once more waits for the same. */
  const running = new Map<CheckId, Promise<Finding>>();
  const found = new Map<CheckId, { readonly result: CheckResult; readonly atMs: number }>();

  async function runOnce({ id, run }: Check): Promise<Finding> {
    try {
      return await run();
    } catch (error) {
      // Its text may quote anything; its name says what kind of fault it was.
      const reason = error instanceof Error ? error.name : typeof error;
      log.write('error', 'check-failed', { operation: id, reason });
      return { verdict: 'unknown', code: 'check-failed', facts: { reason } };
    } finally {
      running.delete(id);
    }
  }

  function start(check: Check): Promise<Finding> {
    const under = running.get(check.id);
    if (under !== undefined) return under;
    const work = Promise.resolve().then(() => runOnce(check));
    running.set(check.id, work);
    return work;
  }

  function withinPatience(check: Check): Promise<Finding> {
    return new Promise((resolve) => {
      const seconds = Math.round(check.patienceMs / 1000);
      const cancel = clock.schedule(check.patienceMs, () =>
        resolve({ verdict: 'unknown', code: 'no-answer-in-time', facts: { seconds } }),
      );
      void start(check).then((finding) => {
        cancel();
        resolve(finding);
      });
    });
  }

  return {
    handlers: {
      'diagnostics/report-fault'({ kind, place }) {
        log.write('error', 'renderer-fault', { code: kind, reason: place });
        return ok({});
      },
      async 'diagnostics/run-check'({ id }) {
        const check = checks.get(id);
        const finding: Finding =
          check === undefined ? { verdict: 'unknown', code: 'not-seen-here' } : await withinPatience(check);
        const result = resultOf(id, finding);
        found.set(id, { result, atMs: clock.nowMs() });
        return ok(result);
      },
      'diagnostics/read-report': () =>
        ok({
          text: writeReport({
            ...{
              settings: deps.settings,
              nowMs: clock.nowMs(),
              found: deps.checks.flatMap(({ id }) => found.get(id) ?? []),
            },
            businessFunction: deps.businessFunction(),
          }),
        }),
    },
  };
}
