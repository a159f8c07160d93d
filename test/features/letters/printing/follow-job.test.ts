import { describe, expect, it } from 'vitest';
import type { PrintReport } from '../../../../src-main/app/ports.ts';
import { followJob, type JobNews } from '../../../../src-main/features/letters/printing/follow-job.ts';
import { fail, ok, type Outcome } from '../../../../src-main/contract/outcome.ts';
import { createManualClock } from '../../../support/manual-clock.ts';

const says = (state: PrintReport['state'], sheets: number | null = null): Outcome<PrintReport> =>
  ok({ state, reasons: [], sheets });

/** A printer that answers what is next in the list, the last for ever. */
function follow(answers: (() => Promise<Outcome<PrintReport>> | Outcome<PrintReport>)[]) {
  const clock = createManualClock();
  const asked: number[] = [];
  const news: JobNews[] = [];
  const readJob = async () => {
    asked.push(Math.round(clock.monotonicMs()));
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return (await next?.()) ?? says('printed');
  };
  const job = followJob({ printer: { readJob }, clock }, { printerName: 'P', jobId: '1' }, (one) =>
    news.push(one),
  );
  return { clock, asked, news, job };
}

const statesOf = (news: readonly JobNews[]) =>
  news.map((one) => (one.kind === 'report' ? one.report.state : one.code));

describe('a job', () => {
  it('is asked for ever less often, sooner again when something is new, and not after its end', async () => {
    const { clock, asked, news } = follow([
      () => says('waiting'),
      () => says('waiting'),
      () => says('waiting'),
      () => says('printing'),
      () => says('printed'),
    ]);
    await clock.advance(60_000);
    expect(statesOf(news)).toEqual(['waiting', 'printing', 'printed']);
    const gaps = asked.map((at, index) => at - (asked[index - 1] ?? 0));
    expect(gaps).toEqual([500, 500, 1000, 2000, 500]);
  });

  it('is lost, never printed, when the printer stops answering', async () => {
    const { clock, asked, news } = follow([
      () => says('printing'),
      () => fail('unavailable', 'no-print-service'),
    ]);
    await clock.advance(300_000);
    expect(statesOf(news)).toEqual(['printing', 'printer-not-answering']);
    expect(asked.length).toBeLessThan(12);
  });

  it('is lost when an answer never comes', async () => {
    const { clock, news } = follow([() => new Promise(() => undefined)]);
    await clock.advance(600_000);
    expect(statesOf(news)).toEqual(['printer-not-answering']);
  });

  it('is not followed for ever', async () => {
    const { clock, news } = follow([() => says('held-up')]);
    await clock.advance(3 * 3_600_000);
    expect(statesOf(news)).toEqual(['held-up', 'not-followed-longer']);
  });

  it('is asked for at once when told to, and not any more when stopped', async () => {
    const { clock, asked, news, job } = follow([() => says('waiting')]);
    job.askNow();
    await clock.advance(0);
    expect(asked).toHaveLength(1);
    job.stop();
    await clock.advance(60_000);
    expect([asked.length, news.length]).toEqual([1, 1]);
  });
});
