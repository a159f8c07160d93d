/** Known defects of the published examples: the only places where the comparison looks away, each with its reason. */
import type { PublishedRequest } from '../../src-main/ers/operation.ts';
import type { Row } from './rows.ts';

interface Exception {
  readonly dialect: string;
  readonly endpoint: string;
  readonly reason: string;
  repair(request: PublishedRequest): PublishedRequest;
}

type Participant = { readonly actor?: { readonly identifier?: { readonly value?: unknown } } };

export const EXCEPTIONS: readonly Exception[] = [
  {
    dialect: 'spine-session',
    endpoint: 'A001',
    reason: 'sample tokens carry a leading blank; tokens are trimmed once (contract.md section 16)',
    repair: (request) => withBody(request, (body) => ({ ...body, token: trimmed(body['token']) })),
  },
  {
    dialect: 'spine-session',
    endpoint: 'A002',
    reason: 'sample tokens carry a leading blank; tokens are trimmed once (contract.md section 16)',
    repair: (request) => withBody(request, (body) => ({ ...body, token: trimmed(body['token']) })),
  },
  {
    dialect: 'spine-session',
    endpoint: 'A016',
    reason: 'the booking of 2021 names a third participant without a value (contract.md A016)',
    repair: (request) =>
      withBody(request, (body) => {
        const participants = Array.isArray(body['participant']) ? (body['participant'] as Participant[]) : [];
        return { ...body, participant: participants.filter((one) => one.actor?.identifier?.value !== null) };
      }),
  },
  {
    dialect: 'api-platform',
    endpoint: 'A015',
    reason: '_include=Slot:schedule is accepted without effect (contract.md A015), so it is not sent',
    repair: (request) => ({ ...request, query: without(request.query, '_include') }),
  },
  ...['A011', 'A021'].map((endpoint) => ({
    dialect: 'spine-session',
    endpoint,
    reason:
      'requests marked older name the profile of the operation, a flag for sensitive content and the service of a ' +
      'pathway; the newer example of the same operation has none of them',
    repair: (request: PublishedRequest) => withBody(request, asTheNewerExample),
  })),
  {
    dialect: 'spine-session',
    endpoint: 'A012',
    reason: 'the words of a code say nothing that the code does not, and are not sent',
    repair: (request) => withBody(request, (body) => dropDisplays(body) as Readonly<Record<string, unknown>>),
  },
];

type Json = Readonly<Record<string, unknown>>;

const OLDER_PROFILE = /\/OperationDefinition\/(eRS-\w+)-Operation-1$/;

/** The form that replaced `…-Operation-1` as the profile of the parameters of A011 and A021. */
function asTheNewerExample(body: Json): Json {
  const meta = body['meta'] as { readonly profile?: readonly string[] } | undefined;
  const profile = meta?.profile?.map((one) =>
    one.replace(OLDER_PROFILE, '/StructureDefinition/$1-Parameters-1'),
  );
  const parameters = Array.isArray(body['parameter']) ? (body['parameter'] as Json[]) : [];
  const kept = parameters.filter(({ name }) => name !== 'contentSensitive').map(withoutPathwayService);
  return { ...body, meta: { ...meta, profile }, parameter: kept };
}

type Listed = { readonly item: Json };

function withoutPathwayService(parameter: Json): Json {
  const list = parameter['resource'] as { readonly entry?: readonly Listed[] } | undefined;
  if (list?.entry === undefined) return parameter;
  const entry = list.entry.map((one) => ({ ...one, item: without(one.item, 'extension') }));
  return { ...parameter, resource: { ...list, entry } };
}

/** The same value without any `display`. */
function dropDisplays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropDisplays);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'display');
  return Object.fromEntries(entries.map(([key, item]) => [key, dropDisplays(item)]));
}

/** The request as it was meant. */
export function withoutKnownDefects(row: Row, request: PublishedRequest): PublishedRequest {
  return EXCEPTIONS.filter(
    ({ dialect, endpoint }) => dialect === row.dialect && endpoint === row.endpoint,
  ).reduce((repaired, exception) => exception.repair(repaired), request);
}

function withBody(
  request: PublishedRequest,
  change: (body: Readonly<Record<string, unknown>>) => unknown,
): PublishedRequest {
  const { body } = request;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? { ...request, body: change(body as Record<string, unknown>) } : request;
}

const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);

function without<T>(object: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
