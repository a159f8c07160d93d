/** The product's entry without Electron: `scripts/start.ts` runs it as a process of its own under Node. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../read-options.ts';
import { BROWSER_VARIABLE, findBrowser } from './find-browser.ts';
import { runDesk, type DeskOptions } from './run-desk.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

function readDesk(): DeskOptions {
  const read = readOptions(process.argv.slice(2), process.env);
  if (!read.ok) throw new Error(read.message);
  const browserPath = findBrowser();
  if (!browserPath)
    throw new Error(`no Chromium, Chrome or Edge is installed; install one or set ${BROWSER_VARIABLE}`);
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
    readonly version: string;
  };
  return {
    options: read.options,
    browserPath,
    rendererFolder: fromRoot('dist/renderer'),
    pageScriptPath: fromRoot('dist/preload/page-script.js'),
    version,
    isHeadless: process.argv.includes('--headless'),
  };
}

async function main(): Promise<void> {
  const desk = await runDesk(readDesk());
  process.stdout.write('app ready\n');
  // Not once: a terminal signals the whole group, and the start script passes the same signal on.
  const close = () => void desk.close();
  process.on('SIGINT', close).on('SIGTERM', close).on('disconnect', close);
  await desk.ended;
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `Booking Desk did not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
// The channel to the start script would keep this process alive.
if (process.connected) process.disconnect();
