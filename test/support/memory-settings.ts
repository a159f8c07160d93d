import type { SettingValues } from '../../src-main/contract/channels/settings.ts';
import { fail, ok, type Outcome } from '../../src-main/contract/outcome.ts';
import type { AppSettings, Log } from '../../src-main/app/ports.ts';
import {
  openDeskSettings,
  type OpenedDeskSettings,
  type TextFile,
} from '../../src-main/features/settings/desk-settings.ts';

/** A text file in memory that a test can look at, break, and let refuse. */
export interface MemoryFile extends TextFile {
  text: string | null;
  readonly asides: string[];
  refuses: { read?: boolean; write?: boolean };
}

export function createMemoryFile(text: string | null = null): MemoryFile {
  const file: MemoryFile = {
    text,
    asides: [],
    refuses: {},
    read: () => (file.refuses.read ? fail('unavailable', 'file-not-readable') : ok(file.text)),
    write(next) {
      if (file.refuses.write) return fail('unavailable', 'file-not-written');
      file.text = next;
      return ok(undefined);
    },
    copyAside() {
      if (file.refuses.write) return fail('unavailable', 'file-not-written');
      file.asides.push(file.text ?? '');
      return ok(`settings.broken-${file.asides.length}.json`);
    },
  };
  return file;
}

export interface MemorySettings {
  readonly environment?: AppSettings['environment'];
  readonly file?: TextFile;
  readonly lastGood?: TextFile;
  readonly policy?: Outcome<string | null>;
  readonly defaults?: Partial<SettingValues>;
  readonly log?: Log;
}

/** The settings of a machine whose files are in memory; nothing is set unless the test sets it. */
export function openMemorySettings(options: MemorySettings = {}): OpenedDeskSettings {
  return openDeskSettings({
    environment: 'training',
    file: createMemoryFile(),
    lastGood: createMemoryFile(),
    policy: ok(null),
    log: { write: () => undefined },
    ...options,
  });
}
