/**
 * A look whether e-RS answers, without a credential: where a captive portal may stand in the way no token goes out to
 * learn that (safety.md, fault model). The service refuses the request, and that refusal is the answer looked for.
 */
import type { Clock, Log, Network, WireReply, WireRequest } from '../../app/ports.ts';
import type { CallOptions } from '../client.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Reach } from '../reach.ts';
import { isPortalStatus, readRetryAfter } from './classify-reply.ts';
import type { Gate } from './gate.ts';
import { isHtml, isJsonType } from './parse-body.ts';

const TIMEOUT_MS = 10_000;
const LONGEST_WAIT_MS = 10_000;
/** A portal's page is read whole to know it for one. */
const MAX_BYTES = 1024 * 1024;

export type Probe = (urgency: NonNullable<CallOptions['urgency']>) => Promise<Reach>;

export interface ProbeDependencies {
  readonly dialect: Pick<Dialect, 'probePath'>;
  readonly baseUrl: string;
  readonly network: Network;
  readonly gate: Pick<Gate, 'enter' | 'reportLimited'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the look; it takes its turn at the gate as every call does, and never throws. */
export function createProbe({ dialect, baseUrl, network, gate, clock, log }: ProbeDependencies): Probe {
  const request: WireRequest = {
    baseUrl,
    method: 'GET',
    path: dialect.probePath,
    query: [],
    headers: { Accept: 'application/fhir+json' },
    body: null,
    kind: 'read',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  };
  return async function probe(urgency) {
    const turn = await gate.enter(urgency, LONGEST_WAIT_MS);
    if (turn !== 'go') return 'unclear';
    const startedMs = clock.monotonicMs();
    const reply = await network.send(request);
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    const status = 'status' in reply ? reply.status : 0;
    if (status === 429) gate.reportLimited(reply.kind === 'reply' ? readRetryAfter(reply.headers) : null);
    const reach = judge(reply);
    log.write('info', 'ers-probe', { status, reason: reach, durationMs });
    return reach;
  };
}

/**
 * Judged by the content type: a web page is no answer of e-RS, whatever its status. One with a 5xx says only that
 * something on the way has a fault of its own. A refusal may come without a body (contract.md section 4.4).
 */
function judge(reply: WireReply): Reach {
  if (reply.kind === 'not-sent' || reply.kind === 'lost') return 'unreached';
  if (isPortalStatus(reply.status)) return 'portal';
  if (reply.kind === 'too-large') return 'unclear';
  if (isHtml(reply.headers, reply.body)) return reply.status < 500 ? 'portal' : 'unclear';
  return isJsonType(reply.headers) || reply.status >= 400 ? 'answered' : 'unclear';
}
