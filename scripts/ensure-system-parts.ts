/** Programs of the operating system that a run needs, and how to get them where that is possible. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '../src-main/hosts/chromium/find-browser.ts';

/** A part is named by the Debian package that brings it; the function tells whether it is there. */
const PARTS = {
  chromium: () => findBrowser() !== null,
  xvfb: () => hasCommand('Xvfb'),
  'poppler-utils': () => hasCommand('pdftotext'),
  pcscd: () => hasCommand('pcscd'),
  // Readers without a device, for the suites about smartcards.
  'vsmartcard-vpcd': () => existsSync('/etc/reader.conf.d/vpcd'),
  'cups-daemon': () => hasCommand('cupsd'),
  'cups-client': () => hasCommand('lpadmin'),
  'gnome-keyring': () => hasCommand('gnome-keyring-daemon'),
  // The suites about the disk compile a small library: the compiler, and the headers of the C library.
  gcc: () => hasCommand('gcc'),
  'libc6-dev': () => existsSync('/usr/include/stdio.h'),
  dbus: () => hasCommand('dbus-run-session') && hasCommand('dbus-daemon'),
} as const;

export type SystemPart = keyof typeof PARTS;

const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin'];

/** True when a command is on the path or among the system's daemons. */
export function hasCommand(command: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function findMissing(names: readonly SystemPart[]): SystemPart[] {
  return names.filter((name) => !PARTS[name]());
}

function install(names: readonly SystemPart[]): void {
  process.stderr.write(`Installing ${names.join(' and ')} with apt-get\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  const wanted = ['install', '-y', '--no-install-recommends', ...names];
  // The package lists of a fresh machine are empty or old: then they are read and it is tried once more.
  if (run(...wanted).status !== 0 && run('update').status === 0) run(...wanted);
}

/** Installs what is missing when allowed, as root, on a system with apt-get; answers what is missing after that. */
export function ensureSystemParts(
  names: readonly SystemPart[],
  { mayInstall }: { readonly mayInstall: boolean },
): SystemPart[] {
  const missing = findMissing(names);
  const canInstall = mayInstall && process.getuid?.() === 0 && hasCommand('apt-get');
  if (missing.length === 0 || !canInstall) return missing;
  install(missing);
  return findMissing(missing);
}

/** What a person types to get the parts. */
export function explainInstall(names: readonly SystemPart[]): string {
  return `sudo apt-get install ${names.join(' ')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2).filter((name): name is SystemPart => Object.hasOwn(PARTS, name));
  const missing = ensureSystemParts(names, { mayInstall: true });
  if (missing.length > 0) {
    process.stderr.write(`Missing: ${missing.join(', ')}. Try: ${explainInstall(missing)}\n`);
    process.exitCode = 1;
  }
}
