import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../../contract/outcome.ts';
import type { Secrets } from '../../app/ports.ts';
import { makeDurableFolder, syncFolder } from './durable-folder.ts';

/**
 * Keeps secrets in files that only this user can read. For the training environment alone:
 * every other environment needs the OS keyring (design.md, Outbox).
 */
export function createKeyFileSecrets(directory: string): Secrets {
  const file = (name: string) => {
    if (!/^[a-z0-9-]{1,60}$/.test(name)) throw new Error('secret names are kebab-case');
    return join(directory, `${name}.key`);
  };
  return {
    async read(name) {
      try {
        return ok(new Uint8Array(await readFile(file(name))));
      } catch (error) {
        const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        return isMissing ? ok(null) : fail('writes-off', 'key-unreadable');
      }
    },
    async write(name, value) {
      try {
        makeDurableFolder(directory);
        const temporary = `${file(name)}.new`;
        await writeFile(temporary, value, { mode: 0o600, flush: true });
        await rename(temporary, file(name));
        // Records that outlive their key are lost.
        syncFolder(directory);
        return ok(undefined);
      } catch {
        return fail('writes-off', 'key-not-written');
      }
    },
    async remove(name) {
      await rm(file(name), { force: true });
      return ok(undefined);
    },
  };
}
