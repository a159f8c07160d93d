/** The layers of the settings, and which of them says what. */
import type { SettingName, SettingValues } from '../../contract/channels/settings.ts';
import type { SettledSettings } from '../../app/ports.ts';

/** From the lowest to the highest; a value of a higher one stands in place of all below it. */
export interface Layers {
  readonly default: SettingValues;
  readonly desk: Partial<SettingValues>;
  readonly person: Partial<SettingValues>;
  readonly organisation: Partial<SettingValues>;
}

const HIGHEST_FIRST = ['organisation', 'person', 'desk', 'default'] as const;

/** What the product sets where nobody else does. A live desk shares the application's rate with many others. */
export function defaultsOf(environment: string): SettingValues {
  return {
    ...{ textSize: 'normal', contrast: 'normal', defaultList: 'AWAITING_BOOKING' },
    ...{ idleLockMinutes: 10, dayEndHour: 17, clinicianNames: [], organisationNames: [] },
    ...{ cardRemoval: 'lock', secondPersonForCancelReferral: false },
    rateShare: environment === 'training' ? 1 : 0.2,
    readsDstu2: false,
    ...{ auditDays: 100, auditReaders: [] },
  };
}

/** What holds, name by name. A name that this version does not know is passed by. */
export function settleLayers(layers: Layers): SettledSettings {
  const names = Object.keys(layers.default) as SettingName[];
  const settled = names.map((name) => {
    const source = HIGHEST_FIRST.find((layer) => Object.hasOwn(layers[layer], name)) ?? 'default';
    return [name, { value: layers[source][name], source }];
  });
  return Object.fromEntries(settled) as SettledSettings;
}
