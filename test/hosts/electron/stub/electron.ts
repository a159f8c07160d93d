/** The least of Electron that the built main needs to come up in plain Node; answers one request over stdout. */
import { EventEmitter } from 'node:events';

type Handler = (event: unknown, input: unknown) => Promise<unknown>;
const handlers = new Map<string, Handler>();
const nothing = () => undefined;

class Contents extends EventEmitter {
  readonly id = 1;
  readonly mainFrame = { url: 'app://ui/', parent: null };
  readonly setWindowOpenHandler = nothing;
  readonly setWebRTCIPHandlingPolicy = nothing;
  readonly isDestroyed = () => false;
  readonly send = nothing;
}

const contents = new Contents();

export class BrowserWindow extends EventEmitter {
  readonly webContents = contents;
  readonly setMenuBarVisibility = nothing;
  /** Where a page would load, this one asks what the command line of the test says. */
  async loadURL(url: string): Promise<void> {
    const [channel, input] = JSON.parse(process.env['STUB_ASKS'] ?? '[]') as [string, unknown];
    const handler = handlers.get(channel);
    const answer = await handler?.({ sender: contents, senderFrame: contents.mainFrame }, input);
    process.stdout.write(`${JSON.stringify({ url, channels: handlers.size, answer })}\n`);
    app.quit();
  }
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = { hasSwitch: () => false, getSwitchValue: () => '' };
  readonly enableSandbox = nothing;
  readonly setPath = nothing;
  readonly requestSingleInstanceLock = () => true;
  readonly whenReady = () => Promise.resolve();
  readonly getVersion = () => '0.1.0';
  readonly exit = (code: number) => process.exit(code);
  quit(): void {
    let isHeld = false;
    this.emit('will-quit', { preventDefault: () => (isHeld = true) });
    if (!isHeld) process.exit(0);
  }
}

export const app = new App();
export const ipcMain = {
  handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
  removeHandler: nothing,
};
export const protocol = { registerSchemesAsPrivileged: nothing, handle: nothing };
export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: nothing,
    setPermissionCheckHandler: nothing,
    setDevicePermissionHandler: nothing,
    setDisplayMediaRequestHandler: nothing,
    webRequest: { onBeforeRequest: nothing },
  }),
};
export const webContents = { fromId: () => contents };
export const dialog = {};
export const shell = {};
export const powerMonitor = new EventEmitter();
export const screen = { getAllDisplays: () => [] };
export const Menu = { buildFromTemplate: nothing, setApplicationMenu: nothing };
export const utilityProcess = { fork: nothing };
