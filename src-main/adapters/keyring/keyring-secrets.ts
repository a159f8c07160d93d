import { createRequire } from 'node:module';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock, Secrets } from '../../app/ports.ts';

/** What this adapter needs of `@napi-rs/keyring`. Its keytar-shaped twin cannot pin the store, so it is not used. */
export interface KeyringModule {
  readonly AsyncEntry: new (
    service: string,
    account: string,
    options: typeof PINNED_STORE,
  ) => {
    getSecret(): Promise<readonly number[] | null>;
    setSecret(secret: Uint8Array): Promise<void>;
    deleteCredential(): Promise<boolean>;
  };
}

type Entry = InstanceType<KeyringModule['AsyncEntry']>;

export interface KeyringOptions {
  /** The name that the entries stand under; one for each environment, so that no two share a key. */
  readonly service: string;
  readonly clock: Clock;
  /** How long a call may wait for the keyring, its unlock prompt included. */
  readonly patienceMs?: number;
  readonly load?: () => KeyringModule;
}

/** Without it Linux falls back to the kernel's keyring, which forgets everything at the next start of the machine. */
const PINNED_STORE = { linux: { store: 'secret-service' } } as const;
/** What Windows takes for one secret; refused everywhere, so that no desk learns of it late (devices.md section 3). */
const MOST_BYTES = 2560;
const PATIENCE_MS = 20_000;

/** Loaded at the first call, by a name that no bundler follows: a desk without the binary still reads. */
function loadKeyring(): KeyringModule {
  return createRequire(import.meta.url)('@napi-rs/keyring') as KeyringModule;
}

/** The texts of the keyring's errors differ by system and language: nothing finer than this can be told. */
const unavailable = () => fail('writes-off', 'no-keyring');

/**
 * Secrets in the keyring of the operating system: Secret Service, Keychain or Credential Manager. Never throws; any
 * fault is `writes-off`, `no-keyring` (devices.md section 5). A call that hangs, as one behind an unlock prompt does,
 * is given up after a while; until it ends, every other call is answered at once, as it would only queue behind it.
 */
export function createKeyringSecrets(options: KeyringOptions): Secrets {
  const { service, clock, patienceMs = PATIENCE_MS, load = loadKeyring } = options;
  let hanging = 0;

  function waitFor<T>(work: Promise<T>): Promise<Outcome<T>> {
    return new Promise((resolve) => {
      let isGivenUp = false;
      const cancel = clock.schedule(patienceMs, () => {
        isGivenUp = true;
        hanging += 1;
        resolve(unavailable());
      });
      const settle = (outcome: Outcome<T>) => {
        cancel();
        if (isGivenUp) hanging -= 1;
        resolve(outcome);
      };
      work.then(
        (value) => settle(ok(value)),
        () => settle(unavailable()),
      );
    });
  }

  async function ask<T>(name: string, call: (entry: Entry) => Promise<T>): Promise<Outcome<T>> {
    if (hanging > 0) return unavailable();
    try {
      const { AsyncEntry } = load();
      return await waitFor(call(new AsyncEntry(service, name, PINNED_STORE)));
    } catch {
      // The binary is not there, or the pinned store is not: the same for the clerk.
      return unavailable();
    }
  }

  async function read(name: string): Promise<Outcome<Uint8Array | null>> {
    const stored = await ask(name, (entry) => entry.getSecret());
    if (!stored.ok) return stored;
    return ok(stored.value === null ? null : Uint8Array.from(stored.value));
  }

  return {
    read,
    async write(name, value) {
      if (value.length > MOST_BYTES)
        return fail('writes-off', 'secret-too-long', { bytes: value.length, most: MOST_BYTES });
      const written = await ask(name, (entry) => entry.setSecret(value));
      if (!written.ok) return written;
      const readBack = await read(name);
      if (!readBack.ok) return readBack;
      const isKept = readBack.value !== null && Buffer.from(readBack.value).equals(value);
      return isKept ? ok(undefined) : fail('writes-off', 'key-not-kept');
    },
    async remove(name) {
      const removed = await ask(name, (entry) => entry.deleteCredential());
      return removed.ok ? ok(undefined) : removed;
    },
  };
}
