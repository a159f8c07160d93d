/** Changes one place of a value: what is almost right comes further than what is wrong altogether. */
import { oddValue, TEXTS } from './odd-values.ts';
import type { Seeded } from './seeded.ts';

const MOST_PLACES = 5_000;

type Holder = Record<string, unknown>;

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Every place of a tree, each as the object that holds it and its key. */
function placesOf(root: unknown): [Holder, string][] {
  const places: [Holder, string][] = [];
  const left = [root];
  const seen = new Set<unknown>();
  while (left.length > 0 && places.length < MOST_PLACES) {
    const at = left.pop();
    // What was put in may hold itself.
    if (!isHolder(at) || seen.has(at)) continue;
    seen.add(at);
    for (const key of Object.keys(at)) {
      places.push([at, key]);
      left.push(at[key]);
    }
  }
  return places;
}

const put = (holder: Holder, key: string, value: unknown) =>
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });

const WAYS: readonly ((place: [Holder, string], seeded: Seeded) => void)[] = [
  ([holder, key], seeded) => put(holder, key, oddValue(seeded)),
  ([holder, key], seeded) => put(holder, key, seeded.pick(TEXTS)),
  ([holder, key]) => Reflect.deleteProperty(holder, key),
  ([holder, key]) => put(holder, '__proto__', { polluted: 1, toString: holder[key] }),
  ([holder, key]) => put(holder, key, [holder[key], holder[key]]),
  ([holder, key]) => put(holder, key, { value: holder[key] }),
  ([holder, key]) => put(holder, `${key}\u0000`, holder[key]),
  ([holder], seeded) =>
    put(holder, seeded.pick(['constructor', 'then', 'length', 'x', 'toJSON']), oddValue(seeded)),
];

/** A copy with one to three places changed; a value without places becomes another value. */
export function mutate(value: unknown, seeded: Seeded): unknown {
  let copy: unknown = structuredClone(value);
  for (let turn = seeded.int(3); turn >= 0; turn -= 1) {
    const places = placesOf(copy);
    if (places.length === 0) {
      copy = isHolder(copy) ? { x: oddValue(seeded) } : oddValue(seeded);
      continue;
    }
    seeded.pick(WAYS)(seeded.pick(places), seeded);
  }
  return copy;
}
