/**
 * `npm run check:supply`: the lockfile, licences, dependencies and the age of Electron. Every part runs; any fault fails.
 * The age of Electron fails with `--strict` only, as a calendar cannot break a build that was good yesterday.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createSystemClock } from '../src-main/adapters/node/system-clock.ts';
import { londonDate } from '../src-main/contract/london-time.ts';
import { checkDependencies, readSources } from './supply/check-dependencies.ts';
import { checkLicences, type AllowedLicences } from './supply/check-licences.ts';
import { checkLockfile } from './supply/check-lockfile.ts';
import { reportElectronAge } from './supply/electron-age.ts';
import { readJson, type Lockfile, type Manifest } from './supply/lockfile.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const isStrict = process.argv.includes('--strict');
const manifest = readJson<Manifest>(`${root}package.json`);
const lock = readJson<Lockfile>(`${root}package-lock.json`);

/** Addresses of another host, of no host, or over plain http; and digests of another kind. */
function lintLockfile(): readonly string[] {
  const program = `${root}node_modules/lockfile-lint/bin/lockfile-lint.js`;
  const asked = ['--type', 'npm', '--validate-https', '--allowed-hosts', 'npm', '--validate-integrity'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, '--path', `${root}package-lock.json`, ...asked, '--format', 'plain'],
    { encoding: 'utf8' },
  );
  return status === 0 ? [] : [`lockfile-lint: ${(stdout + stderr).trim()}`];
}

function report(name: string, faults: readonly string[], facts: string): void {
  for (const fault of faults) console.log(`     ${fault}`);
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${facts}`);
  if (faults.length > 0) process.exitCode = 1;
}

const locked = Object.keys(lock.packages).length - 1;
const allowed = readJson<AllowedLicences>(`${root}scripts/supply/allowed-licences.json`);
const sources = readSources(root);
report(
  'lockfile',
  [...lintLockfile(), ...checkLockfile(lock, manifest)],
  `${locked} packages, each by its digest`,
);
report('licences', checkLicences(lock, allowed), `${allowed.allowed.length} allowed`);
report('dependencies', checkDependencies(sources, manifest), `${sources.length} files looked through`);
const today = londonDate(createSystemClock().nowMs());
const { isFine, words } = reportElectronAge(manifest.devDependencies?.['electron'] ?? '', today);
console.log(`${isFine ? 'ok  ' : isStrict ? 'FAIL' : 'WARN'} ${words}`);
if (!isFine && isStrict) process.exitCode = 1;
