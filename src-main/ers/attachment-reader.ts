/** Reads the file of a referral's attachment, in whichever way the dialect has. */
import type { Clock, Log, Network, WireReply } from '../app/ports.ts';
import type { CallOptions, ErsClient } from './client.ts';
import { readFileName } from './fhir/file-name.ts';
import type { AttachmentRecord, FileReply } from './model.ts';
import { a006RetrieveAttachment, attachmentIdOf } from './operations/a006-retrieve-attachment.ts';
import { a042RetrieveAttachment } from './operations/a042-retrieve-attachment.ts';
import type { ErsOutcome, ReplyFacts } from './outcome.ts';
import { isHtml, mediaTypeOf } from './transport/parse-body.ts';

export interface AttachmentReader {
  /**
   * The file of an attachment. Its bytes and names come from outside: judge them by themselves. Refusals: PENDING (at
   * least five minutes more), THREATS_FOUND, VALIDATION_FAILED, FILE_SIZE_ERROR, NO_RELATIONSHIP; a refusal without a
   * code came from the store of files.
   */
  read(attachment: Pick<AttachmentRecord, 'url'>, options?: CallOptions): Promise<ErsOutcome<FileReply>>;
}

export interface AttachmentReaderOptions {
  readonly ers: ErsClient;
  readonly network: Network;
  readonly clock: Clock;
  readonly log: Log;
  /** Of e-RS: only an e-RS on this machine may name a store on this machine. */
  readonly baseUrl: string;
}

/** A042 gives files larger than the 5 MB of A006; what a page can be handed sets the end (attack S34). */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Reads attachments: A042 on the platform, which names where the file lies, A006 in the spine dialect. That one place
 * is asked at once and once, without any header of e-RS (contract.md section 7, attacks S32 and S33): no token, no role,
 * no session, no further redirect. Every reading asks e-RS for a new place.
 */
export function createAttachmentReader(options: AttachmentReaderOptions): AttachmentReader {
  const { ers } = options;
  return {
    async read(attachment, callOptions = {}) {
      const id = attachmentIdOf(attachment);
      if (id === null) return { kind: 'unreadable', reason: 'wrong-shape', status: 0, correlationId: '' };
      if (ers.dialect === 'spine-session') return ers.call(a006RetrieveAttachment, { id }, callOptions);
      const found = await ers.call(a042RetrieveAttachment, { id }, callOptions);
      return found.kind === 'success' ? fetchFile(options, found.value.location, found.facts) : found;
    },
  };
}

/** Fetches a file from where A042 said that it lies. */
async function fetchFile(
  { network, clock, log, baseUrl }: AttachmentReaderOptions,
  location: string,
  asked: ReplyFacts,
): Promise<ErsOutcome<FileReply>> {
  const { correlationId } = asked;
  const url = placeOf(location, baseUrl);
  if (url === null) return { kind: 'unreadable', reason: 'redirect', status: asked.status, correlationId };
  const startedMs = clock.monotonicMs();
  const reply = await network.send({
    baseUrl: url.origin,
    method: 'GET',
    // As it came, the query with it: it may carry a signature of its exact text.
    path: `${url.pathname}${url.search}`,
    query: [],
    headers: { Accept: '*/*' },
    body: null,
    kind: 'read',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_FILE_BYTES,
  });
  const durationMs = Math.round(clock.monotonicMs() - startedMs);
  const facts = { ...asked, durationMs, receivedAtMs: Math.trunc(clock.nowMs()), etagVersion: null };
  const outcome = classify(reply, facts);
  const status = reply.kind === 'reply' || reply.kind === 'too-large' ? reply.status : 0;
  log.write(outcome.kind === 'success' ? 'info' : 'warn', 'ers-file', {
    ...{ operation: 'A042', status, reason: outcome.kind, correlationId, durationMs },
  });
  return outcome;
}

/** Https and without credentials; null for any other place. Plain http only between ends on this machine, as tests are. */
function placeOf(location: string, baseUrl: string): URL | null {
  const [url, base] = [URL.parse(location, baseUrl), URL.parse(baseUrl)];
  if (url === null || base === null || url.username !== '' || url.password !== '') return null;
  const isBaseLocal = LOOPBACK.includes(base.hostname);
  if (LOOPBACK.includes(url.hostname)) return isBaseLocal && /^https?:$/.test(url.protocol) ? url : null;
  return url.protocol === 'https:' ? url : null;
}

function classify(reply: WireReply, facts: ReplyFacts): ErsOutcome<FileReply> {
  const { correlationId } = facts;
  const unreadable = (reason: 'redirect' | 'html' | 'too-large', status: number) =>
    ({ kind: 'unreadable', reason, status, correlationId }) as const;
  if (reply.kind === 'not-sent' || reply.kind === 'lost') return { ...reply, correlationId };
  if (reply.kind === 'too-large') return unreadable('too-large', reply.status);
  const { status, headers, body } = reply;
  if (status >= 400)
    return { kind: 'refused', code: '', codes: [], retryAfterMs: null, facts: { ...facts, status } };
  if (status !== 200) return unreadable('redirect', status);
  // A portal's page has no file name.
  if (isHtml(headers, body) && headers['content-disposition'] === undefined)
    return unreadable('html', status);
  const value = {
    bytes: body,
    contentType: mediaTypeOf(headers),
    fileName: readFileName(headers['content-disposition'] ?? ''),
  };
  return { kind: 'success', value, facts: { ...facts, status } };
}
