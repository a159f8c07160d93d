/** Careful steps into JSON that a service sent: what is absent or of another type reads as nothing. */
export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

export function objectAt(json: Json | null, key: string): Json | null {
  return asObject(json?.[key]);
}

/** The objects of a list; a single object counts as a list of one (contract.md section 16). */
export function objectsAt(json: Json | null, key: string): readonly Json[] {
  const value = json?.[key];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map(asObject).filter((item) => item !== null);
}

/** The text of a field; '' when there is none. */
export function textAt(json: Json | null, key: string): string {
  const value = json?.[key];
  return typeof value === 'string' ? value : '';
}

export function booleanAt(json: Json | null, key: string): boolean | null {
  const value = json?.[key];
  return typeof value === 'boolean' ? value : null;
}

/** A whole number from a number or from the digits that FHIR uses for versions; null for anything else. */
export function integerAt(json: Json | null, key: string): number | null {
  const value = json?.[key];
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** Every text of a list. */
export function textsAt(json: Json | null, key: string): readonly string[] {
  const value = json?.[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
