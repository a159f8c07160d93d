/** A stand-in for Electron's module: it records what the host does to it and lets a test fire what Electron would. */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

/** A page's contents as the host sees them. */
export class MockContents extends EventEmitter {
  static lastId = 0;
  readonly id = ++MockContents.lastId;
  readonly mainFrame: { url: string; parent: unknown };
  readonly sent: unknown[][] = [];
  openHandler: (() => { action: string }) | null = null;
  rtcPolicy = '';
  isGone = false;
  /** What Electron reports that these contents were made with. */
  made: Record<string, unknown> | null = null;
  readonly loaded: string[] = [];
  loadFails = false;

  constructor(url = 'app://ui/') {
    super();
    this.mainFrame = { url, parent: null };
  }
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.rtcPolicy = policy;
  }
  getLastWebPreferences(): Record<string, unknown> | null {
    return this.made;
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return this.loadFails ? Promise.reject(new Error('ERR_FAILED')) : Promise.resolve();
  }
  close(): void {
    this.isGone = true;
  }
  send(...args: unknown[]): void {
    this.sent.push(args);
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
}

interface WindowOptions {
  readonly webPreferences: Record<string, unknown>;
  readonly width: number;
  readonly x?: number;
}

/** A window; its contents are announced as Electron does, before its constructor returns. */
export class MockWindow extends EventEmitter {
  static readonly all: MockWindow[] = [];
  /** What a window is made with against what was asked. */
  static forced: Record<string, unknown> = {};
  readonly webContents = new MockContents();
  readonly loaded: string[] = [];
  readonly options: WindowOptions;
  isShown = false;
  isGone = false;
  isFocused = false;
  isMenuShown = true;
  isLarge = false;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    MockWindow.all.push(this);
    this.webContents.made = { ...options.webPreferences, ...MockWindow.forced };
    electron.app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.isFocused = true;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    this.isShown = true;
  }
  setMenuBarVisibility(isShown: boolean): void {
    this.isMenuShown = isShown;
  }
  maximize(): void {
    this.isLarge = true;
  }
  isMaximized(): boolean {
    return this.isLarge;
  }
  getNormalBounds(): typeof this.bounds {
    return this.bounds;
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  destroy(): void {
    this.isGone = true;
    this.emit('closed');
  }
}

class MockSession extends EventEmitter {
  permissionRequest:
    ((contents: unknown, permission: string, answer: (isAllowed: boolean) => void) => void) | null = null;
  permissionCheck: (() => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  displayMedia: ((request: unknown, answer: (streams: object) => void) => void) | null = null;
  beforeRequest:
    | ((
        details: { url: string; resourceType: string },
        answer: (result: { cancel: boolean }) => void,
      ) => void)
    | null = null;
  readonly webRequest = {
    onBeforeRequest: (handler: NonNullable<MockSession['beforeRequest']>) => {
      this.beforeRequest = handler;
    },
  };
  setPermissionRequestHandler(handler: NonNullable<MockSession['permissionRequest']>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: NonNullable<MockSession['displayMedia']>): void {
    this.displayMedia = handler;
  }
}

class MockApp extends EventEmitter {
  isPackaged = false;
  isSandboxed = false;
  hasLock = true;
  readonly paths: Record<string, string> = {};
  readonly exits: number[] = [];
  readonly switches = new Set<string>();
  quits = 0;
  readonly commandLine = { hasSwitch: (name: string) => this.switches.has(name) };
  enableSandbox(): void {
    this.isSandboxed = true;
  }
  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getVersion(): string {
    return '0.0.0';
  }
  getAppPath(): string {
    return process.cwd();
  }
  quit(): void {
    this.quits += 1;
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}

function makeElectron() {
  const handlers = new Map<string, Handler>();
  const schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  return {
    app: new MockApp(),
    session: { defaultSession: new MockSession() },
    handlers,
    schemes,
    privileged: [] as unknown[],
    ipcMain: {
      handle: (channel: string, handler: Handler) => {
        if (handlers.has(channel)) throw new Error(`${channel} is handled twice`);
        handlers.set(channel, handler);
      },
      removeHandler: (channel: string) => void handlers.delete(channel),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemesToRegister: unknown[]) =>
        electron.privileged.push(...schemesToRegister),
      handle: (scheme: string, handler: (request: Request) => Response) => void schemes.set(scheme, handler),
    },
    BrowserWindow: MockWindow,
    webContents: {
      fromId: (id: number) => MockWindow.all.find((window) => window.webContents.id === id)?.webContents,
    },
    Menu: {
      buildFromTemplate: vi.fn((template: unknown) => template),
      setApplicationMenu: vi.fn((_menu: unknown) => undefined),
    },
    powerMonitor: new EventEmitter(),
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    dialog: { showMessageBox: vi.fn(() => Promise.resolve({ response: 0 })) },
    shell: { openExternal: vi.fn((_url: string) => Promise.resolve()) },
    ipcRenderer: {
      invoke: vi.fn((_channel: string, _input: unknown): Promise<unknown> =>
        Promise.resolve({ ok: true, value: {} }),
      ),
      emitter: new EventEmitter(),
      on: (channel: string, listener: (...args: unknown[]) => void) =>
        electron.ipcRenderer.emitter.on(channel, listener),
      removeListener: (channel: string, listener: (...args: unknown[]) => void) =>
        electron.ipcRenderer.emitter.removeListener(channel, listener),
    },
    contextBridge: { exposeInMainWorld: vi.fn((_name: string, _api: unknown) => undefined) },
  };
}

/** The one instance of a test file; `resetElectron` makes it new. */
export const electron: ReturnType<typeof makeElectron> = makeElectron();

/** Forgets everything that the host did. */
export function resetElectron(): void {
  MockWindow.all.length = 0;
  MockWindow.forced = {};
  Object.assign(electron, makeElectron());
}

/** The module of Electron for `vi.mock`: each name is looked up late, so that a reset reaches it. */
export function lateElectron(): object {
  const names = Object.keys(electron) as (keyof typeof electron)[];
  const getters = names.map((name) => [name, { enumerable: true, get: () => electron[name] }] as const);
  return Object.defineProperties({}, Object.fromEntries(getters));
}
