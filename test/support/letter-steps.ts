/** The steps to a letter on paper, as a clerk takes them in the tests of main. */
import type { RequestInput } from '../../src-main/contract/channels.ts';
import type { PrintBatch, PrintJob } from '../../src-main/contract/channels/letters.ts';
import type { TestDesk } from './desk.ts';

/** A clerk who has read the letter and rung the patient. */
const WORD = { reason: null, note: '', isReadByClerk: true, isPhoned: true } as const;

export const printInput = (letterId: string, over: Partial<RequestInput<'letters/print'>> = {}) => ({
  ...{ letterId, printer: 'Training-printer', copies: 1, isLarge: false, ...WORD },
  ...over,
});

/** Fetches the letter of the open referral, prints it, and waits until the printer is done with it. */
export async function printLetter(
  desk: TestDesk,
  ubrn: string,
  over: Partial<RequestInput<'letters/print'>> = {},
): Promise<PrintJob> {
  const { letterId } = await desk.must('letters/fetch', { ubrn });
  const { printId } = await desk.must('letters/print', printInput(letterId, over));
  for (let second = 0; second < 20; second += 1) await desk.clock.advance(1_000);
  return lastJob(desk, printId);
}

export function lastJob(desk: TestDesk, printId: string): PrintJob {
  const jobs = desk.pushes.flatMap(({ channel, payload }) =>
    channel === 'letters/print-changed' ? [payload as PrintJob] : [],
  );
  const job = jobs.findLast((one) => one.printId === printId);
  if (job === undefined) throw new Error('nothing was pushed of the print');
  return job;
}

export const lastBatch = (desk: TestDesk): PrintBatch | undefined =>
  desk.pushes.findLast(({ channel }) => channel === 'letters/batch-changed')?.payload as
    PrintBatch | undefined;
