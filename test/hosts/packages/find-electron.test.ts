import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElectron, type Surroundings } from '../../../scripts/package/find-electron.ts';
import { reportPacked } from '../../../scripts/package/report-packed.ts';
import { makeProgram } from '../../../scripts/package/stub-electron.ts';
import { afterPack } from '../../../scripts/set-fuses.ts';

const ALONE: Surroundings = {
  env: {},
  platform: 'linux',
  hasDownloaded: () => false,
  canDownload: () => Promise.resolve(false),
};
const find = (args: readonly string[], over: Partial<Surroundings> = {}) =>
  findElectron('45.4.1', args, { ...ALONE, ...over });

describe('the Electron of a package', () => {
  it('is the builder’s where it was downloaded or can be', async () => {
    expect(await find(['--win'], { canDownload: () => Promise.resolve(true) })).toBe('builder');
    expect(await find(['--dir'], { hasDownloaded: (version) => version === '45.4.1' })).toBe('builder');
    expect(await find(['--dir'], { env: { ELECTRON_MIRROR: 'https://mirror.example/' } })).toBe('builder');
  });

  it('is a stand-in for the unpacked program of Linux alone, and never where packages are released', async () => {
    expect(await find(['--dir'])).toBe('stand-in');
    expect(await find(['--linux', '--dir'])).toBe('stand-in');
    expect(await find(['--linux'])).toBe('none');
    expect(await find(['--win', '--dir'])).toBe('none');
    expect(await find(['--dir'], { platform: 'win32' })).toBe('none');
    expect(await find(['--dir'], { env: { CI: 'true' } })).toBe('none');
  });
});

describe('what was packed', () => {
  let output: string;
  const unpacked = () => join(output, 'linux-unpacked');

  beforeAll(async () => {
    output = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
    for (const folder of ['inside/dist', 'linux-unpacked/resources'])
      mkdirSync(join(output, folder), { recursive: true });
    writeFileSync(join(output, 'inside/package.json'), '{}');
    writeFileSync(join(output, 'inside/dist/main.js'), '');
    makeProgram(join(unpacked(), 'booking-desk'), 9);
  });
  afterAll(() => rmSync(output, { recursive: true, force: true }));

  const pack = () => createPackage(join(output, 'inside'), join(unpacked(), 'resources/app.asar'));

  it('is wrong while its fuses are as Electron comes, and right once they are set', async () => {
    await pack();
    expect((await reportPacked(output, 0)).faults).toContain('the fuse RunAsNode is not as decided');
    await afterPack({
      ...{ appOutDir: unpacked(), electronPlatformName: 'linux' },
      packager: { executableName: 'booking-desk', appInfo: { productFilename: 'Booking Desk' } },
    });
    const { lines, faults } = await reportPacked(output, 0);
    expect(faults).toEqual([]);
    expect(lines[0]).toMatch(/^linux-unpacked: app\.asar holds 2 files/);
    expect(lines[1]).toMatch(/RunAsNode off, EnableCookieEncryption on/);
  });

  it('is wrong with a test or a map inside; what is older is not looked at', async () => {
    writeFileSync(join(output, 'inside/dist/main.js.map'), '');
    await pack();
    expect((await reportPacked(output, 0)).faults).toEqual(['dist/main.js.map does not belong inside']);
    expect(await reportPacked(output, Number.MAX_SAFE_INTEGER)).toEqual({ lines: [], faults: [] });
  });
});
