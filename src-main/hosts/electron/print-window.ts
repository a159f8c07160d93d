/** The hidden window that letters are drawn and printed in: no preload, no bridge, nothing of Node. */
import { BrowserWindow, type WebContents } from 'electron';
import type { ElectronPrinting, PrintPage } from '../../adapters/electron/printer.ts';
import { APP_ORIGIN } from './origin.ts';
import { hardenWebPreferences } from './security/harden-web-preferences.ts';

const PRINT_URL = `${APP_ORIGIN}/print.html`;

function makeWindow(isPackaged: boolean): BrowserWindow {
  const { preload: _none, ...preferences } = hardenWebPreferences('', isPackaged);
  return new BrowserWindow({
    show: false,
    // A hidden page draws at full speed.
    webPreferences: { ...preferences, backgroundThrottling: false },
  });
}

function printContents(contents: WebContents): PrintPage['print'] {
  return (options) =>
    new Promise((resolve) =>
      contents.print(options, (isTaken, reason) => resolve({ isTaken, reason: reason ?? '' })),
    );
}

async function openPage(title: string, pdf: Uint8Array, isPackaged: boolean): Promise<PrintPage> {
  const window = makeWindow(isPackaged);
  const close = () => {
    if (!window.isDestroyed()) window.destroy();
  };
  try {
    await window.loadURL(PRINT_URL);
    // JSON and base64: neither a title nor a letter can become code.
    const call = `drawLetter(${JSON.stringify(title)}, "${Buffer.from(pdf).toString('base64')}")`;
    const pages: unknown = await window.webContents.executeJavaScript(call);
    return { pages: typeof pages === 'number' ? pages : 0, print: printContents(window.webContents), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** What the printer adapter needs of Electron. */
export function createElectronPrinting(parts: {
  readonly isPackaged: boolean;
  /** The contents of the desk's own window; printers are listed through them. */
  findContents(): WebContents | null;
}): ElectronPrinting {
  return {
    async listPrinters() {
      const contents = parts.findContents();
      if (!contents) throw new Error('no window to ask for printers');
      return contents.getPrintersAsync();
    },
    openPage: (title, pdf) => openPage(title, pdf, parts.isPackaged),
  };
}
