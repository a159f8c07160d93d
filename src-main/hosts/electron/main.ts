/** The product's entry in Electron: hardens the process, makes the application, opens its window. */
import { join } from 'node:path';
import { app as electron, protocol } from 'electron';
import { readOptions } from '../read-options.ts';
import { APP_SCHEME_PRIVILEGES } from './security/serve-app-protocol.ts';
import { findDebugSwitch } from './security/refuse-debug-switches.ts';
import { runDesk } from './run-desk.ts';

const EXIT_REFUSED = 2;

function refuse(reason: string): void {
  process.stderr.write(`Booking Desk did not start: ${reason}\n`);
  electron.exit(EXIT_REFUSED);
}

function start(): void {
  electron.enableSandbox();
  protocol.registerSchemesAsPrivileged(APP_SCHEME_PRIVILEGES);
  const debugSwitch = electron.isPackaged ? findDebugSwitch(electron.commandLine) : null;
  if (debugSwitch) return refuse(`the switch --${debugSwitch} is not allowed`);
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
