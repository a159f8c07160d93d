/** The settings of an environment: its files opened, and the app's own settings made of what holds. */
import { join } from 'node:path';
import { readPolicyText } from '../adapters/node/policy-file.ts';
import { createTextFile } from '../adapters/node/settings-files.ts';
import type { AppSettings, DeskSettings, Log } from '../app/ports.ts';
import type { SettingValues } from '../contract/channels/settings.ts';
import type { Outcome } from '../contract/outcome.ts';
import { openDeskSettings, type OpenedDeskSettings } from '../features/settings/desk-settings.ts';

/** Opens the settings in the data folder of an environment, beneath the policy of the machine. */
export function composeDeskSettings(parts: {
  readonly environment: AppSettings['environment'];
  readonly folder: string;
  readonly log: Log;
  readonly defaults?: Partial<SettingValues>;
  /** In place of the machine's own policy; a test has one, no option of a start does. */
  readonly policy?: Outcome<string | null>;
}): OpenedDeskSettings {
  const { folder, policy = readPolicyText(), ...rest } = parts;
  return openDeskSettings({
    ...rest,
    policy,
    file: createTextFile(join(folder, 'settings.json')),
    lastGood: createTextFile(join(folder, 'settings.last-good.json')),
  });
}

type Named = 'rateShare' | 'readsDstu2' | 'organisationNames' | 'clinicianNames' | 'policies';

/** Makes a table of a list of names, anew only when the list is another one. */
function createTable<T>(toPair: (entry: T) => readonly [string, string]) {
  let [made, table]: [readonly T[] | null, Readonly<Record<string, string>>] = [null, {}];
  return (list: readonly T[]) => {
    if (made !== list) [made, table] = [list, Object.fromEntries(list.map(toPair))];
    return table;
  };
}

/**
 * The app's settings over those of the desk: names and policies are what holds at the moment of asking, so that a
 * change at the desk needs no restart. The share of the rate and the form of reading are those of the
 * start, as gate and client are built once.
 */
export function makeAppSettings(fixed: Omit<AppSettings, Named>, desk: DeskSettings): AppSettings {
  const clinicians = createTable<SettingValues['clinicianNames'][number]>(({ userId, name }) => [
    userId,
    name,
  ]);
  const organisations = createTable<SettingValues['organisationNames'][number]>(({ code, name }) => [
    code,
    name,
  ]);
  return {
    ...fixed,
    rateShare: desk.settle().rateShare.value,
    readsDstu2: desk.settle().readsDstu2.value,
    get organisationNames() {
      return organisations(desk.settle().organisationNames.value);
    },
    get clinicianNames() {
      return clinicians(desk.settle().clinicianNames.value);
    },
    get policies() {
      const { secondPersonForCancelReferral, cardRemoval, idleLockMinutes, dayEndHour } = desk.settle();
      return {
        secondPersonForCancelReferral: secondPersonForCancelReferral.value,
        cardRemoval: cardRemoval.value,
        idleLockMinutes: idleLockMinutes.value,
        dayEndHour: dayEndHour.value,
      };
    },
  };
}
