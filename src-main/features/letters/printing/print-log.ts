/** The print log on disk: sealed, found by keyed tags alone, every change in one transaction with its audit entry. */
import { prints as schemas } from '../../../../build/generated/record-validators.js';
import type { Audit, SqlValue, Storage } from '../../../app/ports.ts';
import type { Lease } from '../../outbox/lease.ts';
import type { SealedTable } from '../../vault/reseal-rows.ts';
import type { Vault } from '../../vault/vault.ts';
import { isEnded, printEntry, type PrintRecord } from './print-record.ts';

/** Every function throws `StorageFault`. */
export interface PrintLog {
  /** Writes a new print down, with its audit entry. */
  readonly add: (record: PrintRecord) => void;
  /** Writes down how it stands now; `outcome` is what the audit says of it, null for a step that it does not hear of. */
  readonly change: (record: PrintRecord, outcome: string | null) => void;
  readonly read: (printId: string) => PrintRecord | null;
  /** Prints of a referral, latest first, whoever made them. */
  readonly ofReferral: (ubrn: string) => readonly PrintRecord[];
  /** Prints of an organisation at this desk, latest first. */
  readonly ofOrganisation: (organisation: string, most: number) => readonly PrintRecord[];
  /** Those whose end is not known, oldest first. */
  readonly open: () => readonly PrintRecord[];
  /** Printed letters of a person of which the lists have not heard. */
  readonly unheard: (userId: string, organisation: string) => readonly PrintRecord[];
  readonly markHeard: (printId: string) => void;
  /**
   * Removes lines that were printed before the instant, have ended and were heard of, unless they are still wanted; a
   * step of them from `behind` on. `next` is where the next step begins, null at the end.
   */
  readonly removeOld: (
    before: string,
    behind: number,
    isWanted: (record: PrintRecord) => boolean,
  ) => { readonly removed: number; readonly next: number | null };
}

const ROWS_A_STEP = 100;

interface Dependencies {
  readonly storage: Storage;
  readonly vault: Vault;
  readonly lease: Lease;
  readonly audit: Audit;
  readonly host: string;
  /** The service that is worked with: a referral of another one is another referral. */
  readonly service: string;
}

const contextOf = (printId: string) => `print|${printId}`;

/** The sealed rows, for a change of key. */
export const printTable: SealedTable = {
  name: 'print_log',
  columns: [{ name: 'payload', contextsOf: (row) => [contextOf(String(row['id']))] }],
};

export function createPrintLog({ storage, vault, lease, audit, host, service }: Dependencies): PrintLog {
  const tagOf = (purpose: string, ...parts: string[]) =>
    vault.tag(purpose, [service, ...parts].join('\u0000'));
  const ubrnTag = (ubrn: string) => tagOf('print-ubrn', ubrn);
  const deskTag = (organisation: string) => tagOf('print-desk', organisation);
  const ownerTag = (userId: string, organisation: string) => tagOf('print-owner', userId, organisation);
  /** The line of a row; null where it does not open any more. */
  function open(row: Record<string, SqlValue>): PrintRecord | null {
    const opened = vault.open(contextOf(String(row['id'])), row['payload'] as Uint8Array);
    // The schema was asked: what is found is of it.
    return opened.ok && schemas.printRecord(opened.value) ? (opened.value as PrintRecord) : null;
  }

  /** A line that does not open any more stays where it is until its time is over, and is not shown. */
  function select(rest: string, ...values: SqlValue[]): PrintRecord[] {
    const rows = storage.all(`SELECT id, payload FROM print_log WHERE ${rest}`, ...values);
    return rows.flatMap((row) => open(row) ?? []);
  }

  const write = <T>(work: () => T): T =>
    storage.transaction(() => {
      lease.assertHeld();
      return work();
    });

  return {
    add(record) {
      const { printId, ubrn, userId, organisation, at } = record;
      write(() => {
        storage.run(
          `INSERT INTO print_log (id, ubrn_tag, desk_tag, owner_tag, payload, is_open, is_unheard, printed_at)
           VALUES (?, ?, ?, ?, ?, 1, 0, ?)`,
          ...[printId, ubrnTag(ubrn), deskTag(organisation), ownerTag(userId, organisation)],
          vault.seal(contextOf(printId), record),
          at,
        );
        audit.append(printEntry(host, record, record.state));
      });
    },
    change(record, outcome) {
      const isUnheard = outcome === 'printed';
      write(() => {
        storage.run(
          'UPDATE print_log SET payload = ?, is_open = ?, is_unheard = max(is_unheard, ?) WHERE id = ?',
          vault.seal(contextOf(record.printId), record),
          Number(!isEnded(record)),
          Number(isUnheard),
          record.printId,
        );
        if (outcome !== null) audit.append(printEntry(host, record, outcome));
      });
    },
    read: (printId) => select('id = ?', printId)[0] ?? null,
    ofReferral: (ubrn) => select('ubrn_tag = ? ORDER BY rowid DESC LIMIT 500', ubrnTag(ubrn)),
    ofOrganisation: (organisation, most) =>
      select('desk_tag = ? ORDER BY rowid DESC LIMIT ?', deskTag(organisation), most),
    open: () => select('is_open = 1 ORDER BY rowid'),
    unheard: (userId, organisation) =>
      select('is_unheard = 1 AND owner_tag = ? ORDER BY rowid', ownerTag(userId, organisation)),
    markHeard: (printId) =>
      write(() => storage.run('UPDATE print_log SET is_unheard = 0 WHERE id = ?', printId)),
    removeOld: (before, behind, isWanted) =>
      write(() => {
        const rows = storage.all(
          `SELECT rowid, id, payload FROM print_log
           WHERE rowid > ? AND printed_at < ? AND is_open = 0 AND is_unheard = 0 ORDER BY rowid LIMIT ?`,
          ...[behind, before, ROWS_A_STEP],
        );
        const gone = rows.filter((row) => {
          const record = open(row);
          return record === null || !isWanted(record);
        });
        gone.forEach((row) => storage.run('DELETE FROM print_log WHERE id = ?', String(row['id'])));
        const last = rows.length < ROWS_A_STEP ? undefined : rows.at(-1);
        return { removed: gone.length, next: last === undefined ? null : Number(last['rowid']) };
      }),
  };
}
