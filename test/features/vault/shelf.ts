import { fail } from '../../../src-main/contract/outcome.ts';
import type { Secrets } from '../../../src-main/app/ports.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

export type CrashMoment = 'before its effect' | 'after its effect';

/** Secrets that a test can look at and that die at a chosen call. */
export interface Shelf {
  /** The port of a process that lives. */
  readonly secrets: Secrets;
  /** What lies there, by name, as hexadecimal digits. */
  list(): Promise<Record<string, string>>;
  /** The port of a process that ends at its n-th call: that call has its effect or not, and no later one has any. */
  dieAt(n: number, moment: CrashMoment): { readonly secrets: Secrets; readonly hasDied: () => boolean };
}

const gone = async () => fail('writes-off', 'no-keyring');

export function createShelf(): Shelf {
  const secrets = createMemorySecrets();
  const names = new Set<string>();
  const kept: Secrets = {
    ...secrets,
    write(name, value) {
      names.add(name);
      return secrets.write(name, value);
    },
  };
  return {
    secrets: kept,
    async list() {
      const listed: Record<string, string> = {};
      for (const name of [...names].sort()) {
        const stored = await kept.read(name);
        if (stored.ok && stored.value !== null) listed[name] = Buffer.from(stored.value).toString('hex');
      }
      return listed;
    },
    dieAt(n, moment) {
      let calls = 0;
      const step = async <T>(work: () => Promise<T>) => {
        calls += 1;
        if (calls < n) return work();
        if (calls === n && moment === 'after its effect') await work();
        return gone();
      };
      return {
        hasDied: () => calls >= n,
        secrets: {
          read: (name) => step(() => kept.read(name)),
          write: (name, value) => step(() => kept.write(name, value)),
          remove: (name) => step(() => kept.remove(name)),
        },
      };
    },
  };
}
