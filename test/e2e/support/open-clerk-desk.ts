import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { App } from '../../../src-main/app/create-app.ts';
import type { Ports, SitePolicies, SystemEvent } from '../../../src-main/app/ports.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { createFolderFiles } from '../../../src-main/adapters/node/folder-files.ts';
import { createUnavailableDialogs } from '../../../src-main/adapters/node/unavailable-devices.ts';
import type { TrainingPrinter } from '../../../src-main/adapters/training/training-printer.ts';
import { composeTrainingDesk } from '../../../src-main/hosts/compose-training-ports.ts';
import type { TrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { launchHost, type LaunchedHost } from '../../support/host-fixture.ts';
import { createLeavingSigns, startLife, type DeskLife, type LifeParts } from './desk-life.ts';
import { createKeyboard, type Keyboard } from './keyboard.ts';
import { createLine, type Line } from './line.ts';
import { createMovableClock, type ClockStart, type MovableClock } from './movable-clock.ts';
import { createScriptedApp, type ScriptedApp } from './scripted-app.ts';

/** After a restart `page`, `app`, `scripted` and `ports` are those of the new life. */
export interface ClerkDesk extends Keyboard {
  readonly page: Page;
  readonly app: App;
  readonly scripted: ScriptedApp;
  readonly ports: Ports;
  readonly service: TrainingService;
  /** Its printers: their faults, their paper, and what came out of them. */
  readonly printer: TrainingPrinter;
  readonly line: Line;
  readonly clock: MovableClock;
  /** The data folder. */
  readonly folder: string;
  /** Holds the data folder and, when the desk keeps them, the browser's profile of each life in a folder of its own. */
  readonly runFolder: string;
  /** What went wrong in the page's own code, in every life. */
  readonly pageErrors: readonly string[];
  /** The tokens or tickets that the desk was given, in every life. */
  readonly credentials: readonly string[];
  signIn(role?: RegExp, userId?: string): Promise<void>;
  /** Who the provider names from now on; the service's main user by default. */
  seatNext(userId?: string): void;
  removeCard(): void;
  /** The operating system locks or sleeps. */
  system(event: SystemEvent): void;
  /** Chooses a role where the roles are listed. */
  chooseRole(role: RegExp): Promise<void>;
  /** The UBRN of the selected row of the worklist. */
  selected(): Promise<string>;
  /** Puts the selection on the row above the first wanted referral, uncounted; gives the UBRN below it. */
  selectBefore(isWanted: (ubrn: string) => boolean): Promise<string>;
  /** Kills the application and its page, as a power cut does, and starts both again; nobody is signed in then. */
  crashAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export interface ClerkDeskOptions extends ClockStart {
  readonly seed: number;
  readonly dialect?: 'api-platform' | 'spine-session';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly pasDelayMs?: number;
  readonly policies?: SitePolicies;
  /** Real readers in place of those that the test tells of. */
  readonly cardReader?: Ports['cardReader'];
  /** The policy file of the machine; there is none by default, whatever this machine has. */
  readonly policy?: object;
  /** The page has a browser and a profile on disk of its own, which a test can search. */
  readonly keepsProfile?: boolean;
}

/** Calls that wait for their turn and answers that are looked for again take a quarter of their time. */
const SPEED = 4;
const MAIN_ROLE = /Referring clinician admin/i;

interface Running {
  readonly life: DeskLife;
  readonly scripted: ScriptedApp;
  readonly host: LaunchedHost<ScriptedApp>;
}

/** Makes the application and its page; each time anew over the same parts. */
function createStarter(parts: LifeParts, runFolder: string, options: ClerkDeskOptions) {
  const { viewport, keepsProfile = false } = options;
  let lives = 0;
  return async (onPageError: (message: string) => void): Promise<Running> => {
    const life = await startLife(parts);
    const scripted = createScriptedApp(life.app);
    const profileDir = join(runFolder, `profile-${(lives += 1)}`);
    const host = await launchHost({
      ...{ app: scripted, log: life.ports.log },
      ...(keepsProfile ? { profileDir } : {}),
      ...(viewport ? { viewport } : {}),
    });
    host.page.on('pageerror', (error) => onPageError(error.message));
    return { life, scripted, host };
  };
}

/** In the page: steps down the list to the first of these referrals, without a painted frame for each step. */
async function walkDownTo(wanted: readonly string[]): Promise<string | null> {
  const grid = document.activeElement;
  for (let before: string | null = null; ;) {
    const row = grid?.getAttribute('aria-activedescendant')?.replace('worklist-row-', '') ?? '';
    if (before !== null && wanted.includes(row)) return row;
    if (row === before) return null;
    before = row;
    grid?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
    // The interface has drawn it, though not painted, when what it queued has run.
    await Promise.resolve();
  }
}

/** The application with its training service behind a page that Playwright drives by keyboard. */
export async function openClerkDesk(options: ClerkDeskOptions): Promise<ClerkDesk> {
  const { seed, dialect = 'api-platform', pasDelayMs = 300 } = options;
  const runFolder = mkdtempSync(join(tmpdir(), 'booking-desk-e2e-run-'));
  const folder = join(runFolder, 'data');
  mkdirSync(folder);
  const clock = createMovableClock({ speed: SPEED, ...options });
  const desk = composeTrainingDesk({
    options: { environment: 'training', dialect, seed, dataDir: folder },
    ...{ folder, host: 'test', version: '0.0.0', dialogs: createUnavailableDialogs() },
    files: createFolderFiles(join(runFolder, 'downloads')),
    ...{
      clock,
      pasDelayMs,
      policy: ok(options.policy === undefined ? null : JSON.stringify(options.policy)),
    },
  });
  // Every life of the application has a connection of its own.
  desk.ports.storage.close();
  const line = createLine();
  const signs = createLeavingSigns(options.cardReader);
  const [pageErrors, credentials]: [string[], string[]] = [[], []];
  const dead: DeskLife[] = [];
  let userId: string | undefined;
  const parts: LifeParts = {
    ...{ desk, folder, line, dialect, signs, policies: options.policies ?? {} },
    seated: () => userId,
    onCredential: (secret) => void credentials.push(secret),
  };
  const start = createStarter(parts, runFolder, options);
  const onPageError = (message: string) => void pageErrors.push(message);
  let running = await start(onPageError);
  const page = () => running.host.page;
  const keyboard = createKeyboard(page);
  const { press, shows } = keyboard;

  const selected = () =>
    page().evaluate(
      () =>
        document
          .querySelector('[data-pane="worklist"] [role="row"][aria-selected="true"]')
          ?.id.replace('worklist-row-', '') ?? '',
    );

  async function chooseRole(role: RegExp): Promise<void> {
    await page().getByRole('option', { name: role }).first().waitFor();
    for (let turn = 0; turn < 12; turn += 1) {
      const active = await page().evaluate(
        () => document.querySelector('[role="option"][data-highlighted]')?.textContent ?? '',
      );
      if (role.test(active)) break;
      await press('ArrowDown');
    }
    await press('Enter');
    await page()
      .locator('[role="grid"], .desk-problem, .clinician-chooser [role="option"]')
      .first()
      .waitFor();
  }

  return {
    ...keyboard,
    ...{
      service: desk.service,
      printer: desk.printer,
      line,
      clock,
      folder,
      runFolder,
      pageErrors,
      credentials,
    },
    get page() {
      return page();
    },
    get app() {
      return running.life.app;
    },
    get scripted() {
      return running.scripted;
    },
    get ports() {
      return running.life.ports;
    },
    chooseRole,
    removeCard: signs.removeCard,
    system: signs.system,
    seatNext: (next) => void (userId = next),
    async signIn(role = MAIN_ROLE, asUser) {
      userId = asUser;
      await shows(/Sign in/);
      await press('Enter');
      await chooseRole(role);
    },
    selected,
    async selectBefore(isWanted) {
      const wanted = desk.service.world.listReferrals().flatMap(({ ubrn }) => (isWanted(ubrn) ? [ubrn] : []));
      await page().keyboard.press('Home');
      const found = await page().evaluate(walkDownTo, wanted);
      if (found === null) throw new Error('The worklist holds no such referral');
      await page().keyboard.press('ArrowUp');
      return found;
    },
    async crashAndRestart() {
      running.life.kill();
      dead.push(running.life);
      await running.host.close();
      running = await start(onPageError);
    },
    async close() {
      await running.host.close();
      await running.life.stop();
      dead.forEach((life) => life.bury());
      rmSync(runFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
