/** One call from its input to its outcome: frame, gate, send once, classify. */
import { randomUUID } from 'node:crypto';
import type { Clock, Log, Network, WireReply, WireRequest } from '../../app/ports.ts';
import type { CallOptions, ErsIdentity } from '../client.ts';
import { patientDirectory } from '../dialects/patient-directory.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Framing, Operation } from '../operation.ts';
import type { ErsOutcome } from '../outcome.ts';
import { BEHIND_PORTAL, reachOf, type Reach } from '../reach.ts';
import { classifyReply } from './classify-reply.ts';
import type { Gate } from './gate.ts';
import { MAX_REPLY_BYTES } from './parse-body.ts';
import { findRequestFault, isCorrelationId } from './request-check.ts';

/**
 * A write does not wait longer than this for its turn: its sender has already noted the moment of sending, and the
 * horizon of an unknown outcome counts from there (safety.md, step 5).
 */
const LONGEST_WRITE_WAIT_MS = 10_000;

/** What a call came to, for the audit: no URL, no body, no diagnostics; `input` holds the business values. */
export interface CallRecord {
  readonly operation: string;
  readonly kind: 'read' | 'write';
  readonly method: string;
  readonly host: string;
  readonly outcome: ErsOutcome<unknown>['kind'];
  /** What it says about the way to the service. */
  readonly reach: Reach;
  /** 0 when there was no reply. */
  readonly status: number;
  readonly codes: readonly string[];
  readonly correlationId: string;
  readonly transactionId: string;
  readonly durationMs: number;
  readonly input: unknown;
  readonly named: NamedInAnswer;
}

/** What an answer says of what it is about; empty, or null, where it says nothing of it. */
export interface NamedInAnswer {
  /** Of the referral, the request or the appointment. */
  readonly version: number | null;
  readonly nhsNumber: string;
  readonly ubrn: string;
  /** Of a file that was taken. */
  readonly documentId: string;
}

/** The `Date` of a reply, and between which readings of the wall clock the service wrote it. */
export interface DateReading {
  readonly date: string;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

export interface CallDependencies {
  readonly dialect: Dialect;
  readonly baseUrl: string;
  readonly pdsBaseUrl: string | null;
  readonly network: Network;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: () => ErsIdentity | null;
  readonly onCall?: (record: CallRecord) => void;
  readonly onDate?: (reading: DateReading) => void;
  /** See `ErsClientOptions`. */
  readonly holdBack?: (kind: 'read' | 'write') => Promise<boolean> | false;
}

/** Makes the function that sends operations. It never throws for what network or service may do. */
export function createSendCall(deps: CallDependencies) {
  return async function sendCall<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    options: CallOptions = {},
  ): Promise<ErsOutcome<Output>> {
    const isPds = operation.service === 'pds';
    const baseUrl = isPds ? deps.pdsBaseUrl : deps.baseUrl;
    const framing = operation.dialects[deps.dialect.name];
    if (framing === undefined || baseUrl === null || framing.supports?.(input) === false)
      return { kind: 'not-in-dialect', operation: operation.id };
    const dialect = isPds ? patientDirectory : deps.dialect;
    const correlationId = options.correlationId ?? randomUUID();
    if (!isCorrelationId(correlationId)) return { kind: 'not-sent', reason: 'bad-header', correlationId: '' };
    const request = frameRequest(deps, { operation, framing, dialect, input, baseUrl, correlationId });
    if (typeof request === 'string') return { kind: 'not-sent', reason: request, correlationId };
    const startedMs = deps.clock.monotonicMs();
    const reply = await passGateAndSend(deps, request, options.urgency ?? 'clerk');
    const durationMs = Math.round(deps.clock.monotonicMs() - startedMs);
    const context = { operation, framing, dialect, input, gate: deps.gate, correlationId, durationMs };
    const outcome = classifyReply(reply, { ...context, receivedAtMs: Math.trunc(deps.clock.nowMs()) });
    recordCall(deps, recordOf(outcome, operation, request, input, correlationId, durationMs));
    return outcome;
  };
}

interface FrameInput<Input, Output> {
  readonly operation: Operation<Input, Output>;
  readonly framing: Framing<Input>;
  readonly dialect: Dialect;
  readonly input: Input;
  readonly baseUrl: string;
  readonly correlationId: string;
}

