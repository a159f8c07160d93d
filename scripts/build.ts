/** `npm run build`: compiles the schemas, then makes main, both preloads and the interface side by side. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as viteBuild } from 'vite';
import { takeInstanceLock } from '../src-main/adapters/node/instance-lock.ts';
import { buildNames, builds, type BuildName } from '../vite.config.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What the product needs built, by build name. */
const PRODUCTS: Readonly<Record<BuildName, string>> = {
  main: 'dist/main/main.js',
  'electron-preload': 'dist/preload/preload.cjs',
  'page-script': 'dist/preload/page-script.js',
  renderer: 'dist/renderer/index.html',
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
    const product = statSync(join(root, PRODUCTS[name]), { throwIfNoEntry: false });
    return !product || product.mtimeMs < newest;
  });
}

/** Fails when the built interface would ask another host for something or needs what the policy forbids. */
function checkInterface(): void {
  const folder = join(root, 'dist/renderer');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  if (/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/.test(page))
    throw new Error('index.html holds inline code');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.css')) continue;
    const remote = /url\(\s*["']?(?:https?:)?\/\/[^)]*\)/.exec(
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    );
    if (remote) throw new Error(`${entry.name} asks another host: ${remote[0]}`);
  }
}

/** Builds what is named, all of it by default; throws on the first fault. */
export async function buildProduct(names: readonly BuildName[] = buildNames): Promise<void> {
  await import('./compile-schemas.ts');
  for (const name of names) rmSync(join(root, PRODUCTS[name]), { force: true });
  await Promise.all(
    names.map((name) =>
      viteBuild({ configFile: false, logLevel: 'warn', mode: 'production', ...builds[name] }),
    ),
  );
  if (names.includes('renderer')) checkInterface();
}

/** Builds what is missing or old; of several processes that find it so, one builds and the others wait for it. */
export async function buildIfStale(names: readonly BuildName[] = buildNames): Promise<void> {
  mkdirSync(join(root, 'build'), { recursive: true });
  while (isBuildStale(names)) {
    const release = takeInstanceLock(join(root, 'build'));
    if (!release) {
      await setTimeout(100);
      continue;
    }
    try {
      if (isBuildStale(names)) await buildProduct(names);
      return;
    } finally {
      release();
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildProduct();
  process.stdout.write(`Built ${buildNames.map((name) => PRODUCTS[name]).join(', ')}\n`);
}
