/** Intents of every action about one invented referral, for the tests of the outbox. */
import { randomUUID } from 'node:crypto';
import type {
  BookIntent,
  CancelAppointmentIntent,
  CancelLaterIntent,
  CancelReferralIntent,
  ChangeShortlistIntent,
  DeferIntent,
  Intent,
  IntentOwner,
  LetterIntent,
  SendForTriageIntent,
  UploadFileIntent,
  WantedSlot,
} from '../../src-main/features/outbox/record-schemas.ts';

export const OWNER: IntentOwner = {
  userId: '555000000101',
  organisation: 'R69',
  businessFunction: 'REFERRING_CLINICIAN_ADMIN',
  onBehalfOf: '',
};

/** A colleague in the same organisation and role. */
export const COLLEAGUE: IntentOwner = { ...OWNER, userId: '555000000102' };

export const UBRN = '000070000001';
export const NHS_NUMBER = '9990000018';

const READ_AT = '2026-11-18T08:26:40.000Z';

const target = () => ({
  intentId: randomUUID(),
  ubrn: UBRN,
  pinnedVersion: 5,
  nhsNumber: NHS_NUMBER,
  serviceId: '11000',
  serviceName: 'General Cardiology Clinic',
  isUrgent: false,
  saw: {
    state: 'Not booked',
    priority: 'Routine',
    shortlist: 'General Cardiology Clinic',
    appointmentStatus: '',
    appointmentStart: null,
    appointmentService: '',
    readAt: READ_AT,
  },
});

const search = { commissioningOrg: 'R69', priority: 'ROUTINE' } as const;

/** The n-th slot of a day of half hours. */
export const makeSlot = (n = 0, changes: Partial<WantedSlot> = {}): WantedSlot => ({
  slotId: `1100000${n + 1}`,
  start: `2026-12-07T${String(9 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 === 0 ? '00' : '30'}:00.000Z`,
  end: `2026-12-07T${String(9 + Math.floor((n + 1) / 2)).padStart(2, '0')}:${n % 2 === 0 ? '30' : '00'}:00.000Z`,
  clinicianId: null,
  page: 1,
  ...changes,
});

export const makeBook = (changes: Partial<BookIntent> = {}): BookIntent => ({
  action: 'book',
  ...target(),
  ...search,
  searchedClinicianId: null,
  slots: [makeSlot()],
  ...changes,
});

export const makeDefer = (changes: Partial<DeferIntent> = {}): DeferIntent => ({
  action: 'defer',
  ...target(),
  ...search,
  reason: 'NO_SLOTS_AT_SERVICE',
  slotId: null,
  slotStart: null,
  comment: 'No slots on offer',
  ...changes,
});

export const makeCancelLater = (changes: Partial<CancelLaterIntent> = {}): CancelLaterIntent => ({
  action: 'cancel-later',
  ...target(),
  comment: 'Please rebook with the nurse-led clinic',
  priority: null,
  isCancelledInPas: null,
  start: '2026-12-07T09:00:00.000Z',
  ...changes,
});

export const makeCancelAppointment = (
  changes: Partial<CancelAppointmentIntent> = {},
): CancelAppointmentIntent => ({
  action: 'cancel-appointment',
  ...target(),
  appointmentId: '70001',
  appointmentVersion: 2,
  reason: { system: 'http://reasons', code: 'PATIENT_HOLIDAY', display: 'Patient on holiday' },
  comment: '',
  clinicianId: null,
  start: '2026-12-07T09:00:00.000Z',
  ...changes,
});

export const makeCancelReferral = (changes: Partial<CancelReferralIntent> = {}): CancelReferralIntent => ({
  action: 'cancel-referral',
  ...target(),
  reason: { system: 'http://reasons', code: 'TREATMENT_NO_LONGER_REQUIRED', display: 'No longer required' },
  comment: 'The patient rang',
  appointmentId: null,
  start: null,
  ...changes,
});

export const makeChangeShortlist = (changes: Partial<ChangeShortlistIntent> = {}): ChangeShortlistIntent => ({
  action: 'change-shortlist',
  ...target(),
  services: [
    { serviceId: '11001', name: 'Heart Failure Clinic' },
    { serviceId: '11000', name: '' },
  ],
  criteria: [{ name: 'priority', valueCoding: { code: 'ROUTINE' } }],
  letterIntention: 'NEED_TO_ADD_LATER',
  reminderDays: 0,
  ...changes,
});

export const makeSendForTriage = (changes: Partial<SendForTriageIntent> = {}): SendForTriageIntent => ({
  action: 'send-for-triage',
  ...target(),
  ...search,
  comment: 'Please see the letter',
  ...changes,
});

export const makeUpload = (changes: Partial<UploadFileIntent> = {}): UploadFileIntent => ({
  action: 'upload-file',
  ...target(),
  name: 'clinic-letter.txt',
  mediaType: 'text/plain',
  content: Buffer.from('Dear colleague').toString('base64'),
  ...changes,
});

export const makeLetter = (changes: Partial<LetterIntent> = {}): LetterIntent => ({
  action: 'letter',
  ...target(),
  ...changes,
});

/** One of each action. */
export const makeEach = (changes: Partial<Omit<LetterIntent, 'action'>> = {}): readonly Intent[] => [
  makeBook(changes),
  makeDefer(changes),
  makeCancelLater(changes),
  makeCancelAppointment(changes),
  makeCancelReferral(changes),
  makeChangeShortlist(changes),
  makeSendForTriage(changes),
  makeUpload(changes),
  makeLetter(changes),
];
