/** Follows a job of the printer to its end by asking for it, ever less often, and not for ever. */
import type { Clock, LetterPrinter, PrintReport } from '../../../app/ports.ts';

/** Asked at these distances; the last one goes on. Anything new starts them again. */
const WAITS_MS = [500, 1000, 2000, 3000, 5000] as const;
/** So many questions without an answer, and nobody knows any more. */
const MOST_UNANSWERED = 8;
/** Paper is fetched over a lunch break, not over a night. */
const MOST_MS = 2 * 3_600_000;
const MOST_FOR_AN_ANSWER_MS = 20_000;

/** What is heard of a job; `lost` is said by the desk itself when the printer tells nothing more. */
export type JobNews =
  | { readonly kind: 'report'; readonly report: PrintReport }
  | { readonly kind: 'lost'; readonly code: string };

export interface FollowedJob {
  /** Asks at once, e.g. after a cancellation. */
  readonly askNow: () => void;
  readonly stop: () => void;
}

const ENDS: readonly PrintReport['state'][] = ['printed', 'cancelled', 'failed', 'unknown'];

/** Tells `onNews` whatever is new until the job has ended; after the end nothing more is told. */
export function followJob(
  { printer, clock }: { readonly printer: Pick<LetterPrinter, 'readJob'>; readonly clock: Clock },
  { printerName, jobId }: { readonly printerName: string; readonly jobId: string },
  onNews: (news: JobNews) => void,
): FollowedJob {
  const startedMs = clock.monotonicMs();
  let cancelTimer = () => {};
  let isStopped = false;
  let isAsking = false;
  let waits = 0;
  let unanswered = 0;
  let last = '';

  function stop(): void {
    isStopped = true;
    cancelTimer();
  }

  function end(news: JobNews): void {
    stop();
    onNews(news);
  }

  function hear(report: PrintReport): void {
    unanswered = 0;
    if (ENDS.includes(report.state)) return end({ kind: 'report', report });
    const said = JSON.stringify(report);
    if (said !== last) {
      waits = 0;
      last = said;
      onNews({ kind: 'report', report });
    }
    plan();
  }

  function missed(): void {
    unanswered += 1;
    if (unanswered >= MOST_UNANSWERED) end({ kind: 'lost', code: 'printer-not-answering' });
    else plan();
  }

  function plan(): void {
    // What was told may have stopped it.
    if (isStopped) return;
    if (clock.monotonicMs() - startedMs > MOST_MS) return end({ kind: 'lost', code: 'not-followed-longer' });
    cancelTimer = clock.schedule(WAITS_MS[Math.min(waits, WAITS_MS.length - 1)] ?? 0, ask);
    waits += 1;
  }

  function ask(): void {
    if (isAsking || isStopped) return;
    isAsking = true;
    cancelTimer();
    const question = withinTime(clock, MOST_FOR_AN_ANSWER_MS, printer.readJob(printerName, jobId));
    void question.then((answer) => {
      isAsking = false;
      if (isStopped) return;
      if (answer?.ok === true) hear(answer.value);
      else missed();
    });
  }

  plan();
  return { askNow: ask, stop };
}

/** The answer, or null when it does not come in time. */
export function withinTime<T>(clock: Clock, ms: number, answer: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(ms, () => resolve(null));
    void answer.then((value) => {
      cancel();
      resolve(value);
    });
  });
}
