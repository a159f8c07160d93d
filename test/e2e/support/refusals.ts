/** What e-RS can answer to a write, from the operation's own table, and what the clerk must be told of it. */
import type { Deed } from './deeds.ts';

export interface Refusal {
  /** Empty for a status that comes without a body. */
  readonly code: string;
  readonly status: number;
}

/** The statuses of the codes that are not a 422 (contract.md section 13). */
const STATUS: Readonly<Record<string, number>> = {
  PAS_NOT_RESPONDING: 504,
  PAS_RESPONDED_WITH_ERROR: 502,
  REFERRAL_LOCKED: 423,
  VERSION_CONFLICT: 409,
};

/** Refusals without a body of every write (contract.md section 4.4); 412 switches its action off. */
const BARE = [400, 404, 409] as const;

/** Locked: it is sent again by itself, so it is no refusal to end with. */
const isEnding = ({ status }: Refusal) => status !== 423;

/** With E2E_ALL=1 every action meets every code. */
export const isWhole = process.env['E2E_ALL'] === '1';

/** Meets the codes that mean the same for every write: once is enough where the words are the very same. */
const MEETS_COMMON = ['A022', 'A034'];

/** Codes that `own` expects the very same pattern of are worded as one: the first stands for them. */
export function withoutTwins(codes: readonly string[], own: Readonly<Record<string, RegExp>>): string[] {
  const met = new Set<RegExp>();
  return codes.filter((code) => {
    const words = own[code];
    if (words === undefined) return true;
    const isTwin = met.has(words);
    met.add(words);
    return !isTwin;
  });
}

/**
 * The refusals of the operation's table, those without a body behind them. A new code is here by itself; those that
 * mean the same everywhere are left to two of the actions, and to the test of the words.
 */
export function refusalsOf({ operation }: Deed, own: Readonly<Record<string, RegExp>>): Refusal[] {
  const coded = Object.keys(operation.refusals ?? {}).map((code) => ({ code, status: STATUS[code] ?? 422 }));
  const all = [...coded, ...BARE.map((status) => ({ code: '', status }))].filter(isEnding);
  if (isWhole || MEETS_COMMON.includes(operation.id)) return all;
  const names = withoutTwins(all.map(nameOf), own);
  return all
    .filter((refusal) => names.includes(nameOf(refusal)))
    .filter(
      (refusal) => Object.hasOwn(own, nameOf(refusal)) || !Object.hasOwn(COMMON_WORDS, nameOf(refusal)),
    );
}

export const nameOf = ({ code, status }: Refusal): string => (code === '' ? `http-${status}` : code);

/** What to press or to do next: a clerk is never left with the news alone. */
export const WHAT_NEXT = /Next: .*(F\d+|Ctrl\+|Alt\+|Ring the provider|Do not try again|web application)/;

/** A code in the place of words: they were forgotten. */
export const CODE_FOR_WORDS = /\(code [A-Za-z]|the code [A-Z]|reason given is/;

const STALE = /refused it as out of date/;
const OUR_FAULT = /a fault of the desk, not yours[\s\S]*call the service desk/i;

/** The words that belong to the codes that mean the same for every write. */
export const COMMON_WORDS: Readonly<Record<string, RegExp>> = {
  PATIENT_ERROR: /do not attempt again[\s\S]*Do not try again/,
  PATIENT_SENSITIVE: /do not attempt again[\s\S]*Do not try again/,
  NO_RELATIONSHIP: /no recorded relationship[\s\S]*Alt\+R/,
  VERSION_CONFLICT: STALE,
  'http-409': STALE,
  'http-404': /does not know this referral any more[\s\S]*F5/,
  NO_SUCH_REQUEST: /does not know this referral any more[\s\S]*F5/,
  INVALID_REQUEST_TYPE: /is not a referral[\s\S]*F5/,
  INVALID_REQUEST_STATE: /in another state than it was[\s\S]*F5/,
  INVALID_VALUE: OUR_FAULT,
  INVALID_CODE: OUR_FAULT,
  UNEXPECTED_FIELD: OUR_FAULT,
  'http-400': OUR_FAULT,
};
