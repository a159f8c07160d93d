/** The life of the application in Electron, from ready to quit. */
import { app as electron, ipcMain, protocol, session, webContents, type BrowserWindow } from 'electron';
import { createApp, type App } from '../../app/create-app.ts';
import type { Log } from '../../app/ports.ts';
import { createElectronDialogs } from '../../adapters/electron/dialogs.ts';
import { createElectronFiles } from '../../adapters/electron/files.ts';
import { openBrowser } from '../../adapters/electron/open-browser.ts';
import { startElectronReaderProcess } from '../../adapters/electron/start-reader-process.ts';
import { createElectronSystemEvents } from '../../adapters/electron/system-events.ts';
import { composePorts } from '../compose-ports.ts';
import { makeDataFolder } from '../data-folder.ts';
import type { HostOptions } from '../read-options.ts';
import { readRendererFiles } from '../renderer-files.ts';
import { askBeforeQuit } from './ask-before-quit.ts';
import { createWindow, guardContents } from './create-window.ts';
import { createElectronPrinting } from './print-window.ts';
import { denyDownloads } from './security/deny-downloads.ts';
import { denyPermissions } from './security/deny-permissions.ts';
import { denyRequests } from './security/deny-requests.ts';
import { serveAppProtocol } from './security/serve-app-protocol.ts';
import { wireChannels } from './wire-channels.ts';

export interface DeskFolders {
  readonly preload: string;
  readonly renderer: string;
}

/** Puts the stops of the session and of each page in place, before any page exists. */
async function hardenSession(rendererFolder: string, log: Log): Promise<void> {
  serveAppProtocol(protocol, await readRendererFiles(rendererFolder));
  denyPermissions(session.defaultSession);
  denyDownloads(session.defaultSession, log);
  denyRequests(session.defaultSession, electron.isPackaged, log);
  electron.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}

/** Stops the application once, whichever way Electron is asked to quit. */
function stopOnQuit(app: App, log: Log): void {
  let isStopped = false;
  electron.on('window-all-closed', () => electron.quit());
  electron.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    app
      .stop()
      .catch((error: unknown) => log.write('error', 'stop-failed', { reason: String(error) }))
      .finally(() => {
        isStopped = true;
        electron.quit();
      });
  });
}

function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Runs the desk; resolves when its window is open, rejects when it cannot start. */
export async function runDesk(options: HostOptions, folders: DeskFolders): Promise<void> {
  const folder = makeDataFolder(options.environment, options.dataDir);
  electron.setPath('userData', folder);
  if (!electron.requestSingleInstanceLock()) return electron.quit();
  await electron.whenReady();
  const windowIds = new Set<number>();
  const all = () => [...windowIds].flatMap((id) => webContents.fromId(id) ?? []);
  const dialogs = createElectronDialogs();
  const version = electron.getVersion();
  const files = createElectronFiles();
  const ports = composePorts({
    ...{ options, folder, host: 'electron', version, dialogs, files, openBrowser },
    systemEvents: createElectronSystemEvents(),
    startReaderProcess: startElectronReaderProcess,
    electronPrinting: createElectronPrinting({
      isPackaged: electron.isPackaged,
      findContents: () => all()[0] ?? null,
    }),
  });
  await hardenSession(folders.renderer, ports.log);
  const app = createApp(ports);
  await app.start();
  wireChannels(ipcMain, app, { ids: windowIds, all });
  stopOnQuit(app, ports.log);
  // The page calls as soon as it loads, so its window is known before.
  const window = await createWindow({
    preload: folders.preload,
    isPackaged: electron.isPackaged,
    log: ports.log,
    onCreated: (created) => {
      const { id } = created.webContents;
      windowIds.add(id);
      created.on('closed', () => windowIds.delete(id));
      askBeforeQuit(created, app, dialogs);
    },
  });
  electron.on('second-instance', () => raise(window));
  ports.log.write('info', 'app-ready');
}
