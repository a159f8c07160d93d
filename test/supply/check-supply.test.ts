/** What the supply check finds: each fault, made here, is named; the real lockfile has none (`npm run check:supply`). */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDependencies, packageOf, type SourceText } from '../../scripts/supply/check-dependencies.ts';
import { checkLicences, isAllowed } from '../../scripts/supply/check-licences.ts';
import { checkLockfile } from '../../scripts/supply/check-lockfile.ts';
import { reportElectronAge } from '../../scripts/supply/electron-age.ts';
import { readJson, type LockedPackage, type Lockfile, type Manifest } from '../../scripts/supply/lockfile.ts';

const manifest = readJson<Manifest>('package.json');
const lock = readJson<Lockfile>('package-lock.json');
const withPackage = (name: string, change: LockedPackage): Lockfile => ({
  ...lock,
  packages: {
    ...lock.packages,
    [`node_modules/${name}`]: { ...lock.packages[`node_modules/${name}`], ...change },
  },
});

describe('the lockfile', () => {
  const { integrity: _integrity, ...bare } = lock.packages['node_modules/vue'] ?? {};
  const without: Lockfile = { ...lock, packages: { ...lock.packages, 'node_modules/vue': bare } };
  it.each([
    ['no digest', without, 'node_modules/vue has no SHA-512 digest'],
    [
      'a weak digest',
      withPackage('vue', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }),
      'has no SHA-512 digest',
    ],
    [
      'another host',
      withPackage('vue', { resolved: 'https://evil.example/vue.tgz' }),
      'elsewhere than the registry',
    ],
    ['a repository', withPackage('vue', { resolved: 'git+ssh://git@github.com/x/vue.git' }), 'elsewhere'],
    ['a link', withPackage('vue', { link: true }), 'is a link'],
    ['another version', withPackage('vue', { version: '3.5.44' }), 'is not what the lockfile has'],
    ['a new install script', withPackage('vue', { hasInstallScript: true }), 'vue has an install script'],
  ])('with %s is refused', (_name, changed, words) => {
    expect(checkLockfile(changed, manifest).join('\n')).toContain(words);
  });

  it('with a range in package.json is refused', () => {
    const loose = { ...manifest, devDependencies: { ...manifest.devDependencies, vue: '^3.5.45' } };
    expect(checkLockfile(lock, loose).join('\n')).toContain('vue ^3.5.45, which is not one exact version');
  });

  it('as it is has no fault', () => expect(checkLockfile(lock, manifest)).toEqual([]));

  it('is what lockfile-lint refuses, too, when an address of another host is in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
    const path = join(folder, 'package-lock.json');
    const lint = (text: Lockfile) => {
      writeFileSync(path, JSON.stringify(text));
      const asked = ['--type', 'npm', '--validate-https', '--allowed-hosts', 'npm', '--validate-integrity'];
      const program = 'node_modules/lockfile-lint/bin/lockfile-lint.js';
      return spawnSync(process.execPath, [program, '--path', path, ...asked]).status;
    };
    expect(lint(lock)).toBe(0);
    expect(lint(withPackage('vue', { resolved: 'https://evil.example/vue/-/vue-3.5.45.tgz' }))).not.toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('licences', () => {
  const allowed = { allowed: ['MIT', 'ISC'], exceptions: { odd: { licence: 'MPL-2.0', why: 'a test' } } };
  const of = (packages: Readonly<Record<string, string>>): Lockfile => ({
    lockfileVersion: 3,
    packages: Object.fromEntries(
      Object.entries(packages).map(([name, license]) => [
        `node_modules/${name}`,
        license === '' ? {} : { license },
      ]),
    ),
  });
  it('that nobody allowed are named, also where a package names none', () => {
    const faults = checkLicences(
      of({ good: 'MIT', 'odd-linux': 'MPL-2.0', bad: 'AGPL-3.0', mute: '' }),
      allowed,
    );
    expect(faults).toEqual([
      'bad is under AGPL-3.0, which is not allowed',
      'mute is under no named licence, which is not allowed',
    ]);
  });
  it('of an exception hold for the licence that was looked at', () => {
    expect(checkLicences(of({ odd: 'GPL-3.0' }), allowed)).toEqual([
      'odd is under GPL-3.0, which is not allowed',
      'the exception for odd is not needed any more',
    ]);
  });
  it.each([
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND GPL-3.0', false],
    ['(MIT AND (ISC OR GPL-3.0))', false],
    ['UNLICENSED', false],
  ])('%s: allowed is %s', (expression, expected) =>
    expect(isAllowed(expression, allowed.allowed)).toBe(expected),
  );
});

describe('dependencies', () => {
  const source = (text: string, path = 'src-main/a.ts'): SourceText => ({ path, text });
  it('that nothing uses, and those that are not declared, are named', () => {
    const faults = checkDependencies([source("import { a } from 'used/part';\nimport('secret');")], {
      ...{
        scripts: { lint: 'tool --all' },
        devDependencies: { used: '1.0.0', idle: '1.0.0', tool: '1.0.0' },
      },
    });
    expect(faults.slice(0, 2)).toEqual([
      'nothing uses idle',
      'src-main/a.ts uses secret, which package.json does not name',
    ]);
  });
  it('are told from files, modules of Node and prose', () => {
    expect(['./a.ts', 'node:fs', 'fs', '@a/b/c', 'a/b', 'https://x'].map(packageOf)).toEqual([
      ...[null, null, null, '@a/b', 'a', null],
    ]);
    const prose = source("// taken from 'somewhere' else\nimport {\n  a,\n} from 'real';");
    expect(checkDependencies([prose], {}).filter((fault) => fault.includes('uses'))).toEqual([
      'src-main/a.ts uses real, which package.json does not name',
    ]);
  });
});

describe('the age of Electron', () => {
  const version = manifest.devDependencies?.['electron'] ?? '';
  it.each([
    ['2026-11-25', true, 'is in its time'],
    ['2027-01-10', false, 'more than 14 days behind'],
    ['2027-09-01', false, 'no longer among the three'],
  ])('on %s', (today, isFine, words) => {
    const report = reportElectronAge(version, today);
    expect(report).toMatchObject({ isFine });
    expect(report.words).toContain(words);
    expect(report.words).toContain('not known without a network');
  });
  it('is not judged by the dates of another version', () => {
    expect(reportElectronAge('99.0.0', '2026-11-25').isFine).toBe(false);
  });
});

it('the bill of materials names every package of the lockfile with its digest', () => {
  const made = spawnSync(process.execPath, ['scripts/sbom.ts'], { encoding: 'utf8' });
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync('out/sbom.cdx.json')).toBe(true);
  const bill = JSON.parse(readFileSync('out/sbom.cdx.json', 'utf8')) as Record<string, unknown[]>;
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'booking-desk' } } });
  expect(bill['components']).toContainEqual(
    expect.objectContaining({ name: 'undici', purl: expect.any(String) }),
  );
});
