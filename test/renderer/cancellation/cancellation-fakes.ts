/** Invented reviews of cancellations, and a main that answers them. */
import type {
  AppointmentCancelReview,
  LaterReview,
  ReferralCancelReview,
} from '../../../src-main/contract/channels/cancellation.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { AppointmentView } from '../../../src-main/contract/channels/referral.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { makeDeferral, REVIEW_ID } from '../booking/booking-fakes.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { DIRECT, makeReferral, UBRN } from '../referral/referral-fakes.ts';

export const START = '2027-01-05T14:30:00.000Z';

const reviewed = {
  reviewId: REVIEW_ID,
  ubrn: UBRN,
  version: 5,
  serviceName: DIRECT.name,
  start: START,
  clinicianId: null,
  maxComment: 2000,
  identityQuestion: 'birth-ddmm',
  attemptsLeft: 2,
} as const;

export const REASONS = [
  { code: 'PATIENT_HOLIDAY', display: 'Patient holiday', commentIsMandatory: false },
  { code: 'PATIENT_ILL', display: 'Patient ill', commentIsMandatory: false },
  { code: 'PATIENT_OTHER_ENGAGEMENT', display: 'Other engagement', commentIsMandatory: true },
];

export function makeLaterReview(changes: Partial<LaterReview> = {}): LaterReview {
  return {
    ...reviewed,
    onBehalfOf: null,
    asksPas: false,
    priority: { code: 'ROUTINE', display: 'Routine' },
    priorities: ['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'],
    isOffline: false,
    maxFiles: 3,
    ...changes,
  };
}

export function makeAppointmentReview(
  changes: Partial<AppointmentCancelReview> = {},
): AppointmentCancelReview {
  return { ...reviewed, appointmentVersion: 2, reasons: REASONS, ...changes };
}

export function makeReferralReview(changes: Partial<ReferralCancelReview> = {}): ReferralCancelReview {
  return { ...reviewed, reasons: REASONS, cancelsAppointment: true, needsSecondPerson: false, ...changes };
}

export const BOOKED_APPOINTMENT: AppointmentView = {
  appointmentId: '1',
  version: 2,
  status: 'booked',
  reason: null,
  serviceId: DIRECT.serviceId,
  serviceName: DIRECT.name,
  clinicianId: null,
  start: START,
  end: null,
  slotId: null,
};

/** A booked referral of which everything may be cancelled. */
export const makeCancellable = (changes: Parameters<typeof makeReferral>[0] = {}) =>
  makeReferral({
    appointment: BOOKED_APPOINTMENT,
    canBook: 'already-booked',
    canCancelLater: null,
    canCancelAppointment: null,
    canCancelReferral: null,
    ...changes,
  });

export function makeCancellation(changes: Partial<OutboxItem> = {}): OutboxItem {
  return makeDeferral({ action: 'cancel-later', start: START, ...changes });
}

/** The desk with a booked referral open, over a main that takes the digits 0501. */
export function mountCancellable(answers: FakeAnswers = {}): Promise<MountedDesk> {
  let left = 2;
  const commit =
    (action: OutboxItem['action']) =>
    ({ digits }: { digits: string }) =>
      digits === '0501'
        ? ok({ kind: 'started' as const, item: makeCancellation({ action, ubrn: OPENED }) })
        : ok({ kind: 'wrong-digits' as const, attemptsLeft: --left });
  return mountReferral({
    'referral/open': ({ ubrn }) => ok(makeCancellable({ ubrn })),
    'referral/reread': ({ ubrn }) => ok(makeCancellable({ ubrn })),
    'cancellation/review-later': ({ ubrn }) => ok(makeLaterReview({ ubrn })),
    'cancellation/review-appointment': ({ ubrn }) => ok(makeAppointmentReview({ ubrn })),
    'cancellation/review-referral': ({ ubrn }) => ok(makeReferralReview({ ubrn })),
    'cancellation/close-review': () => ok({}),
    'cancellation/commit-later': commit('cancel-later'),
    'cancellation/commit-appointment': commit('cancel-appointment'),
    'cancellation/commit-referral': commit('cancel-referral'),
    ...answers,
  });
}

/** The UBRN of the second row, which ↓ Enter opens. */
export const OPENED = '000049000063';
