/** The documents for those who judge and install the product name only what is there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOST_OPTION_NAMES } from '../../src-main/hosts/read-options.ts';

const DOCUMENTS = [
  'SECURITY.md',
  'docs/threat-model.md',
  'docs/installing.md',
  'docs/settings-and-policy.md',
];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Record<string, string>;
};

describe.each(DOCUMENTS)('%s', (path) => {
  const text = readFileSync(path, 'utf8');
  it('names files of the source that exist', () => {
    const named = [
      ...text.matchAll(/`((?:src-main|src-renderer|scripts|test|resources|docs|\.github)\/[\w./-]+)`/g),
    ];
    const built = ['resources/THIRD-PARTY-NOTICES.txt'];
    const files = named.map((match) => match[1] ?? '').filter((file) => !built.includes(file));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    if (path === 'docs/threat-model.md') expect(files.length).toBeGreaterThan(30);
  });
  it('links to documents that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !/^https:/.test(link) && !existsSync(join(dirname(path), link)))).toEqual(
      [],
    );
  });
  it('names npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

it('installing.md names variables that the product reads', () => {
  const text = readFileSync('docs/installing.md', 'utf8');
  const named = new Set([...text.matchAll(/BOOKING_DESK_[A-Z_]+/g)].map((match) => match[0]));
  const ofStart = Object.keys(HOST_OPTION_NAMES).map(
    (name) => `BOOKING_DESK_${name.replace('-', '_').toUpperCase()}`,
  );
  const sources = ['scripts/package/package-options.ts', 'scripts/release-feed.ts'].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const isRead = (name: string) =>
    ofStart.includes(name) || sources.some((source) => source.includes(`'${name}'`));
  expect([...named].filter((name) => !isRead(name))).toEqual([]);
});
