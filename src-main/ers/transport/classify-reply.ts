/** Puts a reply into one of the outcomes that a caller must face (contract.md sections 4.4 and 13). */
import type { WireReply } from '../../app/ports.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Framing, Operation } from '../operation.ts';
import type { ErsOutcome, ReplyFacts, UnreadableReason } from '../outcome.ts';
import { readErrorCodes } from './error-codes.ts';
import { LONGEST_PAUSE_MS, type Gate } from './gate.ts';
import { checkFile, checkPdf, isHtml, parseJson, type Parsed } from './parse-body.ts';

type Reply = WireReply & { readonly kind: 'reply' };

export interface CallContext<Input, Output> {
  readonly operation: Operation<Input, Output>;
  readonly framing: Framing<Input>;
  readonly dialect: Dialect;
  readonly input: Input;
  readonly gate: Pick<Gate, 'reportLimited' | 'reportReply'>;
  readonly correlationId: string;
  readonly durationMs: number;
  readonly receivedAtMs: number;
}

/** The outcome of a call; tells the gate about limits on the way. */
export function classifyReply<I, O>(reply: WireReply, context: CallContext<I, O>): ErsOutcome<O> {
  const { correlationId, gate } = context;
  if (reply.kind === 'not-sent' || reply.kind === 'lost') return { ...reply, correlationId };
  if (reply.status === 429) return classifyLimited(reply.kind === 'reply' ? reply : null, context);
  gate.reportReply();
  if (reply.kind === 'too-large') return unreadable('too-large', reply.status, correlationId);
  const facts = readFacts(reply, context);
  if (context.framing.successStatus.includes(reply.status)) return classifySuccess(reply, facts, context);
  if (isPortalStatus(reply.status)) return unreadable('redirect', reply.status, correlationId);
  // A portal answers 200 also where the service would say 201.
  if (reply.status < 400) {
    const reason = isHtml(reply.headers, reply.body) ? 'html' : 'wrong-shape';
    return unreadable(reason, reply.status, correlationId);
  }
  return classifyRefusal(reply, facts, context);
}

/** A redirect, or 511: the network asks for a sign-in of its own, which no service behind it answers (RFC 6585). */
export const isPortalStatus = (status: number): boolean => (status >= 300 && status < 400) || status === 511;

const unreadable = (reason: UnreadableReason, status: number, correlationId: string) =>
  ({ kind: 'unreadable', reason, status, correlationId }) as const;

/** The body of a 429 is mostly empty and never needed (safety.md, fact 3). */
function classifyLimited<I, O>(reply: Reply | null, context: CallContext<I, O>): ErsOutcome<O> {
  const headers = reply?.headers ?? {};
  const retryAfterMs = context.gate.reportLimited(readRetryAfter(headers));
  return { kind: 'rate-limited', retryAfterMs, facts: readFacts({ status: 429, headers }, context) };
}

function classifySuccess<I, O>(reply: Reply, facts: ReplyFacts, context: CallContext<I, O>): ErsOutcome<O> {
  const { operation, dialect, input, correlationId } = context;
  const parsed = parsePromised(operation.replyType, reply);
  if (!parsed.ok) return unreadable(parsed.reason, reply.status, correlationId);
  const { status, headers, body } = reply;
  const answer = operation.read({ status, headers, json: parsed.json, bytes: body }, dialect.name);
  if (!answer.ok) return unreadable(answer.reason, status, correlationId);
  const isEcho = operation.echoes?.(answer.value, input) ?? true;
  return isEcho
    ? { kind: 'success', value: answer.value, facts }
    : unreadable('wrong-shape', status, correlationId);
}

function parsePromised(replyType: Operation<never, unknown>['replyType'], { headers, body }: Reply): Parsed {
  if (replyType === 'none') return { ok: true, json: null };
  if (replyType === 'file') return checkFile(headers, body);
  return replyType === 'pdf' ? checkPdf(headers, body) : parseJson(headers, body);
}

function classifyRefusal<I, O>(reply: Reply, facts: ReplyFacts, context: CallContext<I, O>): ErsOutcome<O> {
  const { operation, dialect } = context;
  const codes = readErrorCodes(reply.headers, reply.body);
  const code = codes[0] ?? '';
  if (dialect.isUnauthorised(operation, reply.status, codes, isHtml(reply.headers, reply.body)))
    return { kind: 'unauthorised', code, facts };
  return { kind: 'refused', code, codes, retryAfterMs: readRetryAfter(reply.headers), facts };
}

function readFacts<I, O>(
  reply: Pick<Reply, 'status' | 'headers'>,
  { dialect, correlationId, durationMs, receivedAtMs }: CallContext<I, O>,
): ReplyFacts {
  const transactionId = reply.headers[dialect.transactionHeader] ?? '';
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(reply.headers['etag'] ?? '') ?? [];
  return {
    status: reply.status,
    correlationId,
    // Kept for the audit only when it looks like an id: it comes from outside.
    transactionId: /^[\w.:-]{1,128}$/.test(transactionId) ? transactionId : '',
    etagVersion: version === undefined ? null : Number(version),
    durationMs,
    receivedAtMs,
  };
}

/** Retry-After in whole seconds, capped; a date or nonsense counts as none (contract.md section 2.2). */
export function readRetryAfter(headers: Readonly<Record<string, string>>): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Math.min(LONGEST_PAUSE_MS, Number(text) * 1_000) : null;
}
