import { expect, it } from 'vitest';
import { median, medianRatio, percentile } from '../../scripts/bench/statistics.ts';

it('takes the middle value, or the mean of the two in the middle, whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([3])).toBe(3);
  expect(median([4, 2])).toBe(3);
});

it('finds percentiles by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.95)).toBe(95);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile([8, 2, 4], 1)).toBe(8);
  expect(percentile([8, 2, 4], 0)).toBe(2);
});

it('compares round by round, so that drift and one slow round do not show', () => {
  const baseline = [100, 200, 400, 800, 100];
  const measured = [110, 220, 440, 880, 9000];
  expect(medianRatio(measured, baseline)).toBeCloseTo(1.1, 10);
});

it('makes no figure out of nothing', () => {
  expect(() => median([])).toThrow('nothing was measured');
  expect(() => medianRatio([1, 2], [1])).toThrow('do not pair');
  expect(() => medianRatio([1, 0], [1, 1])).toThrow('measured nothing');
  expect(() => medianRatio([Number.NaN], [1])).toThrow('measured nothing');
});
