/**
 * `npm run ers -- <catalogue id> --base-url … --dialect … --input '<json>'`: calls one operation and prints its outcome
 * as JSON. Ends with 0 on success, 1 on any other outcome, 2 on wrong use. Nothing is kept, nothing is logged.
 * `npm run ers -- --list [--markdown]` prints the catalogue. A retired id says what took its place.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createSystemClock } from '../src-main/adapters/node/system-clock.ts';
import { createUndiciNetwork } from '../src-main/adapters/node/undici-network.ts';
import { retiredWords } from '../src-main/contract/retired.ts';
import { catalogue, type AnyOperation } from '../src-main/ers/catalogue.ts';
import { DSTU2_FORMS } from '../src-main/ers/dstu2/read-in-dstu2.ts';
import type { ErsIdentity } from '../src-main/ers/client.ts';
import { createErsClient } from '../src-main/ers/create-ers-client.ts';
import type { DialectName, Framing } from '../src-main/ers/operation.ts';
import { isBusinessFunction } from '../src-main/ers/roles.ts';
import { catalogueAsMarkdown, catalogueAsText } from './catalogue/tables.ts';

const USAGE = `usage: npm run ers -- <catalogue id> --base-url <url> --dialect api-platform|spine-session --input '<json>'

  api-platform:   --token <bearer> (or ERS_TOKEN)  --ods <code>  --role <BUSINESS_FUNCTION>  [--obo <user id>]
  spine-session:  --asid <asid>  [--session <session key>]
  A020:           --file <path>, the content to upload
  the catalogue:  --list [--markdown]
  connection:     [--ca <pem>] [--cert <pem>] [--key <pem>] [--proxy <url>] [--pds-base-url <url>]

  catalogue ids: ${[...catalogue.keys(), ...[...DSTU2_FORMS.keys()].map((id) => `${id}-DSTU2`)].join(' ')}
  example: npm run ers -- A005 --base-url http://127.0.0.1:8080/referrals/FHIR --dialect api-platform \\
             --ods R69 --role REFERRING_CLINICIAN_ADMIN --input '{"ubrn":"000000070000"}'`;

const OPTIONS = {
  'base-url': { type: 'string' },
  'pds-base-url': { type: 'string' },
  dialect: { type: 'string' },
  input: { type: 'string' },
  file: { type: 'string' },
  token: { type: 'string' },
  ods: { type: 'string' },
  role: { type: 'string' },
  obo: { type: 'string' },
  asid: { type: 'string' },
  session: { type: 'string' },
  ca: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  proxy: { type: 'string' },
  list: { type: 'boolean' },
  markdown: { type: 'boolean' },
} as const;

type Values = {
  readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K]['type'] extends 'boolean' ? boolean : string;
};

/** Wrong use, in words for the person at the keyboard. */
class UsageError extends Error {}

interface Call {
  readonly operation: AnyOperation;
  readonly dialect: DialectName;
  readonly baseUrl: string;
  readonly input: unknown;
  readonly identity: ErsIdentity;
  readonly values: Values;
}

function readCall({ values, positionals }: ReturnType<typeof parse>): Call {
  const id = positionals[0] ?? '';
  const operation = catalogue.get(id) ?? DSTU2_FORMS.get(id.replace(/-DSTU2$/, ''));
  if (operation === undefined)
    throw new UsageError(retiredWords(id) ?? `Unknown catalogue id: ${id || '(none given)'}`);
  const { dialect, 'base-url': baseUrl } = values;
  if (dialect !== 'api-platform' && dialect !== 'spine-session')
    throw new UsageError('--dialect must be api-platform or spine-session');
  if (baseUrl === undefined || URL.parse(baseUrl) === null)
    throw new UsageError('--base-url must be a full URL');
  if (operation.service === 'pds' && values['pds-base-url'] === undefined)
    throw new UsageError('--pds-base-url is needed for PDS');
  const framing = operation.dialects[dialect];
  if (framing === undefined) throw new UsageError(`${operation.id} does not exist in the dialect ${dialect}`);
  const input = readInput(values, operation, framing);
  return { operation, dialect, baseUrl, input, identity: readIdentity(dialect, operation, values), values };
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option');
  }
}

