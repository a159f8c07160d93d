/**
 * `npm run package -- --dir` over a stub of Electron's distribution, without a network: what is inside, file by file;
 * the fuses, read back; and that what is inside is enough to run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { extractAll, extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildForPackage } from '../../../scripts/package/build-package.ts';
import { FUSE_STATES } from '../../../src-main/hosts/electron/security/fuse-states.ts';
import people from '../../../resources/training/people.json' with { type: 'json' };
import { makeStubElectron } from '../../../scripts/package/stub-electron.ts';

const OURS = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const ELECTRON = OURS.devDependencies['electron'] ?? '';
const KEYS = 'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';

let folder: string;
let unpacked: string;
let output = '';

function runPackage(): Promise<number | null> {
  const args = ['scripts/package.ts', '--linux', '--dir', '--x64'];
  const child = spawn(
    process.execPath,
    [...args, '--electron-dist', join(folder, 'electron'), '--output', join(folder, 'out')],
    {
      env: {
        ...process.env,
        BOOKING_DESK_UPDATE_FEED: 'https://releases.example.nhs.uk/booking-desk/stable.json',
        BOOKING_DESK_UPDATE_KEYS: KEYS,
      },
    },
  );
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve) => child.once('close', resolve));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  makeStubElectron(join(folder, 'electron'), ELECTRON);
  const code = await runPackage();
  expect(code, output).toBe(0);
  unpacked = join(folder, 'out', 'linux-unpacked');
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asar = () => join(unpacked, 'resources/app.asar');
const isInAssets = (path: string) => path.includes('/assets/');

/** The files of the archive; a folder is a path that others are below. */
function filesInside(): string[] {
  const paths = listPackage(asar(), { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`))).sort();
}

const KOFFI = ['index.cjs', 'index.js', 'src/static.cjs', 'src/static.js', 'src/trampolines.cjs'];
const EXPECTED = [
  'package.json',
  ...['main', 'pdf-reader-worker', 'reader-process'].map((name) => `dist/main/${name}.js`),
  'dist/preload/preload.cjs',
  ...['index', 'print'].map((name) => `dist/renderer/${name}.html`),
  ...['package.json', 'ttf/DejaVuSans-Bold.ttf', 'ttf/DejaVuSans.ttf'].map(
    (name) => `node_modules/dejavu-fonts-ttf/${name}`,
  ),
  ...['LICENSE', 'index.js', 'package.json'].map((name) => `node_modules/@napi-rs/keyring/${name}`),
  ...['LICENSE.third-party.md', 'keyring.linux-x64-gnu.node', 'package.json'].map(
    (name) => `node_modules/@napi-rs/keyring-linux-x64-gnu/${name}`,
  ),
  ...['LICENSE.txt', 'index.cjs', 'index.js', 'package.json'].map((name) => `node_modules/koffi/${name}`),
  ...KOFFI.map((name) => `node_modules/koffi/src/koffi/${name}`),
  ...['index.js', 'package.json', 'linux_x64/koffi.node'].map(
    (name) => `node_modules/@koromix/koffi-linux-x64/${name}`,
  ),
].sort();

describe('the archive', () => {
  it('holds the files that run, and no other', () => {
    expect(filesInside().filter((path) => !isInAssets(path))).toEqual(EXPECTED);
  });

  it('holds no asset that no other file names: no map, no test, no source', () => {
    const inside = filesInside();
    const read = (path: string) => extractFile(asar(), path).toString('utf8');
    const code = inside.filter((path) => /^dist\/.*\.(js|css|html)$/.test(path));
    const texts = new Map(code.map((path) => [path, read(path)]));
    const assets = inside.filter(isInAssets);
    expect(assets.length).toBeGreaterThan(5);
    const strays = assets.filter((path) => {
      const isNamed = [...texts].some(([other, text]) => other !== path && text.includes(basename(path)));
      return !isNamed || !/\.(js|css|svg)$/.test(path);
    });
    expect(strays).toEqual([]);
    expect([...texts].filter(([, text]) => text.includes('sourceMappingURL=')).map(([path]) => path)).toEqual(
      [],
    );
  });

  it('says the version, the feed of releases and nothing of how it was made', () => {
    const manifest = JSON.parse(extractFile(asar(), 'package.json').toString('utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({
      ...{ name: 'booking-desk', version: OURS.version, main: 'dist/main/main.js' },
      updates: {
        feedUrl: 'https://releases.example.nhs.uk/booking-desk/stable.json',
        keys: KEYS,
        channel: 'stable',
      },
    });
    for (const name of ['scripts', 'devDependencies', 'build']) expect(manifest).not.toHaveProperty(name);
  });

  it('is enough for the desk to come up from it alone, with its native libraries', async () => {
    const alone = join(folder, 'alone');
    extractAll(asar(), alone);
    const loaded = spawnSync(
      process.execPath,
      ['-e', "require('koffi').load; require('@napi-rs/keyring').Entry; process.stdout.write('loaded')"],
      { cwd: alone, encoding: 'utf8' },
    );
    expect(loaded).toMatchObject({ stdout: 'loaded', stderr: '' });
    const desk = spawnSync(
      process.execPath,
      [
        ...['--import', './test/hosts/electron/stub/register.ts', join(alone, 'dist/main/main.js')],
        ...['--data-dir', join(folder, 'data')],
      ],
      { env: { ...process.env, STUB_ASKS: '["session/read-environment",{}]' }, encoding: 'utf8' },
    );
    expect(desk.stderr).toBe('');
    expect(JSON.parse(desk.stdout)).toMatchObject({ answer: { ok: true, value: { id: 'training' } } });
  });
});

describe('beside the archive', () => {
  it('are the licences, the policy template and the native libraries, and nothing else', () => {
    expect(readdirSync(unpacked).sort()).toEqual(
      [
        'LICENSE.electron.txt',
        'LICENSES.chromium.html',
        'booking-desk',
        'locales',
        'resources',
        'version',
      ].sort(),
    );
    expect(readdirSync(join(unpacked, 'locales')).sort()).toEqual(['en-GB.pak', 'en-US.pak']);
    expect(readdirSync(join(unpacked, 'resources')).sort()).toEqual(
      [
        'LICENSE.txt',
        'THIRD-PARTY-NOTICES.txt',
        'app.asar',
        'app.asar.unpacked',
        'policy-template.json',
      ].sort(),
    );
    const natives = readdirSync(join(unpacked, 'resources/app.asar.unpacked'), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(
      natives
        .filter((path) => path.endsWith('.node'))
        .map((path) => basename(path))
        .sort(),
    ).toEqual(['keyring.linux-x64-gnu.node', 'koffi.node']);
    expect(readFileSync(join(unpacked, 'version'), 'utf8')).toBe(ELECTRON);
  });

  it('name everybody whose work is inside, with the text of their licence', () => {
    const notices = readFileSync(join(unpacked, 'resources/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of [
      'vue',
      'undici',
      'pdfjs-dist',
      'reka-ui',
      'koffi',
      '@napi-rs/keyring',
      'nhsuk-frontend',
    ])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    expect(notices).toContain('Bitstream Vera');
    expect(notices).toContain('Permission is hereby granted');
    expect(notices).not.toContain('no named licence');
  });
});

it('has all nine fuses of its program set as decided', async () => {
  expect(output).toMatch(/^fuses, read back: RunAsNode off, /m);
  const wire = await getCurrentFuseWire(join(unpacked, 'booking-desk'));
  const states = Object.entries(FUSE_STATES).map(([name]) => {
    const state = wire[FuseV1Options[name as keyof typeof FUSE_STATES]];
    return [name, state === FuseState.ENABLE];
  });
  expect(Object.fromEntries(states)).toEqual(FUSE_STATES);
  expect(states).toHaveLength(9);
});

it('has no invented patient in it when it is made without training, and says so when it is asked for it', async () => {
  const target = join(folder, 'without');
  await buildForPackage({ hasTraining: false, target, parts: ['main'] });
  const inMain = (root: string) =>
    readdirSync(join(root, 'dist/main'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.js'))
      .map((path) => readFileSync(join(root, 'dist/main', path), 'utf8'))
      .join('\n');
  const names = Object.values(people)
    .flat()
    .filter((name) => typeof name === 'string' && name.length > 6);
  const found = (code: string) => names.filter((name) => code.includes(`"${name}"`));
  expect(found(inMain('build/package')).length).toBeGreaterThan(20);
  expect(found(inMain(target))).toEqual([]);
  expect(existsSync(join(target, 'dist/main/main.js'))).toBe(true);
  const desk = spawnSync(
    process.execPath,
    [
      ...['--import', './test/hosts/electron/stub/register.ts', join(target, 'dist/main/main.js')],
      ...['--data-dir', join(folder, 'no-data')],
    ],
    { encoding: 'utf8' },
  );
  expect(desk.status).toBe(2);
  expect(desk.stderr).toContain('the training environment is not part of this package');
}, 240_000);
