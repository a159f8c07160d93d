/**
 * `npm test`: installs what the tests need when it may, builds, checks, and runs every suite.
 * Under CI=true a missing part is a failure; elsewhere it is said loudly what was skipped.
 * `npm test -- <path>` runs the suites of one path only.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureSystemParts } from './ensure-system-parts.ts';

const report = 'out/test/report.json';
const paths = process.argv.slice(2);
const isCi = process.env['CI'] === 'true';
// Hundreds of processes load the same sources: each is compiled once.
process.env['NODE_COMPILE_CACHE'] ??= resolve('build/node-cache');

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((end) => {
    const options = {
      stdio: 'inherit',
      shell: process.platform === 'win32',
      env: { ...process.env, ...env },
    } as const;
    const child = spawn(command, args, options);
    child.on('error', () => end(1));
    child.on('exit', (code) => end(code ?? 1));
  });
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const code = await run(command, args);
  if (code !== 0) process.exit(code);
}

const missing = await ensureSystemParts(
  [
    'chromium',
    'xvfb',
    'gnome-keyring',
    'dbus',
    'gcc',
    'libc6-dev',
    'pcscd',
    'vsmartcard-vpcd',
    'cups-daemon',
    'cups-client',
  ],
  {
    mayInstall: true,
  },
);
if (missing.length > 0) {
  console.error(`MISSING: ${missing.join(', ')}. Suites that need them are ${isCi ? 'failing' : 'SKIPPED'}.`);
  if (isCi) process.exit(1);
}

await must(process.execPath, ['scripts/build.ts']);
if (paths.length === 0) await must(process.execPath, ['scripts/check.ts']);

mkdirSync('out/test', { recursive: true });
const code = await run(
  'vitest',
  [
    'run',
    '--reporter=default',
    '--reporter=json',
    '--reporter=./scripts/second-tries-reporter.ts',
    `--outputFile.json=${report}`,
    ...paths,
  ],
  {
    BOOKING_DESK_MISSING: missing.join(','),
  },
);
const summary = JSON.parse(readFileSync(report, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
};
console.log(
  `${summary.numPassedTests} passed, ${summary.numFailedTests} failed, ${summary.numPendingTests} skipped`,
);
process.exitCode = code;
