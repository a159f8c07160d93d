/** Where a desk keeps its data: one folder an environment, so that training and live never share a file. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AppSettings } from '../app/ports.ts';

interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const here = (): Place => ({ platform: process.platform, env: process.env, home: homedir() });

/** The folder of all environments that the operating system means for an application's data. */
export function findDataRoot({ platform, env, home }: Place = here()): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Booking Desk');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Booking Desk');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'booking-desk');
}

/** Makes, for this user alone, the data folder of an environment and answers its path; throws what the disk throws. */
export function makeDataFolder(environment: AppSettings['environment'], dataDir: string | null): string {
  const folder = join(dataDir ?? findDataRoot(), environment);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
