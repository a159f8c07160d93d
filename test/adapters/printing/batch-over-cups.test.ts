/** A batch of letters over a real CUPS (issue 5, "Shows" 1): stopped by an empty tray, and gone on with. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIppLetterPrinter } from '../../../src-main/adapters/printing/ipp-letter-printer.ts';
import type { LetterPrinter } from '../../../src-main/app/ports.ts';
import type { PrintBatch } from '../../../src-main/contract/channels/letters.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { newClock, openPrintBench, PAGES, ubrnOf } from '../../features/letters/printing/print-bench.ts';
import { eventually } from '../../support/eventually.ts';
import { isMissing } from '../../support/missing-parts.ts';
import { createPrivateCups, type PrivateCups } from '../../support/private-cups.ts';

const LETTERS = 5;
const PDF_START = '%PDF-1.7\n';

const must = <T>(answer: Outcome<T>): T => {
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
};

/** The bench's documents are a word each; a printer takes PDF alone. */
function asPdf(printer: LetterPrinter): LetterPrinter {
  const print: LetterPrinter['print'] = (job) =>
    printer.print({ ...job, pdf: Buffer.concat([Buffer.from(PDF_START), job.pdf]) });
  return { ...printer, print };
}

describe.skipIf(isMissing('cups-daemon') || isMissing('cups-client'))('a batch over a real CUPS', () => {
  let cups: PrivateCups;
  beforeAll(async () => {
    cups = createPrivateCups();
    await cups.start();
    cups.addPrinter('Batch', 'raw');
  });
  afterAll(() => cups.remove());

  it('is paused when the paper is out and goes on from there, each letter once and in order', async () => {
    const clock = newClock();
    const address = { kind: 'socket', socketPath: cups.socketPath } as const;
    const bench = await openPrintBench({ clock, printer: asPdf(createIppLetterPrinter({ cups: address })) });
    const { handlers } = bench.printing;
    const ubrns = Array.from({ length: LETTERS }, (_none, index) => ubrnOf(index));
    const { batchId } = must(await handlers['letters/plan-batch']({ ubrns }));
    const becomes = (expected: Partial<PrintBatch>) =>
      eventually(async () => {
        await bench.pass(0.5);
        expect(must(handlers['letters/read-batch']({ batchId }))).toMatchObject(expected);
      });
    const cameOut = () =>
      Object.entries(cups.outputs('Batch'))
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, bytes]) => bytes.toString().replace(PDF_START, ''));

    cups.loadPaper('Batch', 3);
    must(handlers['letters/start-batch']({ batchId, printer: 'Batch', isLarge: false }));
    await becomes({ state: 'paused', code: 'paper-out' });
    expect(cameOut()).toEqual(['cover', ubrnOf(0), ubrnOf(1)]);

    cups.loadPaper('Batch', 10);
    cups.enable('Batch');
    await becomes({
      items: expect.arrayContaining([expect.objectContaining({ ubrn: ubrnOf(2), state: 'printed' })]),
    });
    must(handlers['letters/resume-batch']({ batchId }));
    await becomes({ state: 'done', sheetsExpected: 1 + LETTERS * PAGES });
    expect(cameOut()).toEqual(['cover', ...ubrns]);
    expect(bench.isChainWhole()).toBe(true);
  });
});
