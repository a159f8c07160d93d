import type { LocalListKind } from '../../../src-main/contract/channels/lists.ts';
import type { WorklistFilter, WorklistKind } from '../../../src-main/contract/channels/worklist.ts';
import { formatStaffDateTime, formatTime } from '../../../src-main/contract/london-time.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { countOf } from '../../app/format.ts';
import { roleName } from '../../app/words/role-words.ts';
import { isLocalList, isProviderList, type ListKind, type ListReading } from './list-kinds.ts';

/** A list of the worklist pane: its name, its key, what is in it, and the roles that may read it. */
export interface ListWords {
  readonly kind: ListKind;
  readonly title: string;
  readonly key: string;
  readonly contents: string;
  /** Null: every role has it. */
  readonly roles: readonly string[] | null;
  readonly rolesInWords: string;
}

/** Roles that may read a list of e-RS (contract.md section 3). */
const REFERRER = {
  roles: ['REFERRING_CLINICIAN', 'REFERRING_CLINICIAN_ADMIN', 'REFERRING_ADMIN'],
  rolesInWords: 'a referring role',
};
const PROVIDER = {
  roles: ['SERVICE_PROVIDER_CLINICIAN', 'SERVICE_PROVIDER_CLINICIAN_ADMIN', 'SERVICE_PROVIDER_ADMIN'],
  rolesInWords: 'a service provider role',
};
const EVERYONE = { roles: null, rolesInWords: 'any role' };

const ersList = (kind: WorklistKind, at: number, title: string, contents: string): ListWords => ({
  ...{ kind, title, key: `Ctrl+${at}`, contents },
  ...(isProviderList(kind) ? PROVIDER : REFERRER),
});
const deskList = (kind: LocalListKind, key: string, title: string, contents: string): ListWords => ({
  ...{ kind, title, key, contents },
  ...EVERYONE,
});

/** The lists in the order of the tabs: Awaiting Booking first, the desk's own lists last (screens.md section 1). */
export const LISTS: readonly ListWords[] = [
  ersList('AWAITING_BOOKING', 1, 'Awaiting Booking', 'referrals awaiting booking'),
  ersList('LETTERS_OUTSTANDING', 2, 'Letters Outstanding', 'referrals whose letter is outstanding'),
  ersList(
    'REJECTED_TRIAGE_RESPONSE',
    3,
    'Rejected / Triage Response',
    'referrals rejected or returned by triage',
  ),
  ersList(
    'ASSESSMENT_RETURNED_CANCELLED_DNA',
    4,
    'Returned / Cancelled / DNA',
    'referrals returned by assessment, cancelled, or not attended',
  ),
  ersList(
    'APPOINTMENT_SLOT_ISSUES',
    5,
    'Appointment Slot Issues',
    'referrals with an appointment slot issue',
  ),
  ersList('REFERRALS_FOR_REVIEW', 6, 'Referrals for Review', 'referrals for review'),
  deskList('WATCH', 'Ctrl+7', 'Watch', 'referrals on Watch'),
  deskList('LETTERS_TO_PRINT', 'Ctrl+8', 'Letters to print', 'letters to print'),
  deskList('RECENTLY_USED', 'Ctrl+9', 'Recently used', 'referrals used lately'),
  deskList('DUE_TODAY', 'Ctrl+U', 'Due today', 'referrals due today'),
];

export function listWords(kind: ListKind): ListWords {
  return LISTS.find((list) => list.kind === kind) ?? (LISTS[0] as ListWords);
}

/** True, or the role that a list needs. */
export function mayReadList(list: ListWords, businessFunction: string): true | string {
  if (list.roles === null || list.roles.includes(businessFunction)) return true;
  return `${list.title} needs ${list.rolesInWords}; you work as ${roleName(businessFunction)}. Alt+R changes the role.`;
}

/** How the desk's own lists fill, said when they are empty. */
const HOW_FILLED: Readonly<Record<LocalListKind, string>> = {
  WATCH: 'A deferred referral comes here by itself; Ctrl+M puts the marked or the chosen one on Watch.',
  LETTERS_TO_PRINT: 'A booking that is proven comes here until its letter is printed.',
  RECENTLY_USED: 'The last 20 referrals that you open come here.',
  DUE_TODAY: 'Contact-by dates and tasks come here on their day.',
};

/** What was searched, for whom, and when: an empty list is an answer and says so. */
export function emptyWords(reading: ListReading): string {
  const { contents } = listWords(reading.kind);
  if (isLocalList(reading.kind)) {
    return `No ${contents} for you in this role, ${formatTime(reading.readAt)}. ${HOW_FILLED[reading.kind]}`;
  }
  const role = roleName(reading.businessFunction);
  const part = reading.filter === null ? '' : ` at ${narrowingWords(reading.filter)}`;
  if (reading.isRemembered) {
    const readAt = formatStaffDateTime(reading.readAt);
    return `When last read, ${readAt}, there were no ${contents}${part} for ${reading.organisation} as ${role}.`;
  }
  return `No ${contents}${part} for ${reading.organisation} as ${role}, read ${formatTime(reading.readAt)}.`;
}

/** By what e-RS narrowed a provider's list, e.g. `service 11001, without a named clinician`. */
export function narrowingWords({ serviceId, specialty, clinician }: WorklistFilter): string {
  const parts = [
    ...(serviceId === null ? [] : [`service ${serviceId}`]),
    ...(specialty === null ? [] : [`specialty ${specialty}`]),
    ...(clinician === null
      ? []
      : [clinician === 'not-assigned' ? 'without a named clinician' : `clinician ${clinician}`]),
  ];
  return parts.join(', ');
}

/** What is missing from a list although its rows are on show. */
export function warningsOf(reading: ListReading | null): readonly string[] {
  if (reading === null) return [];
  const { unreadable, dropped, isKept } = reading;
  const entries = countOf(unreadable, 'entry', 'entries');
  const place = isLocalList(reading.kind) ? '' : ' Look in the e-RS web application too.';
  return [
    ...(unreadable > 0
      ? [
          `${entries} of this list could not be read and ${unreadable === 1 ? 'is' : 'are'} not shown.${place}`,
        ]
      : []),
    ...(dropped > 0
      ? [`The list was full: ${countOf(dropped, 'oldest entry', 'oldest entries')} had to go.`]
      : []),
    ...(isKept ? [] : ['Nothing can be saved now: this list is lost when you sign out or lock.']),
  ];
}

/** What else can be done when a list cannot be had; empty when its problem says it all. */
export function listAdvice(kind: ListKind, problem: Problem): string {
  if (problem.kind === 'offline' && !isLocalList(kind))
    return 'Nothing of this list was read here before. The desk’s own lists (Ctrl+7 to Ctrl+9, Ctrl+U) and the tasks (Ctrl+T) need no connection.';
  if (problem.code !== 'list-too-large') return '';
  return isProviderList(kind)
    ? 'Shift+F5 reads it for one service, specialty or clinician.'
    : 'e-RS offers no filter for a referrer’s list: work it in the e-RS web application, and open single referrals here with F2.';
}

/** What the days of a list are counted from; empty where it has none. */
export function daysLegend(kind: ListKind): string {
  if (isLocalList(kind)) return '';
  return isProviderList(kind)
    ? 'Days count from the start of the pathway; ▲ is a 2 week wait of over 14 days.'
    : 'Days count from the creation of the referral; ▲ is a 2 week wait of over 14 days.';
}
