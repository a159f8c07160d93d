/** The life of the application in an installed browser, from start to the closing of its window. */
import { readFile } from 'node:fs/promises';
import { createApp, type App } from '../../app/create-app.ts';
import type { AppSettings, Log, Ports } from '../../app/ports.ts';
import { takeInstanceLock } from '../../adapters/node/instance-lock.ts';
import { createFolderFiles, findDownloads } from '../../adapters/node/folder-files.ts';
import { createUnavailableDialogs } from '../../adapters/node/unavailable-devices.ts';
import { composePorts } from '../compose-ports.ts';
import { makeDataFolder } from '../data-folder.ts';
import type { HostOptions } from '../read-options.ts';
import { readRendererFiles } from '../renderer-files.ts';
import { stopDesk } from '../stop-desk.ts';
import { openWindow, type OpenedWindow } from './open-window.ts';

export interface DeskOptions {
  readonly options: HostOptions;
  readonly browserPath: string;
  /** The built interface. */
  readonly rendererFolder: string;
  /** The built page script. */
  readonly pageScriptPath: string;
  readonly version: string;
  readonly isHeadless: boolean;
}

export interface RunningDesk {
  /** Resolves when the window is closed, by whomever, and everything is put away. */
  readonly ended: Promise<void>;
  /** Closes the window. */
  close(): Promise<void>;
}

const SERVED: readonly AppSettings['environment'][] = ['training', 'sandbox'];

/** This host has no operating system keyring and no fuses, so it never meets a real patient (design.md, Hosts). */
export function refuseRealPatients(environment: AppSettings['environment']): void {
  if (SERVED.includes(environment)) return;
  throw new Error(
    `the environment "${environment}" runs in Electron only; a browser serves ${SERVED.join(' and ')}`,
  );
}

async function putAway(
  window: OpenedWindow,
  app: App,
  releaseLock: () => void,
  ports: Pick<Ports, 'clock' | 'log'>,
): Promise<void> {
  await window.browser.exited;
  await window.close();
  await stopDesk(app, ports);
  releaseLock();
  ports.log.write('info', 'app-stopped');
}

async function startAndOpen(desk: DeskOptions, app: App, folder: string, log: Log): Promise<OpenedWindow> {
  const files = await readRendererFiles(desk.rendererFolder);
  const pageScript = await readFile(desk.pageScriptPath, 'utf8');
  await app.start();
  const { browserPath, isHeadless } = desk;
  return openWindow({ app, browserPath, files, pageScript, folder, log, isHeadless });
}

/** The product and version that the browser gives of itself, e.g. `Chrome/150.0.0.0`. */
async function nameEngine({ browser }: OpenedWindow): Promise<string> {
  const said = await browser.connection.browser.send('Browser.getVersion').catch(() => ({ product: '' }));
  return String(said['product']) || 'an installed browser';
}

/** Starts the desk; rejects, with words for the terminal, when it cannot run. */
export async function runDesk(desk: DeskOptions): Promise<RunningDesk> {
  const { options, version } = desk;
  refuseRealPatients(options.environment);
  const folder = makeDataFolder(options.environment, options.dataDir);
  const releaseLock = takeInstanceLock(folder);
  if (!releaseLock) throw new Error(`Booking Desk is already open on ${folder}`);
  let engine = 'an installed browser';
  const ports = composePorts({
    ...{ options, folder, host: 'chromium', version },
    engine: () => engine,
    dialogs: createUnavailableDialogs(),
    files: createFolderFiles(findDownloads()),
  });
  const app = createApp(ports);
  const window = await startAndOpen(desk, app, folder, ports.log).catch(async (error: unknown) => {
    await app.stop();
    releaseLock();
    throw error;
  });
  engine = await nameEngine(window);
  ports.log.write('info', 'app-ready');
  return { ended: putAway(window, app, releaseLock, ports), close: () => window.browser.close() };
}
