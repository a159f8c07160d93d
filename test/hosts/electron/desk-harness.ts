/** The Electron host over mocks: its window, its door and its log, for one test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createFakeDoor, createMemoryLog, type FakeDoor, type MemoryLog } from '../../support/fake-door.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { MockWindow, resetElectron } from './mock-electron.ts';

export interface Harness {
  readonly folder: string;
  readonly door: FakeDoor;
  readonly log: MemoryLog;
  readonly clock: ManualClock;
}

/** What stands in for the ports and the application; a test file hands its own hoisted object in. */
export interface Made {
  current: Harness | null;
}

/** Makes everything new, with a built interface of one page. */
export function makeHarness(made: Made): Harness {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Booking Desk</title>');
  made.current = { folder, door: createFakeDoor(), log: createMemoryLog(), clock: createManualClock() };
  return made.current;
}

export function removeHarness({ folder }: Harness): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the desk of the harness in a new Electron and gives its window, made with `forced` against what was asked. */
export async function openHarness(
  { folder }: Harness,
  forced: Record<string, unknown> = {},
): Promise<MockWindow> {
  resetElectron();
  MockWindow.forced = forced;
  const { runDesk } = await import('../../../src-main/hosts/electron/run-desk.ts');
  await runDesk(
    { environment: 'training', dialect: 'api-platform', seed: 1, dataDir: folder },
    { preload: '/desk/preload.cjs', renderer: join(folder, 'renderer') },
  );
  const window = MockWindow.all.at(-1);
  if (!window) throw new Error('no window was made');
  return window;
}

/** An event that can be prevented, and whether it was. */
export function makeEvent(more: object = {}) {
  const preventDefault = vi.fn();
  return { ...more, preventDefault, isStopped: () => preventDefault.mock.calls.length > 0 };
}
