/**
 * How old the Electron of this checkout is (safety.md, checklist 16). Without a network it cannot be known what has been
 * released since, so the age stands for it: the desk's own alarm (`warn-of-old-electron.ts`) judges by the same dates.
 */
import {
  judgeElectronAge,
  OUR_ELECTRON,
} from '../../src-main/hosts/electron/security/warn-of-old-electron.ts';

const WORDS = {
  current: 'is in its time',
  behind: 'is probably more than 14 days behind: look for a newer one',
  unsupported: 'is of a major that is no longer among the three that are supported: replace it',
  'unknown-version': 'is not the one whose dates OUR_ELECTRON says: put them right',
} as const;

export interface ElectronAgeReport {
  readonly isFine: boolean;
  readonly words: string;
}

/** The verdict in words, with what it does not know. */
export function reportElectronAge(version: string, today: string): ElectronAgeReport {
  const age = judgeElectronAge(version, today);
  const { releasedOn, majorReleasedOn } = OUR_ELECTRON;
  return {
    isFine: age === 'current',
    words:
      `Electron ${version} (released ${releasedOn}, its major ${majorReleasedOn}) ${WORDS[age]}. ` +
      'Which releases and corrections came since is not known without a network: see releases.electronjs.org.',
  };
}
