/** Replies of e-RS that are almost right, for every operation of the catalogue: each must come out as a typed outcome. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { casesOf } from '../../../scripts/conformance/check-row.ts';
import { identityOf, replyOf, runExchange } from '../../../scripts/conformance/exchange.ts';
import { readRows } from '../../../scripts/conformance/rows.ts';
import { SAMPLE_INPUTS } from '../../../scripts/conformance/sample-inputs.ts';
import type { WireReply } from '../../../src-main/app/ports.ts';
import { catalogue, type AnyOperation } from '../../../src-main/ers/catalogue.ts';
import type { ErsIdentity } from '../../../src-main/ers/client.ts';
import type { DialectName } from '../../../src-main/ers/operation.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import { BOOKING, bookedAppointment, referralBody } from '../../ers/payloads.ts';
import { mutate } from './mutate-json.ts';
import { TEXTS } from './odd-values.ts';
import { watchPrototypes } from './prototypes.ts';
import { createSeeded, type Seeded } from './seeded.ts';

export interface WireReport {
  readonly operations: number;
  readonly replies: number;
  /** How many came out as each kind; a run in which none succeeds has changed too much to say anything. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Operations that had a published example to start from; the others start from what the tests know. */
  readonly fromExamples: number;
  readonly faults: readonly string[];
}

export interface WireWish {
  readonly replies: number;
  readonly seed: number;
  /** The folder of published examples; null where it is not on this machine. */
  readonly examples: string | null;
  readonly onOperation?: (id: string) => void;
}

interface Base {
  readonly dialect: DialectName;
  readonly input: unknown;
  readonly identity: ErsIdentity;
  readonly status: number;
  /** The JSON of its reply; undefined for one that has none. */
  readonly json: unknown;
}

type Reply = WireReply & { readonly kind: 'reply' };

const KINDS: Readonly<Record<ErsOutcome<unknown>['kind'], true>> = {
  ...{ success: true, refused: true, 'rate-limited': true, unauthorised: true },
  ...{ 'not-sent': true, lost: true, unreadable: true, 'not-in-dialect': true },
};
const MOST_FAULTS = 20;
const DIALECTS: readonly DialectName[] = ['api-platform', 'spine-session'];
const HEADERS = {
  authorization: 'Bearer token-1',
  'nhsd-end-user-organisation-ods': 'R69',
  'nhsd-ers-business-function': 'REFERRING_CLINICIAN_ADMIN',
  xapi_asid: '000000000001',
  http_x_session_key: 'session-1',
};

/** What an operation may answer where no example says it. */
const KNOWN_BODIES = [
  referralBody(BOOKING.ubrn),
  bookedAppointment(BOOKING),
  { resourceType: 'Bundle', type: 'searchset', total: 1, entry: [{ resource: referralBody(BOOKING.ubrn) }] },
  { resourceType: 'Parameters', parameter: [{ name: 'x', valueString: 'y' }] },
  { resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code: 'NO_RELATIONSHIP' }] } }] },
];

/** Published replies by operation; inputs come with their examples or from the samples. */
function readBases(examples: string | null): Map<string, Base[]> {
  const bases = new Map<string, Base[]>();
  if (examples === null || !existsSync(join(examples, 'index.json'))) return bases;
  for (const item of readRows(examples).flatMap((row) => casesOf(row))) {
    const { row, operation, caller, response, status } = item;
    const input = item.input ?? SAMPLE_INPUTS[operation.id];
    if (input === undefined) continue;
    const identity = identityOf(row.dialect, caller);
    const base = { dialect: row.dialect, input, identity, status, json: response };
    bases.set(operation.id, [...(bases.get(operation.id) ?? []), base]);
  }
  return bases;
}

function basesOf(operation: AnyOperation): Base[] {
  const input = SAMPLE_INPUTS[operation.id] ?? { nhsNumber: BOOKING.nhsNumber };
  return DIALECTS.filter((dialect) => operation.dialects[dialect] !== undefined).flatMap((dialect) =>
    KNOWN_BODIES.map((json) => {
      const status = operation.dialects[dialect]?.successStatus[0] ?? 200;
      return { dialect, input, identity: identityOf(dialect, HEADERS), status, json };
    }),
  );
}

const TYPES = [
  ...['application/fhir+json', 'application/json', 'text/html', 'application/pdf', 'application/zip', ''],
  ...[
    'application/fhir+json; charset=utf-16',
    'APPLICATION/JSON',
    'application/fhir+json\u0000',
    '__proto__',
  ],
];
const NAMES = [
  ...['content-type', 'etag', 'location', 'retry-after', 'content-disposition', 'content-encoding', 'date'],
  ...['x-request-id', 'content-length', '__proto__', 'constructor', 'x-correlation-id'],
];
const WORDS = [
  ...[
    'W/"3"',
    '"-1"',
    'W/"99999999999999999999"',
    'https://evil.invalid/STU3/Binary/1',
    '//evil.invalid/',
    'Binary/..',
  ],
  ...[
    'attachment; filename="..\\..\\CON"',
    `attachment; filename*=UTF-8''%00%2e%2e`,
    'gzip',
    '1e9',
    '-5',
    '3',
  ],
  ...TEXTS.filter((text) => text.length < 1_000),
];

