/** Typed, invented data for the renderer's tests: NHS numbers of the 999 range, made-up names. */
import type { OutboxSummary } from '../../src-main/contract/channels/outbox.ts';
import type { ListedName } from '../../src-main/contract/channels/patient.ts';
import type { Environment, RoleChoice, SessionState } from '../../src-main/contract/channels/session.ts';
import type { Worklist, WorklistKind, WorklistRow } from '../../src-main/contract/channels/worklist.ts';
import { hasValidCheckDigit } from '../../src-main/contract/identifiers.ts';
import { toIso } from '../../src-main/contract/london-time.ts';

export const READ_AT = '2026-11-23T10:42:10.000Z';
const DAY_MS = 86_400_000;
const READ_AT_MS = 1_795_430_530_000;

export function makeRole(changes: Partial<RoleChoice> = {}): RoleChoice {
  return {
    roleId: 'REFERRING_CLINICIAN_ADMIN@R69',
    businessFunction: 'REFERRING_CLINICIAN_ADMIN',
    organisation: 'R69',
    organisationName: 'Invented Surgery',
    canOpen: true,
    canBook: true,
    canReadLetters: true,
    canCancelLater: false,
    canCancel: true,
    canCancelReferral: true,
    canChangeShortlist: true,
    needsClinician: false,
    ...changes,
  };
}

export const ROLES: readonly RoleChoice[] = [
  makeRole(),
  makeRole({
    roleId: 'REFERRING_ADMIN@R69',
    businessFunction: 'REFERRING_ADMIN',
    canOpen: false,
    canBook: false,
    canReadLetters: false,
    canCancel: false,
  }),
  makeRole({
    roleId: 'SERVICE_PROVIDER_CLINICIAN@R68',
    businessFunction: 'SERVICE_PROVIDER_CLINICIAN',
    organisation: 'R68',
    organisationName: 'Invented Hospital',
    canBook: false,
    canReadLetters: false,
    canCancelLater: true,
    canCancel: true,
  }),
];

export function makeSession(changes: Partial<SessionState> = {}): SessionState {
  return {
    status: 'signed-in',
    user: { userId: '555000000101', name: 'Alex Clerk' },
    roles: [...ROLES],
    role: makeRole(),
    onBehalfOf: null,
    endedReason: null,
    ...changes,
  };
}

export const ENVIRONMENT: Environment = {
  id: 'training',
  name: 'Training',
  dialect: 'api-platform',
  host: 'test',
  version: '0.1.0',
};

/** The n-th NHS number of the 999 range whose check digit is right. */
export function makeNhsNumber(n: number): string {
  for (let last = 0; last < 10; last += 1) {
    const digits = `999${String(n).padStart(6, '0')}${last}`;
    if (hasValidCheckDigit(digits)) return digits;
  }
  return makeNhsNumber(n + 100_000);
}

const PRIORITIES = [
  { code: 'ROUTINE', display: 'Routine' },
  { code: 'URGENT', display: 'Urgent' },
  { code: 'ROUTINE', display: 'Routine' },
  { code: 'TWO_WEEK_WAIT', display: '2 Week Wait' },
  { code: 'ROUTINE', display: 'Routine' },
] as const;
const CONTEXTS = [
  'Cardiology/Heart Failure',
  'Dermatology/General',
  'Ophthalmology/Cataract',
  'Orthopaedics/Knee',
];
const STATES = [
  { code: 'NOT_BOOKED', display: 'Not booked' },
  { code: 'DEFERRED_TO_PROVIDER', display: 'Deferred to provider' },
  { code: 'APPT_CANCELLED_BY_PATIENT', display: 'Appointment cancelled by patient' },
] as const;

function pick<T>(values: readonly T[], n: number): T {
  return values[n % values.length] as T;
}

export function makeRow(n: number, changes: Partial<WorklistRow> = {}): WorklistRow {
  const created = toIso(READ_AT_MS - ((n * 7) % 90) * DAY_MS);
  return {
    ubrn: String(49_000_000 + n).padStart(12, '0'),
    nhsNumber: makeNhsNumber(n),
    priority: { ...pick(PRIORITIES, n) },
    context: pick(CONTEXTS, n),
    status: { ...pick(STATES, n % 7 === 0 ? n : 0) },
    reason: null,
    created,
    lastUpdated: created,
    contactBy: null,
    letterDue: null,
    appointmentStart: null,
    serviceId: null,
    referralType: null,
    clinicalInformation: null,
    pathwayStart: null,
    ...changes,
  };
}

export function makeWorklist(
  kind: WorklistKind,
  rows: readonly WorklistRow[],
  changes: Partial<Worklist> = {},
): Worklist {
  return {
    kind,
    filter: null,
    rows: [...rows],
    unreadable: 0,
    readAt: READ_AT,
    isRemembered: false,
    organisation: 'R69',
    businessFunction: 'REFERRING_CLINICIAN_ADMIN',
    ...changes,
  };
}

const FAMILIES = [
  'Smith',
  'Jones',
  'Żółć',
  'O’Brien-Ngũgĩ',
  'Patel',
  'Smyth',
  'Featherstonehaugh-Cholmondeley',
  'Khan',
  'Evans',
  'Okafor',
  'Wilde',
];
const GIVENS = ['John', 'Siân', 'Łukasz', 'Zoë', 'Amina', 'Martin Marty', 'Grace', 'Joan'];
const PREFIXES = ['Mr', 'Mrs', '', 'Dr'];

/** An invented name for an NHS number: the same one every time. */
export function makeName(nhsNumber: string): ListedName {
  const n = Number(nhsNumber.slice(3, 9));
  return {
    nhsNumber,
    name: { family: pick(FAMILIES, n), given: pick(GIVENS, n * 3), prefix: pick(PREFIXES, n) },
    birthDate: `19${String(40 + (n % 59)).padStart(2, '0')}-0${1 + (n % 9)}-1${n % 9}`,
  };
}

/** The outbox in figures: nothing open, everything can be saved. */
export function makeOutboxSummary(changes: Partial<OutboxSummary> = {}): OutboxSummary {
  return {
    open: 0,
    unknown: 0,
    needsClerk: 0,
    waiting: 0,
    drain: null,
    isPastDayEnd: false,
    colleagues: 0,
    canWrite: true,
    writesOffReason: null,
    ...changes,
  };
}
