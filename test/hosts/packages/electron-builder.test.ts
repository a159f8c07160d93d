import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { afterPack, findPackedProgram } from '../../../scripts/set-fuses.ts';

const require = createRequire(import.meta.url);
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
  getConfig(folder: string, path: string | null, options: object | null): Promise<Record<string, unknown>>;
  validateConfiguration(config: object, debugLogger: object): Promise<void>;
};
const { DebugLogger } = require('builder-util') as { DebugLogger: new (isEnabled: boolean) => object };

const readConfig = () => getConfig(process.cwd(), 'electron-builder.yml', null);
const validate = (config: object) => validateConfiguration(config, new DebugLogger(false));

describe('electron-builder.yml', () => {
  it('is valid, and a wrong key is not', async () => {
    await expect(validate(await readConfig())).resolves.toBeUndefined();
    await expect(validate({ ...(await readConfig()), asarr: true })).rejects.toThrow('asarr');
  });

  it('packs the built files alone, without maps, into the formats of the three systems', async () => {
    const config = await readConfig();
    expect(config['files']).toEqual([
      {
        filter: [
          'dist/**',
          'package.json',
          '!**/*.map',
          '!node_modules/node-*/**',
          '!dist/preload/page-script.js',
        ],
      },
      expect.objectContaining({ from: 'node_modules/dejavu-fonts-ttf' }),
    ]);
    expect(config['asar']).toBe(true);
    const targets = ['win', 'linux', 'mac'].map((system) => (config[system] as { target: string[] }).target);
    expect(targets).toEqual([['nsis', 'msi'], ['deb', 'AppImage'], ['dmg']]);
    expect(config['afterPack']).toBe('./scripts/set-fuses.ts');
  });
});

/** A file with a fuse wire as Electron 45 has it: sentinel, version 1, the number of fuses, their states. */
function makeProgram(path: string, fuses: number): void {
  const states = '1'.repeat(fuses);
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, fuses]),
    Buffer.from(states),
  ]);
  writeFileSync(path, Buffer.concat([Buffer.alloc(64, 7), wire, Buffer.alloc(64, 7)]));
}

const contextOf = (appOutDir: string) => ({
  appOutDir,
  electronPlatformName: 'linux',
  packager: { executableName: 'booking-desk', appInfo: { productFilename: 'Booking Desk' } },
});

describe('the fuses', () => {
  it('are all nine set in the packed program', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
    makeProgram(join(folder, 'booking-desk'), 9);
    await afterPack(contextOf(folder));
    const wire = await getCurrentFuseWire(join(folder, 'booking-desk'));
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
      FuseV1Options.WasmTrapHandlers,
    ];
    for (let fuse = 0; fuse < 9; fuse++) {
      const expected = on.includes(fuse) ? FuseState.ENABLE : FuseState.DISABLE;
      expect([FuseV1Options[fuse], wire[fuse as FuseV1Options]]).toEqual([FuseV1Options[fuse], expected]);
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('stop the packing when Electron has one that nobody decided', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
    makeProgram(join(folder, 'booking-desk'), 10);
    await expect(afterPack(contextOf(folder))).rejects.toThrow();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are looked for in the program of each system', () => {
    const appInfo = { productFilename: 'Booking Desk' };
    const windows = {
      packager: { appInfo, platformSpecificBuildOptions: { executableName: 'booking-desk' } },
    };
    expect(findPackedProgram({ appOutDir: '/out', electronPlatformName: 'win32', ...windows })).toBe(
      join('/out', 'booking-desk.exe'),
    );
    expect(
      findPackedProgram({ appOutDir: '/out', electronPlatformName: 'darwin', packager: { appInfo } }),
    ).toBe(join('/out', 'Booking Desk.app'));
  });
});
