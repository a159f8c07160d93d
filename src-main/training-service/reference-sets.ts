/** The reference data of A004, from `resources/training/reference-sets.json`. */
import sets from '../../resources/training/reference-sets.json' with { type: 'json' };

export interface Concept {
  readonly code: string;
  readonly display: string;
  readonly from: string;
  readonly to?: string;
  /** The numeric code of a specialty. */
  readonly numeric?: string;
  readonly properties?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface ReferenceSet {
  readonly name: string;
  readonly concepts: readonly Concept[];
}

/** The names of the sets; 2021 had the first three (contract.md A004). */
export const SETS = [
  'SPECIALTY',
  'CLINIC-TYPE',
  'APPOINTMENT-CANCELLATION-REASON',
  'REFERRAL-CANCELLATION-REASON',
  'APPOINTMENT-NON-ATTENDANCE-REASON',
  'PRIORITY',
] as const;

const table: Readonly<Record<string, ReferenceSet>> = sets;

/** The set of that name, if there is one. */
export function findReferenceSet(name: string): ReferenceSet | undefined {
  return SETS.some((set) => set === name) ? table[name] : undefined;
}

/** A specialty's name; the code itself when it is unknown. */
export function specialtyName(code: string): string {
  return findReferenceSet('SPECIALTY')?.concepts.find((one) => one.code === code)?.display ?? code;
}
