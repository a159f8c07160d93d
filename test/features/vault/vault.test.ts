import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../../src-main/app/database-steps.ts';
import { fail } from '../../../src-main/contract/outcome.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

const clock = createManualClock();

function newStorage() {
  const storage = openSqliteStorage(':memory:');
  upgradeDatabase(storage);
  return storage;
}

describe('the vault', () => {
  it('opens again with the key that it made, and only with it', async () => {
    const [storage, secrets] = [newStorage(), createMemorySecrets()];
    const first = await openVault(secrets, storage, clock);
    const again = await openVault(secrets, storage, clock);
    if (!first.ok || !again.ok) throw new Error('not open');
    const sealed = first.value.seal('row|1', { a: 1 });
    expect(again.value.open('row|1', sealed)).toEqual({ ok: true, value: { a: 1 } });
    const other = await openVault(createMemorySecrets(), newStorage(), clock);
    expect(other.ok && other.value.open('row|1', sealed)).toEqual({ ok: false, failure: 'key-missing' });
  });

  it('fails closed when the keyring cannot be reached', async () => {
    const secrets = { ...createMemorySecrets(), read: async () => fail('writes-off', 'no-keyring') };
    expect(await openVault(secrets, newStorage(), clock)).toMatchObject({
      ok: false,
      problem: { code: 'no-keyring' },
    });
  });

  it('makes no new key while records exist that the old one sealed', async () => {
    const storage = newStorage();
    storage.run("INSERT INTO audit (seq, at, entry, previous, hash) VALUES (1, 't', x'00', x'00', x'00')");
    const secrets = createMemorySecrets();
    expect(await openVault(secrets, storage, clock)).toMatchObject({
      ok: false,
      problem: { code: 'key-missing' },
    });
    expect(await secrets.read('record-key')).toEqual({ ok: true, value: null });
  });

  it('trusts a key only after reading it back', async () => {
    const secrets = {
      ...createMemorySecrets(),
      write: async () => ({ ok: true as const, value: undefined }),
    };
    expect(await openVault(secrets, newStorage(), clock)).toMatchObject({
      ok: false,
      problem: { code: 'key-not-kept' },
    });
  });

  it('tags the same text alike for one purpose only', async () => {
    const vault = await openVault(createMemorySecrets(), newStorage(), clock);
    if (!vault.ok) throw new Error('not open');
    expect(vault.value.tag('ubrn', 'x')).toEqual(vault.value.tag('ubrn', 'x'));
    expect(vault.value.tag('ubrn', 'x')).not.toEqual(vault.value.tag('owner', 'x'));
    const first = vault.value.tag('ubrn', 'x');
    const others = Array.from({ length: 1000 }, (_, index) => vault.value.tag('ubrn', String(index)));
    expect(new Set(others.map((tag) => Buffer.from(tag).toString('hex'))).size).toBe(1000);
    expect(vault.value.tag('ubrn', 'x')).toEqual(first);
  });
});
