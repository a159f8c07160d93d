/** The form of the settings: what stands in it, what is wrong with it, and what it changes. */
import type { SettingChanges, SettingsView } from '../../../src-main/contract/channels/settings.ts';

export interface NameEntry {
  readonly id: string;
  readonly name: string;
}

/** As typed; numbers stay texts until they are right. */
export interface SettingsForm {
  textSize: SettingsView['textSize']['value'];
  contrast: SettingsView['contrast']['value'];
  defaultList: SettingsView['defaultList']['value'];
  idleLockMinutes: string;
  dayEndHour: string;
  clinicians: readonly NameEntry[];
  organisations: readonly NameEntry[];
}

export type FieldName = keyof SettingsForm;

/** The field of the form as main names it. */
const SETTING_OF = {
  ...{ textSize: 'textSize', contrast: 'contrast', defaultList: 'defaultList' },
  ...{ idleLockMinutes: 'idleLockMinutes', dayEndHour: 'dayEndHour' },
  ...{ clinicians: 'clinicianNames', organisations: 'organisationNames' },
} as const satisfies Record<FieldName, keyof SettingChanges>;

/** True for a field that the organisation has set: it is shown, not changed. */
export const isManaged = (view: SettingsView, field: FieldName): boolean =>
  view[SETTING_OF[field]].source === 'organisation';

/** The form as main has the settings. */
export function formOf(view: SettingsView): SettingsForm {
  return {
    textSize: view.textSize.value,
    contrast: view.contrast.value,
    defaultList: view.defaultList.value,
    idleLockMinutes: String(view.idleLockMinutes.value),
    dayEndHour: String(view.dayEndHour.value),
    clinicians: view.clinicianNames.value.map(({ userId, name }) => ({ id: userId, name })),
    organisations: view.organisationNames.value.map(({ code, name }) => ({ id: code, name })),
  };
}

const isWithin = (text: string, least: number, most: number) =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** The rows that somebody has typed anything into. */
const filled = (entries: readonly NameEntry[]) =>
  entries.filter(({ id, name }) => id.trim() + name.trim() !== '');

function faultOfNames(entries: readonly NameEntry[], pattern: RegExp, rule: string): string {
  const rows = filled(entries);
  const ids = rows.map(({ id }) => id.trim().toUpperCase());
  const wrong = rows.find(({ id }) => !pattern.test(id.trim().toUpperCase()));
  if (wrong !== undefined)
    return wrong.id.trim() === '' ? `${rule}: one is missing.` : `${rule}: look at ${wrong.id.trim()}.`;
  const unnamed = rows.find(({ name }) => name.trim() === '');
  if (unnamed !== undefined) return `Type a name for ${unnamed.id.trim()}, or remove it.`;
  const double = ids.find((id, at) => ids.indexOf(id) !== at);
  return double === undefined ? '' : `${double} is there twice: remove one.`;
}

/** What is wrong, by field; a field without a fault is not in it. */
export function faultsOf(form: SettingsForm): Partial<Record<FieldName, string>> {
  const clinicians = faultOfNames(form.clinicians, /^\d{12}$/, 'A clinician’s user id has 12 digits');
  const organisations = faultOfNames(
    form.organisations,
    /^[A-Z0-9]{2,10}$/,
    'An organisation’s code is like R69',
  );
  return {
    ...(isWithin(form.idleLockMinutes, 1, 60) ? {} : { idleLockMinutes: 'Type 1 to 60 minutes.' }),
    ...(isWithin(form.dayEndHour, 12, 22) ? {} : { dayEndHour: 'Type a full hour from 12 to 22.' }),
    ...(clinicians === '' ? {} : { clinicians }),
    ...(organisations === '' ? {} : { organisations }),
  };
}

export const idOfField = (field: FieldName) => `setting-${field}`;

/** The faults for the error summary, in the order of the form. */
export function summaryOf(
  faults: Partial<Record<FieldName, string>>,
): { readonly text: string; readonly fieldId: string }[] {
  return Object.entries(faults).map(([field, text]) => ({ text, fieldId: idOfField(field as FieldName) }));
}

/** Only what differs from what main has, and only what is the clerk's to change. */
export function changesOf(view: SettingsView, form: SettingsForm): SettingChanges {
  const wanted: Required<SettingChanges> = {
    textSize: form.textSize,
    contrast: form.contrast,
    defaultList: form.defaultList,
    idleLockMinutes: Number(form.idleLockMinutes),
    dayEndHour: Number(form.dayEndHour),
    clinicianNames: filled(form.clinicians).map(({ id, name }) => ({ userId: id.trim(), name: name.trim() })),
    organisationNames: filled(form.organisations).map(({ id, name }) => ({
      code: id.trim().toUpperCase(),
      name: name.trim(),
    })),
  };
  const names = Object.values(SETTING_OF).filter((name) => {
    const { value, source } = view[name];
    return source !== 'organisation' && JSON.stringify(value) !== JSON.stringify(wanted[name]);
  });
  return Object.fromEntries(names.map((name) => [name, wanted[name]]));
}
