import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../../../src-main/adapters/node/sqlite-storage.ts';
import type { HeldLetter } from '../../../../src-main/features/letters/held-letters.ts';
import type { PrintBatch } from '../../../../src-main/contract/channels/letters.ts';
import { fail, type Outcome } from '../../../../src-main/contract/outcome.ts';
import { createMemorySecrets } from '../../../support/memory-secrets.ts';
import {
  createTestPrinter,
  DESK,
  mortal,
  newClock,
  openPrintBench,
  PAGES,
  ubrnOf,
  type Behaviour,
  type PrintBench,
  type TestPrinter,
} from './print-bench.ts';

const ENDS = ['printed', 'set-aside', 'cancelled', 'unknown'];

const must = <T>(answer: Outcome<T>): T => {
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
};
const codeOf = (answer: Outcome<unknown>) => (answer.ok ? 'ok' : answer.problem.code);

async function open(behave: (what: string) => Behaviour = () => 'prints') {
  const clock = newClock();
  const printer = createTestPrinter(clock, behave);
  return { printer, bench: await openPrintBench({ clock, printer }) };
}

async function start({ printing }: PrintBench, count: number): Promise<string> {
  const ubrns = Array.from({ length: count }, (_, index) => ubrnOf(index));
  const { batchId } = must(await printing.handlers['letters/plan-batch']({ ubrns }));
  must(printing.handlers['letters/start-batch']({ batchId, printer: 'P', isLarge: false }));
  return batchId;
}

const read = ({ printing }: PrintBench, batchId: string): PrintBatch =>
  must(printing.handlers['letters/read-batch']({ batchId }));
const resume = ({ printing }: PrintBench, batchId: string) =>
  printing.handlers['letters/resume-batch']({ batchId });
const isOver = ({ state }: PrintBatch) => state === 'done' || state === 'cancelled';
const states = (batch: PrintBatch) => batch.items.map(({ state }) => state);

/** Goes on until the batch is over, as a clerk does who mends the printer whenever it stops. */
async function finish(bench: PrintBench, printer: TestPrinter, batchId: string): Promise<PrintBatch> {
  for (let turn = 0; turn < 2_000 && !isOver(read(bench, batchId)); turn += 1) {
    await bench.pass(1);
    if (read(bench, batchId).state !== 'paused') continue;
    printer.mend();
    resume(bench, batchId);
  }
  return read(bench, batchId);
}

