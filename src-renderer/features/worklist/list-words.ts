import type { Worklist, WorklistKind } from '../../../src-main/contract/channels/worklist.ts';
import { formatStaffDateTime, formatTime } from '../../../src-main/contract/london-time.ts';
import { roleName } from '../../app/words/role-words.ts';

/** One of the six lists of e-RS: its name, what is in it, and the roles that may read it (contract.md section 3). */
export interface ListWords {
  readonly kind: WorklistKind;
  readonly title: string;
  readonly contents: string;
  readonly roles: readonly string[];
  readonly rolesInWords: string;
}

const REFERRER = {
  roles: ['REFERRING_CLINICIAN', 'REFERRING_CLINICIAN_ADMIN', 'REFERRING_ADMIN'],
  rolesInWords: 'a referring role',
};
const PROVIDER = {
  roles: ['SERVICE_PROVIDER_CLINICIAN', 'SERVICE_PROVIDER_CLINICIAN_ADMIN', 'SERVICE_PROVIDER_ADMIN'],
  rolesInWords: 'a service provider role',
};

/** The lists in the order of the tabs: Awaiting Booking first. */
export const LISTS: readonly ListWords[] = [
  {
    kind: 'AWAITING_BOOKING',
    title: 'Awaiting Booking',
    contents: 'referrals awaiting booking',
    ...REFERRER,
  },
  {
    kind: 'LETTERS_OUTSTANDING',
    title: 'Letters Outstanding',
    contents: 'referrals whose letter is outstanding',
    ...REFERRER,
  },
  {
    kind: 'REJECTED_TRIAGE_RESPONSE',
    title: 'Rejected / Triage Response',
    contents: 'referrals rejected or returned by triage',
    ...REFERRER,
  },
  {
    kind: 'ASSESSMENT_RETURNED_CANCELLED_DNA',
    title: 'Returned / Cancelled / DNA',
    contents: 'referrals returned by assessment, cancelled, or not attended',
    ...REFERRER,
  },
  {
    kind: 'APPOINTMENT_SLOT_ISSUES',
    title: 'Appointment Slot Issues',
    contents: 'referrals with an appointment slot issue',
    ...PROVIDER,
  },
  {
    kind: 'REFERRALS_FOR_REVIEW',
    title: 'Referrals for Review',
    contents: 'referrals for review',
    ...PROVIDER,
  },
];

export function listWords(kind: WorklistKind): ListWords {
  return LISTS.find((list) => list.kind === kind) ?? (LISTS[0] as ListWords);
}

/** True, or the role that a list needs. */
export function mayReadList(list: ListWords, businessFunction: string): true | string {
  if (list.roles.includes(businessFunction)) return true;
  return `${list.title} needs ${list.rolesInWords}; you work as ${roleName(businessFunction)}. Alt+R changes the role.`;
}

/** What was searched, for whom, and when: an empty list is an answer and says so. */
export function emptyWords(worklist: Worklist): string {
  const { contents } = listWords(worklist.kind);
  const role = roleName(worklist.businessFunction);
  if (worklist.isRemembered) {
    const readAt = formatStaffDateTime(worklist.readAt);
    return `When last read, ${readAt}, there were no ${contents} for ${worklist.organisation} as ${role}.`;
  }
  return `No ${contents} for ${worklist.organisation} as ${role}, read ${formatTime(worklist.readAt)}.`;
}
