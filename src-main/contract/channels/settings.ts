import { Type, type Static, type TObject } from 'typebox';
import { count, oneOf, orNull, sdsUserId, strict, text } from '../schema.ts';
import { LOCAL_LISTS } from './lists.ts';
import { WORKLIST_KINDS } from './worklist.ts';

export const TEXT_SIZES = ['normal', 'large', 'largest'] as const;
export const CONTRASTS = ['normal', 'high'] as const;
/** What may be shown first after a sign-in. */
export const FIRST_LISTS = [...WORKLIST_KINDS, ...LOCAL_LISTS] as const;
/** What the removal of a smartcard does: the legacy agent's way, or that of Smartcard Connect (devices.md section 2). */
export const CARD_REMOVALS = ['lock', 'end-session', 'nothing'] as const;

/** Everything that is set, whoever set it. What is not named here is not a setting. */
export const settingValues = {
  textSize: oneOf(TEXT_SIZES),
  contrast: oneOf(CONTRASTS),
  defaultList: oneOf(FIRST_LISTS),
  /** Minutes without a key after which the desk locks. */
  idleLockMinutes: Type.Integer({ minimum: 1, maximum: 60 }),
  /** Full hour in London at which open items become an alert. */
  dayEndHour: Type.Integer({ minimum: 12, maximum: 22 }),
  /** The site's labels of clinicians: e-RS gives ids only (A040). */
  clinicianNames: Type.Array(
    strict({ userId: sdsUserId, name: Type.String({ minLength: 1, maxLength: 120 }) }),
    {
      maxItems: 300,
    },
  ),
  /** Names of organisations: e-RS gives codes only (A030). */
  organisationNames: Type.Array(
    strict({
      code: Type.String({ pattern: '^[A-Z0-9]{2,10}$' }),
      name: Type.String({ minLength: 1, maxLength: 120 }),
    }),
    { maxItems: 100 },
  ),
  cardRemoval: oneOf(CARD_REMOVALS),
  secondPersonForCancelReferral: Type.Boolean(),
  /** Share of the application's 10 requests a second that this desk may take. */
  rateShare: Type.Number({ minimum: 0.01, maximum: 1 }),
  /** Reads in the deprecated DSTU2 form, for sites whose agreement still names it; 2021 dialect only. */
  readsDstu2: Type.Boolean(),
  /** Days that the audit trail is kept; three months at least (contract.md section 12). */
  auditDays: Type.Integer({ minimum: 92, maximum: 3650 }),
  /** Who may read what others of the organisation did; counts only where the organisation's policy says it. */
  auditReaders: Type.Array(sdsUserId, { maxItems: 100 }),
};

/** Set by a person for themselves, at whatever desk of this data folder. */
export const PERSONAL_SETTINGS = ['textSize', 'contrast', 'defaultList'] as const;
/** Set at a desk for everybody who sits down at it. */
export const DESK_SETTINGS = [
  'idleLockMinutes',
  'dayEndHour',
  'clinicianNames',
  'organisationNames',
] as const;
/** Safeguards: set by who looks after the machine, in its files, and only shown at the desk. */
export const SITE_SETTINGS = [
  'cardRemoval',
  'secondPersonForCancelReferral',
  'rateShare',
  'readsDstu2',
  'auditDays',
  'auditReaders',
] as const;

/** Where a value comes from; `organisation` is the policy file of the machine, and nothing overrides it. */
export const SETTING_SOURCES = ['default', 'desk', 'person', 'organisation'] as const;

const source = oneOf(SETTING_SOURCES);
const { textSize, contrast, defaultList, idleLockMinutes, dayEndHour } = settingValues;
const { clinicianNames, organisationNames, cardRemoval, secondPersonForCancelReferral, rateShare } =
  settingValues;
const { readsDstu2, auditDays, auditReaders } = settingValues;

/** What makes the window look as this person wants it. */
const look = strict({ textSize, contrast, defaultList });

const settingsView = strict({
  textSize: strict({ value: textSize, source }),
  contrast: strict({ value: contrast, source }),
  defaultList: strict({ value: defaultList, source }),
  idleLockMinutes: strict({ value: idleLockMinutes, source }),
  dayEndHour: strict({ value: dayEndHour, source }),
  clinicianNames: strict({ value: clinicianNames, source }),
  organisationNames: strict({ value: organisationNames, source }),
  cardRemoval: strict({ value: cardRemoval, source }),
  secondPersonForCancelReferral: strict({ value: secondPersonForCancelReferral, source }),
  rateShare: strict({ value: rateShare, source }),
  readsDstu2: strict({ value: readsDstu2, source }),
  auditDays: strict({ value: auditDays, source }),
  auditReaders: strict({ value: auditReaders, source }),
  /** Files that could not be used, and what holds instead; never their content. */
  troubles: Type.Array(
    strict({
      file: oneOf(['desk', 'person', 'policy']),
      code: text(40),
      /** The name under which an unusable file was kept, in the data folder. */
      keptAs: orNull(text(60)),
    }),
    { maxItems: 10 },
  ),
  /** False where writes are off: what a person sets lives for this sitting only. */
  isKept: Type.Boolean(),
  /** When the key that seals new records was made, and how many older ones still open records; null where writes are off. */
  recordKey: orNull(strict({ madeAt: text(30), older: count })),
});

const optional = Type.Optional;

export const requests = {
  /** Known without a person too, for the sign-in screen. */
  'settings/read-look': { input: strict({}), output: look },
  'settings/read': { input: strict({}), output: settingsView },
  /** Only what is named changes. What the organisation has set is refused. */
  'settings/save': {
    input: strict({
      textSize: optional(textSize),
      contrast: optional(contrast),
      defaultList: optional(defaultList),
      idleLockMinutes: optional(idleLockMinutes),
      dayEndHour: optional(dayEndHour),
      clinicianNames: optional(clinicianNames),
      organisationNames: optional(organisationNames),
    }),
    output: settingsView,
  },
  /** Makes a new record key at once, e.g. when somebody may have seen the keyring. */
  'settings/change-record-key': { input: strict({}), output: settingsView },
};

export const pushes = {
  /** Another person, or other choices of the same one. */
  'settings/look-changed': look,
};

export type SettingValues = Static<TObject<typeof settingValues>>;
export type SettingName = keyof typeof settingValues;
export type PersonalSetting = (typeof PERSONAL_SETTINGS)[number];
export type SettingSource = (typeof SETTING_SOURCES)[number];
export type SettingsView = Static<typeof settingsView>;
export type SettingsTrouble = SettingsView['troubles'][number];
export type SettingChanges = Static<(typeof requests)['settings/save']['input']>;
export type Look = Static<typeof look>;