function spoilHeaders(headers: Reply['headers'], seeded: Seeded): Record<string, string> {
  const spoilt: Record<string, string> = { ...headers };
  for (let turn = seeded.int(3); turn >= 0; turn -= 1) {
    const name = seeded.pick(NAMES);
    const value = name === 'content-type' ? seeded.pick(TYPES) : seeded.pick(WORDS);
    if (seeded.isHit(0.2)) Reflect.deleteProperty(spoilt, name);
    else Object.defineProperty(spoilt, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return spoilt;
}

const BYTES: readonly ((body: Buffer, seeded: Seeded) => Buffer)[] = [
  (body, seeded) => body.subarray(0, seeded.int(body.length + 1)),
  (body, seeded) => {
    const flipped = Buffer.from(body);
    for (let turn = seeded.int(8); turn >= 0 && flipped.length > 0; turn -= 1)
      flipped[seeded.int(flipped.length)] = seeded.int(256);
    return flipped;
  },
  (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
  (body) => Buffer.concat([body, body]),
  (body) => Buffer.from(body.toString('utf8'), 'utf16le'),
  (body) => Buffer.from(`${'['.repeat(70)}${body.toString('utf8')}${']'.repeat(70)}`),
  (body) =>
    Buffer.from(body.toString('utf8').replace(/"(\w+)":/, '"$1":null,"__proto__":{"polluted":1},"$1":')),
  (body) => Buffer.from(body.toString('utf8').replace(/:(\d+)/, ':1e400')),
  (body) => Buffer.from(body.toString('utf8').replace(/"[^"]{3,}"/, '"\\ud800\\u0000\\u202e"')),
  (body, seeded) => Buffer.from(Array.from({ length: seeded.int(200) }, () => seeded.int(256))) ?? body,
];

function spoil(operation: AnyOperation, base: Base, seeded: Seeded): WireReply {
  const status = seeded.isHit(0.15) ? 100 + seeded.int(500) : base.status;
  const way = seeded.int(20);
  if (way === 0) return { kind: 'too-large', status };
  if (way === 1) return { kind: seeded.pick(['lost', 'not-sent'] as const), reason: seeded.pick(TEXTS) };
  const json = way < 14 && base.json !== undefined ? toJson(() => mutate(base.json, seeded)) : base.json;
  const reply = replyOf(operation, base.status, json) as Reply;
  const headers = seeded.isHit(0.2) ? spoilHeaders(reply.headers, seeded) : reply.headers;
  const body = way >= 14 ? seeded.pick(BYTES)(Buffer.from(reply.body), seeded) : reply.body;
  return { ...reply, status, headers, body: new Uint8Array(body) };
}

/** Only what JSON can say comes over the wire. */
function toJson(make: () => unknown): unknown {
  try {
    const text = JSON.stringify(make(), (_key, item: unknown) =>
      typeof item === 'bigint' ? String(item) : item,
    );
    return text === undefined ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** Sends so many spoilt replies to each operation of the catalogue. */
export async function fuzzWire(wish: WireWish): Promise<WireReport> {
  const published = readBases(wish.examples);
  const kinds: Record<string, number> = {};
  const faults: string[] = [];
  const findChanges = watchPrototypes();
  let replies = 0;
  for (const operation of catalogue.values()) {
    wish.onOperation?.(operation.id);
    const seeded = createSeeded(wish.seed);
    const bases = published.get(operation.id) ?? basesOf(operation);
    for (let at = 0; at < wish.replies; at += 1) {
      const base = seeded.pick(bases);
      const reply = spoil(operation, base, seeded);
      replies += 1;
      const kind = await runExchange(operation, base.dialect, base.input, base.identity, reply).then(
        ({ outcome }) => outcome.kind,
        (error: unknown) =>
          `threw ${error instanceof Error ? `${error.name}: ${error.message}` : typeof error}`,
      );
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      const said = [...(kind in KINDS ? [] : [kind]), ...findChanges().map((name) => `changed ${name}`)];
      if (said.length > 0 && faults.length < MOST_FAULTS)
        faults.push(`${operation.id} ${base.dialect} seed ${wish.seed} reply ${at}: ${said.join(', ')}`);
    }
  }
  return { operations: catalogue.size, replies, kinds, fromExamples: published.size, faults };
}
