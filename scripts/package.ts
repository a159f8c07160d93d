/**
 * `npm run package`: builds the product apart from `dist` and makes its installers. `--dir` stops at the unpacked
 * program; `--without-training` leaves the training world out; `--electron-dist <folder>` takes an unpacked Electron in
 * place of a download; `--output <folder>`; the rest goes to electron-builder (`--win`, `--linux`, `--arm64` …). `--dir`
 * where Electron cannot be had takes a stand-in, and says so: what is inside and the fuses can be looked at, no more.
 * docs/installing.md, "Making the packages", says what the environment sets.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildForPackage } from './package/build-package.ts';
import { findElectron, SURROUNDINGS } from './package/find-electron.ts';
import { readPackageOptions } from './package/package-options.ts';
import { reportPacked } from './package/report-packed.ts';
import { makeStubElectron } from './package/stub-electron.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const INSTALLER = /^booking-desk-.*\.(exe|msi|deb|AppImage|dmg)$/;

function runBuilder(args: readonly string[]): Promise<number> {
  const program = join(root, 'node_modules/electron-builder/cli.js');
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** One line for each installer, as `sha256sum --check` and `Get-FileHash` read it. */
async function writeChecksums(folder: string): Promise<number> {
  const names = readdirSync(folder)
    .filter((name) => INSTALLER.test(name))
    .sort();
  const lines = await Promise.all(
    names.map(async (name) => `${await digestOf(join(folder, name))}  ${name}\n`),
  );
  if (names.length > 0) writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''));
  return names.length;
}

const STAND_IN =
  'Electron cannot be had here. A STAND-IN takes its place: what follows is NO PROGRAM, it shows what is inside a package.\n';
const NO_ELECTRON =
  'Electron cannot be had: it was not downloaded before and github.com does not answer. Try again with a network, or name\n' +
  'an unpacked Electron by --electron-dist <folder>, or a mirror by ELECTRON_MIRROR.\n';

function electronVersion(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return manifest.devDependencies['electron'] ?? '';
}

/** An outline of Electron's distribution, in `build/stub-electron`. */
function makeStandIn(): string {
  const folder = join(root, 'build/stub-electron');
  rmSync(folder, { recursive: true, force: true });
  makeStubElectron(folder, electronVersion());
  return folder;
}

/** The unpacked Electron to pack around; null where electron-builder has its own, undefined where there is none. */
async function chooseElectron(named: unknown, args: readonly string[]): Promise<string | null | undefined> {
  if (typeof named === 'string') return named;
  switch (await findElectron(electronVersion(), args, SURROUNDINGS)) {
    case 'builder':
      return null;
    case 'none':
      return undefined;
    case 'stand-in':
      process.stdout.write(STAND_IN);
      return makeStandIn();
  }
}

async function packageProduct(argv: readonly string[]): Promise<number> {
  const { values, tokens } = parseArgs({
    args: [...argv],
    options: {
      'without-training': { type: 'boolean' },
      'electron-dist': { type: 'string' },
      output: { type: 'string' },
    },
    ...{ strict: false, tokens: true, allowPositionals: true },
  });
  const own = ['without-training', 'electron-dist', 'output'];
  const foreign = argv.filter((_, index) =>
    tokens.every((token) => {
      if (token.kind !== 'option' || !own.includes(token.name)) return true;
      const isSplit = token.value !== undefined && !token.inlineValue;
      return index !== token.index && !(isSplit && index === token.index + 1);
    }),
  );
  const output = resolve(root, typeof values.output === 'string' ? values.output : 'out/packages');
  const read = readPackageOptions(process.env);
  if (!read.ok) {
    process.stderr.write(`${read.message}\n`);
    return 2;
  }
  const electronDist = await chooseElectron(values['electron-dist'], foreign);
  if (electronDist === undefined) {
    process.stderr.write(NO_ELECTRON);
    return 3;
  }
  const third = await buildForPackage({ hasTraining: values['without-training'] !== true });
  process.stdout.write(`Built; ${third.length} third parties named in THIRD-PARTY-NOTICES.txt\n`);
  const settings = [...read.settings, `directories.output=${output}`];
  if (electronDist !== null) settings.push(`electronDist=${electronDist}`);
  const startedMs = Math.floor(performance.timeOrigin);
  const code = await runBuilder([...foreign, '--publish', 'never', ...settings.map((it) => `-c.${it}`)]);
  if (code !== 0) return code;
  const packed = await reportPacked(output, startedMs);
  process.stdout.write(packed.lines.map((line) => `${line}\n`).join(''));
  process.stderr.write(packed.faults.map((fault) => `NOT RIGHT: ${fault}\n`).join(''));
  if (packed.faults.length > 0) return 1;
  const made = await writeChecksums(output);
  process.stdout.write(
    `${made === 0 ? 'No installers, the unpacked program' : `${made} installers`} in ${output}\n`,
  );
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await packageProduct(process.argv.slice(2));
