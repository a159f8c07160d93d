/** Sets all nine fuses of a packed Electron, before it is signed (safety.md, checklist 19). */
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses';

/** Every fuse by name; a fuse that a later Electron adds makes the packing fail until it is decided here. */
export const FUSES: FuseConfig = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** What electron-builder hands to its `afterPack` hook, as far as it is used here. */
export interface PackContext {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly executableName?: string;
    readonly appInfo: { readonly productFilename: string };
    readonly platformSpecificBuildOptions?: { readonly executableName?: string | null };
  };
}

const SUFFIXES: Readonly<Record<string, string>> = { win32: '.exe', darwin: '.app', mas: '.app' };

/** The packed program (on macOS the bundle) of a platform. */
export function findPackedProgram({ appOutDir, electronPlatformName, packager }: PackContext): string {
  const { executableName, appInfo, platformSpecificBuildOptions } = packager;
  const name = executableName ?? platformSpecificBuildOptions?.executableName ?? appInfo.productFilename;
  return join(appOutDir, `${name}${SUFFIXES[electronPlatformName] ?? ''}`);
}

/** The hook. On macOS the ad-hoc signature that Electron comes with is made anew, since the change breaks it. */
export async function afterPack(context: PackContext): Promise<void> {
  const resetAdHocDarwinSignature = context.electronPlatformName === 'darwin';
  await flipFuses(findPackedProgram(context), { ...FUSES, resetAdHocDarwinSignature });
}
