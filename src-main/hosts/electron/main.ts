/** The product's entry in Electron: hardens the process, makes the application, opens its window. */
import { join } from 'node:path';
import { app as electron, protocol } from 'electron';
import { readOptions } from '../read-options.ts';
import { findFeatureSwitch } from './security/deny-blink-features.ts';
import { findDebugSwitch } from './security/refuse-debug-switches.ts';
import { sandboxPages } from './security/sandbox-pages.ts';
import { APP_SCHEME_PRIVILEGES } from './security/stop-file-pages.ts';
import { stopStringCode } from './security/stop-string-code.ts';
import { runDesk } from './run-desk.ts';

const EXIT_REFUSED = 2;

function refuse(reason: string): void {
  process.stderr.write(`Booking Desk did not start: ${reason}\n`);
  electron.exit(EXIT_REFUSED);
}

function start(): void {
  stopStringCode(globalThis);
  sandboxPages(electron);
  protocol.registerSchemesAsPrivileged(APP_SCHEME_PRIVILEGES);
  const denied = findDebugSwitch(electron.commandLine) ?? findFeatureSwitch(electron.commandLine);
  if (electron.isPackaged && denied !== null) return refuse(`the switch --${denied} is not allowed`);
  const read = readOptions(process.argv.slice(1), process.env);
  if (!read.ok) return refuse(read.message);
  const folders = {
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    renderer: join(import.meta.dirname, '../renderer'),
  };
  runDesk(read.options, folders).catch((error: unknown) =>
    refuse(error instanceof Error ? error.message : 'unknown'),
  );
}

start();
