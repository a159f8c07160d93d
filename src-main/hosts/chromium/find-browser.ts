/** Finds a Chromium, Chrome or Edge that is installed on this machine. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names an own browser; wins over every installed one. */
export const BROWSER_VARIABLE = 'BOOKING_DESK_BROWSER';

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  exists(path: string): boolean;
}

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const WINDOWS_PATHS = [
  ['Chromium', 'Application', 'chrome.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];
const WINDOWS_ROOTS = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'];

function listCandidates({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const roots = WINDOWS_ROOTS.map((name) => env[name]).filter((root) => root !== undefined);
    return WINDOWS_PATHS.flatMap((path) => roots.map((root) => join(root, ...path)));
  }
  if (platform === 'darwin')
    return MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The path of the browser to use, or null when none is installed. A named browser that is absent is null too. */
export function findBrowser(
  machine: Machine = { platform: process.platform, env: process.env, exists: existsSync },
): string | null {
  const named = machine.env[BROWSER_VARIABLE];
  if (named) return machine.exists(named) ? named : null;
  return listCandidates(machine).find((path) => machine.exists(path)) ?? null;
}
