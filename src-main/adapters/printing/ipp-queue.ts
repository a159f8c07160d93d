/** One printer of a print service: what it is, and its jobs. */
import type { PrintReport, PrintRequest } from '../../app/ports.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { GROUPS, OPERATIONS, STATUSES } from './ipp-codes.ts';
import { findGroup, readNumber, type IppReply } from './ipp-decode.ts';
import type { IppField } from './ipp-encode.ts';
import { jobNaming, jobTemplate, REQUESTING_USER } from './ipp-job.ts';
import {
  JOB_ATTRIBUTES,
  PRINTER_ATTRIBUTES,
  readPrinterFacts,
  readPrintReport,
  type PrinterFacts,
} from './ipp-printer-facts.ts';
import { failureOfPrint, isSuccess, type IppService } from './ipp-service.ts';

/** Where a printer is to be found. */
export interface IppQueue {
  readonly name: string;
  readonly service: IppService;
  /** Paths that it may have, tried in this order: CUPS keeps printers and classes of printers apart. */
  readonly paths: readonly string[];
}

/** A printer that answered. */
interface Found {
  readonly path: string;
  readonly facts: PrinterFacts;
}

const JOB_ID = /^[1-9]\d{0,9}$/;
const NO_JOB: PrintReport = { state: 'unknown', reasons: [], sheets: null };

const isNotFound = ({ status }: IppReply) => status === STATUSES.notFound || status === STATUSES.gone;

function printerUri({ service }: IppQueue, path: string): IppField {
  return { name: 'printer-uri', tag: 'uri', values: [service.uriOf(path)] };
}

const userName: IppField = { name: 'requesting-user-name', tag: 'name', values: [REQUESTING_USER] };

/** Reads what a printer is; `printer-gone` when there is none of this name any more. */
export async function findPrinter(queue: IppQueue): Promise<Outcome<Found>> {
  for (const path of queue.paths) {
    const asked = await queue.service.ask({
      path,
      operation: OPERATIONS.getPrinterAttributes,
      fields: [
        printerUri(queue, path),
        userName,
        { name: 'requested-attributes', tag: 'keyword', values: PRINTER_ATTRIBUTES },
      ],
    });
    if (!asked.ok) return asked;
    const group = findGroup(asked.value, GROUPS.printer);
    if (isSuccess(asked.value) && group)
      return ok({ path, facts: readPrinterFacts(group, queue.name, false) });
    if (!isNotFound(asked.value))
      return fail('unavailable', 'printer-refused', { status: asked.value.status });
  }
  return fail('unavailable', 'printer-gone');
}

/** Why a printer cannot take a letter; it is asked before, so that a refusal costs no paper and no doubt. */
function refusalOf({ isAccepting, takesPdf, info }: PrinterFacts, isLarge: boolean): string | null {
  if (!isAccepting) return 'not-accepting';
  if (!takesPdf) return 'no-pdf';
  return isLarge && !info.canPrintLarge ? 'no-large-paper' : null;
}

/** Gives a letter to a printer. Problems as in `LetterPrinter`. */
export async function printOn(
  queue: IppQueue,
  request: PrintRequest,
): Promise<Outcome<{ readonly jobId: string }>> {
  const found = await findPrinter(queue);
  if (!found.ok) return found;
  const { path, facts } = found.value;
  const reason = refusalOf(facts, request.isLarge);
  if (reason) return fail('unavailable', 'printer-refused', { reason });
  const sent = await queue.service.ask({
    path,
    operation: OPERATIONS.printJob,
    fields: [printerUri(queue, path), ...jobNaming(request.title)],
    jobFields: jobTemplate(request, facts),
    document: request.pdf,
  });
  if (!sent.ok) return sent;
  if (!isSuccess(sent.value)) return failureOfPrint(sent.value.status);
  const job = findGroup(sent.value, GROUPS.job);
  const id = job && readNumber(job, 'job-id');
  // Taken, says the printer, and does not say as what: it may come out, and nobody can follow it.
  return id && JOB_ID.test(String(id))
    ? ok({ jobId: String(id) })
    : fail('unavailable', 'print-not-answered');
}

function askAboutJob(
  queue: IppQueue,
  path: string,
  jobId: string,
  operation: number,
  wanted: readonly string[],
) {
  return queue.service.ask({
    path,
    operation,
    fields: [
      printerUri(queue, path),
      { name: 'job-id', tag: 'integer', values: [Number(jobId)] },
      userName,
      ...(wanted.length > 0
        ? [{ name: 'requested-attributes', tag: 'keyword', values: wanted } as const]
        : []),
    ],
  });
}

/** Reads where a job stands; a job that the printer has forgotten is `unknown`. */
export async function readJobOn(queue: IppQueue, jobId: string): Promise<Outcome<PrintReport>> {
  if (!JOB_ID.test(jobId)) return ok(NO_JOB);
  const found = await findPrinter(queue);
  if (!found.ok) return found;
  const { path, facts } = found.value;
  const asked = await askAboutJob(queue, path, jobId, OPERATIONS.getJobAttributes, JOB_ATTRIBUTES);
  if (!asked.ok) return asked;
  const job = findGroup(asked.value, GROUPS.job);
  if (isNotFound(asked.value) || (isSuccess(asked.value) && !job)) return ok(NO_JOB);
  if (!isSuccess(asked.value) || !job)
    return fail('unavailable', 'printer-refused', { status: asked.value.status });
  return ok(readPrintReport(job, facts));
}

/** Calls a job back. `conflict`, `job-finished` when there is nothing left to call back. */
export async function cancelOn(queue: IppQueue, jobId: string): Promise<Outcome<void>> {
  if (!JOB_ID.test(jobId)) return fail('conflict', 'job-finished');
  const found = await findPrinter(queue);
  if (!found.ok) return found;
  const asked = await askAboutJob(queue, found.value.path, jobId, OPERATIONS.cancelJob, []);
  if (!asked.ok) return asked;
  if (isSuccess(asked.value)) return ok(undefined);
  const { status } = asked.value;
  const isOver = status === STATUSES.notPossible || isNotFound(asked.value);
  return isOver ? fail('conflict', 'job-finished') : fail('unavailable', 'printer-refused', { status });
}
