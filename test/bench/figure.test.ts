import { expect, it } from 'vitest';
import { formatTable, judge, type Figure } from '../../scripts/bench/figure.ts';

const figure = (changes: Partial<Figure>): Figure => ({
  group: 1,
  name: 'read',
  against: 'undici',
  measured: 1.1,
  goal: 1.15,
  source: 'performance.md section 1',
  raw: {},
  ...changes,
});

it('is met at its goal, not met above it, and has no verdict without one', () => {
  expect(judge({ measured: 1.15, goal: 1.15 })).toBe('met');
  expect(judge({ measured: 1.16, goal: 1.15 })).toBe('not met');
  expect(judge({ measured: 99, goal: null })).toBe('no goal');
});

it('shows ratios with an x, counts as they are, and keeps the columns together', () => {
  const count = figure({ group: 2, name: '429 answers', against: 'count', measured: 3, goal: 0 });
  const [, ratioLine, countLine] = formatTable([figure({}), count]);
  expect(ratioLine).toBe('1  read         undici   1.10x     <= 1.15x  met');
  expect(countLine).toBe('2  429 answers  count    3         <= 0      not met');
});
