import { ok } from '../../src-main/contract/outcome.ts';
import type { Secrets } from '../../src-main/app/ports.ts';

/** A `Secrets` port in memory. */
export function createMemorySecrets(): Secrets {
  const kept = new Map<string, Uint8Array>();
  return {
    read: async (name) => ok(kept.get(name) ?? null),
    write: async (name, value) => {
      kept.set(name, value);
      return ok(undefined);
    },
    remove: async (name) => {
      kept.delete(name);
      return ok(undefined);
    },
  };
}
