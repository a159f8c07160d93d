/** Key chords as texts, e.g. `F7`, `Shift+F7`, `Ctrl+Enter`, `Alt+ArrowDown`: modifiers in the order Ctrl, Alt, Shift. */

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const;
const SHOWN: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** The chord of a key press; with Alt a letter is read from its place, because layouts turn it into signs. */
export function chordOf(press: KeyPress): string {
  const letter = press.altKey && /^Key[A-Z]$/.test(press.code) ? press.code.slice(3) : press.key;
  const key = letter.length === 1 ? letter.toUpperCase() : letter;
  const modifiers = [press.ctrlKey && 'Ctrl', press.altKey && 'Alt', press.shiftKey && 'Shift'].filter(
    Boolean,
  );
  return [...modifiers, ...(press.metaKey ? ['Meta'] : []), key].join('+');
}

/**
 * A chord as commands may use it. Throws on what the key policy forbids (screens.md section 0): a key that types,
 * Enter or Space without Ctrl, Ctrl+Alt (AltGr), Insert, CapsLock, and Alt with an F-key. `Delete` alone is
 * allowed; in a text field it stays the field's own (listen.ts).
 */
export function parseChord(text: string): string {
  const parts = text.split('+');
  const key = parts.at(-1) ?? '';
  const held = MODIFIERS.filter((modifier) => parts.slice(0, -1).includes(modifier));
  if (key === '' || held.length !== parts.length - 1) throw new Error(`Not a key chord: ${text}`);
  if (held.includes('Ctrl') && held.includes('Alt')) throw new Error(`Ctrl+Alt is AltGr: ${text}`);
  if (key === 'Insert' || key === 'CapsLock') throw new Error(`Screen readers own ${key}`);
  const isFunctionKey = /^F([1-9]|1[0-2])$/.test(key);
  if (isFunctionKey && held.includes('Alt')) throw new Error(`Window managers own ${text}`);
  const isOpen = held.includes('Ctrl') || held.includes('Alt');
  const isBare = key === 'Escape' || (key === 'Delete' && held.length === 0);
  if (!isFunctionKey && !isBare && !isOpen) throw new Error(`${text} belongs to the focused control`);
  return [...held, key.length === 1 ? key.toUpperCase() : key].join('+');
}

/** The chord as a person reads it: `Alt+↓`, `Ctrl+Enter`, `Esc`. */
export function showChord(chord: string): string {
  return chord
    .split('+')
    .map((part) => SHOWN[part] ?? part)
    .join('+');
}

/** True for chords that must never reach the browser, whatever is registered: F-keys and reloading. */
export function belongsToDesk(chord: string): boolean {
  return /^(Ctrl\+)?(Shift\+)?F([1-9]|1[0-2])$/.test(chord) || chord === 'Ctrl+R' || chord === 'Ctrl+Shift+R';
}
