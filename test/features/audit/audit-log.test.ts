import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { upgradeDatabase } from '../../../src-main/app/database-steps.ts';
import type { AuditEntry } from '../../../src-main/app/ports.ts';
import { createAuditLog } from '../../../src-main/features/audit/audit-log.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

const entry = (outcome: string): AuditEntry => ({
  type: 'API Retrieve referral',
  method: 'GET',
  resource: 'Referral Request',
  ubrn: '000000070001',
  nhsNumber: '9434765919',
  userId: '555000000101',
  onBehalfOf: '',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  correlationId: 'c',
  host: 'example.invalid',
  outcome,
  facts: {},
});

async function open() {
  const storage = openSqliteStorage(':memory:');
  upgradeDatabase(storage);
  const vault = await openVault(createMemorySecrets(), storage, createManualClock());
  if (!vault.ok) throw new Error(vault.problem.code);
  const trail = createAuditLog({ storage, clock: createManualClock(), vault: vault.value });
  ['a', 'b', 'c', 'd', 'e'].forEach((outcome) => trail.append(entry(outcome)));
  return { storage, trail };
}

describe('the audit trail', () => {
  it('verifies, and reads back what was written', async () => {
    const { trail } = await open();
    expect(trail.verify()).toEqual({ ok: true, rows: 5 });
    expect(trail.read().map((row) => row.entry.outcome)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('keeps no identifier in clear', async () => {
    const { storage } = await open();
    const bytes = storage
      .all('SELECT entry FROM audit')
      .map((row) => Buffer.from(row['entry'] as Uint8Array));
    expect(Buffer.concat(bytes).includes('9434765919')).toBe(false);
  });

  it.each([
    ['an edited time', "UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE seq = 3", 3],
    ['a deleted row', 'DELETE FROM audit WHERE seq = 2', 2],
    [
      'swapped rows',
      'UPDATE audit SET seq = CASE seq WHEN 2 THEN -4 WHEN 4 THEN 2 ELSE seq END WHERE seq IN (2, 4)',
      -4,
    ],
    ['a changed entry', "UPDATE audit SET entry = x'00' WHERE seq = 5", 5],
  ])('names the first bad row of %s', async (_name, sql, firstBadSeq) => {
    const { storage, trail } = await open();
    storage.run(sql);
    expect(trail.verify()).toEqual({ ok: false, firstBadSeq });
  });

  it('goes back with the transaction that it belongs to', async () => {
    const { storage, trail } = await open();
    expect(() =>
      storage.transaction(() => {
        trail.append(entry('lost'));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(trail.verify()).toEqual({ ok: true, rows: 5 });
  });
});
