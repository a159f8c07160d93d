/** Presses keys in a page over the DevTools protocol, as a keyboard would. */
import type { CdpSession } from '../../src-main/hosts/chromium/pipe-connection.ts';

interface Key {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly text?: string;
}

const NAMED: Readonly<Record<string, Key>> = {
  Enter: { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' },
  Escape: { key: 'Escape', code: 'Escape', keyCode: 27 },
  Tab: { key: 'Tab', code: 'Tab', keyCode: 9 },
  ArrowLeft: { key: 'ArrowLeft', code: 'ArrowLeft', keyCode: 37 },
  ArrowUp: { key: 'ArrowUp', code: 'ArrowUp', keyCode: 38 },
  ArrowRight: { key: 'ArrowRight', code: 'ArrowRight', keyCode: 39 },
  ArrowDown: { key: 'ArrowDown', code: 'ArrowDown', keyCode: 40 },
  Space: { key: ' ', code: 'Space', keyCode: 32, text: ' ' },
};

const MODIFIERS: Readonly<Record<string, number>> = { Alt: 1, Ctrl: 2, Shift: 8 };

function keyOf(name: string): Key {
  const named = NAMED[name];
  if (named) return named;
  const functionKey = /^F(\d{1,2})$/.exec(name);
  if (functionKey) return { key: name, code: name, keyCode: 111 + Number(functionKey[1]) };
  const upper = name.toUpperCase();
  const code = /\d/.test(name) ? `Digit${name}` : `Key${upper}`;
  return { key: name, code, keyCode: upper.charCodeAt(0), text: name };
}

/** Presses one chord, e.g. `ArrowDown`, `Shift+F7`, `Ctrl+Enter`, `4`. */
export async function pressKey(session: CdpSession, chord: string): Promise<void> {
  const parts = chord.split('+');
  const { key, code, keyCode, text } = keyOf(parts.at(-1) ?? '');
  const modifiers = parts.slice(0, -1).reduce((sum, name) => sum + (MODIFIERS[name] ?? 0), 0);
  const isTyped = text !== undefined && (modifiers & 3) === 0;
  const common = { key, code, windowsVirtualKeyCode: keyCode, modifiers };
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...common, ...(isTyped ? { text } : {}) });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
}
