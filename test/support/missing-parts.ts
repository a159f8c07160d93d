import type { SystemPart } from '../../scripts/ensure-system-parts.ts';

/** Parts of the system that `scripts/test.ts` found missing and could not install; it says loudly what is skipped. */
const missing = (process.env['BOOKING_DESK_MISSING'] ?? '').split(',');

/** True when suites that need the part are to be skipped; without a word from the script nothing is skipped. */
export function isMissing(part: SystemPart): boolean {
  return missing.includes(part);
}
