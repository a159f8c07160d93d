import type { Coded } from './schema.ts';

/** The code and display alone: what comes from the wire may carry more, and only these two leave main. */
export function codedOf(coding: Coded): Coded {
  return { code: coding.code, display: coding.display };
}

/** The same for a coding that may be absent. */
export function codedOrNull(coding: Coded | null): Coded | null {
  return coding === null ? null : codedOf(coding);
}
