import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogueAsMarkdown, catalogueAsText } from '../scripts/catalogue/tables.ts';
import { catalogueRows } from '../scripts/catalogue/rows.ts';
import { catalogue } from '../src-main/ers/catalogue.ts';
import { DEFAULT_KEYS } from '../src-renderer/keyboard/default-keys.ts';

const readme = readFileSync('README.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('the README', () => {
  it('lists the keys of the product, neither more nor fewer', () => {
    const section = readme.slice(readme.indexOf('## Keys'), readme.indexOf('## Decisions'));
    const rows = section
      .split('\n')
      .filter((line) => /^\| `/.test(line))
      .map((line) => line.replace(/ {2,}/g, ' '));
    const expected = DEFAULT_KEYS.map(({ keys, title, refusal }) => {
      const later = refusal.startsWith('not part of this version') ? ' (not part of this version yet)' : '';
      return `| ${keys.map((key) => `\`${key}\``).join(' ')} | ${title}${later} |`;
    });
    expect(rows).toEqual(expected);
  });

  it('has the catalogue as `npm run ers -- --list --markdown` prints it', () => {
    const section = readme.slice(
      readme.indexOf('<!-- catalogue -->'),
      readme.indexOf('<!-- end of the catalogue -->'),
    );
    // The formatter pads the cells.
    const plain = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) => line.replace(/-{3,}/g, '---').replace(/ {2,}/g, ' '));
    expect(plain(section)).toEqual(plain(catalogueAsMarkdown()));
  });

  it('has every operation of the client in the catalogue, and the retired rows', () => {
    const ids = catalogueRows().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...catalogue.keys()].filter((known) => known !== 'PDS')) expect(ids).toContain(id);
    expect(ids).toEqual(expect.arrayContaining(['A009', 'A017', 'A018']));
    expect(ids).not.toContain('A039');
    for (const { spine, platform, status } of catalogueRows()) {
      const isGone = status.startsWith('retired');
      expect([spine, platform].some((text) => /^(?:GET|POST|PUT|DELETE|HEAD) \//.test(text))).toBe(!isGone);
      expect(`${spine}${platform}`).not.toMatch(/\d{4}/);
    }
    expect(catalogueAsText().split('\n')).toHaveLength(ids.length + 1);
  });

  it('names folders and pictures that exist', () => {
    const map = readme.slice(
      readme.indexOf('## Map of the folders'),
      readme.indexOf('One feature has one name'),
    );
    let parent = '';
    const folders = map.split('\n').flatMap((line) => {
      const [, indent = '', name = ''] = /^( *)([a-z][a-z/-]*\/) {2,}/.exec(line) ?? [];
      if (name === '') return /^([a-z-]+\/)$/.test(line) ? [(parent = line)] : [];
      return [indent === '' ? (parent = name) : parent + name];
    });
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.filter((folder) => !existsSync(folder))).toEqual([]);
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map((match) => match[1] ?? '');
    expect(pictures.filter((picture) => !existsSync(picture))).toEqual([]);
  });

  it('names commands that exist, and every command is named', () => {
    const named = new Set(
      [...readme.matchAll(/npm (?:run )?([a-z-]+(?::[a-z]+)?)/g)].map((match) => match[1] ?? ''),
    );
    const known = new Set([...Object.keys(scripts), 'ci', 'run', 'scripts', 'package']);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(scripts).filter((name) => !named.has(name))).toEqual([]);
  });
});
