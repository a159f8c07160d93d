/** Runs one operation through the whole client against a network that answers with a published response. */
import type { Clock, Network, WireReply, WireRequest } from '../../src-main/app/ports.ts';
import type { AnyOperation } from '../../src-main/ers/catalogue.ts';
import type { ErsIdentity } from '../../src-main/ers/client.ts';
import { createErsClient } from '../../src-main/ers/create-ers-client.ts';
import type { DialectName } from '../../src-main/ers/operation.ts';
import type { ErsOutcome } from '../../src-main/ers/outcome.ts';
import { isBusinessFunction } from '../../src-main/ers/roles.ts';

export interface Exchange {
  /** Null when nothing was sent. */
  readonly sent: WireRequest | null;
  readonly outcome: ErsOutcome<unknown>;
}

/** Time passes only by waiting for it, and then at once. */
function createInstantClock(): Clock {
  let elapsedMs = 0;
  return {
    nowMs: () => elapsedMs,
    monotonicMs: () => elapsedMs,
    schedule(delayMs, task) {
      const handle = setImmediate(() => {
        elapsedMs += delayMs;
        task();
      });
      return () => clearImmediate(handle);
    },
  };
}

/** Sends `input` and answers with `reply`. */
export async function runExchange(
  operation: AnyOperation,
  dialect: DialectName,
  input: unknown,
  identity: ErsIdentity,
  reply: WireReply,
): Promise<Exchange> {
  const seen: WireRequest[] = [];
  const network: Network = {
    async send(request) {
      seen.push(request);
      return reply;
    },
    close: async () => {},
  };
  const client = createErsClient({
    settings: { dialect, baseUrl: 'https://ers.invalid', pdsBaseUrl: 'https://pds.invalid', rateShare: 1 },
    network,
    clock: createInstantClock(),
    log: { write: () => {} },
    identity: () => identity,
  });
  const outcome = await client.call(operation, input);
  return { sent: seen[0] ?? null, outcome };
}

/** Who calls, as the headers of the example say. */
export function identityOf(dialect: DialectName, headers: Readonly<Record<string, string>>): ErsIdentity {
  if (dialect === 'spine-session') {
    const [asid = '', sessionKey = null] = [headers['xapi_asid'], headers['http_x_session_key']];
    return { dialect, asid, sessionKey };
  }
  const businessFunction = headers['nhsd-ers-business-function'] ?? '';
  return {
    dialect: 'api-platform',
    bearer: (headers['authorization'] ?? '').replace(/^Bearer /, ''),
    organisation: headers['nhsd-end-user-organisation-ods'] ?? '',
    businessFunction: isBusinessFunction(businessFunction) ? businessFunction : null,
    onBehalfOf: headers['nhsd-ers-on-behalf-of-user-id'] ?? null,
  };
}

const encode = (text: string) => new TextEncoder().encode(text);

/** The reply of an example: its response file, what stands in for one that is not stored, or nothing. */
export function replyOf(operation: AnyOperation, status: number, response: unknown): WireReply {
  if (response !== undefined) {
    const type = operation.replyType === 'json' ? 'application/json' : 'application/fhir+json;charset=UTF-8';
    return {
      kind: 'reply',
      status,
      headers: { 'content-type': type },
      body: encode(JSON.stringify(response)),
    };
  }
  if (status >= 400) return { kind: 'reply', status, headers: {}, body: encode('') };
  const { headers, text } = STAND_INS[operation.id] ?? STAND_INS[operation.replyType] ?? NOTHING;
  return { kind: 'reply', status, headers, body: encode(text) };
}

interface StandIn {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const NOTHING: StandIn = { headers: {}, text: '' };

/** What stands in for replies that are not stored, by operation or by type. */
const STAND_INS: Readonly<Record<string, StandIn>> = {
  A020: { headers: { location: 'Binary/64b04c13-2d4d-4ad0-a6a7-0c8f3e7f3d4a' }, text: '' },
  A037: { headers: { etag: 'W/"3"' }, text: '' },
  A042: {
    headers: { location: 'https://files.invalid/one?key=two', 'x-request-id': 'transaction-1' },
    text: '',
  },
  pdf: { headers: { 'content-type': 'application/pdf' }, text: '%PDF-1.4\n%%EOF\n' },
  file: {
    headers: { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename="a.txt"' },
    text: 'A file',
  },
};
