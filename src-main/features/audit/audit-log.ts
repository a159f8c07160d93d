import { createHash } from 'node:crypto';
import { toIso } from '../../contract/london-time.ts';
import type { Audit, AuditEntry, Clock, Storage } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';

const FIRST_LINK = new Uint8Array(32);

function linkOf(previous: Uint8Array, seq: number, at: string, entry: Uint8Array): Uint8Array {
  return createHash('sha256').update(previous).update(`${seq}|${at}|`).update(entry).digest();
}

interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly entry: Uint8Array;
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * The audit trail: sealed entries in a SHA-256 chain (contract.md section 12, safety.md "Audit").
 * `append` joins the caller's transaction; `verify` names the first row that does not fit.
 */
export function createAuditLog(ports: { storage: Storage; clock: Clock; vault: Vault }): Audit & {
  verify():
    { readonly ok: true; readonly rows: number } | { readonly ok: false; readonly firstBadSeq: number };
  read(): { readonly seq: number; readonly at: string; readonly entry: AuditEntry }[];
} {
  const { storage, clock, vault } = ports;
  const rows = () => storage.all('SELECT * FROM audit ORDER BY seq') as unknown as AuditRow[];
  const context = (seq: number) => `audit|${seq}`;
  return {
    append(entry) {
      storage.transaction(() => {
        const [last] = storage.all('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
        const seq = Number(last?.['seq'] ?? 0) + 1;
        const previous = (last?.['hash'] as Uint8Array | undefined) ?? FIRST_LINK;
        const at = toIso(clock.nowMs());
        const sealed = vault.seal(context(seq), entry);
        const hash = linkOf(previous, seq, at, sealed);
        storage.run('INSERT INTO audit VALUES (?, ?, ?, ?, ?)', seq, at, sealed, previous, hash);
      });
    },
    verify() {
      let previous = FIRST_LINK;
      let expected = 1;
      for (const row of rows()) {
        const isLinked =
          row.seq === expected &&
          Buffer.from(row.previous).equals(previous) &&
          Buffer.from(row.hash).equals(linkOf(previous, row.seq, row.at, row.entry)) &&
          vault.open(context(row.seq), row.entry).ok;
        if (!isLinked) return { ok: false, firstBadSeq: Math.min(row.seq, expected) };
        previous = new Uint8Array(row.hash);
        expected += 1;
      }
      return { ok: true, rows: expected - 1 };
    },
    read() {
      return rows().flatMap((row) => {
        const opened = vault.open(context(row.seq), row.entry);
        return opened.ok ? [{ seq: row.seq, at: row.at, entry: opened.value as AuditEntry }] : [];
      });
    },
  };
}