/** The input, checked by the operation itself: a request that it would not take back is not sent. */
function readInput(values: Values, operation: AnyOperation, framing: Framing<unknown>): unknown {
  const { input: text = '{}', file } = values;
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw new UsageError('--input is not JSON; quote it for the shell: --input \'{"ubrn":"…"}\'');
  }
  if (file !== undefined && typeof input === 'object') input = { ...input, content: readBytes('file', file) };
  if (typeof input !== 'object' || input === null || !isUnderstood(input, framing))
    throw new UsageError(`--input does not fit ${operation.id}: a field is missing or has the wrong form`);
  if (framing.supports?.(input) === false)
    throw new UsageError(`This use of ${operation.id} does not exist in the dialect`);
  return input;
}

function isUnderstood(input: object, framing: Framing<unknown>): boolean {
  try {
    const { method, path, query = [], headers = {}, body, file } = framing.build(input);
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    if (file !== undefined) lower.push(['content-type', file.mediaType]);
    const request = { method, path, query: Object.fromEntries(query), headers: Object.fromEntries(lower) };
    const json = body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as unknown);
    return framing.readRequest({ ...request, body: file?.bytes ?? json }) !== null;
  } catch {
    return false;
  }
}

function readIdentity(dialect: DialectName, operation: AnyOperation, values: Values): ErsIdentity {
  if (dialect === 'spine-session') {
    if (!/^\d{12}$/.test(values.asid ?? '')) throw new UsageError('--asid must be 12 digits');
    return { dialect, asid: values.asid ?? '', sessionKey: values.session ?? null };
  }
  const { role = '', ods = '' } = values;
  if (operation.roles !== 'any' && (!isBusinessFunction(role) || ods === ''))
    throw new UsageError(
      '--role and --ods are needed; --role is a business function such as REFERRING_CLINICIAN_ADMIN',
    );
  return {
    dialect,
    bearer: values.token ?? process.env['ERS_TOKEN'] ?? '',
    organisation: ods,
    businessFunction: isBusinessFunction(role) ? role : null,
    onBehalfOf: values.obo ?? null,
  };
}

function connectionOf({ ca, cert, key, proxy }: Values) {
  const pem = (name: 'ca' | 'cert' | 'key', file: string | undefined) =>
    file ? { [name]: readPem(name, file) } : {};
  return {
    ...pem('ca', ca),
    ...pem('cert', cert),
    ...pem('key', key),
    ...(proxy ? { proxyUrl: proxy } : {}),
  };
}

const readPem = (name: string, file: string): string => new TextDecoder().decode(readBytes(name, file));

function readBytes(name: string, file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new UsageError(`--${name}: the file cannot be read`);
  }
}

/** Bytes of a PDF are not for a terminal. */
const printable = (_key: string, value: unknown) =>
  value instanceof Uint8Array ? { bytes: value.length } : value;

async function main(): Promise<number> {
  const parsed = parse(process.argv.slice(2));
  if (parsed.values.list === true) {
    console.log(parsed.values.markdown === true ? catalogueAsMarkdown() : catalogueAsText());
    return 0;
  }
  const call = readCall(parsed);
  const { dialect, baseUrl, identity, values } = call;
  const network = createUndiciNetwork(connectionOf(values));
  const client = createErsClient({
    settings: { dialect, baseUrl, pdsBaseUrl: values['pds-base-url'] ?? null, rateShare: 1 },
    network,
    clock: createSystemClock(),
    log: { write: () => {} },
    identity: () => identity,
  });
  const outcome = await client.call(call.operation, call.input);
  await network.close();
  console.log(JSON.stringify(outcome, printable, 2));
  return outcome.kind === 'success' ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
