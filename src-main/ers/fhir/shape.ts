/** Parse, don't cast: a reply passes its compiled schema before anything is read from it. */
import { wire } from '../../../build/generated/wire-validators.js';
import type { Read } from '../operation.ts';
import type { Json } from './json.ts';

export type WireSchema = keyof typeof wire;

export function fitsSchema(schema: WireSchema, json: unknown): json is Json {
  return wire[schema](json);
}

export function read<T>(value: T): Read<T> {
  return { ok: true, value };
}

export const WRONG_SHAPE = { ok: false, reason: 'wrong-shape' } as const;

/** Reads a reply that fits its schema; a `null` from the mapper means that it does not make sense. */
export function readAs<T>(schema: WireSchema, map: (json: Json) => T | null): (json: unknown) => Read<T> {
  return (json) => {
    const value = fitsSchema(schema, json) ? map(json) : null;
    return value === null ? WRONG_SHAPE : read(value);
  };
}
