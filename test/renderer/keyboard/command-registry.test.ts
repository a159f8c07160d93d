// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { h, nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { statusMessage } from '../../../src-renderer/app/status-line.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import {
  listCommands,
  pressChord,
  registerCommand,
  useCommands,
  type Command,
} from '../../../src-renderer/keyboard/command-registry.ts';
import { holdKeys, listenToKeys, releaseKeys } from '../../../src-renderer/keyboard/listen.ts';
import { setPane, setScreen, usePanelScope } from '../../../src-renderer/keyboard/scopes.ts';
import { createFakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';

let undo: (() => void)[] = [];
let fake: FakeBridge;

function add(changes: Partial<Command> = {}): Command & { run: ReturnType<typeof vi.fn> } {
  const run = vi.fn();
  const command = {
    id: 'test.it',
    title: 'Slots',
    keys: ['F7'],
    scope: 'referral',
    available: () => true as const,
    run,
    ...changes,
  };
  undo.push(registerCommand(command));
  return { ...command, run };
}

beforeEach(() => {
  fake = createFakeBridge();
  setBridgeForTests(fake.bridge);
  setScreen('referral');
  setPane('');
});
afterEach(() => {
  undo.forEach((take) => take());
  undo = [];
  setBridgeForTests(null);
});

describe('the registry', () => {
  it('refuses a second command of the same id or key in one scope, and allows it in another', () => {
    add();
    expect(() => registerCommand({ ...add({ id: 'other', keys: [] }), id: 'test.it', keys: [] })).toThrow(
      'twice',
    );
    expect(() => add({ id: 'test.second' })).toThrow('F7 has two commands');
    expect(() => add({ id: 'test.it', scope: 'slots' })).not.toThrow();
  });

  it('runs a command of the screen, and one of the focused pane before it', () => {
    const screen = add();
    const pane = add({ scope: 'worklist' });
    expect(pressChord('F7')).toBe(true);
    setPane('worklist');
    pressChord('F7');
    expect(screen.run).toHaveBeenCalledTimes(1);
    expect(pane.run).toHaveBeenCalledTimes(1);
  });

  it('says why a command cannot run', () => {
    const { run } = add({ available: () => 'the referral is cancelled.' });
    pressChord('F7');
    expect(run).not.toHaveBeenCalled();
    expect(statusMessage.value).toMatchObject({ text: 'Slots: the referral is cancelled.', tone: 'refused' });
  });

  it('says why a key of the desk does nothing here, and leaves foreign keys alone', () => {
    expect(pressChord('F9')).toBe(true);
    expect(statusMessage.value.text).toMatch(/^F9: open a referral first/);
    expect(pressChord('Ctrl+Q')).toBe(false);
  });

  it('reports a command that fails and says so', async () => {
    add({ run: () => Promise.reject(new Error('SMITH, John')) });
    pressChord('F7');
    await vi.waitFor(() =>
      expect(fake.inputsOf('diagnostics/report-fault')).toEqual([{ kind: 'command', place: 'test.it' }]),
    );
    expect(statusMessage.value.text).toContain('Slots failed');
  });

  it('gives keys to an open panel only, except to commands meant for panels', async () => {
    const beneath = add();
    const lock = add({ id: 'lock', keys: ['Ctrl+L'], scope: 'anywhere', inPanels: true });
    const find = add({ id: 'find', keys: ['F2'], scope: 'anywhere' });
    const panel = mount({ setup: () => (usePanelScope('panel'), () => h('p')) });
    ['F7', 'F2'].forEach(pressChord);
    expect(statusMessage.value.text).toContain('close this panel first');
    pressChord('Ctrl+L');
    expect([beneath.run, find.run, lock.run].map((run) => run.mock.calls.length)).toEqual([0, 0, 1]);
    expect(statusMessage.value.text).toBe('');
    panel.unmount();
    pressChord('F7');
    expect(beneath.run).toHaveBeenCalledTimes(1);
  });

  it('keeps commands of a component as long as it is mounted', () => {
    const command: Command = {
      id: 'c',
      title: 'C',
      keys: ['F8'],
      scope: 'slots',
      available: () => true,
      run: vi.fn(),
    };
    const wrapper = mount({ setup: () => (useCommands([command]), () => h('p')) });
    expect(listCommands().map(({ id }) => id)).toContain('c');
    wrapper.unmount();
    expect(listCommands().map(({ id }) => id)).not.toContain('c');
  });
});

describe('the keydown listener', () => {
  const key = (name: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init });
    document.body.dispatchEvent(event);
    return event;
  };
  beforeEach(() => undo.push(listenToKeys(window)));

  it('runs commands and keeps the key from the browser', () => {
    const { run } = add();
    expect(key('F7').defaultPrevented).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
    expect(key('F5').defaultPrevented).toBe(true);
    expect(key('a').defaultPrevented).toBe(false);
    expect(key('c', { ctrlKey: true }).defaultPrevented).toBe(false);
  });

  it('leaves alone what a control has handled, and a key held down', () => {
    const { run } = add();
    document.body.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
    key('F7');
    key('F7', { repeat: true });
    expect(run).not.toHaveBeenCalled();
  });

  it('keeps keys back while a screen is put up and gives them to the new one, in order', async () => {
    setScreen('worklist');
    holdKeys();
    key('F7');
    key('F9');
    const order: string[] = [];
    setScreen('referral');
    add({ run: () => void order.push('slots') });
    add({ id: 'letter', keys: ['F9'], run: () => void order.push('letter') });
    expect(order).toEqual([]);
    releaseKeys();
    await nextTick();
    expect(order).toEqual(['slots', 'letter']);
  });
});
