import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../src-main/features/settings/layers.ts';
import { readPolicyFile } from '../../../src-main/features/settings/settings-file.ts';
import { makeProgram } from '../../../scripts/package/stub-electron.ts';
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

  it('packs an archive, whose integrity is written into the program, for the formats of the three systems', async () => {
    const config = await readConfig();
    expect(config['asar']).toBe(true);
    // Left alone, electron-builder writes the digest of the archive into the program (Windows, macOS), for the fuse.
    expect(config).not.toHaveProperty('disableAsarIntegrity');
    const targets = ['win', 'linux', 'mac'].map((system) => (config[system] as { target: string[] }).target);
    expect(targets).toEqual([['nsis', 'msi'], ['deb', 'AppImage'], ['dmg']]);
    expect(config['afterPack']).toBe('./scripts/set-fuses.ts');
  });

  it('installs for the machine, starts nothing as an administrator, and keeps the data when it goes', async () => {
    const config = await readConfig();
    expect(config['nsis']).toMatchObject({
      ...{ perMachine: true, oneClick: false, runAfterFinish: false, deleteAppDataOnUninstall: false },
      include: 'resources/installer.nsh',
    });
    expect(config['msi']).toMatchObject({ perMachine: true, runAfterFinish: false });
    const macro = readFileSync('resources/installer.nsh', 'utf8');
    expect(macro).toContain('!macro customInstall');
    expect(macro).toContain('*S-1-5-32-545:(OI)(CI)RX');
  });

  it('ships a policy that this version understands', () => {
    const reading = readPolicyFile(readFileSync('resources/policy-template.json', 'utf8'));
    expect(reading.kind).toBe('good');
    const file = reading.kind === 'good' ? reading.file : null;
    expect(
      Object.keys(file?.settings ?? {}).filter((name) => !Object.hasOwn(defaultsOf('live'), name)),
    ).toEqual([]);
  });
});

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
