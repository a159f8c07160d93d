/** Speaks with one print service: asks, and says in Outcomes what came of it. */
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { FIRST_ERROR, STATUSES } from './ipp-codes.ts';
import { decodeIppReply, type IppReply } from './ipp-decode.ts';
import { encodeIppRequest, type IppField } from './ipp-encode.ts';
import { postIpp, type IppAddress } from './ipp-post.ts';

export interface IppQuestion {
  /** Path of the URL, encoded; also the path of `printer-uri`. */
  readonly path: string;
  readonly operation: number;
  readonly fields: readonly IppField[];
  readonly jobFields?: readonly IppField[];
  readonly document?: Uint8Array;
}

/** Asks a service. Problems as in `LetterPrinter`; for a status of the protocol see `ask`. */
export interface IppService {
  /** The reply, whatever its status; `unavailable` when there is none that can be read. */
  ask(question: IppQuestion): Promise<Outcome<IppReply>>;
  /** Its URI for a path, as attributes want it. */
  uriOf(path: string): string;
}

const READ_MS = 10_000;
/** A letter has at most 8 MB, and a printer that wakes up takes its time. */
const PRINT_MS = 60_000;

/** Errors that may come when a document was taken in: it may be printed all the same. */
const UNCERTAIN: readonly number[] = [STATUSES.internalError, STATUSES.deviceError, STATUSES.jobCanceled];

/** What an error status means for a job that was to be printed. */
export function failureOfPrint(status: number) {
  if (status === STATUSES.notFound || status === STATUSES.gone) return fail('unavailable', 'printer-gone');
  if (UNCERTAIN.includes(status)) return fail('unavailable', 'print-not-answered', { status });
  const reason = status === STATUSES.notAcceptingJobs ? 'not-accepting' : 'refused';
  return fail('unavailable', 'printer-refused', { status, reason });
}

/** True when the service did what was asked, if with substitutes. */
export function isSuccess({ status }: IppReply): boolean {
  return status < FIRST_ERROR;
}

function uriBase(address: IppAddress): string {
  if (address.kind === 'socket') return 'ipp://localhost';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${address.isSecure ? 'ipps' : 'ipp'}://${host}:${address.port}`;
}

/** A service at an address. Every call is made once, on its own. */
export function createIppService(
  address: IppAddress,
  /** Shorter waits, for tests. */
  { readMs = READ_MS, printMs = PRINT_MS }: { readonly readMs?: number; readonly printMs?: number } = {},
): IppService {
  let lastId = 0;
  return {
    uriOf: (path) => uriBase(address) + path,
    async ask({ path, document, ...question }) {
      lastId = (lastId % 0x7fffffff) + 1;
      const isPrint = document !== undefined;
      const body = encodeIppRequest({
        ...question,
        ...(document ? { document } : {}),
        requestId: lastId,
      });
      const requestId = lastId;
      const answer = await postIpp({ address, path, body, timeoutMs: isPrint ? printMs : readMs });
      if (answer.kind === 'not-sent')
        return fail('unavailable', 'no-print-service', { reason: answer.reason });
      const noAnswer = fail('unavailable', isPrint ? 'print-not-answered' : 'no-print-service', {
        reason: 'no-answer',
      });
      if (answer.kind === 'lost') return noAnswer;
      if (answer.kind === 'http-error') {
        const { status } = answer;
        return status < 500 ? fail('unavailable', 'printer-refused', { http: status }) : noAnswer;
      }
      const reply = decodeIppReply(answer.body);
      return reply?.requestId === requestId ? ok(reply) : noAnswer;
    },
  };
}
