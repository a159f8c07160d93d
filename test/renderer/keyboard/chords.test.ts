import { describe, expect, it } from 'vitest';
import { belongsToDesk, chordOf, parseChord, showChord } from '../../../src-renderer/keyboard/chords.ts';
import { DEFAULT_KEYS, explainUnboundKey, unboundKeys } from '../../../src-renderer/keyboard/default-keys.ts';

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held });

describe('chords', () => {
  it('names a press with its modifiers in one order', () => {
    expect(press('F7', { shiftKey: true })).toBe('Shift+F7');
    expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
    expect(press('C', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+C');
    expect(press('ArrowDown', { altKey: true })).toBe('Alt+ArrowDown');
  });

  it('reads an Alt letter from its place on the keyboard', () => {
    expect(press('®', { altKey: true, code: 'KeyR' })).toBe('Alt+R');
  });

  it.each([
    'a',
    'Enter',
    'Shift+Enter',
    ' ',
    'ArrowDown',
    'Ctrl+Alt+K',
    'Alt+F4',
    'Ctrl+Insert',
    'Shift+Delete',
    'CapsLock',
    'Hyper+X',
    '',
  ])('refuses %j by the key policy', (chord) => {
    expect(() => parseChord(chord)).toThrow();
  });

  it.each([
    ['Shift+Ctrl+c', 'Ctrl+Shift+C'],
    ['F12', 'F12'],
    ['Escape', 'Escape'],
    ['Ctrl+Enter', 'Ctrl+Enter'],
    ['Alt+ArrowUp', 'Alt+ArrowUp'],
    ['Delete', 'Delete'],
  ])('takes %s as %s', (chord, parsed) => {
    expect(parseChord(chord)).toBe(parsed);
  });

  it('keeps F-keys and reloading from the browser, and leaves it copying', () => {
    expect(['F5', 'Ctrl+F5', 'Shift+F12', 'Ctrl+R', 'Ctrl+Shift+R'].map(belongsToDesk)).toEqual(
      Array(5).fill(true),
    );
    expect(['Ctrl+C', 'Enter', 'a'].map(belongsToDesk)).toEqual([false, false, false]);
  });

  it('shows keys as people read them', () => {
    expect(['Alt+ArrowUp', 'Escape', 'Ctrl+PageDown'].map(showChord)).toEqual(['Alt+↑', 'Esc', 'Ctrl+PgDn']);
  });
});

describe('the default keys', () => {
  it('obey the key policy and are given once', () => {
    const keys = DEFAULT_KEYS.flatMap((entry) => entry.keys);
    expect(keys.map(parseChord)).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('explain themselves where nothing answers them', () => {
    expect(explainUnboundKey('F7')).toContain('open a referral first');
    expect(explainUnboundKey('Ctrl+Enter')).toContain('nothing was sent');
    expect(explainUnboundKey('Ctrl+Q')).toBeNull();
    expect(unboundKeys(new Set(['F7'])).some(({ keys }) => keys.includes('F7'))).toBe(false);
  });
});