describe('a batch', () => {
  it('prints its cover sheet and then every letter in the order given', async () => {
    const { bench, printer } = await open();
    const batch = await finish(bench, printer, await start(bench, 3));
    expect(batch).toMatchObject({ state: 'done', sheetsExpected: 1 + 3 * PAGES });
    expect([...printer.paper.keys()]).toEqual(['cover', ubrnOf(0), ubrnOf(1), ubrnOf(2)]);
    expect(batch.items.map(({ initials }) => initials)).toEqual(['AO', 'AO', 'AO']);
    expect(bench.mostHeld()).toBe(1);
  });

  it('sets aside what needs the clerk, and prints nothing of it', async () => {
    const { bench, printer } = await open();
    const answers: Record<string, Partial<HeldLetter> | Outcome<never>> = {
      [ubrnOf(0)]: { verdict: 'differs' },
      [ubrnOf(1)]: { verdict: 'not-checked' },
      [ubrnOf(2)]: { needsPhone: true },
      [ubrnOf(3)]: fail('rejected', 'NO_ACCESS_CODE'),
      [ubrnOf(4)]: fail('forbidden', 'NO_RELATIONSHIP'),
      [ubrnOf(5)]: { version: '0' },
    };
    bench.fetch = (ubrn) => answers[ubrn] ?? {};
    const batch = await finish(bench, printer, await start(bench, 7));
    const aside = ['letter-differs', 'letter-not-read', 'phone-first', 'NO_ACCESS_CODE', 'NO_RELATIONSHIP'];
    expect(batch.items.map(({ code }) => code)).toEqual([...aside, 'letter-superseded', '']);
    expect([...printer.paper.keys()]).toEqual(['cover', ubrnOf(6)]);
    expect(batch.sheetsExpected).toBe(1 + PAGES);
  });

  it('does not print again what was printed before', async () => {
    const { bench, printer } = await open();
    await finish(bench, printer, await start(bench, 2));
    const again = await finish(bench, printer, await start(bench, 3));
    expect(states(again)).toEqual(['set-aside', 'set-aside', 'printed']);
    expect(again.items[0]?.code).toBe('reprint-reason-missing');
  });

  it('stops when the paper is out, and goes on with the next letter once the clerk says so', async () => {
    const { bench, printer } = await open((what) => (what === ubrnOf(1) ? 'runs-out-of-paper' : 'prints'));
    const batchId = await start(bench, 3);
    await bench.pass(30);
    expect(read(bench, batchId)).toMatchObject({ state: 'paused', code: 'paper-out' });
    printer.mend();
    await bench.pass(30);
    expect(states(read(bench, batchId))).toEqual(['printed', 'printed', 'waiting']);
    resume(bench, batchId);
    await bench.pass(30);
    expect(states(read(bench, batchId))).toEqual(['printed', 'printed', 'printed']);
    expect(printer.jobs.get(ubrnOf(1))).toBe(1);
  });

  it('goes on from the letter that the printer did not take', async () => {
    let isGone = true;
    const { bench, printer } = await open((what) => (what === ubrnOf(1) && isGone ? 'is-gone' : 'prints'));
    const batchId = await start(bench, 3);
    await bench.pass(30);
    expect(read(bench, batchId)).toMatchObject({ state: 'paused', code: 'printer-gone' });
    expect(states(read(bench, batchId))).toEqual(['printed', 'waiting', 'waiting']);
    isGone = false;
    const batch = await finish(bench, printer, batchId);
    expect(states(batch)).toEqual(['printed', 'printed', 'printed']);
  });

  it('asks the clerk about a letter that may be printed in part, and never sends it twice', async () => {
    const { bench, printer } = await open((what) => (what === ubrnOf(0) ? 'gives-up-half-way' : 'prints'));
    const batch = await finish(bench, printer, await start(bench, 2));
    expect(states(batch)).toEqual(['unknown', 'printed']);
    expect(printer.jobs.get(ubrnOf(0))).toBe(1);
    const printId = bench.printLog.ofReferral(ubrnOf(0))[0]?.printId ?? '';
    must(bench.printing.handlers['letters/count-sheets']({ printId, sheets: 0 }));
    expect(states(read(bench, batch.batchId))).toEqual(['set-aside', 'printed']);
  });

  it('waits behind the lock and behind a pause: the letter in the printer comes to its end', async () => {
    const { bench } = await open();
    const batchId = await start(bench, 5);
    await bench.pass(4);
    bench.desk = null;
    await bench.pass(30);
    expect(bench.printLog.open()).toEqual([]);
    bench.desk = DESK;
    const behind = read(bench, batchId);
    expect(behind).toMatchObject({ state: 'paused', code: 'desk-left' });
    expect(states(behind).filter((state) => !['printed', 'waiting'].includes(state))).toEqual([]);
    resume(bench, batchId);
    must(bench.printing.handlers['letters/pause-batch']({ batchId }));
    await bench.pass(30);
    expect(read(bench, batchId)).toMatchObject({ state: 'paused', code: 'paused-by-clerk' });
  });

  it('is gone for whoever comes next, and prints nothing more', async () => {
    const { bench, printer } = await open();
    const batchId = await start(bench, 5);
    await bench.pass(4);
    bench.printing.forget();
    bench.desk = { ...DESK, sitting: 2, userId: '555000000102' };
    const pushed = bench.batches.length;
    const out = printer.jobs.size;
    await bench.pass(60);
    expect(codeOf(bench.printing.handlers['letters/read-batch']({ batchId }))).toBe('no-such-batch');
    expect([bench.batches.length, printer.jobs.size]).toEqual([pushed, out]);
    expect(bench.printLog.open()).toEqual([]);
  });

  it('is cancelled with the letter in the printer; there is one at a time', async () => {
    const { bench } = await open((what) => (what === 'cover' ? 'prints' : 'runs-out-of-paper'));
    const batchId = await start(bench, 3);
    await bench.pass(10);
    const { printing } = bench;
    const other = must(await printing.handlers['letters/plan-batch']({ ubrns: [ubrnOf(9)] }));
    const second = { batchId: other.batchId, printer: 'P', isLarge: false };
    expect(codeOf(printing.handlers['letters/start-batch'](second))).toBe('batch-is-running');
    must(printing.handlers['letters/cancel-batch']({ batchId }));
    await bench.pass(10);
    expect(states(read(bench, batchId))).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(codeOf(printing.handlers['letters/start-batch'](second))).toBe('ok');
  });

  it('is counted at its end: a whole stack counts its letters, another number is a task', async () => {
    const { bench, printer } = await open();
    const { batchId, sheetsExpected } = await finish(bench, printer, await start(bench, 2));
    const count = (sheets: number) =>
      must(bench.printing.handlers['letters/count-batch-sheets']({ batchId, sheets }));
    count(sheetsExpected - 1);
    expect(bench.tasks).toMatchObject([{ kind: 'find-sheets', ubrn: ubrnOf(0), source: batchId }]);
    count(sheetsExpected);
    expect(bench.printLog.ofReferral(ubrnOf(0))[0]).toMatchObject({ sheetsCounted: PAGES });
  });
});

/** Each letter may meet one fault, once or twice, before all goes well. */
const faults: fc.Arbitrary<Behaviour> = fc.constantFrom(
  'runs-out-of-paper',
  'is-gone',
  'takes-and-does-not-answer',
  'gives-up-with-nothing',
  'gives-up-half-way',
  'is-cancelled-there',
  'forgets-the-job',
  'stops-answering',
);
const troubles = (count: number) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(faults, { maxLength: 2 })), {
    minLength: count,
    maxLength: count,
  });
