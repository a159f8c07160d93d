import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMachine, type MachineParts } from '../../src-main/adapters/node/machine.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'machine-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const machine = (parts: Partial<MachineParts> = {}) =>
  createMachine({
    ...{ folder, database: join(folder, 'desk.sqlite'), storage: { writesOff: () => null } },
    ...{ env: {}, engine: () => 'Chrome/150.0' },
    ...parts,
  });

describe('the disk', () => {
  it('is what is there: free bytes, the database, its copies and the last of them', async () => {
    writeFileSync(join(folder, 'desk.sqlite'), 'x'.repeat(1_000));
    mkdirSync(join(folder, 'copies'));
    for (const night of ['20', '21'])
      writeFileSync(join(folder, 'copies', `booking-desk-2026-11-${night}T02-00-00Z.sqlite`), '');
    writeFileSync(join(folder, 'copies', 'booking-desk-2026-11-22T02-00-00Z.sqlite.unfinished'), '');
    const disk = await machine({ storage: { writesOff: () => 'disk-full' } }).readDisk();
    expect(disk.freeBytes).toBeGreaterThan(0);
    expect(disk).toMatchObject({ databaseBytes: 1_000, fault: 'disk-full', copies: 2 });
    expect(disk.lastCopyMs).toBe(1_795_226_400_000);
  });

  it('is not known where it cannot be seen, and that is no fault', async () => {
    const missing = join(folder, 'not-there');
    const disk = await machine({ folder: missing, database: join(missing, 'desk.sqlite') }).readDisk();
    expect(disk).toEqual({ freeBytes: null, databaseBytes: null, fault: null, copies: 0, lastCopyMs: null });
  });
});

describe('the proxy', () => {
  const none = { used: null, isAnswering: false, unused: null, isUnusable: false };
  const silent = 'http://user:secret@127.0.0.1:1';

  it.each<[string, Partial<MachineParts>, object]>([
    ['none', {}, none],
    [
      'one in the variables that nothing uses',
      { env: { HTTPS_PROXY: silent } },
      { ...none, unused: '127.0.0.1:1' },
    ],
    [
      'that of the policy before any other',
      { proxyUrl: silent, env: { HTTPS_PROXY: 'http://b:2' } },
      { ...none, used: '127.0.0.1:1' },
    ],
    ['that of the system', { findProxyUrl: async () => silent }, { ...none, used: '127.0.0.1:1' }],
    ['none of the system', { findProxyUrl: async () => null }, none],
    [
      'an unusable one',
      { findProxyUrl: () => Promise.reject(new Error('SOCKS')) },
      { ...none, isUnusable: true },
    ],
  ])('is %s, and a password in its address is never told', async (_what, parts, expected) => {
    expect(await machine(parts).readProxy()).toEqual(expected);
  });
});

it('knows its versions', () => {
  expect(machine().versions()).toMatchObject({ engine: 'Chrome/150.0', node: process.versions.node });
});
