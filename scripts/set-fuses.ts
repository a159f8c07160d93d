/** Sets all nine fuses of a packed Electron, before it is signed (safety.md, checklist 19). */
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses';
import { FUSE_STATES } from '../src-main/hosts/electron/security/fuse-states.ts';

/** Every fuse by its number; a fuse that a later Electron adds makes the packing fail until it is decided. */
export const FUSES: FuseConfig = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  ...(Object.fromEntries(
    Object.entries(FUSE_STATES).map(([name, state]) => [
      FuseV1Options[name as keyof typeof FUSE_STATES],
      state,
    ]),
  ) as Record<FuseV1Options, boolean>),
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