const fetched: fc.Arbitrary<Partial<HeldLetter> | Outcome<never>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  fc.constantFrom<Partial<HeldLetter> | Outcome<never>>(
    { verdict: 'differs' },
    { needsPhone: true },
    fail('rejected', 'INVALID_REQUEST_STATE'),
    fail('offline', 'ECONNRESET'),
    fail('unavailable', 'http-503'),
  ),
);

/** What the printer does with each document in turn; the cover sheet is the last of the list. */
function behaviourOf(plan: readonly (readonly Behaviour[])[]) {
  const left = new Map(plan.map((behaviours, index) => [ubrnOf(index), [...behaviours]]));
  return (what: string): Behaviour => left.get(what)?.shift() ?? 'prints';
}

function checkBatch(batch: PrintBatch, bench: PrintBench, printer: TestPrinter): void {
  for (const { ubrn, state } of batch.items) {
    expect(ENDS).toContain(state);
    const sheets = printer.paper.get(ubrn) ?? 0;
    if (state === 'printed') expect(sheets).toBe(PAGES);
    if (state === 'set-aside' || state === 'cancelled') expect(sheets).toBe(0);
    expect(sheets).toBeLessThanOrEqual(PAGES);
    const records = bench.printLog.ofReferral(ubrn);
    expect(records.filter((record) => record.state === 'printed')).toHaveLength(Number(state === 'printed'));
  }
  const printed = batch.items.filter(({ state }) => state === 'printed').length;
  expect(batch.sheetsExpected).toBe((printer.paper.get('cover') ?? 0) + printed * PAGES);
  expect(bench.mostHeld()).toBeLessThanOrEqual(1);
  expect(bench.printLog.open()).toEqual([]);
  expect(bench.isChainWhole()).toBe(true);
}

describe('whatever goes wrong', () => {
  it('each of 100 letters ends in one place, the sheets add up, and nothing is printed twice', async () => {
    const count = 100;
    const property = fc.asyncProperty(
      troubles(count),
      fc.array(fetched, { minLength: count, maxLength: count }),
      fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 4 }),
      async (plan, answers, locks) => {
        const { bench, printer } = await open(behaviourOf(plan));
        const once = new Map(answers.map((answer, index) => [ubrnOf(index), answer]));
        bench.fetch = (ubrn) => {
          const answer = once.get(ubrn) ?? {};
          // What may pass has passed by the next time.
          if ('ok' in answer && !answer.ok && answer.problem.kind === 'offline') once.delete(ubrn);
          return answer;
        };
        const batchId = await start(bench, count);
        for (const seconds of locks) {
          await bench.pass(seconds);
          bench.desk = null;
          await bench.pass(3);
          bench.desk = DESK;
        }
        checkBatch(await finish(bench, printer, batchId), bench, printer);
      },
    );
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  });

  it('after a crash at any moment nothing is called printed that was not, and nothing is printed again by itself', async () => {
    const property = fc.asyncProperty(troubles(6), fc.integer({ min: 0, max: 400 }), async (plan, steps) => {
      const clock = newClock();
      const printer = createTestPrinter(clock, behaviourOf(plan));
      const [storage, secrets] = [openSqliteStorage(':memory:'), createMemorySecrets()];
      const bench = await openPrintBench({ clock, printer, storage, secrets });
      bench.printing.stop();
      const dying = await openPrintBench({ ...mortal({ storage, printer }, 12 + steps), clock, secrets });
      await start(dying, 6);
      await dying.pass(60);
      dying.printing.stop();
      dying.desk = null;
      const later = await openPrintBench({ clock, printer, storage, secrets });
      printer.mend();
      await later.pass(120);
      expect(later.printLog.open()).toEqual([]);
      const before = new Map(printer.jobs);
      for (let index = 0; index < 6; index += 1) {
        const [record] = later.printLog.ofReferral(ubrnOf(index));
        if (record?.state === 'printed') expect(printer.paper.get(ubrnOf(index))).toBe(PAGES);
        if (record?.state === 'failed' || record?.state === 'cancelled')
          expect(printer.paper.get(ubrnOf(index)) ?? 0).toBe(0);
        // What reached the printer stands in the log: it was on disk before the first byte.
        if (printer.jobs.has(ubrnOf(index))) expect(record).toBeDefined();
      }
      const again = await finish(later, printer, await start(later, 6));
      for (const { ubrn, state, code } of again.items)
        if (state === 'set-aside' && code === 'reprint-reason-missing')
          expect(printer.jobs.get(ubrn)).toBe(before.get(ubrn));
      again.items.forEach(({ ubrn }) => expect(printer.paper.get(ubrn) ?? 0).toBeLessThanOrEqual(PAGES));
      expect(later.isChainWhole()).toBe(true);
    });
    await fc.assert(property, { numRuns: 60, endOnFailure: true });
  });
});
