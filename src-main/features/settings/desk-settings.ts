/**
 * The settings of this machine: its file in the data folder, and the organisation's policy.
 *
 * A settings file that cannot be used is kept aside and reported, never written over; the last one that was good holds
 * in its place, since a file may hold safeguards that the defaults do not have. A policy that is there and cannot be
 * read or understood is another matter: nobody knows what it forbids, and an older copy could be one that a clerk put
 * there. So the desk reads on, and where patients are real it writes nothing to e-RS until the policy is put right.
 */
import type { SettingName, SettingsTrouble, SettingValues } from '../../contract/channels/settings.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings, DeskSettings, Log } from '../../app/ports.ts';
import { defaultsOf, settleLayers } from './layers.ts';
import { formatDeskFile, readDeskFile, readPolicyFile, type FileReading } from './settings-file.ts';
import type {
  DeskFile,
  EnvironmentConnection,
  PolicyFile,
  StoredValues,
  UpdatePolicy,
} from './settings-schemas.ts';

/** One small text file, read and written whole. Never throws. */
export interface TextFile {
  /** Null when there is none. Problem: `unavailable`, `file-not-readable`. */
  read(): Outcome<string | null>;
  /** On disk when it comes back, the old text or the new one at every moment. Problem: `unavailable`, `file-not-written`. */
  write(text: string): Outcome<void>;
  /** Keeps a copy that nothing writes over; gives its name. Problem: `unavailable`, `file-not-written`. */
  copyAside(): Outcome<string>;
}

export interface DeskSettingsParts {
  readonly environment: AppSettings['environment'];
  readonly file: TextFile;
  /** A copy of the last settings that were good. */
  readonly lastGood: TextFile;
  /** The text of the policy; null when the organisation has set nothing. */
  readonly policy: Outcome<string | null>;
  /** What this environment sets in place of the product's defaults. */
  readonly defaults?: Partial<SettingValues>;
  readonly log: Log;
}

/** The settings, with what only the composition of an environment asks for. */
export interface OpenedDeskSettings extends DeskSettings {
  /** How the organisation says that e-RS is reached. */
  readonly connection: EnvironmentConnection;
  /** What it says of releases: off where it cannot be understood. */
  readonly updates: UpdatePolicy;
}

const VERSION_1: DeskFile = { version: 1, settings: {} };
const REAL_PATIENTS: readonly string[] = ['integration', 'live'];

interface OpenPolicy {
  readonly settings: StoredValues;
  readonly connection: EnvironmentConnection;
  readonly updates: UpdatePolicy;
  readonly trouble: SettingsTrouble | null;
}

/** Names of a policy that this version of the desk does not know: reported, because they set nothing. */
function countUnknown(settings: StoredValues, known: SettingValues): number {
  return Object.keys(settings).filter((name) => !Object.hasOwn(known, name)).length;
}

function openPolicy(
  { policy, environment, log }: DeskSettingsParts,
  known: SettingValues,
): OpenPolicy & { readonly isUsable: boolean } {
  const refuse = (code: string) => {
    log.write('error', 'policy-not-usable', { code });
    const trouble: SettingsTrouble = { file: 'policy', code, keptAs: null };
    return { settings: {}, connection: {}, updates: { check: 'off' as const }, trouble, isUsable: false };
  };
  if (!policy.ok) return refuse(policy.problem.code);
  if (policy.value === null)
    return { settings: {}, connection: {}, updates: {}, trouble: null, isUsable: true };
  const reading: FileReading<PolicyFile> = readPolicyFile(policy.value);
  if (reading.kind !== 'good') return refuse(reading.kind === 'newer' ? 'policy-newer' : reading.code);
  const own = reading.file.environments?.[environment] ?? {};
  const settings = { ...reading.file.settings, ...own.settings };
  const unknown = countUnknown(settings, known);
  if (unknown > 0) log.write('warn', 'policy-names-not-known', { count: unknown });
  const trouble: SettingsTrouble | null =
    unknown > 0 ? { file: 'policy', code: 'names-not-known', keptAs: null } : null;
  const { updates = {} } = reading.file;
  return { settings, connection: own.connection ?? {}, updates, trouble, isUsable: true };
}

