import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseHost, findElectron } from '../../scripts/choose-host.ts';
import { ensureSystemParts, explainInstall, hasCommand } from '../../scripts/ensure-system-parts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const CAREFUL = { mayFetch: false, mayInstall: false };

describe('the choice of a host', () => {
  it('finds Electron only where its binary is', () => {
    expect(findElectron(folder)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(findElectron(folder)).toBeNull();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(findElectron(folder)).toBe(join(folder, 'dist', 'electron'));
  });

  it('takes the named browser when it is told to', () => {
    writeFileSync(join(folder, 'browser'), '');
    vi.stubEnv('BOOKING_DESK_BROWSER', join(folder, 'browser'));
    expect(chooseHost('chromium', CAREFUL)).toEqual({ name: 'chromium', binary: join(folder, 'browser') });
  });

  it('says exactly what to install when there is nothing', () => {
    vi.stubEnv('BOOKING_DESK_BROWSER', join(folder, 'absent'));
    expect(() => chooseHost('chromium', CAREFUL)).toThrow(
      /--fetch-electron[^]*apt-get install chromium[^]*BOOKING_DESK_BROWSER/,
    );
  });
});

describe('the parts of the system', () => {
  it('are looked for on the path', () => {
    vi.stubEnv('PATH', folder);
    expect(hasCommand('booking-desk-part')).toBe(false);
    writeFileSync(join(folder, 'booking-desk-part'), '', { mode: 0o755 });
    expect(hasCommand('booking-desk-part')).toBe(true);
  });

  it('are reported, not installed, when that is not allowed', () => {
    vi.stubEnv('PATH', folder);
    vi.stubEnv('BOOKING_DESK_BROWSER', join(folder, 'absent'));
    expect(ensureSystemParts(['chromium', 'xvfb', 'poppler-utils'], { mayInstall: false })).toEqual([
      'chromium',
      'xvfb',
      'poppler-utils',
    ]);
    expect(explainInstall(['chromium', 'xvfb'])).toBe('sudo apt-get install chromium xvfb');
  });

  it('are installed by apt-get, after a fresh look at its lists when the first try fails', () => {
    vi.stubEnv('PATH', folder);
    // Stands in for apt-get: it installs only once its lists are fresh.
    const script = [
      '#!/bin/sh',
      `if [ "$1" = update ]; then echo > ${folder}/fresh; exit 0; fi`,
      `[ -e ${folder}/fresh ] || exit 100`,
      `echo > ${folder}/Xvfb; /bin/chmod 755 ${folder}/Xvfb`,
    ];
    writeFileSync(join(folder, 'apt-get'), script.join('\n'), { mode: 0o755 });
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(ensureSystemParts(['xvfb'], { mayInstall: true })).toEqual([]);
  });
});
