import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createApp, type App } from '../../../src-main/app/create-app.ts';
import type { Clock, Ports } from '../../../src-main/app/ports.ts';
import { createUnavailableDialogs } from '../../../src-main/adapters/node/unavailable-devices.ts';
import { createSystemClock } from '../../../src-main/adapters/node/system-clock.ts';
import { composeTrainingDesk } from '../../../src-main/hosts/compose-training-ports.ts';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import type { TrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { launchHost } from '../../support/host-fixture.ts';
import { createScriptedApp, type ScriptedApp } from './scripted-app.ts';

export interface ClerkDesk {
  readonly page: Page;
  readonly app: App;
  readonly scripted: ScriptedApp;
  readonly service: TrainingService;
  readonly ports: Ports;
  readonly folder: string;
  /** Key presses since the last `resetCount`; a chord counts as one. */
  readonly pressed: () => number;
  resetCount(): void;
  press(...chords: readonly string[]): Promise<void>;
  /** Types text one key at a time, each counted. */
  type(text: string): Promise<void>;
  /** Waits until the page shows a text. */
  shows(pattern: RegExp): Promise<void>;
  /** The visible text of the page. */
  text(): Promise<string>;
  signIn(role?: RegExp): Promise<void>;
  /** The UBRN of the selected row of the worklist. */
  selected(): Promise<string>;
  /** Puts the selection on the row above the first wanted referral, uncounted; gives the UBRN below it. */
  selectBefore(isWanted: (ubrn: string) => boolean): Promise<string>;
  close(): Promise<void>;
}

export interface ClerkDeskOptions {
  readonly seed: number;
  readonly dialect?: 'api-platform' | 'spine-session';
  /** The desk's idea of now; the world is made around it. */
  readonly now?: string;
  /** Stops the wall clock, so that pictures of two runs are alike. */
  readonly isFrozen?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly pasDelayMs?: number;
}

/** The system's clock, set to another now; a frozen one shows the same time for ever. */
function createClockAt({ now, isFrozen = false }: Pick<ClerkDeskOptions, 'now' | 'isFrozen'>): Clock {
  const clock = createSystemClock();
  const startMs = now === undefined ? clock.nowMs() : (parseInstant(now) ?? 0);
  const offset = startMs - clock.nowMs();
  return { ...clock, nowMs: () => (isFrozen ? startMs : clock.nowMs() + offset) };
}

/** The application with its training service behind a page that Playwright drives by keyboard. */
export async function openClerkDesk(options: ClerkDeskOptions): Promise<ClerkDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-e2e-data-'));
  const { ports, service } = composeTrainingDesk({
    options: {
      environment: 'training',
      dialect: options.dialect ?? 'api-platform',
      seed: options.seed,
      dataDir: folder,
    },
    folder,
    host: 'test',
    version: '0.0.0',
    dialogs: createUnavailableDialogs(),
    clock: createClockAt(options),
    pasDelayMs: options.pasDelayMs ?? 300,
  });
  const app = createApp(ports);
  await app.start();
  const scripted = createScriptedApp(app);
  const host = await launchHost({
    app: scripted,
    log: ports.log,
    ...(options.viewport ? { viewport: options.viewport } : {}),
  });
  const { page } = host;
  let count = 0;

  const press = async (...chords: readonly string[]) => {
    for (const chord of chords) {
      count += 1;
      await page.keyboard.press(chord.replace(/^Ctrl\+/, 'Control+').replace(/^Space$/, ' '));
    }
  };
  const text = () => page.evaluate(() => document.body.innerText.replaceAll('\u00a0', ' '));
  const shows = async (pattern: RegExp) => {
    const isShown = page.waitForFunction(
      ([source, flags]) =>
        new RegExp(source ?? '', flags).test(document.body.innerText.replaceAll('\u00a0', ' ')),
      [pattern.source, pattern.flags],
      { timeout: 30_000 },
    );
    try {
      await isShown;
    } catch (error) {
      throw new Error(`The page never showed ${pattern}. It shows: ${(await text()).slice(-700)}`, {
        cause: error,
      });
    }
  };
  const selected = () =>
    page.evaluate(
      () =>
        document
          .querySelector('[data-pane="worklist"] [role="row"][aria-selected="true"]')
          ?.id.replace('worklist-row-', '') ?? '',
    );

  return {
    page,
    app,
    scripted,
    service,
    ports,
    folder,
    pressed: () => count,
    resetCount: () => {
      count = 0;
    },
    press,
    type: (typed) => press(...typed),
    shows,
    text,
    async signIn(role = /Referring clinician admin/i) {
      await shows(/Sign in/);
      await press('Enter');
      await page.getByRole('option', { name: role }).first().waitFor();
      for (let turn = 0; turn < 12; turn += 1) {
        const active = await page.evaluate(
          () => document.querySelector('[role="option"][data-highlighted]')?.textContent ?? '',
        );
        if (role.test(active)) break;
        await press('ArrowDown');
      }
      await press('Enter');
      await page.locator('[role="grid"], .desk-problem').first().waitFor();
    },
    selected,
    async selectBefore(isWanted) {
      await page.keyboard.press('Home');
      let before = await selected();
      for (let turn = 0; turn < 300; turn += 1) {
        await page.keyboard.press('ArrowDown');
        const now = await selected();
        if (isWanted(now)) {
          await page.keyboard.press('ArrowUp');
          return now;
        }
        if (now === before && turn > 2) break;
        before = now;
      }
      throw new Error('The worklist holds no such referral');
    },
    async close() {
      await host.close();
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
