/** Codings and codeable concepts. Codes are kept as they came: an unknown one is shown, not dropped. */
import type { Coded } from '../../contract/schema.ts';
import { objectAt, objectsAt, textAt, type Json } from './json.ts';

/** A code with its system: the system matters where several share a field (contract.md A038). */
export interface SystemCoded extends Coded {
  readonly system: string;
}

export function readCoding(coding: Json | null): SystemCoded | null {
  const code = textAt(coding, 'code');
  return code === '' ? null : { system: textAt(coding, 'system'), code, display: textAt(coding, 'display') };
}

/** The first coding of a codeable concept. */
export function readConcept(concept: Json | null): SystemCoded | null {
  return readCoding(objectsAt(concept, 'coding')[0] ?? null);
}

/** Leaves the system out. */
export function withoutSystem(coded: SystemCoded | null): Coded | null {
  return coded === null ? null : { code: coded.code, display: coded.display };
}

export const NO_CODE: Coded = { code: '', display: '' };

/** A concept of one coding, as requests send it. */
export function conceptOf(system: string, code: string): { coding: { system: string; code: string }[] } {
  return { coding: [{ system, code }] };
}

/** The value of an `identifier` element. */
export function identifierValue(holder: Json | null): string {
  return textAt(objectAt(holder, 'identifier'), 'value');
}
