/** Electron under Playwright, with the application of a test behind its real host. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import type { App } from '../../../src-main/app/create-app.ts';
import { findElectron } from '../../../scripts/choose-host.ts';
import type { LaunchedHost } from '../host-fixture.ts';
import { buildRemoteHost } from './build-remote-host.ts';
import { serveRemoteApp } from './serve-remote-app.ts';
import { PIPE_VARIABLE } from './wire.ts';

/** `npm run test:electron` sets it; every suite that opens a desk then opens it in Electron. */
export const isOnElectron = process.env['E2E_HOST'] === 'electron';

type HostedApp = Pick<App, 'handle' | 'onPush'>;

let built: Promise<string> | null = null;

/** Starts an entry of the product in the Electron of this checkout. */
export function startElectron(
  entry: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ElectronApplication> {
  const executablePath = findElectron();
  if (executablePath === null)
    throw new Error('Electron is not here: npm run test:electron says how to get it');
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const variables = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return _electron.launch({
    executablePath,
    args: [...(isRoot ? ['--no-sandbox'] : []), entry, ...args],
    env: { ...(Object.fromEntries(variables) as Record<string, string>), ...env },
    locale: 'en-GB',
  });
}

/** Ends it at once: a window that closes would ask about open items in a dialog of the system. */
export async function endElectron(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
  await electron.close().catch(() => undefined);
}

export async function launchOnElectron<A extends HostedApp>(options: {
  readonly app: A;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly profileDir?: string;
}): Promise<LaunchedHost<A>> {
  const { app, viewport = { width: 1440, height: 900 } } = options;
  built ??= buildRemoteHost(resolve(`build/e2e-electron/${process.pid}`));
  const entry = await built;
  const folder = options.profileDir ?? mkdtempSync(join(tmpdir(), 'booking-desk-electron-'));
  const served = await serveRemoteApp(app);
  const electron = await startElectron(entry, ['--data-dir', folder], { [PIPE_VARIABLE]: served.address });
  const close = async () => {
    await endElectron(electron);
    served.close();
    if (options.profileDir === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const page = await electron.firstWindow();
    await electron.evaluate(
      ({ BrowserWindow }, { width, height }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
      viewport,
    );
    await page.waitForLoadState('load');
    return { page, app, context: electron.context(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
