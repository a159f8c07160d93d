import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUSE_STATES } from '../../src-main/hosts/electron/security/fuse-states.ts';
import { hardenWebPreferences } from '../../src-main/hosts/electron/security/harden-web-preferences.ts';
import { OPTIONS } from './checklist-options.ts';
import { CHECKLIST } from './checklist.ts';

const ALL = [...CHECKLIST, ...OPTIONS];

const FOLDER = 'src-main/hosts/electron/security';
describe('the checklist', () => {
  it('has all twenty items, each in a small file of its own', () => {
    const items = new Set(CHECKLIST.map(({ item }) => item));
    expect([...items].filter((item) => item !== 'more')).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    const filesOf = new Map(
      CHECKLIST.filter(({ item }) => item !== 'more').map(({ item, file }) => [item, file]),
    );
    expect(new Set(filesOf.values()).size).toBe(20);
  });

  it('leaves no security file out', () => {
    const listed = new Set(ALL.map(({ file }) => file));
    const files = readdirSync(FOLDER);
    expect(files.filter((name) => !listed.has(`${FOLDER}/${name}`))).toEqual([]);
  });

  it('leaves no preference and no fuse out', () => {
    const { preload: _path, ...preferences } = hardenWebPreferences('', true);
    const texts = ALL.flatMap(({ remove }) => remove.map(([from]) => from));
    const options = Object.keys({ ...preferences, ...FUSE_STATES });
    expect(options.filter((name) => !texts.some((from) => from.startsWith(`${name}:`)))).toEqual([]);
  });

  it('can take each out of the file as it is now, and names a test that is there', () => {
    const wrong = ALL.filter(({ file, remove, test }) => {
      const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return !remove.every(([from]) => source.includes(from)) || !existsSync(test.file);
    });
    expect(wrong.map(({ file, remove }) => `${file}: ${remove[0]?.[0]}`)).toEqual([]);
  });
});

describe('the sources', () => {
  const TEXTS = ['src-main', 'src-renderer'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|vue|html)$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  );
  const holders = (pattern: RegExp) => TEXTS.filter((path) => pattern.test(readFileSync(path, 'utf8')));

  it.each<[string, RegExp, readonly string[]]>([
    ['no preference is loosened', /(?:webSecurity|contextIsolation|sandbox): false/, []],
    ['no Node comes into a page', /nodeIntegration\w*: true|enableRemoteModule/, []],
    [
      'no feature of the engine is named',
      /enableBlinkFeatures/,
      [`${FOLDER}/close-unsafe-contents.ts`, `${FOLDER}/deny-blink-features.ts`],
    ],
    ['no webview, no inline handler, no v-html', /<webview\s|v-html=|\sonclick=|innerHTML\s*=/, []],
    [
      'the system is asked to open an address in two places',
      /shell\.openExternal\(/,
      ['src-main/adapters/electron/dialogs.ts', 'src-main/adapters/electron/open-browser.ts'],
    ],
    ['no scheme of the system is registered', /setAsDefaultProtocolClient/, []],
    ['nothing is sent by the network of the browser engine', /\bnet\.(?:fetch|request)\(/, []],
  ])('%s', (_name, pattern, allowed) => {
    expect(holders(pattern).sort()).toEqual([...allowed].sort());
  });
});
