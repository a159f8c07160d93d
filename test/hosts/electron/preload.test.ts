import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { pushChannels, requestChannels } from '../../../build/generated/channel-names.ts';
import type { Bridge } from '../../../src-main/contract/channels.ts';
import { electron, resetElectron } from './mock-electron.ts';

vi.mock('electron', async () => {
  const { electron: mock } = await import('./mock-electron.ts');
  return {
    get contextBridge() {
      return mock.contextBridge;
    },
    get ipcRenderer() {
      return mock.ipcRenderer;
    },
  };
});

let runs = 0;

async function loadPreload(): Promise<Bridge> {
  // A new query makes a new module, so that each test runs the entry anew.
  await import(/* @vite-ignore */ `../../../src-main/hosts/electron/preload.ts?run=${++runs}`);
  const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] ?? [];
  expect(name).toBe('bookingDesk');
  return bridge as Bridge;
}

/** What the preload is told of itself by Electron. */
const worker = process as { contextIsolated?: boolean; sandboxed?: boolean };

beforeEach(() => {
  resetElectron();
  Object.assign(worker, { contextIsolated: true, sandboxed: true });
});
afterAll(() => {
  delete worker.contextIsolated;
  delete worker.sandboxed;
});

it.each(['contextIsolated', 'sandboxed'] as const)(
  'gives the page nothing where it is not %s',
  async (what) => {
    worker[what] = false;
    await expect(loadPreload()).rejects.toThrow('not isolated');
    expect(electron.contextBridge.exposeInMainWorld).not.toHaveBeenCalled();
  },
);

it('exposes a frozen function a channel and nothing generic', async () => {
  const bridge = await loadPreload();
  expect(electron.contextBridge.exposeInMainWorld).toHaveBeenCalledTimes(1);
  expect(Object.keys(bridge)).toEqual(['requests', 'pushes']);
  expect(Object.keys(bridge.requests)).toEqual([...requestChannels]);
  expect(Object.keys(bridge.pushes)).toEqual([...pushChannels]);
  expect(
    [bridge, bridge.requests, bridge.pushes, bridge.requests['slots/search']].every(Object.isFrozen),
  ).toBe(true);
  expect(() => Object.assign(bridge.requests, { 'any/channel': () => 1 })).toThrow(TypeError);
});

it('sends a request on its own channel with one input', async () => {
  const bridge = await loadPreload();
  expect(await bridge.requests['session/read-state']({})).toEqual({ ok: true, value: {} });
  expect(electron.ipcRenderer.invoke.mock.calls).toEqual([['session/read-state', {}]]);
});

it('answers data when the call itself fails', async () => {
  const bridge = await loadPreload();
  electron.ipcRenderer.invoke.mockRejectedValueOnce(new Error('reply was never sent'));
  expect(await bridge.requests['session/read-state']({})).toEqual({
    ok: false,
    problem: { kind: 'internal', code: 'bridge-failed', correlationId: '', facts: {} },
  });
});

it('hands on the payload of a push, never the event, until it is told to stop', async () => {
  const bridge = await loadPreload();
  const heard = vi.fn();
  const stop = bridge.pushes['outbox/changed'](heard);
  electron.ipcRenderer.emitter.emit('outbox/changed', { sender: 'secret' }, { open: 1 });
  stop();
  electron.ipcRenderer.emitter.emit('outbox/changed', { sender: 'secret' }, { open: 2 });
  expect(heard.mock.calls).toEqual([[{ open: 1 }]]);
  expect(() => bridge.pushes['outbox/changed']('text' as never)).toThrow(TypeError);
});
