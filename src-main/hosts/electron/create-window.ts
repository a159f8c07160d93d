import { BrowserWindow, type WebContents } from 'electron';
import type { Log } from '../../app/ports.ts';
import { APP_URL } from './origin.ts';
import { denyNavigation } from './security/deny-navigation.ts';
import { denyNewWindows } from './security/deny-new-windows.ts';
import { denyWebviews } from './security/deny-webviews.ts';
import { hardenWebPreferences } from './security/harden-web-preferences.ts';

export interface CreateWindowOptions {
  readonly preload: string;
  readonly isPackaged: boolean;
  readonly log: Log;
  /** Hears of the window before its page loads. */
  onCreated(window: BrowserWindow): void;
}

/** Puts every stop on a page's contents; also for contents that something else than `createWindow` made. */
export function guardContents(contents: WebContents, log: Log): void {
  denyNavigation(contents, log);
  denyNewWindows(contents, log);
  denyWebviews(contents, log);
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Makes the window of the application and loads the interface; it is shown when it has something to show. */
export async function createWindow(options: CreateWindowOptions): Promise<BrowserWindow> {
  const { preload, isPackaged, log } = options;
  const window = new BrowserWindow({
    title: 'Booking Desk',
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    webPreferences: hardenWebPreferences(preload, isPackaged),
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, details) =>
    log.write('error', 'renderer-gone', { reason: details.reason }),
  );
  options.onCreated(window);
  await window.loadURL(APP_URL);
  return window;
}
