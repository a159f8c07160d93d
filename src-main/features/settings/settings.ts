/** What is set at this desk: read with where each value comes from, changed by whoever sits at it. */
import type {
  Look,
  PersonalSetting,
  SettingChanges,
  SettingName,
  SettingsTrouble,
  SettingsView,
} from '../../contract/channels/settings.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { DeskSettings } from '../../app/ports.ts';
import type { Keeper, KeptRecords, Preferences } from '../kept-records/kept-records.ts';
import type { Desk } from '../session/session.ts';
import type { RotatingVault } from '../vault/vault.ts';

export interface SettingsFeature {
  readonly handlers: {
    readonly 'settings/read-look': () => Outcome<Look>;
    readonly 'settings/read': () => Outcome<SettingsView>;
    readonly 'settings/save': (changes: SettingChanges) => Outcome<SettingsView>;
    readonly 'settings/change-record-key': () => Promise<Outcome<SettingsView>>;
  };
  /** Somebody has taken the desk: the window takes their look. */
  readonly begin: () => void;
  /** The person has left: nothing of their choices stays here. What they kept is on disk. */
  readonly forget: () => void;
}

interface Dependencies {
  readonly deskSettings: DeskSettings;
  readonly kept: KeptRecords;
  /** Who is at the desk, and the same behind the lock. */
  readonly desk: () => Desk | null;
  readonly seated: () => Desk | null;
  /** Null where writes are off. */
  readonly vault: () => RotatingVault | null;
  /** A new record key is in use: what older ones sealed can be sealed anew. */
  readonly onKeyChanged: () => void;
  readonly audit: (ubrn: string, code: string) => void;
  readonly onLookChanged: (look: Look) => void;
}

const NAME = 'own';
const PERSONAL: readonly SettingName[] = ['textSize', 'contrast', 'defaultList'] satisfies PersonalSetting[];

/** A person's own settings go with them into every role. */
const keeperOf = ({ userId }: Desk): Keeper => ({
  userId,
  organisation: '',
  businessFunction: '',
  onBehalfOf: '',
});

/** `idleLockMinutes` as a code for the audit trail: `idle-lock-minutes`. */
const toCode = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The feature over the settings of the machine and what the person at it has kept. */
export function createSettings(deps: Dependencies): SettingsFeature {
  const { deskSettings, kept, desk, seated } = deps;
  /** The choices of whoever is seated, read once a sitting. */
  let own: { readonly userId: string; readonly choices: Preferences; readonly isUnreadable: boolean } | null =
    null;

  function choicesOf(person: Desk): NonNullable<typeof own> {
    if (own?.userId === person.userId) return own;
    const loaded = kept.load(keeperOf(person), 'preferences');
    own = {
      userId: person.userId,
      choices: loaded.values[0] ?? {},
      isUnreadable: loaded.unreadable > 0,
    };
    return own;
  }

  function settled() {
    const person = seated();
    return deskSettings.settle(person === null ? {} : choicesOf(person).choices);
  }

  function look(): Look {
    const { textSize, contrast, defaultList } = settled();
    return { textSize: textSize.value, contrast: contrast.value, defaultList: defaultList.value };
  }

  function troubles(person: Desk): SettingsTrouble[] {
    const own: SettingsTrouble[] = choicesOf(person).isUnreadable
      ? [{ file: 'person', code: 'record-not-readable', keptAs: null }]
      : [];
    return [...deskSettings.troubles(), ...own];
  }

  function view(person: Desk): SettingsView {
    const vault = deps.vault();
    return {
      ...settled(),
      troubles: troubles(person),
      isKept: vault !== null && kept.isKept(),
      recordKey:
        vault === null ? null : { madeAt: toIso(vault.keyMadeAtMs()), older: vault.oldKeys().length },
    };
  }

  function atDesk<T>(work: (person: Desk) => T): T | Outcome<never> {
    const person = desk();
    return person === null ? fail('not-signed-in', 'not-signed-in') : work(person);
  }

  function save(person: Desk, changes: SettingChanges): Outcome<SettingsView> {
    const names = Object.keys(changes) as (keyof SettingChanges)[];
    const now = settled();
    const managed = names.find((name) => now[name].source === 'organisation');
    if (managed !== undefined) return fail('rejected', 'setting-is-managed', { setting: managed });
    const pick = (isWanted: (name: keyof SettingChanges) => boolean) =>
      Object.fromEntries(names.filter(isWanted).map((name) => [name, changes[name]]));
    const [personal, shared] = [
      pick((name) => PERSONAL.includes(name)),
      pick((name) => !PERSONAL.includes(name)),
    ];
    if (Object.keys(shared).length > 0) {
      const saved = deskSettings.save(shared);
      if (!saved.ok) return saved;
      Object.keys(shared).forEach((name) => deps.audit('', `setting-changed-${toCode(name)}`));
    }
    if (Object.keys(personal).length > 0) keepOwn(person, personal);
    return ok(view(person));
  }

  function keepOwn(person: Desk, changes: Preferences): void {
    const choices = { ...choicesOf(person).choices, ...changes };
    own = { userId: person.userId, choices, isUnreadable: false };
    kept.put(keeperOf(person), 'preferences', NAME, choices);
    // Before the answer: what a person has been told is kept must outlive a crash.
    kept.flush();
    deps.onLookChanged(look());
  }

  async function changeRecordKey(): Promise<Outcome<SettingsView>> {
    const person = desk();
    if (person === null) return fail('not-signed-in', 'not-signed-in');
    const vault = deps.vault();
    if (vault === null) return fail('writes-off', 'no-keyring');
    const rotated = await vault.rotateKey();
    if (!rotated.ok) return rotated;
    deps.audit('', 'record-key-changed');
    deps.onKeyChanged();
    // Whoever asked may have left meanwhile; the key has changed all the same.
    return desk()?.sitting === person.sitting ? ok(view(person)) : fail('not-signed-in', 'not-signed-in');
  }

  return {
    handlers: {
      'settings/read-look': () => ok(look()),
      'settings/read': () => atDesk((person) => ok(view(person))),
      'settings/save': (changes) => atDesk((person) => save(person, changes)),
      'settings/change-record-key': changeRecordKey,
    },
    begin: () => deps.onLookChanged(look()),
    forget() {
      own = null;
    },
  };
}
