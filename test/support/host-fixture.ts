/**
 * The Chromium host under Playwright: the same bridge, interception and policy as the product, with Playwright's
 * session in place of the host's own pipe, so that an E2E suite drives the application as a clerk does. Under
 * `npm run test:electron` the same suites open the same application in Electron.
 */
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { buildIfStale } from '../../scripts/build.ts';
import { createApp, type App } from '../../src-main/app/create-app.ts';
import type { Log, Ports } from '../../src-main/app/ports.ts';
import { attachBridge } from '../../src-main/hosts/chromium/attach-bridge.ts';
import { makeBrowserArguments } from '../../src-main/hosts/chromium/browser-arguments.ts';
import { findBrowser } from '../../src-main/hosts/chromium/find-browser.ts';
import { APP_URL } from '../../src-main/hosts/chromium/origin.ts';
import type { CdpSession } from '../../src-main/hosts/chromium/pipe-connection.ts';
import { serveRenderer } from '../../src-main/hosts/chromium/serve-renderer.ts';
import { readRendererFiles, type RendererFiles } from '../../src-main/hosts/renderer-files.ts';
import { createMemoryLog } from './fake-door.ts';
import { isOnElectron, launchOnElectron } from './electron/launch-electron.ts';
import { readPageScript } from './page-script.ts';

export type HostedApp = Pick<App, 'handle' | 'onPush'>;

export interface LaunchHostOptions<A extends HostedApp> {
  /** An application (or a stand-in) that the test made and stops itself. */
  readonly app?: A;
  /** Ports for a real application, which the fixture then makes, starts and stops. */
  readonly ports?: Ports;
  /** The interface; by default the real one, built anew when a source is newer. */
  readonly files?: RendererFiles;
  readonly log?: Log;
  readonly viewport?: { readonly width: number; readonly height: number };
  /**
   * A profile on disk for a browser of its own, kept when the host closes. By default the page has a new context, in
   * memory, of the one browser that the test file shares: a tenth of a browser's start.
   */
  readonly profileDir?: string;
}

export interface LaunchedHost<A> {
  readonly page: Page;
  readonly app: A;
  readonly context: BrowserContext;
  close(): Promise<void>;
}

const rendererFolder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

/** The real interface, built when it is not there or old. */
export async function readBuiltInterface(): Promise<RendererFiles> {
  await buildIfStale(['renderer']);
  return readRendererFiles(rendererFolder);
}

/** Playwright's session as the host's modules know one; its methods are typed per command, ours by name. */
export function adaptSession(session: CDPSession): CdpSession {
  return {
    send: (method, params = {}) =>
      session.send(method as never, params as never) as unknown as Promise<Record<string, unknown>>,
    on: (event, listener) => void session.on(event as never, listener as never),
  };
}

function launchOptions() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('E2E tests need an installed Chromium, Chrome or Edge');
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return {
    executablePath,
    args: makeBrowserArguments({ isHeadless: false, isRoot }),
    ignoreDefaultArgs: ['--enable-automation'],
  };
}

let shared: Promise<Browser> | null = null;
// The measurements of `npm run bench` use the fixture outside a test run; they bring profiles, so nothing is shared.
if (process.env['VITEST'] !== undefined) afterAll(async () => (await shared)?.close());

async function openContext(options: LaunchHostOptions<HostedApp>): Promise<BrowserContext> {
  const { profileDir, viewport = { width: 1440, height: 900 } } = options;
  const page = { viewport, locale: 'en-GB' };
  if (profileDir !== undefined)
    return chromium.launchPersistentContext(profileDir, { ...launchOptions(), ...page });
  shared ??= chromium.launch(launchOptions());
  return (await shared).newContext(page);
}

async function openPage(
  context: BrowserContext,
  app: HostedApp,
  files: RendererFiles,
  log: Log,
): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  context.on('page', (popup) => void popup.close());
  const session = adaptSession(await context.newCDPSession(page));
  const pageScript = await readPageScript();
  await new Promise<void>((resolve, reject) => {
    const open = async () => {
      await attachBridge(session, { app, pageScript, log, onReady: resolve });
      await serveRenderer(session, files, log);
      await page.goto(APP_URL);
    };
    open().catch(reject);
  });
  return page;
}

async function makeApp(ports: Ports | undefined): Promise<App> {
  if (!ports) throw new Error('launchHost needs an app or ports');
  const app = createApp(ports);
  await app.start();
  return app;
}

/** Opens the application in a browser that Playwright drives; its page is loaded and can talk to the app. */
export async function launchHost<A extends HostedApp = App>(
  options: LaunchHostOptions<A>,
): Promise<LaunchedHost<A>> {
  const ownApp = options.app ? null : await makeApp(options.ports);
  const app = options.app ?? (ownApp as unknown as A);
  if (isOnElectron && options.files === undefined) {
    const hosted = await launchOnElectron({ ...options, app });
    return { ...hosted, close: () => hosted.close().then(() => ownApp?.stop()) };
  }
  const log = options.log ?? options.ports?.log ?? createMemoryLog();
  const files = options.files ?? (await readBuiltInterface());
  const context = await openContext(options);
  const close = async () => {
    await context.close();
    await ownApp?.stop();
  };
  try {
    return { page: await openPage(context, app, files, log), app, context, close };
  } catch (error) {
    await close();
    throw error;
  }
}