/** Opens the settings of a machine; there always are some, and what went wrong is among their troubles. */
export function openDeskSettings(parts: DeskSettingsParts): OpenedDeskSettings {
  const { environment, file, lastGood, log } = parts;
  const base: SettingValues = { ...defaultsOf(environment), ...parts.defaults };
  const policy = openPolicy(parts, base);
  const troubles = new Map<string, SettingsTrouble>();
  if (policy.trouble !== null) troubles.set('policy', policy.trouble);

  function note(code: string, keptAs: string | null): void {
    log.write('error', 'settings-not-usable', { code });
    troubles.set('desk', { file: 'desk', code, keptAs });
  }

  /** The last good settings, when the file itself gives none. */
  function fallBack(): DeskFile {
    const text = lastGood.read();
    const reading = text.ok && text.value !== null ? readDeskFile(text.value) : null;
    return reading?.kind === 'good' ? reading.file : VERSION_1;
  }

  /** The file as it is now, and whether it may be written over. */
  function load(): { readonly desk: DeskFile; readonly canWrite: Outcome<void> } {
    const text = file.read();
    if (!text.ok) {
      note('settings-not-readable', null);
      return { desk: fallBack(), canWrite: fail('unavailable', 'settings-not-readable') };
    }
    if (text.value === null) return { desk: VERSION_1, canWrite: ok(undefined) };
    const reading = readDeskFile(text.value);
    if (reading.kind === 'good') {
      keepLastGood(text.value);
      return { desk: reading.file, canWrite: ok(undefined) };
    }
    if (reading.kind === 'newer') {
      note('settings-newer', null);
      return { desk: fallBack(), canWrite: fail('unavailable', 'settings-newer') };
    }
    return replaceBroken(reading.code);
  }

  function keepLastGood(text: string): void {
    const known = lastGood.read();
    if (known.ok && known.value === text) return;
    if (!lastGood.write(text).ok) log.write('warn', 'settings-copy-not-written');
  }

  /** Keeps what is broken under another name first: whatever happens after that, nothing is lost. */
  function replaceBroken(code: string): { readonly desk: DeskFile; readonly canWrite: Outcome<void> } {
    const kept = file.copyAside();
    const desk = fallBack();
    if (!kept.ok) {
      note(code, null);
      return { desk, canWrite: fail('unavailable', 'settings-not-written') };
    }
    note(code, kept.value);
    const written = file.write(formatDeskFile(desk));
    return { desk, canWrite: written.ok ? ok(undefined) : fail('unavailable', 'settings-not-written') };
  }

  let desk = load().desk;

  return {
    connection: policy.connection,
    updates: policy.updates,
    settle: (person = {}) =>
      settleLayers({ default: base, desk: desk.settings, person, organisation: policy.settings }),
    troubles: () => [...troubles.values()],
    writesOffReason: () =>
      policy.isUsable || !REAL_PATIENTS.includes(environment) ? null : 'policy-not-usable',
    save(changes) {
      const managed = (Object.keys(changes) as SettingName[]).find((name) =>
        Object.hasOwn(policy.settings, name),
      );
      if (managed !== undefined) return fail('rejected', 'setting-is-managed', { setting: managed });
      // Somebody may have edited the file meanwhile: their other changes stay.
      const loaded = load();
      if (!loaded.canWrite.ok) return loaded.canWrite;
      const next: DeskFile = { ...loaded.desk, settings: { ...loaded.desk.settings, ...changes } };
      const text = formatDeskFile(next);
      if (!file.write(text).ok) return fail('unavailable', 'settings-not-written');
      desk = next;
      keepLastGood(text);
      return ok(undefined);
    },
  };
}
