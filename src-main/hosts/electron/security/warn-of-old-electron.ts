import type { Log } from '../../../app/ports.ts';
import { daysBetween } from '../../../contract/london-time.ts';

/** The Electron that this version of the product is made with; a test keeps it equal to package.json. */
export const OUR_ELECTRON = { version: '45.4.1', releasedOn: '2026-11-19', majorReleasedOn: '2026-10-21' };

/** A corrected release follows within two weeks; two more, and this one is more than 14 days behind. */
const LONGEST_IN_USE_DAYS = 28;
/** Three majors are supported, and a new one comes every eight weeks. */
const SUPPORTED_DAYS = 3 * 8 * 7;

export type ElectronAge = 'current' | 'behind' | 'unsupported' | 'unknown-version';

/** How far the engine of this desk is behind what was released, told without a network (checklist 16). */
export function judgeElectronAge(version: string, today: string): ElectronAge {
  if (version !== OUR_ELECTRON.version) return 'unknown-version';
  if (daysBetween(OUR_ELECTRON.majorReleasedOn, today) > SUPPORTED_DAYS) return 'unsupported';
  return daysBetween(OUR_ELECTRON.releasedOn, today) > LONGEST_IN_USE_DAYS ? 'behind' : 'current';
}

/** Says in the diagnostic log that the engine is old: an update of the product is due. */
export function warnOfOldElectron(version: string, today: string, log: Log): void {
  const age = judgeElectronAge(version, today);
  if (age === 'current') return;
  log.write(age === 'unsupported' ? 'error' : 'warn', 'old-electron', { reason: age });
}
