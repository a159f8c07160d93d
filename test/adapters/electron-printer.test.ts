import type { PrinterInfo as ElectronPrinterInfo, WebContentsPrintOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import {
  createElectronPrinter,
  type ElectronPrinting,
  type PrintPage,
} from '../../src-main/adapters/electron/printer.ts';
import { createManualClock } from '../support/manual-clock.ts';

const known: ElectronPrinterInfo[] = [
  { name: 'WARD_1', displayName: 'Ward 1', description: 'Laser', options: {} as never },
  { name: 'WARD_A3', displayName: '', description: 'Laser with A3', options: {} as never },
];

interface Behaviour {
  readonly answer?: () => Promise<{ isTaken: boolean; reason: string }>;
  readonly pages?: number;
  readonly open?: () => Promise<void>;
  readonly printers?: () => Promise<ElectronPrinterInfo[]>;
}

function setUp(behaviour: Behaviour = {}) {
  const clock = createManualClock();
  const [printed, titles]: [WebContentsPrintOptions[], string[]] = [[], []];
  let [open, most] = [0, 0];
  const electron: ElectronPrinting = {
    listPrinters: behaviour.printers ?? (() => Promise.resolve(known)),
    async openPage(title): Promise<PrintPage> {
      await behaviour.open?.();
      titles.push(title);
      open += 1;
      most = Math.max(most, open);
      return {
        pages: behaviour.pages ?? 2,
        print(options) {
          printed.push(options);
          return behaviour.answer?.() ?? Promise.resolve({ isTaken: true, reason: '' });
        },
        close: () => void (open -= 1),
      };
    },
  };
  const printer = createElectronPrinter({ electron, clock, largePrinters: ['WARD_A3'] });
  const print = async (changes = {}) => {
    const request = { printer: 'WARD_1', title: 'Letter 1', pdf: Buffer.from('%PDF-1.7'), copies: 2 };
    const taken = await printer.print({ ...request, isLarge: false, ...changes });
    return taken.ok ? 'taken' : taken.problem.code;
  };
  return { clock, printer, print, printed, titles, openPages: () => open, mostAtOnce: () => most };
}

const never = () => new Promise<never>(() => undefined);

describe('printing through Electron', () => {
  it('lists what Electron lists, and claims to know no more', async () => {
    const { printer } = setUp();
    const nothingKnown = { isDefault: false, state: 'unknown', reasons: [] };
    expect(await printer.list()).toEqual({
      ok: true,
      value: [
        { name: 'WARD_1', description: 'Ward 1', canPrintLarge: false, ...nothingKnown },
        { name: 'WARD_A3', description: 'Laser with A3', canPrintLarge: true, ...nothingKnown },
      ],
    });
  });

  it('prints silently on the printer named, one-sided, on A4, and puts the page away', async () => {
    const { print, printed, titles, openPages } = setUp();
    expect(await print()).toBe('taken');
    expect(titles).toEqual(['Letter 1']);
    expect(printed).toEqual([
      {
        ...{ silent: true, deviceName: 'WARD_1', copies: 2, collate: true, duplexMode: 'simplex' },
        ...{ pageSize: 'A4', margins: { marginType: 'none' }, printBackground: false, color: false },
      },
    ]);
    expect(await print({ printer: 'WARD_A3', isLarge: true })).toBe('taken');
    expect(printed[1]).toMatchObject({ deviceName: 'WARD_A3', pageSize: 'A3' });
    expect(openPages()).toBe(0);
  });

  it('does not call a letter printed that the spooler took, and cannot call it back', async () => {
    const { printer } = setUp();
    const request = { printer: 'WARD_1', title: 't', pdf: Buffer.from('%PDF-'), copies: 1, isLarge: false };
    const [first, second] = [await printer.print(request), await printer.print(request)];
    if (!first.ok || !second.ok) throw new Error('not taken');
    expect(first.value.jobId).not.toBe(second.value.jobId);
    expect(await printer.readJob('WARD_1', first.value.jobId)).toEqual({
      ok: true,
      value: { state: 'unknown', reasons: [], sheets: null },
    });
    expect(await printer.cancel('WARD_1', first.value.jobId)).toMatchObject({
      problem: { code: 'cancel-not-possible' },
    });
  });

  it.each<[string, Behaviour, object, string]>([
    ['the printer is not there', {}, { printer: 'WARD_9' }, 'printer-gone'],
    ['the printer has no A3', {}, { isLarge: true }, 'printer-refused'],
    ['it is no PDF', {}, { pdf: Buffer.from('MZ') }, 'not-a-pdf'],
    ['the list fails', { printers: () => Promise.reject(new Error('x')) }, {}, 'no-print-service'],
    ['it cannot be drawn', { open: () => Promise.reject(new Error('x')) }, {}, 'printer-refused'],
    ['it has too many pages', { pages: 0 }, {}, 'printer-refused'],
  ])('prints nothing when %s', async (_name, behaviour, changes, code) => {
    const { print, printed, openPages } = setUp(behaviour);
    expect(await print(changes)).toBe(code);
    expect(printed).toEqual([]);
    expect(openPages()).toBe(0);
  });

  it.each<[string, () => Promise<{ isTaken: boolean; reason: string }>, string]>([
    [
      'refuses the printer',
      async () => ({ isTaken: false, reason: 'Invalid deviceName provided' }),
      'printer-refused',
    ],
    ['fails', async () => ({ isTaken: false, reason: 'Print job failed' }), 'print-not-answered'],
    ['is cancelled', async () => ({ isTaken: false, reason: 'Print job canceled' }), 'print-not-answered'],
    ['says nothing', async () => ({ isTaken: false, reason: '' }), 'print-not-answered'],
    ['breaks', () => Promise.reject(new Error('gone')), 'print-not-answered'],
  ])('does not say that nothing comes out when Electron %s, unless it knows', async (_name, answer, code) => {
    const { print, openPages } = setUp({ answer });
    expect(await print()).toBe(code);
    expect(openPages()).toBe(0);
  });

  it('waits for no answer for ever, and goes on with the next letter', async () => {
    let isSilent = true;
    const { clock, print, openPages, mostAtOnce } = setUp({
      answer: () => (isSilent ? never() : Promise.resolve({ isTaken: true, reason: '' })),
    });
    const [first, second] = [print(), print()];
    await clock.advance(49_000);
    expect(openPages()).toBe(1);
    isSilent = false;
    await clock.advance(2_000);
    expect([await first, await second]).toEqual(['print-not-answered', 'taken']);
    expect([openPages(), mostAtOnce()]).toEqual([0, 1]);
  });

  it('gives up a list or a drawing that never ends, and closes a page that comes too late', async () => {
    const noList = setUp({ printers: never });
    const listing = noList.printer.list();
    await noList.clock.advance(11_000);
    expect(await listing).toMatchObject({ problem: { code: 'no-print-service' } });
    const late = Promise.withResolvers<void>();
    const { clock, print, printed, titles, openPages } = setUp({ open: () => late.promise });
    const printing = print();
    await clock.advance(26_000);
    expect(await printing).toBe('printer-refused');
    late.resolve();
    await clock.advance(0);
    expect(titles).toHaveLength(1);
    expect([printed.length, openPages()]).toEqual([0, 0]);
  });
});
