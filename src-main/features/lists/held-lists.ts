/** The lists of the person at the desk, in memory as on disk: bounded in number and in age. */
import type { LocalListKind, LocalRow } from '../../contract/channels/lists.ts';
import { parseInstant } from '../../contract/london-time.ts';
import type { Clock, Log } from '../../app/ports.ts';
import type { Followed, KeptRecords } from '../kept-records/kept-records.ts';
import type { Desk } from '../session/session.ts';

/** The lists that are kept; what is due today is worked out. */
export type KeptListKind = Exclude<LocalListKind, 'DUE_TODAY'>;

interface ListRule {
  readonly kind: 'watch' | 'letter' | 'recent';
  readonly most: number;
  readonly days: number;
  /** Going out of the list for want of room is a loss that the clerk is told of. */
  readonly isLoss: boolean;
}

const RULES: Readonly<Record<KeptListKind, ListRule>> = {
  WATCH: { kind: 'watch', most: 1000, days: 90, isLoss: true },
  LETTERS_TO_PRINT: { kind: 'letter', most: 1000, days: 90, isLoss: true },
  RECENTLY_USED: { kind: 'recent', most: 20, days: 30, isLoss: false },
};
export const KEPT_LISTS = Object.keys(RULES) as KeptListKind[];
const DAY_MS = 24 * 60 * 60 * 1000;

export interface HeldLists {
  readonly desk: Desk;
  /** What is not too old; in the list's own order. */
  readonly rows: (list: KeptListKind) => readonly LocalRow[];
  readonly find: (list: KeptListKind, ubrn: string) => LocalRow | null;
  readonly put: (list: KeptListKind, row: LocalRow) => void;
  readonly remove: (list: KeptListKind, ubrn: string) => void;
  /** Rows that had to go for want of room since the list was opened. */
  readonly dropped: (list: LocalListKind) => number;
  readonly unreadable: (list: LocalListKind) => number;
  readonly followed: (intentId: string, phase: Followed['phase']) => Followed | null;
  readonly allFollowed: () => readonly Followed[];
  readonly markFollowed: (mark: Followed) => void;
}

/** Reads what this person kept earlier. */
export function holdLists(
  desk: Desk,
  kept: KeptRecords,
  { clock, log }: { clock: Clock; log: Log },
): HeldLists {
  const lists = new Map<KeptListKind, Map<string, LocalRow>>();
  const dropped = new Map<LocalListKind, number>();
  const unreadable = new Map<LocalListKind, number>();
  for (const list of KEPT_LISTS) {
    const loaded = kept.load(desk, RULES[list].kind);
    lists.set(list, new Map(loaded.values.map((row) => [row.ubrn, row])));
    unreadable.set(list, loaded.unreadable);
  }
  const markName = ({ intentId, phase }: Pick<Followed, 'intentId' | 'phase'>) => `${intentId} ${phase}`;
  const marks = new Map(kept.load(desk, 'followed').values.map((mark) => [markName(mark), mark]));

  const rowsOf = (list: KeptListKind): Map<string, LocalRow> =>
    lists.get(list) ?? new Map<string, LocalRow>();

  const isFresh = (list: KeptListKind) => (row: LocalRow) =>
    (parseInstant(row.addedAt) ?? 0) > clock.nowMs() - RULES[list].days * DAY_MS;

  function remove(list: KeptListKind, ubrn: string): void {
    if (rowsOf(list).delete(ubrn)) kept.remove(desk, RULES[list].kind, ubrn);
  }

  function dropOldest(list: KeptListKind): void {
    const { most, isLoss } = RULES[list];
    const byAge = [...rowsOf(list).values()].sort((a, b) => a.addedAt.localeCompare(b.addedAt));
    const over = byAge.slice(0, Math.max(0, byAge.length - most));
    over.forEach(({ ubrn }) => remove(list, ubrn));
    if (over.length === 0 || !isLoss) return;
    dropped.set(list, (dropped.get(list) ?? 0) + over.length);
    log.write('warn', 'list-full', { code: list, count: over.length });
  }

  return {
    desk,
    rows: (list) => [...rowsOf(list).values()].filter(isFresh(list)).sort(ORDERS[list]),
    find: (list, ubrn) => rowsOf(list).get(ubrn) ?? null,
    put(list, row) {
      // What is put again comes last of those that were added at the same time.
      rowsOf(list).delete(row.ubrn);
      rowsOf(list).set(row.ubrn, row);
      kept.put(desk, RULES[list].kind, row.ubrn, row);
      dropOldest(list);
    },
    remove,
    dropped: (list) => dropped.get(list) ?? 0,
    unreadable: (list) => unreadable.get(list) ?? 0,
    followed: (intentId, phase) => marks.get(markName({ intentId, phase })) ?? null,
    allFollowed: () => [...marks.values()],
    markFollowed(mark) {
      marks.set(markName(mark), mark);
      kept.put(desk, 'followed', markName(mark), mark);
    },
  };
}

const ORDERS: Readonly<Record<KeptListKind, (a: LocalRow, b: LocalRow) => number>> = {
  /** The next contact-by date first, those without one last. */
  WATCH: (a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999') || a.addedAt.localeCompare(b.addedAt),
  LETTERS_TO_PRINT: (a, b) => a.addedAt.localeCompare(b.addedAt),
  RECENTLY_USED: (a, b) => b.addedAt.localeCompare(a.addedAt),
};
