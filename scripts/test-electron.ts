/**
 * `npm run test:electron`: the E2E suites, and the product itself, in the Electron of this checkout, by Playwright. Ends
 * with 3, and says how to get it, where the binary is missing. `npm run test:electron -- <path>` runs one path.
 */
import { spawnSync } from 'node:child_process';
import { findElectron } from './choose-host.ts';
import { buildProduct } from './build.ts';
import { ensureSystemParts, hasCommand } from './ensure-system-parts.ts';

const EXIT_NO_ELECTRON = 3;
const WHAT_TO_DO = [
  'The Electron binary is not in this checkout, so nothing was tested. Where github.com is reached:',
  '  npx install-electron --no      downloads it, checked against the digests in the package',
  '  npm run test:electron          then runs the E2E suites in it',
  'Without it: npm test runs the same suites in Chromium.',
].join('\n');

function runTests(paths: readonly string[]): number {
  // Without a display Linux draws into Xvfb.
  const needsDisplay = process.platform === 'linux' && (process.env['DISPLAY'] ?? '') === '';
  const vitest = ['vitest', 'run', ...(paths.length > 0 ? paths : ['test/e2e', 'test/electron'])];
  const [command = '', ...args] = needsDisplay ? ['xvfb-run', '--auto-servernum', ...vitest] : vitest;
  const env = { ...process.env, E2E_HOST: 'electron' };
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32', env }).status ?? 1;
}

async function run(): Promise<number> {
  const binary = findElectron();
  if (binary === null) {
    console.error(WHAT_TO_DO);
    return EXIT_NO_ELECTRON;
  }
  if (process.platform === 'linux') ensureSystemParts(['xvfb'], { mayInstall: true });
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !hasCommand('xvfb-run')) {
    console.error('Neither a display nor xvfb-run is here: sudo apt-get install xvfb');
    return EXIT_NO_ELECTRON;
  }
  console.log(`In ${binary}`);
  await buildProduct();
  return runTests(process.argv.slice(2));
}

process.exitCode = await run();
