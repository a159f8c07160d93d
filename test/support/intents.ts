/** Intents of every action about one invented referral, for the tests of the outbox. */
import { randomUUID } from 'node:crypto';
import type {
  AcceptReferralIntent,
  BookIntent,
  CancelAppointmentIntent,
  CancelLaterIntent,
  CancelReferralIntent,
  ChangeShortlistIntent,
  ConvertAdviceIntent,
  CreateAndTriageIntent,
  CreateReferralIntent,
  DeferIntent,
  Intent,
  IntentOwner,
  LetterIntent,
  MaintainLetterIntent,
  RecordReviewIntent,
  RejectReferralIntent,
  RequestAdviceIntent,
  SendAdviceIntent,
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

export const makeMaintainLetter = (changes: Partial<MaintainLetterIntent> = {}): MaintainLetterIntent => ({
  action: 'maintain-letter',
  ...target(),
  keeps: [{ documentId: 'att-1', name: 'letter.pdf', description: 'Letter' }],
  ...changes,
});

export const makeAccept = (changes: Partial<AcceptReferralIntent> = {}): AcceptReferralIntent => ({
  action: 'accept-referral',
  ...target(),
  appointmentId: '70001',
  start: '2026-12-07T09:00:00.000Z',
  ...changes,
});

export const makeReject = (changes: Partial<RejectReferralIntent> = {}): RejectReferralIntent => ({
  action: 'reject-referral',
  ...target(),
  reason: { system: 'http://reasons', code: 'OTHER', display: 'Other' },
  comment: 'Please refer to the nurse-led clinic',
  isCancelledInPas: null,
  appointmentId: '70001',
  start: '2026-12-07T09:00:00.000Z',
  ...changes,
});

export const makeReview = (changes: Partial<RecordReviewIntent> = {}): RecordReviewIntent => ({
  action: 'record-review',
  ...target(),
  outcome: 'RETURN_TO_REFERRER_WITH_ADVICE',
  comment: 'Please repeat the blood test first',
  priority: null,
  ...changes,
});

export const makeSendAdvice = (changes: Partial<SendAdviceIntent> = {}): SendAdviceIntent => ({
  action: 'send-advice',
  ...target(),
  outcome: 'RETURN_TO_REFERRER_WITH_ADVICE',
  guidance: 'No need to refer; repeat the test in six weeks.',
  recommendation: 'ADVICE_ONLY_NO_REFERRAL_RECOMMENDED',
  priority: 'ROUTINE',
  knownMessages: [],
  ...changes,
});

export const makeConvertAdvice = (changes: Partial<ConvertAdviceIntent> = {}): ConvertAdviceIntent => ({
  action: 'convert-advice',
  ...target(),
  guidance: 'We will see the patient.',
  priority: 'ROUTINE',
  comment: 'Please book within six weeks',
  ...changes,
});

const creation = () => ({ ...target(), ubrn: '', pinnedVersion: 0, saw: null }) as const;

export const makeCreateReferral = (changes: Partial<CreateReferralIntent> = {}): CreateReferralIntent => ({
  action: 'create-referral',
  ...creation(),
  services: [{ serviceId: '11000', name: 'General Cardiology Clinic' }],
  criteria: [{ name: 'priority', valueCoding: { code: 'ROUTINE' } }],
  letterIntention: 'NEED_TO_ADD_LATER',
  reminderDays: 0,
  referringClinician: null,
  pathwayStart: '2026-11-18T08:25:40.123Z',
  known: [],
  ...changes,
});

export const makeCreateAndTriage = (changes: Partial<CreateAndTriageIntent> = {}): CreateAndTriageIntent => ({
  ...makeCreateReferral(),
  action: 'create-and-triage',
  ...changes,
});

export const makeRequestAdvice = (changes: Partial<RequestAdviceIntent> = {}): RequestAdviceIntent => ({
  action: 'request-advice',
  ...creation(),
  criteria: [{ name: 'priority', valueCoding: { code: 'ROUTINE' } }],
  request: 'Does this patient need to be seen?',
  isConversionAuthorised: true,
  referringClinician: null,
  ...changes,
});

export const makeLetter = (changes: Partial<LetterIntent> = {}): LetterIntent => ({
  action: 'letter',
  ...target(),
  ...changes,
});

/** One of each action on what there is. */
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
  makeMaintainLetter(changes),
  makeAccept(changes),
  makeReject(changes),
  makeReview(changes),
  makeSendAdvice(changes),
  makeConvertAdvice(changes),
];

/** One of each action that has no UBRN before it is done. */
export const makeEachNew = (): readonly Intent[] => [
  makeCreateReferral(),
  makeCreateAndTriage(),
  makeRequestAdvice(),
];
