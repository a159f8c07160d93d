import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findBrowser } from '../../../src-main/hosts/chromium/find-browser.ts';
import { openWindow, type OpenedWindow } from '../../../src-main/hosts/chromium/open-window.ts';
import type { RendererFiles } from '../../../src-main/hosts/renderer-files.ts';
import { eventually } from '../../support/eventually.ts';
import { createFakeDoor, createMemoryLog, type FakeDoor, type MemoryLog } from '../../support/fake-door.ts';
import { readPageScript } from '../../support/page-script.ts';

export interface TestWindow {
  readonly window: OpenedWindow;
  readonly door: FakeDoor;
  readonly log: MemoryLog;
  readonly folder: string;
  /** Runs an expression in the page from outside, where the policy does not hold; answers its value. */
  evaluate(expression: string, isByUser?: boolean): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the real browser, headless, on a test interface and a fake application. */
export async function openTestWindow(files: RendererFiles, door = createFakeDoor()): Promise<TestWindow> {
  const browserPath = findBrowser();
  if (!browserPath) throw new Error('These tests need an installed Chromium, Chrome or Edge');
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  const log = createMemoryLog();
  const pageScript = await readPageScript();
  const window = await openWindow({
    app: door,
    browserPath,
    files,
    pageScript,
    folder,
    log,
    isHeadless: true,
  });
  const evaluate = async (expression: string, isByUser = false): Promise<unknown> => {
    const answer = await window.session.send('Runtime.evaluate', {
      expression,
      userGesture: isByUser,
      awaitPromise: true,
      returnByValue: true,
    });
    if (answer['exceptionDetails']) throw new Error(JSON.stringify(answer['exceptionDetails']));
    return (answer['result'] as { value?: unknown }).value;
  };
  // The window is ready to talk before its page is read to the end.
  await eventually(async () => expect(await evaluate('document.readyState')).toBe('complete'));
  return {
    window,
    door,
    log,
    folder,
    evaluate,
    async close() {
      await window.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
