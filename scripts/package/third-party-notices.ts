/** The licences of everybody else's work in the package, in one file that lies beside the program. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As Vite lists what it has bundled. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** SPDX, where the package says one. */
  readonly identifier?: string;
  readonly text?: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const LICENCE_FILE = /^(licen[cs]e|copying)/i;
/** Fonts and styles are not among what Vite counts as bundled code. */
const NOT_CODE = ['dejavu-fonts-ttf', 'nhsuk-frontend'];

const readManifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

function licenceOf(folder: string): Licence {
  const { name, version, license } = readManifest(folder);
  const files = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort();
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  return { name, version, ...(license ? { identifier: license } : {}), ...(text ? { text } : {}) };
}

/** The packages that go along as they are, with those that they need and that this system has installed. */
export function listInstalled(root: string): readonly Licence[] {
  const modules = join(root, 'node_modules');
  const { dependencies = {} } = readManifest(root);
  const seen = new Set<string>();
  const left = Object.keys(dependencies);
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (seen.has(name) || !existsSync(join(modules, name))) continue;
    seen.add(name);
    const own = readManifest(join(modules, name));
    left.push(...Object.keys({ ...own.dependencies, ...own.optionalDependencies }));
  }
  return [...seen, ...NOT_CODE].map((name) => licenceOf(join(modules, name)));
}

const RULE = '-'.repeat(80);

/** One entry a package, in the order of their names; a licence that has no text is named by its identifier. */
export function writeNotices(licences: readonly Licence[]): string {
  const byName = new Map(licences.map((licence) => [`${licence.name} ${licence.version}`, licence]));
  const entries = [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { identifier, text }]) => {
      const body = text ?? `Published under ${identifier ?? 'no named licence'}, without a text of its own.`;
      return `${RULE}\n${title} (${identifier ?? 'see below'})\n${RULE}\n\n${body}\n`;
    });
  const head =
    'Booking Desk holds work of these third parties. Electron, Node and Chromium are in LICENSE.electron.txt and\n' +
    'LICENSES.chromium.html beside this file.\n';
  return [head, ...entries].join('\n');
}
