/** The life of the application in Electron, from ready to quit. */
import { join } from 'node:path';
import { app as electron, ipcMain, Menu, protocol, session, webContents } from 'electron';
import type { BrowserWindow } from 'electron';
import { createApp, type App } from '../../app/create-app.ts';
import type { Log, Ports } from '../../app/ports.ts';
import { londonDate } from '../../contract/london-time.ts';
import { createElectronDialogs, tellPageLost } from '../../adapters/electron/dialogs.ts';
import { findElectronProxyUrl } from '../../adapters/electron/find-proxy.ts';
import { createElectronFiles } from '../../adapters/electron/files.ts';
import { openBrowser } from '../../adapters/electron/open-browser.ts';
import { startElectronReaderProcess } from '../../adapters/electron/start-reader-process.ts';
import { createElectronSystemEvents } from '../../adapters/electron/system-events.ts';
import { composePorts } from '../compose-ports.ts';
import { readPackedUpdates } from '../compose-updates.ts';
import { makeDataFolder } from '../data-folder.ts';
import type { HostOptions } from '../read-options.ts';
import { readRendererFiles } from '../renderer-files.ts';
import { stopDesk } from '../stop-desk.ts';
import { makeMenu } from './application-menu.ts';
import { askBeforeQuit } from './ask-before-quit.ts';
import { createWindow, guardContents } from './create-window.ts';
import { leaveWithSystem } from './leave-with-system.ts';
import { createElectronPrinting } from './print-window.ts';
import { denyDownloads } from './security/deny-downloads.ts';
import { denyPermissions } from './security/deny-permissions.ts';
import { denyForeignRequests } from './security/deny-foreign-requests.ts';
import { ignoreDeepLinks } from './security/ignore-deep-links.ts';
import { refuseBadCertificates } from './security/refuse-bad-certificates.ts';
import { findLink } from './security/refuse-unknown-links.ts';
import { serveAppProtocol } from './security/stop-file-pages.ts';
import { warnOfOldElectron } from './security/warn-of-old-electron.ts';
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
  denyForeignRequests(session.defaultSession, electron.isPackaged, log);
  refuseBadCertificates(electron, log);
  ignoreDeepLinks(electron, log);
  electron.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}

/** Stops the application once, whichever way Electron is asked to quit. */
function stopOnQuit(app: App, ports: Pick<Ports, 'clock' | 'log'>): void {
  let isStopping = false;
  let isStopped = false;
  electron.on('window-all-closed', () => electron.quit());
  electron.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    void stopDesk(app, ports).then(() => {
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
  const dialogs = createElectronDialogs(findLink);
  const version = electron.getVersion();
  const files = createElectronFiles();
  const ports = composePorts({
    ...{ options, folder, host: 'electron', version, dialogs, files, openBrowser },
    systemEvents: createElectronSystemEvents(),
    engine: () => `Electron ${process.versions.electron}, Chromium ${process.versions['chrome'] ?? ''}`,
    findProxyUrl: findElectronProxyUrl,
    startReaderProcess: startElectronReaderProcess,
    packedUpdates: electron.isPackaged
      ? readPackedUpdates(join(electron.getAppPath(), 'package.json'))
      : null,
    electronPrinting: createElectronPrinting({
      isPackaged: electron.isPackaged,
      findContents: () => all()[0] ?? null,
    }),
  });
  await hardenSession(folders.renderer, ports.log);
  const app = createApp(ports);
  await app.start();
  wireChannels(ipcMain, app, { ids: windowIds, all });
  stopOnQuit(app, ports);
  warnOfOldElectron(process.versions['electron'] ?? '', londonDate(ports.clock.nowMs()), ports.log);
  Menu.setApplicationMenu(Menu.buildFromTemplate(makeMenu(process.platform, electron.isPackaged)));
  // The page calls as soon as it loads, so its window is known before.
  const window = await createWindow({
    preload: folders.preload,
    isPackaged: electron.isPackaged,
    folder,
    ...{ clock: ports.clock, log: ports.log },
    onLost: () => void tellPageLost().then(() => electron.quit()),
    onCreated: (created) => {
      const { id } = created.webContents;
      windowIds.add(id);
      created.on('closed', () => windowIds.delete(id));
      askBeforeQuit(created, app, dialogs);
      leaveWithSystem(created);
    },
  });
  electron.on('second-instance', () => raise(window));
  ports.log.write('info', 'app-ready');
}
