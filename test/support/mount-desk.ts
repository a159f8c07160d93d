/** Mounts the whole window over a fake bridge, with the keyboard listening, as main.ts does. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { vi } from 'vitest';
import App from '../../src-renderer/app/App.vue';
import { forgetOnLock } from '../../src-renderer/app/forget.ts';
import { createDeskRouter } from '../../src-renderer/app/router.ts';
import { setBridgeForTests } from '../../src-renderer/bridge/bridge.ts';
import { catchEarlyEnter } from '../../src-renderer/keyboard/early-enter.ts';
import { listenToKeys } from '../../src-renderer/keyboard/listen.ts';
import { createFakeBridge, type FakeAnswers, type FakeBridge } from './fake-bridge.ts';

export interface MountedDesk {
  readonly fake: FakeBridge;
  readonly wrapper: VueWrapper;
  readonly router: ReturnType<typeof createDeskRouter>;
  /** Presses keys on whatever has the focus, e.g. `ArrowDown`, `Shift+F7`, and lets everything settle. */
  press(...chords: string[]): Promise<void>;
  /** Types into the focused input. */
  type(text: string): Promise<void>;
  /** Everything that the window shows now, panels included. */
  text(): string;
  statusLine(): string;
  settle(): Promise<void>;
  unmount(): void;
}

const HEIGHT_PX = 400;

/** happy-dom lays nothing out: gives every element a size, so that the virtual list has rows to show. */
function giveSizes(): void {
  for (const name of ['offsetHeight', 'clientHeight'] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => HEIGHT_PX });
  }
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 1000 });
  HTMLElement.prototype.getClientRects = () => [{ height: HEIGHT_PX }] as unknown as DOMRectList;
}

async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await vi.dynamicImportSettled();
    await flushPromises();
    await flushPromises();
  }
}

function pressOne(chord: string): void {
  const parts = chord.split('+');
  const key = parts.at(-1) ?? '';
  const init = {
    key: key.length === 1 && !parts.includes('Shift') ? key.toLowerCase() : key,
    code: /^[A-Za-z]$/.test(key) ? `Key${key.toUpperCase()}` : key,
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
    bubbles: true,
    cancelable: true,
  };
  const target = document.activeElement ?? document.body;
  const isFree = target.dispatchEvent(new KeyboardEvent('keydown', init));
  const form = target.closest('form');
  if (isFree && chord === 'Enter' && form) form.requestSubmit();
}

export async function mountDesk(answers: FakeAnswers = {}): Promise<MountedDesk> {
  giveSizes();
  const fake = createFakeBridge(answers);
  setBridgeForTests(fake.bridge);
  const router = createDeskRouter();
  const stopEarly = catchEarlyEnter(window);
  const stop = listenToKeys(window);
  const wrapper = mount(App, {
    attachTo: document.body,
    global: { plugins: [createPinia().use(forgetOnLock), router] },
  });
  await settle();
  return {
    fake,
    wrapper,
    router,
    settle,
    async press(...chords) {
      for (const chord of chords) {
        pressOne(chord);
        await settle();
      }
    },
    async type(text) {
      const input = document.activeElement as HTMLInputElement;
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
    },
    text: () => document.body.textContent ?? '',
    statusLine: () => document.querySelector('.desk-status')?.textContent ?? '',
    unmount() {
      wrapper.unmount();
      stop();
      stopEarly();
      setBridgeForTests(null);
    },
  };
}
