import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeDoor, createMemoryLog, type MemoryLog } from '../../support/fake-door.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';

const made = vi.hoisted(() => ({
  ports: {} as Record<string, unknown>,
  composed: null as { engine?: () => string } | null,
  order: [] as string[],
  leave: () => Promise.resolve(),
  endWindow: () => {},
}));
vi.mock('../../../src-main/hosts/compose-ports.ts', () => ({
  composePorts: (compose: typeof made.composed) => {
    made.composed = compose;
    return made.ports;
  },
}));
vi.mock('../../../src-main/app/create-app.ts', () => ({
  createApp: () => ({
    ...createFakeDoor(),
    start: async () => undefined,
    leave: () => (made.order.push('leave'), made.leave()),
    stop: async () => void made.order.push('stop'),
  }),
}));
vi.mock('../../../src-main/hosts/chromium/open-window.ts', () => ({
  openWindow: async () => {
    const exited = new Promise<void>((resolve) => (made.endWindow = resolve));
    const send = async (method: string) =>
      method === 'Browser.getVersion' ? { product: 'Chrome/150.0' } : {};
    return {
      browser: { exited, close: async () => made.endWindow(), connection: { browser: { send } } },
      close: async () => void made.order.push('window'),
    };
  },
}));
const { runDesk } = await import('../../../src-main/hosts/chromium/run-desk.ts');

let folder: string;
let log: MemoryLog;
let clock: ManualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Booking Desk</title>');
  writeFileSync(join(folder, 'page-script.js'), '');
  log = createMemoryLog();
  clock = createManualClock();
  Object.assign(made, { ports: { log, clock }, order: [], leave: () => Promise.resolve() });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = () =>
  runDesk({
    options: { environment: 'training', dialect: 'api-platform', seed: 1, dataDir: folder },
    ...{ browserPath: '/no/browser', version: '0.0.0', isHeadless: true },
    rendererFolder: join(folder, 'renderer'),
    pageScriptPath: join(folder, 'page-script.js'),
  });

it('gives the session back when its window is closed, then stops and lets the folder go', async () => {
  const first = await run();
  await expect(run()).rejects.toThrow('already open');
  await first.close();
  await first.ended;
  expect(made.order).toEqual(['window', 'leave', 'stop']);
  expect(log.events()).toEqual(['app-ready', 'app-stopped']);
  const second = await run();
  await second.close();
  await second.ended;
});

it('ends all the same when the session cannot be given back in time', async () => {
  made.leave = () => new Promise(() => undefined);
  const desk = await run();
  await desk.close();
  await clock.advance(4_900);
  expect(made.order).toEqual(['window', 'leave']);
  await clock.advance(200);
  await desk.ended;
  expect(made.order).toEqual(['window', 'leave', 'stop']);
  expect(log.events()).toContain('session-not-given-back');
});

it('knows the browser that draws its window', async () => {
  const desk = await run();
  expect(made.composed?.engine?.()).toBe('Chrome/150.0');
  await desk.close();
  await desk.ended;
});
