/** A client over a network that answers as told; shared by the tests of the e-RS client. */
import type { Clock, LogFields, Network, WireReply, WireRequest } from '../../src-main/app/ports.ts';
import type { ErsIdentity } from '../../src-main/ers/client.ts';
import {
  createErsClient,
  type CallRecord,
  type ErsClientWithGate,
} from '../../src-main/ers/create-ers-client.ts';
import type { DialectName } from '../../src-main/ers/operation.ts';
import type { BusinessFunction } from '../../src-main/ers/roles.ts';

export const PLATFORM: ErsIdentity = {
  dialect: 'api-platform',
  bearer: 'token-1',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  onBehalfOf: null,
};

export const SPINE: ErsIdentity = { dialect: 'spine-session', asid: '000000000001', sessionKey: 'session-1' };

export const asRole = (businessFunction: BusinessFunction, onBehalfOf: string | null = null): ErsIdentity =>
  ({ ...PLATFORM, businessFunction, onBehalfOf }) as ErsIdentity;

const encode = (text: string) => new TextEncoder().encode(text);

/** A reply of the service; a body that is no text is sent as JSON. */
export function replyWith(
  status: number,
  body: unknown = '',
  headers: Record<string, string> = {},
): WireReply {
  const bytes =
    body instanceof Uint8Array ? body : encode(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    kind: 'reply',
    status,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    body: bytes,
  };
}

/** An STU3 refusal with codes. */
export const refusal = (...codes: string[]) => ({
  resourceType: 'OperationOutcome',
  issue: codes.map((code) => ({
    severity: 'error',
    code: 'business-rule',
    details: { coding: [{ system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-APIErrorCode-1', code }] },
    diagnostics: 'names patient 9912003888',
  })),
});

export interface TestClient {
  readonly client: ErsClientWithGate;
  readonly sent: WireRequest[];
  readonly records: CallRecord[];
  readonly logged: { readonly level: string; readonly event: string; readonly fields: LogFields }[];
}

export interface TestClientOptions {
  readonly dialect?: DialectName;
  readonly identity?: ErsIdentity | null;
  readonly clock?: Clock;
  readonly pdsBaseUrl?: string | null;
  readonly onCall?: (record: CallRecord) => void;
  readonly holdBack?: (kind: 'read' | 'write') => Promise<boolean> | false;
}

/** A clock on which waiting takes no time. */
export function createInstantClock(): Clock {
  let elapsedMs = 0;
  return {
    nowMs: () => 1_795_000_000_000 + elapsedMs,
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

export function createTestClient(
  answer: WireReply | ((request: WireRequest) => WireReply),
  { dialect = 'api-platform', clock = createInstantClock(), ...options }: TestClientOptions = {},
): TestClient {
  const sent: WireRequest[] = [];
  const records: CallRecord[] = [];
  const logged: TestClient['logged'] = [];
  const network: Network = {
    async send(request) {
      sent.push(request);
      return typeof answer === 'function' ? answer(request) : answer;
    },
    close: async () => {},
  };
  const identity =
    options.identity === undefined ? (dialect === 'api-platform' ? PLATFORM : SPINE) : options.identity;
  const client = createErsClient({
    settings: {
      dialect,
      baseUrl: 'https://ers.test/base',
      pdsBaseUrl: options.pdsBaseUrl === undefined ? 'https://pds.test/FHIR/R4' : options.pdsBaseUrl,
      rateShare: 1,
    },
    network,
    clock,
    log: { write: (level, event, fields = {}) => void logged.push({ level, event, fields }) },
    identity: () => identity,
    onCall: (record) => {
      records.push(record);
      options.onCall?.(record);
    },
    ...(options.holdBack === undefined ? {} : { holdBack: options.holdBack }),
  });
  return { client, sent, records, logged };
}

/** A header of a request, whatever its case. */
export function headerOf(request: WireRequest | undefined, name: string): string | undefined {
  const found = Object.entries(request?.headers ?? {}).find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  );
  return found?.[1];
}
