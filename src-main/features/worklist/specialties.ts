/** The specialties by name that a provider's list can be narrowed to (contract.md A004 and A008). */
import { parseInstant } from '../../contract/london-time.ts';
import type { ReferenceSet } from '../../ers/model.ts';

export interface Specialty {
  readonly code: string;
  readonly display: string;
}

/** Those that are in use now, by name: A004 gives expired ones, too. */
export function specialtiesOf({ concepts }: ReferenceSet, nowMs: number): Specialty[] {
  return concepts
    .filter(({ effectiveTo }) => effectiveTo === null || (parseInstant(effectiveTo) ?? Infinity) > nowMs)
    .map(({ code, display }) => ({ code: code.slice(0, 80), display: (display || code).slice(0, 200) }))
    .sort((a, b) => a.display.localeCompare(b.display, 'en-GB'));
}
