/** The least of Electron that lets the built main load; it never gets ready, so nothing after the load is run. */
const nothing = () => undefined;

export const app = {
  isPackaged: false,
  enableSandbox: nothing,
  setPath: nothing,
  on: nothing,
  requestSingleInstanceLock: () => true,
  whenReady: () => new Promise<void>(nothing),
  exit: (code: number) => process.exit(code),
};
export const protocol = { registerSchemesAsPrivileged: nothing, handle: nothing };
export const BrowserWindow = nothing;
export const ipcMain = {};
export const session = {};
export const webContents = {};
export const dialog = {};
export const shell = {};
export const Menu = {};
export const screen = {};
export const powerMonitor = {};
export const utilityProcess = {};
