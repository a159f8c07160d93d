import { describe, expect, it } from 'vitest';
import {
  createTrainingPrinter,
  TRAINING_PRINTERS,
} from '../../src-main/adapters/training/training-printer.ts';
import { createManualClock } from '../support/manual-clock.ts';

const [A4, A3] = TRAINING_PRINTERS;
/** A document of so many pages, as far as a count of its page objects goes. */
const makePdf = (pages: number) =>
  new TextEncoder().encode(`%PDF-1.7\n${'<< /Type /Page >>\n'.repeat(pages)}<< /Type /Pages >>\n%%EOF`);

function setUp() {
  const clock = createManualClock();
  const printer = createTrainingPrinter({ clock });
  async function start({ pages = 2, copies = 1, on = A4 as string, isLarge = false } = {}): Promise<string> {
    const request = { printer: on, title: 'Letter', pdf: makePdf(pages), copies, isLarge };
    const taken = await printer.print(request);
    if (!taken.ok) throw new Error(taken.problem.code);
    return taken.value.jobId;
  }
  async function read(jobId: string, on: string = A4) {
    const report = await printer.readJob(on, jobId);
    return report.ok ? report.value : report.problem.code;
  }
  return { clock, printer, start, read };
}

describe('the training printers', () => {
  it('are two, one of them the default, one of them for A3', async () => {
    const { printer } = setUp();
    expect(await printer.list()).toMatchObject({
      ok: true,
      value: [
        { name: A4, isDefault: true, state: 'ready', reasons: [], canPrintLarge: false },
        { name: A3, isDefault: false, canPrintLarge: true },
      ],
    });
  });

  it('print one sheet after another, one job after another', async () => {
    const { clock, printer, start, read } = setUp();
    const [first, second] = [await start({ pages: 2, copies: 2 }), await start({ pages: 1 })];
    expect(await read(first)).toEqual({ state: 'printing', reasons: [], sheets: 0 });
    expect(await read(second)).toMatchObject({ state: 'waiting' });
    await clock.advance(300);
    expect(await read(first)).toMatchObject({ state: 'printing', sheets: 3 });
    expect(await printer.list()).toMatchObject({ value: [{ state: 'busy' }, { state: 'ready' }] });
    await clock.advance(200);
    expect(await read(first)).toEqual({ state: 'printed', reasons: [], sheets: 4 });
    expect(await read(second)).toMatchObject({ state: 'printed', sheets: 1 });
    expect(printer.printouts().map(({ sheetsDone, pdf }) => [sheetsDone, pdf?.length])).toEqual([
      [4, makePdf(2).length],
      [1, makePdf(1).length],
    ]);
  });

  it('waits for paper in the middle of a job and goes on when it is loaded', async () => {
    const { clock, printer, start, read } = setUp();
    printer.loadPaper(A4, 1);
    const jobId = await start({ pages: 2 });
    await clock.advance(5000);
    expect(await read(jobId)).toEqual({ state: 'held-up', reasons: ['paper-out'], sheets: 1 });
    expect(await printer.list()).toMatchObject({ value: [{ state: 'stopped', reasons: ['paper-out'] }, {}] });
    printer.loadPaper(A4, 50);
    expect(await read(jobId)).toMatchObject({ state: 'printing', sheets: 1 });
    await clock.advance(100);
    expect(await read(jobId)).toMatchObject({ state: 'printed', sheets: 2 });
  });

  it('is held up by a jam, not by low toner', async () => {
    const { clock, printer, start, read } = setUp();
    const jobId = await start();
    printer.setFault(A4, 'paper-jam');
    await clock.advance(1000);
    expect(await read(jobId)).toEqual({ state: 'held-up', reasons: ['paper-jam'], sheets: 0 });
    printer.setFault(A4, 'toner-low');
    await clock.advance(100);
    expect(await read(jobId)).toEqual({ state: 'printing', reasons: ['toner-low'], sheets: 1 });
  });

  it('says so when it is gone, refuses, or loses its answer', async () => {
    const { clock, printer, start, read } = setUp();
    const request = { printer: A4, title: 'Letter', pdf: makePdf(1), copies: 1, isLarge: false };
    const code = async (changes = {}) => {
      const taken = await printer.print({ ...request, ...changes });
      return taken.ok ? 'taken' : taken.problem.code;
    };
    expect(await code({ printer: 'unheard-of' })).toBe('printer-gone');
    expect(await code({ pdf: new TextEncoder().encode('<html>') })).toBe('not-a-pdf');
    expect(await code({ copies: 0 })).toBe('wrong-copies');
    expect(await code({ isLarge: true })).toBe('printer-refused');
    expect(await code({ isLarge: true, printer: A3 })).toBe('taken');
    printer.setFault(A4, 'not-accepting');
    expect(await code()).toBe('printer-refused');
    printer.setFault(A4, 'not-answering');
    expect(await code()).toBe('print-not-answered');
    await clock.advance(1000);
    const lost = printer.printouts().find(({ printer: name }) => name === A4);
    expect(lost).toMatchObject({ sheetsDone: 1 });
    printer.setFault(A4, null);
    const jobId = await start();
    printer.setFault(A4, 'gone');
    expect(await read(jobId)).toBe('printer-gone');
    expect(await printer.list()).toMatchObject({ value: [{ name: A3 }] });
  });

  it('cancels what is not printed yet, and knows no job of another printer or another life', async () => {
    const { clock, printer, start, read } = setUp();
    const jobId = await start({ pages: 3 });
    await clock.advance(100);
    expect(await printer.cancel(A4, jobId)).toMatchObject({ ok: true });
    await clock.advance(1000);
    expect(await read(jobId)).toMatchObject({ state: 'cancelled', sheets: 1 });
    expect(await printer.cancel(A4, jobId)).toMatchObject({ ok: false, problem: { code: 'job-finished' } });
    expect(await read(jobId, A3)).toMatchObject({ state: 'unknown', sheets: null });
    expect(await read('1')).toMatchObject({ state: 'unknown' });
  });

  it('keeps the latest documents only, and every job its count', async () => {
    const { clock, printer, start } = setUp();
    for (let turn = 0; turn < 30; turn += 1) await start({ pages: 1 });
    await clock.advance(10_000);
    const printouts = printer.printouts();
    expect(printouts.filter(({ pdf }) => pdf !== null)).toHaveLength(20);
    expect(printouts.every(({ sheetsDone }) => sheetsDone === 1)).toBe(true);
  });
});
