/** Circular imports: every way from a file of ours back to itself. Types do not count, they are gone at run time. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = ['{src-main,src-renderer,scripts,test}/**/*.{ts,js,vue}', '*.{ts,js}'];

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
/** What is imported or passed on, and from where; or only from where. */
const STATEMENT = /^\s*(?:import|export)\s+(?:([\w*{][^;'"]*?)\s*\bfrom\s*)?['"](\.[^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"](\.[^'"]+)['"]\s*\)/g;

/** `type …` as a whole, or braces in which each name is a type. */
function isTypeOnly(names: string): boolean {
  if (/^type\s+(?!from\b|,)/.test(names)) return true;
  const inner = /^\{([\s\S]*)\}$/.exec(names)?.[1];
  if (inner === undefined) return false;
  const each = inner.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return each.length > 0 && each.every((name) => name.startsWith('type '));
}

/** The relative imports of a source that are there at run time. */
export function importsOf(source: string): string[] {
  const code = source.replace(COMMENT, '');
  const named = [...code.matchAll(STATEMENT)].flatMap(([, names = '', from = '']) =>
    isTypeOnly(names) ? [] : [from],
  );
  return [...named, ...[...code.matchAll(DYNAMIC)].map(([, from = '']) => from)];
}

/** The circles among these sources (text by path), each once, as the paths on the way round. */
export function findCycles(sources: ReadonlyMap<string, string>): string[][] {
  const next = new Map(
    [...sources].map(([path, text]) => {
      const paths = importsOf(text).map((from) => normalize(join(dirname(path), from.replace(/\?.*$/, ''))));
      return [path, paths.filter((found) => sources.has(found))];
    }),
  );
  const cycles: string[][] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (path: string): void => {
    const at = way.indexOf(path);
    if (at !== -1) return void cycles.push(way.slice(at));
    if (done.has(path)) return;
    way.push(path);
    next.get(path)?.forEach(walk);
    way.pop();
    done.add(path);
  };
  [...sources.keys()].forEach(walk);
  return cycles;
}

/** Every source of this checkout by its path from the root. */
export function readSources(): Map<string, string> {
  return new Map(
    globSync(SOURCES, { cwd: root }).map((path) => [
      relative(root, join(root, path)),
      readFileSync(join(root, path), 'utf8'),
    ]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const sources = readSources();
  const cycles = findCycles(sources);
  for (const cycle of cycles) console.error(`circular: ${[...cycle, cycle[0]].join(' -> ')}`);
  console.log(`imports: ${sources.size} files looked through, ${cycles.length} circles`);
  if (cycles.length > 0) process.exitCode = 1;
}
