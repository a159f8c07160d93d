/** Letters over the Internet Printing Protocol: the printers of a CUPS, and those that the site's settings name. */
import type { LetterPrinter, PrinterInfo } from '../../app/ports.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { GROUPS, OPERATIONS, STATUSES } from './ipp-codes.ts';
import { findGroup, readText } from './ipp-decode.ts';
import { PRINTER_ATTRIBUTES, readPrinterFacts } from './ipp-printer-facts.ts';
import type { IppAddress } from './ipp-post.ts';
import type { NetworkPrinter } from './network-printer.ts';
import { cancelOn, findPrinter, printOn, readJobOn, type IppQueue } from './ipp-queue.ts';
import { createIppService, isSuccess, type IppService } from './ipp-service.ts';
import { checkPrintable } from './printable.ts';

export interface IppPrinterOptions {
  /** null: no CUPS is asked. */
  readonly cups: IppAddress | null;
  readonly networkPrinters?: readonly NetworkPrinter[];
  /** Shorter waits, for tests. */
  readonly waits?: { readonly readMs?: number; readonly printMs?: number };
}

const MOST_PRINTERS = 200;

/** The name of CUPS's default printer; none is no fault. */
async function readDefault(service: IppService): Promise<string> {
  const fields = [{ name: 'requested-attributes', tag: 'keyword', values: ['printer-name'] } as const];
  const asked = await service.ask({ path: '/', operation: OPERATIONS.cupsGetDefault, fields });
  const group = asked.ok ? findGroup(asked.value, GROUPS.printer) : null;
  return group ? readText(group, 'printer-name') : '';
}

async function listCups(service: IppService): Promise<Outcome<PrinterInfo[]>> {
  const [asked, defaultName] = await Promise.all([
    service.ask({
      path: '/',
      operation: OPERATIONS.cupsGetPrinters,
      fields: [
        { name: 'limit', tag: 'integer', values: [MOST_PRINTERS] },
        { name: 'requested-attributes', tag: 'keyword', values: PRINTER_ATTRIBUTES },
      ],
    }),
    readDefault(service),
  ]);
  if (!asked.ok) return asked;
  // So CUPS says that it has no printer.
  if (asked.value.status === STATUSES.notFound) return ok([]);
  if (!isSuccess(asked.value)) return fail('unavailable', 'printer-refused', { status: asked.value.status });
  const groups = asked.value.groups.filter(({ tag }) => tag === GROUPS.printer);
  const printers = groups.flatMap((group) => {
    const name = readText(group, 'printer-name');
    return name === '' || name.length > 127 ? [] : [readPrinterFacts(group, name, name === defaultName).info];
  });
  return ok(printers);
}

async function describeNetworkPrinter(queue: IppQueue): Promise<PrinterInfo> {
  const found = await findPrinter(queue);
  if (found.ok) return found.value.facts.info;
  const { name } = queue;
  return {
    ...{ name, description: '', isDefault: false, canPrintLarge: false },
    state: 'unknown',
    reasons: ['offline'],
  };
}

/** A network printer is its own service: when that does not answer, it is the printer that is gone. */
function sayGone<T>(outcome: Outcome<T>): Outcome<T> {
  const isAway = !outcome.ok && outcome.problem.code === 'no-print-service';
  return isAway ? fail('unavailable', 'printer-gone', outcome.problem.facts) : outcome;
}

/** The printers of a desk on Linux and macOS, and of any desk with printers named by its site. */
export function createIppLetterPrinter({
  cups,
  networkPrinters = [],
  waits,
}: IppPrinterOptions): LetterPrinter {
  const cupsService = cups && createIppService(cups, waits);
  const ownQueues = networkPrinters.map(({ name, address, path }): IppQueue => ({
    name,
    service: createIppService(address, waits),
    paths: [path],
  }));

  async function use<T>(name: string, work: (queue: IppQueue) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const own = ownQueues.find((queue) => queue.name === name);
    if (own) return sayGone(await work(own));
    if (!cupsService || name === '') return fail('unavailable', 'printer-gone');
    const segment = encodeURIComponent(name);
    return work({ name, service: cupsService, paths: [`/printers/${segment}`, `/classes/${segment}`] });
  }

  return {
    async list() {
      const [own, fromCups] = await Promise.all([
        Promise.all(ownQueues.map(describeNetworkPrinter)),
        cupsService ? listCups(cupsService) : fail('unavailable', 'no-print-service', { reason: 'none' }),
      ]);
      if (!fromCups.ok && own.length === 0) return fromCups;
      const names = new Set(own.map(({ name }) => name));
      const others = fromCups.ok ? fromCups.value.filter(({ name }) => !names.has(name)) : [];
      return ok([...own, ...others].slice(0, MOST_PRINTERS));
    },
    async print(request) {
      const printable = checkPrintable(request);
      if (!printable.ok) return printable;
      return use(request.printer, (queue) => printOn(queue, request));
    },
    readJob: (printer, jobId) => use(printer, (queue) => readJobOn(queue, jobId)),
    cancel: (printer, jobId) => use(printer, (queue) => cancelOn(queue, jobId)),
  };
}
