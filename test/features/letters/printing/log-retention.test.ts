import { describe, expect, it } from 'vitest';
import { toIso } from '../../../../src-main/contract/london-time.ts';
import {
  keepPrintLogTidy,
  mayBeCalledBack,
} from '../../../../src-main/features/letters/printing/log-retention.ts';
import type { PrintRecord } from '../../../../src-main/features/letters/printing/print-record.ts';
import { createTestPrinter, newClock, openPrintBench, ubrnOf } from './print-bench.ts';

const DAY_MS = 24 * 3_600_000;
const START_MS = 1_795_000_000_000;

function printOf(index: number, changes: Partial<PrintRecord> = {}): PrintRecord {
  return {
    printId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    batchId: null,
    ...{ userId: '555000000101', userName: 'CLERK, Carol', organisation: 'R69', onBehalfOf: '' },
    ...{ businessFunction: 'REFERRING_CLINICIAN_ADMIN', ubrn: ubrnOf(index), nhsNumber: '9000000009' },
    ...{ printer: 'one', pages: 2, copies: 1, isLarge: false, version: 1, stand: '', hash: 'a'.repeat(64) },
    ...{
      appointmentStart: null,
      reason: '',
      isReadByClerk: false,
      isPhoned: false,
      state: 'printed',
      code: '',
    },
    ...{ jobId: '', at: toIso(START_MS - 101 * DAY_MS) },
    ...{ sheetsReported: null, sheetsCounted: null, supersededAt: null },
    ...changes,
  };
}

async function openLog(records: readonly PrintRecord[]) {
  const clock = newClock(START_MS);
  const bench = await openPrintBench({ clock, printer: createTestPrinter(clock, () => 'prints') });
  for (const record of records) {
    bench.printLog.add(record);
    if (record.state !== 'printing') bench.printLog.change(record, 'ended');
  }
  const at = { isRight: true, keptDays: 100, said: [] as unknown[] };
  const stop = keepPrintLogTidy({
    ...{ prints: bench.printLog, clock },
    log: { write: (level, event, facts) => void at.said.push([level, event, facts]) },
    keptDays: () => at.keptDays,
    isClockRight: () => at.isRight,
    reasonOf: String,
  });
  const left = () =>
    bench.printLog.ofOrganisation('R69', 1_000).map(({ printId }) => Number(printId.slice(-4)));
  return { ...bench, at, stop, left, clock };
}

describe('the print log', () => {
  it('lets go of lines whose time is over, in as many steps as it takes, and of nothing younger', async () => {
    const old = Array.from({ length: 205 }, (_, n) => printOf(n + 1));
    const log = await openLog([...old, printOf(300, { at: toIso(START_MS - 99 * DAY_MS) })]);
    await log.clock.advance(20 * 60_000);
    expect(log.left()).toEqual([300]);
    expect(log.at.said).toEqual([['info', 'print-log-pruned', { count: 205 }]]);
    expect(log.isChainWhole()).toBe(true);
    await log.clock.advance(2 * DAY_MS);
    expect(log.left()).toEqual([]);
  });

  it('keeps what is not over: under way, not heard of, or a letter that may have to be called back', async () => {
    const appointmentStart = toIso(START_MS + 30 * DAY_MS);
    const log = await openLog([
      printOf(1, { state: 'printing' }),
      printOf(2, { appointmentStart }),
      printOf(3, { appointmentStart, supersededAt: toIso(START_MS) }),
      printOf(4, { appointmentStart, sheetsCounted: 0 }),
      printOf(5, { appointmentStart: toIso(START_MS - DAY_MS) }),
    ]);
    log.printLog.add(printOf(6));
    log.printLog.change(printOf(6), 'printed');
    await log.clock.advance(20 * 60_000);
    expect(log.left()).toEqual([6, 2, 1]);
    log.printLog.markHeard(printOf(6).printId);
    await log.clock.advance(31 * DAY_MS);
    expect(log.left()).toEqual([1]);
  });

  it('loses nothing to a clock that e-RS has not confirmed, and asks again', async () => {
    const log = await openLog([printOf(1)]);
    log.at.isRight = false;
    await log.clock.advance(DAY_MS);
    expect(log.left()).toEqual([1]);
    log.at.isRight = true;
    await log.clock.advance(3_600_000);
    expect(log.left()).toEqual([]);
  });

  it('says so where the disk does not let a line go, and tries again the next day', async () => {
    const log = await openLog([printOf(1)]);
    log.storage.run(`CREATE TRIGGER stuck BEFORE DELETE ON print_log BEGIN SELECT RAISE(ABORT, 'no'); END`);
    await log.clock.advance(20 * 60_000);
    expect(log.at.said).toMatchObject([['warn', 'print-log-not-pruned', {}]]);
    log.storage.run('DROP TRIGGER stuck');
    await log.clock.advance(DAY_MS);
    expect(log.left()).toEqual([]);
  });

  it('lets go of a line that does not open any more, once its time is over', async () => {
    const log = await openLog([printOf(1)]);
    log.storage.run('UPDATE print_log SET payload = ?', new Uint8Array([1, 2, 3]));
    await log.clock.advance(20 * 60_000);
    expect(log.storage.all('SELECT id FROM print_log')).toEqual([]);
  });
});

it('a time that cannot be read counts as still to come', () => {
  expect(mayBeCalledBack(printOf(1, { appointmentStart: 'soon' }), START_MS)).toBe(true);
});
