/**
 * Finds rows of the trail, newest or oldest first. What they say is sealed, so keyed tags narrow them and the opened
 * entry decides. It goes through the trail in windows of rows and lets everything else go first between them: no key
 * of the clerk waits for it, however long the trail is.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SqlValue, Storage } from '../../app/ports.ts';
import type { AuditLog, ReadEntry } from './audit-log.ts';
import { actionOf } from './entry-kinds.ts';
import { readEnd, type TrailRow } from './trail-rows.ts';

/** What is looked for; null is anything. Instants bound the time: from the first up to, and without, the second. */
export interface TrailFilter {
  readonly userId: string | null;
  readonly ubrn: string | null;
  readonly nhsNumber: string | null;
  /** Beside the NHS number: referrals that are its patient's, whose rows may name the UBRN alone. */
  readonly orUbrns?: ReadonlySet<string>;
  readonly action: string | null;
  readonly isFailed: boolean | null;
  readonly from: string | null;
  readonly before: string | null;
}

export const ANYTHING: TrailFilter = {
  ...{ userId: null, ubrn: null, nhsNumber: null, action: null, isFailed: null, from: null, before: null },
};

export interface TrailSearch {
  readonly storage: Pick<Storage, 'all'>;
  readonly log: Pick<AuditLog, 'open' | 'tags'>;
  readonly filter: TrailFilter;
  /** Who asks may not see every row. */
  readonly maySee: (entry: ReadEntry) => boolean;
  readonly order: 'newest-first' | 'oldest-first';
  /** Only rows behind this one, in the order. */
  readonly past?: number | null;
  readonly most: number;
  /** True once nobody waits for it any more. */
  readonly isStale: () => boolean;
}

export interface FoundRows {
  readonly rows: readonly ReadEntry[];
  /** Where to go on; null when the end of the trail was reached. */
  readonly next: number | null;
  /** Rows that do not open, and were passed by. */
  readonly unreadable: number;
}

/** A window takes about a millisecond to look through, and so many rows three to open. */
const ROWS_A_WINDOW = 1_000;
const ROWS_A_TURN = 40;

/** Null when it went stale on the way. Throws `StorageFault`. */
export async function searchTrail(search: TrailSearch): Promise<FoundRows | null> {
  const { storage, log, filter, maySee, most, isStale } = search;
  const isNewestFirst = search.order === 'newest-first';
  const [first, last] = readBounds(storage);
  const condition = narrow(filter, log);
  const rows: ReadEntry[] = [];
  const past = search.past ?? (isNewestFirst ? Infinity : -Infinity);
  // A place far outside of the trail would be walked to window by window.
  let at = isNewestFirst ? Math.min(past, last + 1) : Math.max(past, first - 1);
  let unreadable = 0;

  for (;;) {
    if (isNewestFirst ? at <= first : at >= last) return { rows, next: null, unreadable };
    const [low, high] = isNewestFirst ? [at - ROWS_A_WINDOW, at - 1] : [at + 1, at + ROWS_A_WINDOW];
    const window = readWindow(storage, condition, [low, high], isNewestFirst);
    for (const row of window) {
      const entry = log.open(row);
      if (entry === null) unreadable += 1;
      else if (matches(entry, filter) && maySee(entry)) rows.push(entry);
      if (rows.length >= most) return { rows, next: row.seq, unreadable };
    }
    const seen = window.length < ROWS_A_TURN ? undefined : window.at(-1)?.seq;
    at = seen ?? (isNewestFirst ? low : high);
    await nextTurn();
    if (isStale()) return null;
  }
}

function readBounds(storage: Pick<Storage, 'all'>): readonly [number, number] {
  const [row] = storage.all('SELECT min(seq) AS first FROM audit');
  return [Number(row?.['first'] ?? 0), readEnd(storage)?.seq ?? -1];
}

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** By tag or, for rows of before there were tags, by opening them. */
function narrow(filter: TrailFilter, { tags }: Pick<AuditLog, 'tags'>): Condition {
  const parts: Condition[] = [];
  const byTag = (column: string, tag: Uint8Array) => ({ sql: `${column} = ?`, values: [tag] });
  if (filter.userId !== null) parts.push(byTag('user_tag', tags.user(filter.userId)));
  if (filter.ubrn !== null) parts.push(byTag('ubrn_tag', tags.ubrn(filter.ubrn)));
  if (filter.action !== null) parts.push(byTag('action_tag', tags.action(filter.action)));
  if (filter.nhsNumber !== null) {
    const ubrns = [...(filter.orUbrns ?? [])];
    const marks = ubrns.map(() => '?').join(', ');
    parts.push({
      sql: `(nhs_tag = ? OR ubrn_tag IN (${marks}))`,
      values: [tags.nhsNumber(filter.nhsNumber), ...ubrns.map((ubrn) => tags.ubrn(ubrn))],
    });
  }
  if (filter.isFailed !== null) parts.push({ sql: 'is_failed = ?', values: [Number(filter.isFailed)] });
  const tagged = parts.map(({ sql }) => sql).join(' AND ');
  const times: Condition[] = [
    ...(filter.from === null ? [] : [{ sql: 'at >= ?', values: [filter.from] }]),
    ...(filter.before === null ? [] : [{ sql: 'at < ?', values: [filter.before] }]),
  ];
  const found = tagged === '' ? [] : [`(user_tag IS NULL OR (${tagged}))`];
  return {
    sql: [...found, ...times.map(({ sql }) => sql)].map((sql) => ` AND ${sql}`).join(''),
    values: [...parts, ...times].flatMap(({ values }) => values),
  };
}

function readWindow(
  storage: Pick<Storage, 'all'>,
  { sql, values }: Condition,
  [low, high]: readonly [number, number],
  isNewestFirst: boolean,
): TrailRow[] {
  const order = isNewestFirst ? 'DESC' : 'ASC';
  return storage.all(
    `SELECT seq, at, entry, is_failed FROM audit WHERE seq BETWEEN ? AND ?${sql} ORDER BY seq ${order} LIMIT ${ROWS_A_TURN}`,
    ...[low, high],
    ...values,
  ) as unknown as TrailRow[];
}

const is = (wanted: string | null, text: string) => wanted === null || wanted === text;

/** A tag only narrows: what the entry says is what counts. */
function matches({ at, entry, isFailed }: ReadEntry, filter: TrailFilter): boolean {
  const isOfPatient =
    is(filter.nhsNumber, entry.nhsNumber) ||
    (filter.nhsNumber !== null && (filter.orUbrns?.has(entry.ubrn) ?? false));
  return (
    is(filter.userId, entry.userId) &&
    is(filter.ubrn, entry.ubrn) &&
    isOfPatient &&
    is(filter.action, actionOf(entry.type)) &&
    (filter.isFailed === null || filter.isFailed === isFailed) &&
    (filter.from === null || at >= filter.from) &&
    (filter.before === null || at < filter.before)
  );
}
