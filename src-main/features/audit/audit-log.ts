import { parseInstant, toIso } from '../../contract/london-time.ts';
import type { Audit, AuditEntry, Clock, Storage } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { actionOf, isFailed } from './entry-kinds.ts';
import { beginCheck } from './trail-check.ts';
import { contextOf, createChain, FIRST_END, readEnd, type TrailRow } from './trail-rows.ts';

/** What is noted of every entry beside what its writer says. */
export interface Attribution {
  readonly sessionId: string;
  readonly asid: string;
  readonly organisationName: string;
}

/** An entry as it is sealed. */
export type StoredEntry = Omit<AuditEntry, 'sitting'> & Attribution;

/** An entry with its place in the trail. */
export interface ReadEntry {
  readonly seq: number;
  readonly at: string;
  readonly isFailed: boolean;
  readonly entry: StoredEntry;
}

export type Verdict =
  { readonly ok: true; readonly rows: number } | { readonly ok: false; readonly firstBadSeq: number };

/** The tags by which rows are found; of half the length, as they find and prove nothing. */
export interface TrailTags {
  readonly user: (userId: string) => Uint8Array;
  readonly ubrn: (ubrn: string) => Uint8Array;
  readonly nhsNumber: (nhsNumber: string) => Uint8Array;
  readonly action: (action: string) => Uint8Array;
}

export interface AuditLog extends Audit {
  /** Walks the whole chain at once: for tests and benches; the desk walks it in slices (`trail-check.ts`). */
  verify(): Verdict;
  read(): ReadEntry[];
  /** Opens one row; null when it does not open. */
  open(row: Pick<TrailRow, 'seq' | 'at' | 'entry' | 'is_failed'>): ReadEntry | null;
  readonly tags: TrailTags;
}

const TAG_BYTES = 16;
const NOBODY: Attribution = { sessionId: '', asid: '', organisationName: '' };
const INSERT = `INSERT INTO audit
  (seq, at, entry, previous, hash, user_tag, ubrn_tag, nhs_tag, action_tag, is_failed)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export function createTrailTags(vault: Pick<Vault, 'tag'>): TrailTags {
  const tagOf = (purpose: string) => (text: string) => vault.tag(purpose, text).subarray(0, TAG_BYTES);
  return {
    user: tagOf('audit-user'),
    ubrn: tagOf('audit-ubrn'),
    nhsNumber: tagOf('audit-nhs'),
    action: tagOf('audit-action'),
  };
}

/**
 * The audit trail: sealed entries in a keyed chain (contract.md section 12, safety.md "Audit").
 * `append` joins the caller's transaction; a row is never changed afterwards.
 */
export function createAuditLog(ports: {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly attribute?: (entry: AuditEntry) => Attribution;
  /** A row was added; its transaction may still be rolled back. */
  readonly onAppended?: () => void;
}): AuditLog {
  const { storage, clock, vault } = ports;
  const chain = createChain(vault);
  const tags = createTrailTags(vault);

  function tagsOf({ type, userId, ubrn, nhsNumber }: AuditEntry) {
    return {
      user_tag: tags.user(userId),
      ubrn_tag: ubrn === '' ? null : tags.ubrn(ubrn),
      nhs_tag: nhsNumber === '' ? null : tags.nhsNumber(nhsNumber),
      action_tag: tags.action(actionOf(type)),
    };
  }

  function store(entry: AuditEntry): void {
    const end = readEnd(storage) ?? readPrunedEnd(storage);
    const [seq, at] = [end.seq + 1, toIso(clock.nowMs())];
    const { sitting: _sitting, ...said } = entry;
    const stored: StoredEntry = { ...said, ...(ports.attribute?.(entry) ?? NOBODY) };
    const part = {
      ...{ seq, at, entry: vault.seal(contextOf(seq), stored) },
      ...tagsOf(entry),
      is_failed: Number(isFailed(entry)),
    };
    storage.run(
      INSERT,
      ...[seq, at, part.entry, end.hash, chain.linkOf(end.hash, part)],
      ...[part.user_tag, part.ubrn_tag, part.nhs_tag, part.action_tag, part.is_failed],
    );
  }

  function open(row: Pick<TrailRow, 'seq' | 'at' | 'entry' | 'is_failed'>): ReadEntry | null {
    const opened = vault.open(contextOf(row.seq), row.entry);
    // Its time lies open on the disk: one that is none was put there by somebody else.
    if (!opened.ok || parseInstant(row.at) === null) return null;
    const entry = { ...NOBODY, ...(opened.value as StoredEntry) };
    return { seq: row.seq, at: row.at, isFailed: row.is_failed === 1, entry };
  }

  return {
    append(entry) {
      storage.transaction(() => store(entry));
      ports.onAppended?.();
    },
    verify() {
      const check = beginCheck({ storage, chain, opens: (row) => open(row) !== null });
      while (!check.step());
      const { firstBad, rows } = check.result();
      return firstBad === null ? { ok: true, rows } : { ok: false, firstBadSeq: firstBad.seq };
    },
    read: () =>
      (storage.all('SELECT * FROM audit ORDER BY seq') as unknown as TrailRow[]).flatMap(
        (row) => open(row) ?? [],
      ),
    open,
    tags,
  };
}

/** Retention leaves the last row there; a trail whose rows are all gone still goes on from where they ended. */
function readPrunedEnd(storage: Storage) {
  const [row] = storage.all('SELECT seq, hash FROM audit_anchor');
  return row === undefined ? FIRST_END : { seq: Number(row['seq']), hash: row['hash'] as Uint8Array };
}
