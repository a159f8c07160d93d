/** The lists of the worklist pane: the six of e-RS and those that the desk itself keeps. */
import type { LocalList, LocalListKind, LocalRow } from '../../../src-main/contract/channels/lists.ts';
import type { Worklist, WorklistKind, WorklistRow } from '../../../src-main/contract/channels/worklist.ts';
import type { Coded } from '../../../src-main/contract/schema.ts';

export type ListKind = WorklistKind | LocalListKind;

/** Why the desk keeps a referral on a list of its own. */
export interface LocalFacts {
  readonly reasons: readonly string[];
  readonly due: string | null;
  readonly addedAt: string;
}

/** A row of any list; `local` is there on the desk's own lists only. */
export interface ListRow extends WorklistRow {
  readonly local?: LocalFacts;
}

/** What was read, when and for whom; its rows are kept apart from it. */
export type ListReading = Omit<Worklist, 'rows' | 'kind'> & {
  readonly kind: ListKind;
  /** False for a list of the desk's own that lives for this sitting only. */
  readonly isKept: boolean;
  /** Entries that had to go because a list of the desk's own was full. */
  readonly dropped: number;
};

const LOCAL: readonly string[] = ['WATCH', 'LETTERS_TO_PRINT', 'RECENTLY_USED', 'DUE_TODAY'];
const PROVIDER: readonly string[] = ['APPOINTMENT_SLOT_ISSUES', 'REFERRALS_FOR_REVIEW'];
const NOT_KNOWN: Coded = { code: '', display: 'Not known' };

export const isLocalList = (kind: ListKind): kind is LocalListKind => LOCAL.includes(kind);

/** True for the lists that e-RS filters by service, specialty and clinician (contract.md A008). */
export const isProviderList = (kind: ListKind): boolean => PROVIDER.includes(kind);

export function readingOf({ rows: _rows, ...reading }: Worklist): ListReading {
  return { ...reading, isKept: true, dropped: 0 };
}

export function localReadingOf(local: LocalList): ListReading {
  const { list, readAt, isKept, dropped, unreadable } = local;
  return {
    ...{ kind: list, filter: null, unreadable, readAt, isRemembered: false, isKept, dropped },
    ...{ organisation: '', businessFunction: '' },
  };
}

function toListRow(row: LocalRow): ListRow {
  return {
    ubrn: row.ubrn,
    nhsNumber: row.nhsNumber,
    priority: row.priority ?? NOT_KNOWN,
    context: row.context,
    ...{ status: null, reason: null, created: null, lastUpdated: null, contactBy: null, letterDue: null },
    ...{ appointmentStart: null, serviceId: null, referralType: null, clinicalInformation: null },
    pathwayStart: null,
    local: { reasons: [row.reason], due: row.due, addedAt: row.addedAt },
  };
}

const earlier = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);

/** Rows of a list of the desk's own: one a referral, however many reasons it has to be there. */
export function localRows(rows: readonly LocalRow[]): readonly ListRow[] {
  const byUbrn = new Map<string, ListRow>();
  for (const row of rows) {
    const known = byUbrn.get(row.ubrn)?.local;
    const next = toListRow(row);
    const { local } = next;
    const isMore = known !== undefined && local !== undefined;
    byUbrn.set(
      row.ubrn,
      isMore
        ? {
            ...next,
            local: {
              reasons: [...new Set([...known.reasons, ...local.reasons])],
              due: earlier(known.due, local.due),
              addedAt: known.addedAt,
            },
          }
        : next,
    );
  }
  return [...byUbrn.values()];
}
