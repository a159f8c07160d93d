/** Errors are data: what every channel answers (design.md, Contract). */

/** The kinds of problem a clerk can meet; the words for each live in the renderer. */
export const PROBLEM_KINDS = [
  'invalid-input',
  'refused-sender',
  'not-signed-in',
  'session-ended',
  'forbidden',
  'not-found',
  'needs-second-identifier',
  'wrong-identifier',
  'conflict',
  'locked',
  'rejected',
  'rate-limited',
  'offline',
  'unavailable',
  'bad-reply',
  'not-in-dialect',
  'writes-off',
  'expired',
  'internal',
] as const;

export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** A fact of a problem: never patient data, never a token. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

export interface Problem {
  readonly kind: ProblemKind;
  /** The e-RS outcome key, or a code of our own in kebab-case. */
  readonly code: string;
  /** The correlation id to quote to the service desk; empty when no call was made. */
  readonly correlationId: string;
  readonly facts: Facts;
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** A success. */
export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** A failure; `facts` hold numbers and codes for the words, never patient data. */
export function fail(
  kind: ProblemKind,
  code: string,
  facts: Facts = {},
  correlationId = '',
): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { kind, code, correlationId, facts } };
}
