import { isLocalList, type ListKind } from './list-kinds.ts';

/** A column of the worklist; its id is also its class. */
export interface Column {
  readonly id: ColumnId;
  readonly title: string;
}

export type ColumnId =
  | 'sign'
  | 'priority'
  | 'nhs'
  | 'name'
  | 'context'
  | 'status'
  | 'age'
  | 'contact-by'
  | 'letter-due'
  | 'appointment'
  | 'clinical'
  | 'why'
  | 'due'
  | 'added'
  | 'ubrn';

/** Signs of the desk itself: the row is marked, or on Watch. It has nothing to filter or sort by. */
const SIGN: Column = { id: 'sign', title: 'Marked' };
const PRIORITY: Column = { id: 'priority', title: 'Priority' };
const NHS: Column = { id: 'nhs', title: 'NHS number' };
const NAME: Column = { id: 'name', title: 'Name' };
const CONTEXT: Column = { id: 'context', title: 'Specialty or service' };
const STATUS: Column = { id: 'status', title: 'Status' };
const AGE: Column = { id: 'age', title: 'Days' };
const CLINICAL: Column = { id: 'clinical', title: 'Clinical info' };
const WHY: Column = { id: 'why', title: 'Why' };
const UBRN: Column = { id: 'ubrn', title: 'UBRN' };

/** The columns that only some lists have (contract.md section 6, A008). */
const OWN_COLUMNS: Partial<Record<ListKind, readonly Column[]>> = {
  LETTERS_OUTSTANDING: [{ id: 'letter-due', title: 'Letter due' }],
  APPOINTMENT_SLOT_ISSUES: [CLINICAL, { id: 'contact-by', title: 'Contact by' }],
  REFERRALS_FOR_REVIEW: [{ id: 'appointment', title: 'Appointment' }],
  RECENTLY_USED: [{ id: 'added', title: 'Used' }],
};
const DUE: Column = { id: 'due', title: 'Due' };

function everyColumn(kind: ListKind): readonly Column[] {
  const own = OWN_COLUMNS[kind] ?? [];
  if (isLocalList(kind)) {
    const last = own.length > 0 ? own : [DUE];
    return [SIGN, PRIORITY, NAME, NHS, CONTEXT, WHY, ...last, UBRN];
  }
  const status = kind === 'LETTERS_OUTSTANDING' ? [] : [STATUS];
  return [SIGN, PRIORITY, NAME, NHS, CONTEXT, ...status, AGE, ...own, UBRN];
}

const byKind = new Map<ListKind, readonly Column[]>();

/** The columns of a list, in order; status is left out where the list has none. */
export function columnsOf(kind: ListKind): readonly Column[] {
  const known = byKind.get(kind) ?? everyColumn(kind);
  byKind.set(kind, known);
  return known;
}

/** The columns by which a list can be filtered and sorted. */
export function sortableColumnsOf(kind: ListKind): readonly Column[] {
  return columnsOf(kind).filter(({ id }) => id !== 'sign');
}
