/** The browser's profile: private to this user, new for each run, and set to remember nothing that a clerk types. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PREFERENCES = {
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  search: { suggest_enabled: false },
  spellcheck: { use_spelling_service: false },
  translate: { enabled: false },
};

/** Makes the profile in a folder of this application; one that a killed run left behind goes first. */
export function makeProfile(folder: string): string {
  const profileDir = join(folder, 'browser-profile');
  removeProfile(profileDir);
  mkdirSync(join(profileDir, 'Default'), { recursive: true, mode: 0o700 });
  writeFileSync(join(profileDir, 'Default', 'Preferences'), JSON.stringify(PREFERENCES), { mode: 0o600 });
  return profileDir;
}

/** Removes a profile, whatever is in it. */
export function removeProfile(profileDir: string): void {
  // Windows gives files back a moment after the process is gone.
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
