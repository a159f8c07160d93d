import { expect, it } from 'vitest';
import { createHeldLetters, type HeldLetter } from '../../../src-main/features/letters/held-letters.ts';

const letter = (letterId: string, size = 10) => ({ letterId, bytes: new Uint8Array(size) }) as HeldLetter;

it('holds the last letters, few and small, until they are released or the desk is left', () => {
  const letters = createHeldLetters();
  const ids = Array.from({ length: 13 }, (_, at) => `letter-${at}`);
  ids.forEach((id) => letters.hold(letter(id)));
  expect(ids.filter((id) => letters.held(id) === null)).toEqual(['letter-0']);
  letters.release('letter-1');
  expect(letters.held('letter-1')).toBeNull();
  letters.hold(letter('large', 20 * 1024 * 1024));
  letters.hold(letter('larger', 20 * 1024 * 1024));
  expect(letters.held('letter-12')).toBeNull();
  expect([letters.held('large'), letters.held('larger')?.letterId]).toEqual([null, 'larger']);
  letters.forget();
  expect(letters.held('larger')).toBeNull();
});

it('leaves the bytes of a letter that is let go alone: they may be on their way to the printer', () => {
  const letters = createHeldLetters();
  const held = { ...letter('one'), bytes: Uint8Array.of(1, 2, 3) };
  letters.hold(held);
  letters.forget();
  expect([...held.bytes]).toEqual([1, 2, 3]);
});
