/** The product itself in Electron, as a clerk starts it: run by `npm run test:electron` only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIfStale } from '../../scripts/build.ts';
import { endElectron, startElectron } from '../support/electron/launch-electron.ts';

let folder: string;
let electron: ElectronApplication;
let page: Page;

beforeAll(async () => {
  await buildIfStale();
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-electron-'));
  electron = await startElectron(resolve('dist/main/main.js'), [
    '--data-dir',
    folder,
    '--environment',
    'training',
  ]);
  page = await electron.firstWindow();
});
afterAll(async () => {
  await endElectron(electron);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

describe('the product in Electron', () => {
  it('opens the training desk at its own origin and signs in by keyboard', async () => {
    await page
      .getByText(/Sign in/)
      .first()
      .waitFor();
    expect(new URL(page.url()).origin).toBe('app://ui');
    await page.keyboard.press('Enter');
    await page.locator('[role="option"]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role="grid"] [role="row"]').first().waitFor();
  });

  it('gives the page nothing of Node and nothing of Electron', async () => {
    const seen = await page.evaluate(() =>
      ['process', 'require', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(seen).toEqual([]);
  });

  it('opens no other window and leaves its page for no other', async () => {
    expect(await page.evaluate(() => globalThis.open('https://example.invalid') === null)).toBe(true);
    await page.evaluate(() => globalThis.location.assign('https://example.invalid'));
    await page.waitForTimeout(500);
    expect(new URL(page.url()).origin).toBe('app://ui');
    expect(electron.windows()).toHaveLength(1);
  });
});
