/** Opens the application in a window of an installed browser. */
import type { App } from '../../app/create-app.ts';
import type { Log } from '../../app/ports.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { attachBridge } from './attach-bridge.ts';
import { makeBrowserArguments } from './browser-arguments.ts';
import { guardTargets } from './guard-targets.ts';
import { keepPageHome } from './keep-page-home.ts';
import { launchBrowser, type LaunchedBrowser } from './launch-browser.ts';
import { makeProfile, removeProfile } from './make-profile.ts';
import { APP_URL } from './origin.ts';
import type { CdpSession } from './pipe-connection.ts';
import { serveRenderer } from './serve-renderer.ts';

export interface OpenWindowOptions {
  readonly app: Pick<App, 'handle' | 'onPush'>;
  readonly browserPath: string;
  readonly files: RendererFiles;
  readonly pageScript: string;
  /** A folder of this application alone; the browser's profile lives in it while the window is open. */
  readonly folder: string;
  readonly log: Log;
  readonly isHeadless?: boolean;
}

export interface OpenedWindow {
  readonly browser: LaunchedBrowser;
  readonly session: CdpSession;
  /** Closes the window, waits for the browser's end and removes its profile. */
  close(): Promise<void>;
}

async function loadApp(browser: LaunchedBrowser, options: OpenWindowOptions): Promise<CdpSession> {
  const { app, files, pageScript, log } = options;
  const { session, isHeld } = await guardTargets(browser.connection, log);
  await new Promise<void>((resolve, reject) => {
    browser.connection.onClosed(() => reject(new Error('The browser closed before the window was ready')));
    const prepare = async () => {
      await attachBridge(session, { app, pageScript, log, onReady: resolve });
      await serveRenderer(session, files, log);
      await session.send('Runtime.runIfWaitingForDebugger');
      if (!isHeld) await session.send('Page.navigate', { url: APP_URL });
    };
    prepare().catch(reject);
  });
  // Not before: the first page may be held too late, and is one of errors then.
  await keepPageHome(session, log);
  return session;
}

/** Opens the window and resolves when its page can talk to the application. */
export async function openWindow(options: OpenWindowOptions): Promise<OpenedWindow> {
  const profileDir = makeProfile(options.folder);
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const browser = await launchBrowser({
    executable: options.browserPath,
    arguments: makeBrowserArguments({ isHeadless: options.isHeadless ?? false, isRoot }),
    profileDir,
    url: APP_URL,
  });
  const close = async () => {
    await browser.close();
    removeProfile(profileDir);
  };
  try {
    return { browser, session: await loadApp(browser, options), close };
  } catch (error) {
    await close();
    const { lastLines } = await browser.exited;
    throw new Error(`The browser did not open the application. ${lastLines.join(' | ')}`, { cause: error });
  }
}
