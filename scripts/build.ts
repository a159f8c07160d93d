/** `npm run build`: compiles the schemas, then makes main, both preloads and the interface side by side. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as viteBuild } from 'vite';
import { takeInstanceLock } from '../src-main/adapters/node/instance-lock.ts';
import { buildNames, builds, type BuildName } from '../vite.config.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Where each build goes: a folder of its own, or a file in the folder of the preloads. */
const PRODUCTS: Readonly<Record<BuildName, { readonly place: string; readonly entry: string }>> = {
  main: { place: 'dist/main', entry: 'dist/main/main.js' },
  'electron-preload': { place: 'dist/preload/preload.cjs', entry: 'dist/preload/preload.cjs' },
  'page-script': { place: 'dist/preload/page-script.js', entry: 'dist/preload/page-script.js' },
  renderer: { place: 'dist/renderer', entry: 'dist/renderer/index.html' },
};
const SOURCES = [
  'src-main',
  'src-renderer',
  'resources',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
];

function newestChange(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** True when one of the built files is missing or older than a source. */
export function isBuildStale(names: readonly BuildName[] = buildNames): boolean {
  const newest = Math.max(...SOURCES.map((source) => newestChange(join(root, source))));
  return names.some((name) => {
    const product = statSync(join(root, PRODUCTS[name].entry), { throwIfNoEntry: false });
    return !product || product.mtimeMs < newest;
  });
}

/** Fails when the built interface would ask another host for something or needs what the policy forbids. */
export function checkInterface(folder: string): void {
  for (const name of ['index.html', 'print.html']) {
    const page = readFileSync(join(folder, name), 'utf8');
    if (/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/.test(page))
      throw new Error(`${name} holds inline code`);
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.css')) continue;
    const styles = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    const remote = /url\(\s*["']?(?:https?:)?\/\/[^)]*\)/.exec(styles);
    if (remote) throw new Error(`${entry.name} asks another host: ${remote[0]}`);
  }
}

const stagingOf = (name: BuildName) => join(root, 'build/staging', name);

async function buildAside(name: BuildName): Promise<void> {
  const config = builds[name];
  const build = { ...config.build, outDir: stagingOf(name), emptyOutDir: true };
  await viteBuild({ configFile: false, logLevel: 'warn', mode: 'production', ...config, build });
  if (name === 'renderer') checkInterface(stagingOf(name));
}

/** Puts a finished build in the place of the old one, so that a reader meets a whole one at any time. */
function putInPlace(name: BuildName): void {
  const place = join(root, PRODUCTS[name].place);
  const isFile = PRODUCTS[name].place === PRODUCTS[name].entry;
  const made = isFile ? join(stagingOf(name), basename(place)) : stagingOf(name);
  mkdirSync(dirname(place), { recursive: true });
  if (!isFile) rmSync(place, { recursive: true, force: true });
  renameSync(made, place);
}

/** Runs work while no other process builds in this checkout. */
export async function buildAlone(work: () => Promise<void>): Promise<void> {
  mkdirSync(join(root, 'build'), { recursive: true });
  let release = takeInstanceLock(join(root, 'build'));
  while (!release) {
    await setTimeout(100);
    release = takeInstanceLock(join(root, 'build'));
  }
  try {
    await work();
  } finally {
    release();
  }
}

async function buildNow(names: readonly BuildName[]): Promise<void> {
  await import('./compile-schemas.ts');
  const before = process.env['NODE_ENV'];
  // Built from within a test it is the same interface, and not the one with Vue's tools for developers.
  process.env['NODE_ENV'] = 'production';
  try {
    await Promise.all(names.map(buildAside));
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
  names.forEach(putInPlace);
}

/** Builds what is named, all of it by default; throws on the first fault and leaves the old build in place. */
export function buildProduct(names: readonly BuildName[] = buildNames): Promise<void> {
  return buildAlone(() => buildNow(names));
}

/** Builds what is missing or old; of several processes that find it so, one builds and the others wait for it. */
export async function buildIfStale(names: readonly BuildName[] = buildNames): Promise<void> {
  if (!isBuildStale(names)) return;
  await buildAlone(async () => {
    if (isBuildStale(names)) await buildNow(names);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildProduct();
  process.stdout.write(`Built ${buildNames.map((name) => PRODUCTS[name].entry).join(', ')}\n`);
}
