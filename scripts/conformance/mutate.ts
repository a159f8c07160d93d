/** Changes one value of a case at a time: a comparison that does not notice is no comparison. */
import { isRequestKnown, type Case } from './check-row.ts';

type Path = readonly string[];

/** The values of a case that a mistake of the client could get wrong, each changed once. */
export function mutantsOf(item: Case): { readonly what: string; readonly mutant: Case }[] {
  const inputs = leavesOf(item.input).map((path) => ({
    what: `input ${path.join('.')}`,
    mutant: { ...item, input: changeAt(item.input, path) },
  }));
  const isExample = item.published.method !== '';
  // Without an input nothing is sent, so nobody calls.
  const callers =
    isExample && item.input !== undefined
      ? Object.keys(item.published.headers)
          .filter((name) => /^(?:nhsd-end|nhsd-ers-business|xapi_asid|authorization)/.test(name))
          .map((name) => ({
            what: `caller ${name}`,
            mutant: { ...item, caller: changeCaller(item.caller, name) },
          }))
      : [];
  return [...(isExample && isRequestKnown(item.row) ? inputs : []), ...callers, ...responseMutants(item)];
}

function changeCaller(caller: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const isRole = name === 'nhsd-ers-business-function';
  const other = caller[name] === 'REFERRING_CLINICIAN' ? 'REFERRING_CLINICIAN_ADMIN' : 'REFERRING_CLINICIAN';
  return { ...caller, [name]: isRole ? other : `${caller[name] ?? ''}X` };
}

/** A response of another kind, or an error with another code, must not pass. */
function responseMutants(item: Case): { readonly what: string; readonly mutant: Case }[] {
  const { response } = item;
  if (typeof response !== 'object' || response === null) return [];
  // The body of a 429 is never read; its place is taken by an answer that is none.
  if (item.row.expectedStatus === 429) return [{ what: 'status', mutant: { ...item, status: 422 } }];
  const path =
    item.row.expectedStatus >= 400 ? ['issue', '0', 'details', 'coding', '0', 'code'] : typePath(response);
  return [{ what: `response ${path.join('.')}`, mutant: { ...item, response: changeAt(response, path) } }];
}

/** FHIR resources say what they are; the session of 2021 is known by its user. */
const typePath = (response: object): Path => ('resourceType' in response ? ['resourceType'] : ['user']);

/** Paths of all values that can be changed: texts, numbers and flags; `use` only names the variant. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (value instanceof Uint8Array) return [path];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
  return ['string', 'number', 'boolean'].includes(typeof value) && path.at(-1) !== 'use' ? [path] : [];
}

function changeAt(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return changed(value);
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? changeAt(item, rest) : (item as unknown)));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: changeAt(object[key], rest) };
}

/** Another value of the same kind, so that only the comparison can find it. */
function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (value instanceof Uint8Array) return value.with(0, ((value[0] ?? 0) + 1) % 256);
  if (typeof value !== 'string') return null;
  if (/^\d{4}-\d\d-\d\dT/.test(value))
    return value.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10));
  return /\d$/.test(value) ? value.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)) : `${value}X`;
}
