import { BrowserWindow, screen, type WebContents } from 'electron';
import type { Clock, Log } from '../../app/ports.ts';
import { APP_URL } from './origin.ts';
import { revivePage } from './revive-page.ts';
import { closeUnsafeContents } from './security/close-unsafe-contents.ts';
import { denyNavigation } from './security/deny-navigation.ts';
import { denyNewWindows } from './security/deny-new-windows.ts';
import { denyWebviews } from './security/deny-webviews.ts';
import { hardenWebPreferences } from './security/harden-web-preferences.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

export interface CreateWindowOptions {
  readonly preload: string;
  readonly isPackaged: boolean;
  /** Where the window's place is kept. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly log: Log;
  /** Hears of the window before its page loads. */
  onCreated(window: BrowserWindow): void;
  /** Called when the page dies again and again. */
  onLost(): void;
}

/** Puts every stop on a page's contents; also for contents that something else than `createWindow` made. */
export function guardContents(contents: WebContents, log: Log): void {
  denyNavigation(contents, log);
  denyNewWindows(contents, log);
  denyWebviews(contents, log);
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  closeUnsafeContents(contents, log);
}

function makeWindow({ preload, isPackaged, folder }: CreateWindowOptions): BrowserWindow {
  const state = readWindowState(
    folder,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    title: 'Booking Desk',
    ...(state?.bounds ?? { width: 1440, height: 900 }),
    minWidth: 800,
    minHeight: 600,
    show: false,
    webPreferences: hardenWebPreferences(preload, isPackaged),
  });
  // The keys of the menu work; its bar would take the Alt key from the page.
  window.setMenuBarVisibility(false);
  if (state?.isMaximized) window.maximize();
  return window;
}

/** Makes the window of the application and loads the interface; it is shown when it has something to show. */
export async function createWindow(options: CreateWindowOptions): Promise<BrowserWindow> {
  const { folder, clock, log, onLost } = options;
  const window = makeWindow(options);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    if (!keepWindowState(folder, window)) log.write('warn', 'window-state-not-kept');
  });
  revivePage(window.webContents, { clock, log, onLost });
  options.onCreated(window);
  await window.loadURL(APP_URL);
  return window;
}
