/**
 * Where a package's Electron comes from: electron-builder downloads it, or has it from before. Where it can do neither, the
 * unpacked program can still be made around a stand-in, to look at what is inside and at the fuses.
 */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SOURCE = 'https://github.com/electron/electron/releases';
const PATIENCE_MS = 8_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** What is asked of the machine; a test says its own. */
export interface Surroundings {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** True when Electron of that version was downloaded before. */
  hasDownloaded(version: string): boolean;
  /** True when the place that it is downloaded from answers. */
  canDownload(): Promise<boolean>;
}

export type ElectronSource = 'builder' | 'stand-in' | 'none';

/**
 * `none`: nothing can be made here. A stand-in is taken for `--dir` on Linux alone, and never in CI: it is no program, and
 * an installer around one must not exist.
 */
export async function findElectron(
  version: string,
  args: readonly string[],
  around: Surroundings,
): Promise<ElectronSource> {
  const { env, platform } = around;
  if (env['ELECTRON_MIRROR'] || around.hasDownloaded(version) || (await around.canDownload()))
    return 'builder';
  const isLinux =
    platform === 'linux' && !args.some((one) => /^(--(win|windows|mac|macos)|-[wmo]+)$/.test(one));
  return args.includes('--dir') && isLinux && !env['CI'] ? 'stand-in' : 'none';
}

function hasDownloaded(version: string): boolean {
  const folders = [
    process.env['ELECTRON_CACHE'],
    process.env['electron_config_cache'],
    join(homedir(), '.cache/electron'),
    join(homedir(), 'Library/Caches/electron'),
    join(process.env['LOCALAPPDATA'] ?? homedir(), 'electron/Cache'),
  ];
  return folders.some(
    (folder) =>
      folder !== undefined &&
      existsSync(folder) &&
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) =>
        name.includes(`electron-v${version}-`),
      ),
  );
}

async function canDownload(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return (await fetch(SOURCE, { method: 'HEAD', redirect: 'manual', signal })).status < 500;
  } catch {
    // No network, or a proxy that only electron-builder's own client knows: then it says so itself.
    return ['HTTPS_PROXY', 'https_proxy'].some((name) => process.env[name]);
  }
}

export const SURROUNDINGS: Surroundings = {
  env: process.env,
  platform: process.platform,
  hasDownloaded,
  canDownload,
};
