import type { WorklistKind } from '../../../src-main/contract/channels/worklist.ts';

/** A column of the worklist; its id is also its class. */
export interface Column {
  readonly id:
    | 'priority'
    | 'nhs'
    | 'name'
    | 'context'
    | 'status'
    | 'age'
    | 'contact-by'
    | 'letter-due'
    | 'appointment'
    | 'ubrn';
  readonly title: string;
}

const PRIORITY: Column = { id: 'priority', title: 'Priority' };
const NHS: Column = { id: 'nhs', title: 'NHS number' };
const NAME: Column = { id: 'name', title: 'Name' };
const CONTEXT: Column = { id: 'context', title: 'Specialty or service' };
const STATUS: Column = { id: 'status', title: 'Status' };
const AGE: Column = { id: 'age', title: 'Age' };
const UBRN: Column = { id: 'ubrn', title: 'UBRN' };

/** The column that only some lists have (contract.md section 6, A008). */
const OWN_COLUMN: Partial<Record<WorklistKind, Column>> = {
  LETTERS_OUTSTANDING: { id: 'letter-due', title: 'Letter due' },
  APPOINTMENT_SLOT_ISSUES: { id: 'contact-by', title: 'Contact by' },
  REFERRALS_FOR_REVIEW: { id: 'appointment', title: 'Appointment' },
};

/** The columns of a list, in order; status is left out where the list has none. */
export function columnsOf(kind: WorklistKind): readonly Column[] {
  const own = OWN_COLUMN[kind];
  const status = kind === 'LETTERS_OUTSTANDING' ? [] : [STATUS];
  return [PRIORITY, NAME, NHS, CONTEXT, ...status, AGE, ...(own ? [own] : []), UBRN];
}
