/** A page of the real host in headless Chromium that times its own keys and its own opening. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { RendererFiles } from '../../src-main/hosts/renderer-files.ts';
import { createFakeDoor } from '../../test/support/fake-door.ts';
import { launchHost, type HostedApp } from '../../test/support/host-fixture.ts';
import { makeSmallInterface } from '../../test/support/small-interface.ts';

const scriptOf = (name: string) =>
  readFileSync(fileURLToPath(new URL(`./pages/${name}`, import.meta.url)), 'utf8');

const PAUSE_MS = 28;
/** Keys fall at ever other moments of a frame. */
const pauseBefore = (key: number) => PAUSE_MS + ((key * 7) % 17);

export interface MeasuredPage {
  readonly page: Page;
  /** Presses keys one by one; milliseconds from each key to the end of the frame that shows what it did. */
  pressKeys(keys: readonly string[]): Promise<readonly number[]>;
  /** Loads the page anew; milliseconds until it is painted with something to move on. */
  reopen(): Promise<number>;
  /** Milliseconds between two frames of this machine, without load. */
  readFrame(): Promise<number>;
  close(): Promise<void>;
}

/** Opens an interface; by default the built one of the product, over the given application. */
export async function openMeasuredPage(options: {
  readonly app?: HostedApp;
  readonly files?: RendererFiles;
}): Promise<MeasuredPage> {
  // A browser of its own: pages of one browser would share what is measured.
  const profileDir = mkdtempSync(join(tmpdir(), 'booking-desk-bench-'));
  const host = await launchHost({ app: createFakeDoor(), profileDir, ...options });
  const { page } = host;
  const close = async () => {
    await host.close();
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  const reopen = async () => {
    await page.reload();
    const openedMs = (await page.evaluate('window.paintProbe.opened')) as unknown;
    if (typeof openedMs !== 'number') throw new Error('the page did not open');
    return openedMs;
  };
  const pressKeys = async (keys: readonly string[]) => {
    await page.evaluate('window.paintProbe.take(0)');
    for (const [at, key] of keys.entries()) {
      await setTimeout(pauseBefore(at));
      await page.keyboard.press(key);
    }
    const samples = (await page.evaluate(`window.paintProbe.take(${keys.length})`)) as (number | null)[];
    const painted = samples.filter((sample) => sample !== null);
    if (painted.length < keys.length) throw new Error('a key changed nothing on the page');
    return painted;
  };
  const readFrame = async () => Number(await page.evaluate('window.paintProbe.frameMs()'));
  try {
    await page.addInitScript({ content: scriptOf('paint-probe.js') });
    // The probe is in the page only from the first load after it was added.
    await reopen();
  } catch (error) {
    await close();
    throw error;
  }
  return { page, reopen, pressKeys, readFrame, close };
}

export const openEmptyPage = (): Promise<MeasuredPage> =>
  openMeasuredPage({ files: makeSmallInterface(scriptOf('empty-page.js')) });

/** A list of 10,000 rows by hand, without a library: the floor that the product's list is held against. */
export const openWindowPage = (): Promise<MeasuredPage> =>
  openMeasuredPage({ files: makeSmallInterface(scriptOf('window-page.js')) });
