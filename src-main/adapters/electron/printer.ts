/**
 * Letters through Electron's own printing, for Windows, where nothing tells of a job: the spooler takes it, and what
 * becomes of it then is for the clerk to see. The pages are drawn by the desk, as silent printing of PDF leaves pages
 * blank (devices.md section 4, screens.md section 6).
 */
import { randomUUID } from 'node:crypto';
import type { PrinterInfo as ElectronPrinterInfo, WebContentsPrintOptions } from 'electron';
import type { Clock, LetterPrinter, PrintRequest, PrinterInfo } from '../../app/ports.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { checkPrintable } from '../printing/printable.ts';

/** A letter, drawn on a page that nobody sees. */
export interface PrintPage {
  /** Pages drawn; 0 when there are more than a letter has. */
  readonly pages: number;
  /** As `webContents.print`: whether the spooler took it, and else why. */
  print(options: WebContentsPrintOptions): Promise<{ readonly isTaken: boolean; readonly reason: string }>;
  close(): void;
}

/** What the host lends of Electron. */
export interface ElectronPrinting {
  listPrinters(): Promise<readonly ElectronPrinterInfo[]>;
  /** Rejects when the letter cannot be drawn. */
  openPage(title: string, pdf: Uint8Array): Promise<PrintPage>;
}

export interface ElectronPrinterParts {
  readonly electron: ElectronPrinting;
  readonly clock: Pick<Clock, 'schedule'>;
  /** Printers that the site says take A3; the operating system does not tell. */
  readonly largePrinters?: readonly string[];
}

const LIST_MS = 10_000;
const DRAW_MS = 25_000;
/** Electron has been seen never to answer (electron/electron issue 39092). */
const PRINT_MS = 50_000;
const LONGEST_DESCRIPTION = 200;
const LONGEST_NAME = 127;
const MOST_PRINTERS = 200;

/** Electron's reasons that say that nothing went to the spooler; after another one something may come out. */
const NOTHING_TAKEN = [/invalid printer settings/i, /invalid deviceName/i, /no valid printers/i];

type Late = typeof LATE;
const LATE = Symbol('late');

function optionsFor({ printer, copies, isLarge }: PrintRequest): WebContentsPrintOptions {
  return {
    silent: true,
    deviceName: printer,
    copies,
    collate: true,
    duplexMode: 'simplex',
    pageSize: isLarge ? 'A3' : 'A4',
    margins: { marginType: 'none' },
    printBackground: false,
    color: false,
  };
}

/** The result of some work, or that it took too long. */
function within<T>(clock: ElectronPrinterParts['clock'], ms: number, work: Promise<T>): Promise<T | Late> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(ms, () => resolve(LATE));
    work.then(resolve, reject).finally(cancel);
  });
}

async function list({
  electron,
  clock,
  largePrinters = [],
}: ElectronPrinterParts): Promise<Outcome<PrinterInfo[]>> {
  try {
    const printers = await within(clock, LIST_MS, electron.listPrinters());
    if (printers === LATE) return fail('unavailable', 'no-print-service', { reason: 'no-answer' });
    return ok(
      printers
        .filter(({ name }) => name !== '' && name.length <= LONGEST_NAME)
        .slice(0, MOST_PRINTERS)
        .map(({ name, displayName, description }) => ({
          name,
          description: (displayName || description).slice(0, LONGEST_DESCRIPTION),
          // Electron tells neither since version 45.
          ...{ isDefault: false, state: 'unknown' as const, reasons: [] },
          canPrintLarge: largePrinters.includes(name),
        })),
    );
  } catch {
    return fail('unavailable', 'no-print-service');
  }
}

/** The letter on a page; null when it could not be drawn, or not in time. */
async function openPage(
  { electron, clock }: ElectronPrinterParts,
  { title, pdf }: PrintRequest,
): Promise<PrintPage | null> {
  try {
    const opening = electron.openPage(title, pdf);
    const page = await within(clock, DRAW_MS, opening);
    if (page === LATE) {
      // When it comes at last, nobody wants it any more; that it fails at last is no news.
      opening.then(
        (late) => late.close(),
        () => undefined,
      );
      return null;
    }
    if (page.pages > 0) return page;
    page.close();
    return null;
  } catch {
    return null;
  }
}

async function drawAndPrint(
  parts: ElectronPrinterParts,
  request: PrintRequest,
): Promise<Outcome<{ readonly jobId: string }>> {
  const page = await openPage(parts, request);
  if (page === null) return fail('unavailable', 'printer-refused', { reason: 'not-drawn' });
  try {
    const answer = await within(parts.clock, PRINT_MS, page.print(optionsFor(request)));
    if (answer === LATE) return fail('unavailable', 'print-not-answered', { reason: 'no-answer' });
    if (answer.isTaken) return ok({ jobId: randomUUID() });
    const isNothing = NOTHING_TAKEN.some((pattern) => pattern.test(answer.reason));
    return fail('unavailable', isNothing ? 'printer-refused' : 'print-not-answered');
  } catch {
    return fail('unavailable', 'print-not-answered');
  } finally {
    page.close();
  }
}

async function print(
  parts: ElectronPrinterParts,
  request: PrintRequest,
): Promise<Outcome<{ readonly jobId: string }>> {
  const printable = checkPrintable(request);
  if (!printable.ok) return printable;
  const listed = await list(parts);
  if (!listed.ok) return listed;
  const printer = listed.value.find(({ name }) => name === request.printer);
  if (!printer) return fail('unavailable', 'printer-gone');
  if (request.isLarge && !printer.canPrintLarge)
    return fail('unavailable', 'printer-refused', { reason: 'no-large-paper' });
  return drawAndPrint(parts, request);
}

/** The port over Electron. One letter at a time: two print jobs of one process disturb each other. */
export function createElectronPrinter(parts: ElectronPrinterParts): LetterPrinter {
  let last: Promise<unknown> = Promise.resolve();
  return {
    list: () => list(parts),
    print(request) {
      const next = last.then(() => print(parts, request));
      last = next;
      return next;
    },
    // "Taken by the spooler" is all that is known, and it is not "printed".
    readJob: () => Promise.resolve(ok({ state: 'unknown', reasons: [], sheets: null })),
    cancel: () => Promise.resolve(fail('unavailable', 'cancel-not-possible')),
  };
}
