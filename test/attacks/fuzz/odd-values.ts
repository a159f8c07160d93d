/** Values that a page can send and no schema expects, as the structured clone carries them. */
import type { Seeded } from './seeded.ts';

const repeat = (text: string, times: number) => text.repeat(times);

/** Depth 10,000: an object in an object; made once. */
function nest(depth: number): object {
  let value: object = {};
  for (let at = 0; at < depth; at += 1) value = { a: value };
  return value;
}

const cyclic: Record<string, unknown> = { a: 1 };
cyclic['self'] = cyclic;

const withGetter = Object.defineProperty({}, 'ubrn', { enumerable: true, get: () => '000000070000' });
const throwingGetter = Object.defineProperty({}, 'ubrn', {
  enumerable: true,
  get() {
    throw new Error('mine');
  },
});

export const TEXTS = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\udfff\ud800',
  '\u202e000000070000',
  '\r\nX-Injected: 1',
  '../../etc/passwd',
  '..\\..\\windows',
  '__proto__',
  'constructor',
  'toString',
  '000000070000',
  '9912003888',
  `'; DROP TABLE intent; --`,
  '<img src=x onerror=alert(1)>',
  '=cmd()',
  '{}',
  'null',
  'NaN',
  '1e999',
  repeat('9', 400),
  repeat('\ud800', 2_000),
  repeat('a', 100_000),
] as const;

/** Made anew each time: a clone must not be helped by identity. */
export const CRAFTED: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => [],
  () => [{}],
  () => JSON.parse('{"__proto__":{"polluted":1}}') as unknown,
  () => JSON.parse('{"constructor":{"prototype":{"polluted":1}}}') as unknown,
  () => ({ ubrn: JSON.parse('{"__proto__":{"polluted":1}}') as unknown }),
  () => cyclic,
  () => withGetter,
  () => throwingGetter,
  () => () => 1,
  () => Symbol('mine'),
  () => ({ then: 'mine' }),
  () => ({ toJSON: 'mine', length: -1 }),
  () => new Map([['__proto__', 1]]),
  () => new Set([1]),
  () => new URLSearchParams('a=1'),
  () => Reflect.construct(Date, [Number.NaN]) as unknown,
  () => /(a+)+$/,
  () => new Uint8Array(1_000),
  () => new ArrayBuffer(8),
  () => new Error('mine'),
  () => 10n ** 40n,
  () => Object.assign([], { length: 50_000 }),
  () => Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, at])),
];

const DEEP = nest(10_000);

/** The heavy ones; a run has each a few times. */
export const HEAVY: readonly (() => unknown)[] = [
  () => DEEP,
  () => ({ ubrn: DEEP }),
  () => repeat('x', 100_000_000),
  () => ({ ubrn: repeat('9', 100_000_000) }),
  () => Array.from({ length: 1_000_000 }, () => 0),
];

const PRIMITIVES = [
  ...[0, -0, 1, -1, 0.5, 2 ** 53, -(2 ** 53), 1e308, Number.NaN, Number.POSITIVE_INFINITY],
  ...[true, false, null, undefined, 12n],
];

const KEYS = [
  'ubrn',
  'id',
  '__proto__',
  'constructor',
  'length',
  'serviceId',
  'toString',
  '',
  '0',
  'then',
  '\ud800',
];

/** A value of any form, at most a few levels deep. */
export function oddValue(seeded: Seeded, depth = 3): unknown {
  const way = seeded.int(depth > 0 ? 10 : 6);
  if (way < 3) return seeded.pick(TEXTS);
  if (way < 5) return seeded.pick(PRIMITIVES);
  if (way < 6) return seeded.int(2 ** 31) - 2 ** 30;
  if (way < 7) return Array.from({ length: seeded.int(5) }, () => oddValue(seeded, depth - 1));
  if (way < 8) return seeded.pick(CRAFTED)();
  const value: Record<string, unknown> = {};
  for (let at = seeded.int(5); at >= 0; at -= 1)
    Object.defineProperty(value, seeded.pick(KEYS), {
      ...{ value: oddValue(seeded, depth - 1), enumerable: true, configurable: true, writable: true },
    });
  return value;
}
