/** Compares the request that the client made with the published one. */
import type { WireRequest } from '../../src-main/app/ports.ts';
import type { PublishedRequest } from '../../src-main/ers/operation.ts';
import { parseInstant } from '../../src-main/contract/london-time.ts';

/** Headers that say who calls and on what: none may be there that the example lacks. */
const TELLING = /^(?:authorization|nhsd-|xapi|http_x|x-ers|if-match)/;

/** What differs, one line each; empty when the two say the same. `ours` may differ in order and in how instants are written. */
export function compareRequests(ours: WireRequest, published: PublishedRequest, hasBody: boolean): string[] {
  return [
    ...differ('method', ours.method, published.method),
    ...differ('path', ours.path, published.path),
    ...differ('query', Object.fromEntries(ours.query), published.query),
    ...(ours.query.length === Object.keys(Object.fromEntries(ours.query)).length
      ? []
      : ['query: a name repeats']),
    ...compareHeaders(ours.headers, published.headers),
    ...(hasBody ? differ('body', bodyOf(ours), published.body) : []),
  ];
}

function bodyOf({ body }: WireRequest): unknown {
  if (body === null || typeof body !== 'string') return body ?? undefined;
  return JSON.parse(body) as unknown;
}

function compareHeaders(
  sent: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): string[] {
  const ours = new Map(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  const wrong = Object.entries(wanted).flatMap(([name, value]) => {
    const isMediaType = name === 'accept' || name === 'content-type';
    const shorten = (text: string | undefined) => (isMediaType ? text?.split(/[,;]/)[0]?.trim() : text);
    return differ(`header ${name}`, shorten(ours.get(name)), shorten(value));
  });
  const surplus = [...ours.keys()].filter((name) => TELLING.test(name) && !(name in wanted));
  return [...wrong, ...surplus.map((name) => `header ${name}: not in the example`)];
}

const SERVER_RELATIVE =
  /^(?:_base[uU]rl_|https?:\/\/[^/]+(?:\/[^/]+)*?)\/STU3(?:\/v1)?\/CodeSystem\/([A-Z][A-Z-]*)$/;

/** The meaning of a text: an instant by its moment, a server-relative system by its set (contract.md section 4.2). */
function meaningOf(text: string): string {
  const [, set] = SERVER_RELATIVE.exec(text) ?? [];
  if (set !== undefined) return `server-relative ${set}`;
  const epochMs = /^\d{4}-\d\d-\d\dT/.test(text) ? parseInstant(text) : null;
  return epochMs === null ? text : `instant ${epochMs}`;
}

/** Where two JSON values differ; parameters are compared by name, everything else by place. */
export function differ(path: string, ours: unknown, theirs: unknown): string[] {
  if (typeof ours === 'string' && typeof theirs === 'string')
    return meaningOf(ours) === meaningOf(theirs)
      ? []
      : [`${path}: ${brief(ours)} instead of ${brief(theirs)}`];
  if (!isObject(ours) || !isObject(theirs))
    return Object.is(ours, theirs) ? [] : [`${path}: ${brief(ours)} instead of ${brief(theirs)}`];
  if (Array.isArray(ours) !== Array.isArray(theirs))
    return [`${path}: a list instead of an object, or the reverse`];
  const [left, right] = [byKey(path, ours), byKey(path, theirs)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    differ(`${path}.${key}`, left.get(key), right.get(key)),
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function byKey(path: string, value: object): Map<string, unknown> {
  if (!path.endsWith('.parameter')) return new Map(Object.entries(value));
  const names = Object.values(value).map(
    (item, at) => [`${String((item as { name?: unknown }).name ?? at)}`, item] as const,
  );
  const isUnique = new Set(names.map(([name]) => name)).size === names.length;
  return new Map(isUnique ? names : Object.entries(value));
}

const brief = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 80);
