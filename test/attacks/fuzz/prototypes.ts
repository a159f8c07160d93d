/** Sees whether anything was added to, taken from or replaced in what every object inherits from. */
const WATCHED: readonly (readonly [string, object])[] = [
  ['Object.prototype', Object.prototype],
  ['Array.prototype', Array.prototype],
  ['Function.prototype', Function.prototype],
  ['String.prototype', String.prototype],
  ['Promise.prototype', Promise.prototype],
  ['Map.prototype', Map.prototype],
  ['Uint8Array.prototype', Uint8Array.prototype],
];

const stateOf = (object: object) =>
  Reflect.ownKeys(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)] as const);

const isSame = (a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined) =>
  a?.value === b?.value && a?.get === b?.get && a?.set === b?.set;

/** Takes the state as it is; the function that it gives names what has changed since, and puts added keys out. */
export function watchPrototypes(): () => readonly string[] {
  const before = WATCHED.map(([, object]) => new Map(stateOf(object)));
  return () =>
    WATCHED.flatMap(([name, object], at) => {
      const kept = before[at] ?? new Map<PropertyKey, PropertyDescriptor | undefined>();
      const now = stateOf(object);
      const changed = now.filter(([key, is]) => !isSame(kept.get(key), is));
      for (const [key] of changed) if (!kept.has(key)) Reflect.deleteProperty(object, key);
      const isGone = now.length < kept.size;
      return [...changed.map(([key]) => `${name}.${String(key)}`), ...(isGone ? [`${name} lost a key`] : [])];
    });
}
