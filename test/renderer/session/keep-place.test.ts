import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepPlace } from '../../../src-renderer/features/session/drafts/keep-place.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('hands main where the clerk is, each time that it has changed, and only at the desk', () => {
  let [place, isAtDesk] = ['worklist', true];
  const hand = vi.fn(() => Promise.resolve());
  const keeper = keepPlace({ collect: () => place, hand }, { isAtDesk: () => isAtDesk, userId: () => 'me' });
  vi.advanceTimersByTime(6_000);
  expect(hand.mock.calls).toEqual([['me', 'worklist']]);
  place = 'slots';
  vi.advanceTimersByTime(2_000);
  isAtDesk = false;
  place = 'elsewhere';
  vi.advanceTimersByTime(4_000);
  expect(hand.mock.calls).toEqual([
    ['me', 'worklist'],
    ['me', 'slots'],
  ]);
  isAtDesk = true;
  keeper.stop();
  vi.advanceTimersByTime(4_000);
  expect(hand).toHaveBeenCalledTimes(2);
});

it('hands the same place over anew once the desk was left and taken again', () => {
  const hand = vi.fn(() => Promise.resolve());
  const keeper = keepPlace({ collect: () => 'worklist', hand }, { isAtDesk: () => true, userId: () => 'me' });
  vi.advanceTimersByTime(2_000);
  keeper.forget();
  vi.advanceTimersByTime(4_000);
  expect(hand).toHaveBeenCalledTimes(2);
  keeper.stop();
});
