/** What the lists of this sitting showed: opening, watching and cancelling go by it (hazard 1). */
import type { Worklist, WorklistKind, WorklistRow } from '../../contract/channels/worklist.ts';
import type { NhsNumber, Ubrn } from '../../contract/identifiers.ts';

export interface ShownLists {
  readonly show: (worklist: Worklist) => void;
  /** The referral as a list showed it last; null when none did in this sitting. */
  readonly rowOf: (ubrn: string) => WorklistRow | null;
  readonly ubrnsOf: (nhsNumber: NhsNumber) => Ubrn[];
  /** True while the list of that kind, as it was read last, has the referral. */
  readonly isOnList: (kind: WorklistKind, ubrn: string) => boolean;
  /** The rows that lists of this sitting show now, once each. */
  readonly rows: () => readonly WorklistRow[];
  readonly forget: () => void;
}

export function createShownLists(): ShownLists {
  const everShown = new Map<string, WorklistRow>();
  /** By kind and filter; the whole list takes the place of its parts. */
  const current = new Map<string, Worklist>();

  return {
    show(worklist) {
      const { kind, filter, rows } = worklist;
      const parts = [...current].filter(([, shown]) => shown.kind === kind);
      if (filter === null) parts.forEach(([key]) => current.delete(key));
      current.set(`${kind} ${JSON.stringify(filter)}`, worklist);
      rows.forEach((row) => everShown.set(row.ubrn, row));
    },
    rowOf: (ubrn) => everShown.get(ubrn) ?? null,
    ubrnsOf: (nhsNumber) =>
      [...everShown.values()].flatMap((row) => (row.nhsNumber === nhsNumber ? [row.ubrn as Ubrn] : [])),
    isOnList: (kind, ubrn) =>
      [...current.values()].some((list) => list.kind === kind && list.rows.some((row) => row.ubrn === ubrn)),
    rows() {
      const all = [...current.values()].flatMap((list) => list.rows.map((row) => [list.kind, row] as const));
      return [...new Map(all.map(([kind, row]) => [`${kind} ${row.ubrn}`, row])).values()];
    },
    forget() {
      everShown.clear();
      current.clear();
    },
  };
}