/** The request to send, or the reason why it may not be sent. */
function frameRequest<I, O>(deps: CallDependencies, call: FrameInput<I, O>): WireRequest | string {
  const { operation, framing, dialect, input, baseUrl, correlationId } = call;
  const built = framing.build(input);
  const framed = dialect.frame(operation, built, deps.identity(), correlationId);
  if (!framed.ok) return framed.reason;
  const request: WireRequest = {
    baseUrl,
    method: built.method,
    path: built.path,
    query: built.query ?? [],
    headers: framed.headers,
    body: built.file?.bytes ?? (built.body === undefined ? null : JSON.stringify(built.body)),
    kind: operation.kind,
    timeoutMs: operation.timeoutMs,
    maxBytes: MAX_REPLY_BYTES,
  };
  return findRequestFault(request) ?? request;
}

async function passGateAndSend(
  deps: CallDependencies,
  request: WireRequest,
  urgency: NonNullable<CallOptions['urgency']>,
): Promise<WireReply> {
  const { gate, holdBack } = deps;
  let heldBack = holdBack?.(request.kind) ?? false;
  for (;;) {
    if (heldBack !== false && (await heldBack)) return { kind: 'not-sent', reason: BEHIND_PORTAL };
    const turn = await gate.enter(urgency, request.kind === 'write' ? LONGEST_WRITE_WAIT_MS : undefined);
    if (turn !== 'go') return { kind: 'not-sent', reason: 'calls-are-paused' };
    // A portal may have come up while the call waited for its turn; whoever waits for the look takes another turn.
    heldBack = holdBack?.(request.kind) ?? false;
    if (heldBack === false) return sendNow(deps, request);
  }
}

async function sendNow(
  { network, clock, onDate }: CallDependencies,
  request: WireRequest,
): Promise<WireReply> {
  const sentAtMs = clock.nowMs();
  const reply = await network.send(request);
  const date = reply.kind === 'reply' ? reply.headers['date'] : undefined;
  if (date !== undefined) onDate?.({ date, sentAtMs, receivedAtMs: clock.nowMs() });
  return reply;
}

function recordOf(
  outcome: ErsOutcome<unknown>,
  operation: { readonly id: string; readonly kind: 'read' | 'write' },
  request: WireRequest,
  input: unknown,
  correlationId: string,
  durationMs: number,
): CallRecord {
  const facts = 'facts' in outcome ? outcome.facts : null;
  return {
    operation: operation.id,
    kind: operation.kind,
    method: request.method,
    host: URL.parse(request.baseUrl)?.host ?? '',
    outcome: outcome.kind,
    reach: reachOf(outcome),
    status: facts?.status ?? ('status' in outcome ? outcome.status : 0),
    codes: codesOf(outcome),
    correlationId,
    transactionId: facts?.transactionId ?? '',
    durationMs,
    input,
    named: namedIn(outcome),
  };
}

/** Most operations answer with a referral, a request or an appointment, and name these in one way. */
function namedIn(outcome: ErsOutcome<unknown>): NamedInAnswer {
  const value = outcome.kind === 'success' ? outcome.value : null;
  const answer = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const textOf = (name: string) => (typeof answer[name] === 'string' ? answer[name] : '');
  const tagged = 'facts' in outcome ? outcome.facts.etagVersion : null;
  return {
    version: typeof answer['version'] === 'number' ? answer['version'] : tagged,
    nhsNumber: textOf('nhsNumber'),
    ubrn: textOf('ubrn'),
    documentId: textOf('documentId'),
  };
}

function codesOf(outcome: ErsOutcome<unknown>): readonly string[] {
  if (outcome.kind === 'refused') return outcome.codes;
  return outcome.kind === 'unauthorised' && outcome.code !== '' ? [outcome.code] : [];
}

/** One line in the log, one record for the audit. A fault of the audit must not turn a sent call into an error. */
function recordCall({ log, onCall }: CallDependencies, record: CallRecord): void {
  const { operation, status, codes, correlationId, durationMs, outcome } = record;
  log.write(outcome === 'success' ? 'info' : 'warn', 'ers-call', {
    operation,
    status,
    code: codes[0] ?? '',
    reason: outcome,
    correlationId,
    durationMs,
  });
  try {
    onCall?.(record);
  } catch {
    log.write('error', 'call-record-failed', { operation, correlationId });
  }
}
