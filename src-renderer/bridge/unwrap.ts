import { isRef, toRaw } from 'vue';

/**
 * A plain copy of a request's input with every Vue proxy and ref taken off, however deep, so that the value can be
 * cloned across the process line. Inputs are JSON-like: texts, numbers, booleans, null, arrays, plain objects.
 */
export function unwrapDeep<T>(value: T): T {
  return unwrapValue(value) as T;
}

function unwrapValue(value: unknown): unknown {
  const bare = toRaw(isRef(value) ? value.value : value);
  if (Array.isArray(bare)) return bare.map(unwrapValue);
  if (typeof bare !== 'object' || bare === null) return bare;
  return Object.fromEntries(Object.entries(bare).map(([key, part]) => [key, unwrapValue(part)]));
}
