/** Invented reviews, booking states and deferrals. */
import type {
  BookingReview,
  BookingState,
  DeferralReview,
} from '../../../src-main/contract/channels/booking.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { READ_AT } from '../../support/fake-data.ts';
import { DIRECT, NHS_NUMBER, UBRN } from '../referral/referral-fakes.ts';
import { makeSlot } from '../slots/slot-fakes.ts';

export const REVIEW_ID = '00000000-0000-4000-8000-0000000000a1';
export const INTENT_ID = '00000000-0000-4000-8000-0000000000b1';
const SLOT = makeSlot('2027-01-05', 14, 30);

export function makeReview(changes: Partial<BookingReview> = {}): BookingReview {
  return {
    reviewId: REVIEW_ID,
    ubrn: UBRN,
    version: 5,
    serviceId: DIRECT.serviceId,
    serviceName: DIRECT.name,
    serviceSite: 'RR8',
    servicePhone: '01632 960100',
    instructions: '',
    clinicianId: '021600556514',
    slotId: SLOT.slotId,
    start: SLOT.start,
    end: SLOT.end,
    isUnusual: false,
    slotReadAt: READ_AT,
    isOffline: false,
    providerSilentSince: null,
    identityQuestion: 'birth-ddmm',
    attemptsLeft: 2,
    clashes: [],
    requirements: [],
    ...changes,
  };
}

export function makeBooking(changes: Partial<BookingState> = {}): BookingState {
  return {
    intentId: INTENT_ID,
    ubrn: UBRN,
    state: 'sending',
    code: '',
    correlationId: '',
    serviceName: DIRECT.name,
    start: SLOT.start,
    clinicianId: null,
    sentAt: READ_AT,
    nextCheckAt: null,
    appointmentId: null,
    mayDefer: false,
    updatedAt: READ_AT,
    ...changes,
  };
}

export function makeDeferralReview(changes: Partial<DeferralReview> = {}): DeferralReview {
  return {
    reviewId: REVIEW_ID,
    ubrn: UBRN,
    version: 5,
    serviceId: DIRECT.serviceId,
    serviceName: DIRECT.name,
    reason: 'NO_SLOTS_AT_SERVICE',
    evidenceAt: READ_AT,
    isOffline: false,
    slotStart: null,
    isTwoWeekWait: false,
    otherServices: [],
    identityQuestion: 'birth-ddmm',
    attemptsLeft: 2,
    maxComment: 1000,
    ...changes,
  };
}

/** A deferral in the outbox. */
export function makeDeferral(changes: Partial<OutboxItem> = {}): OutboxItem {
  return {
    intentId: INTENT_ID,
    action: 'defer',
    ubrn: UBRN,
    nhsNumber: NHS_NUMBER,
    state: 'queued',
    code: '',
    correlationId: '',
    serviceName: DIRECT.name,
    start: null,
    comment: '',
    isUrgent: false,
    attempt: 0,
    createdAt: READ_AT,
    updatedAt: READ_AT,
    sentAt: null,
    nextCheckAt: null,
    contactBy: null,
    mayHappenUntil: null,
    behind: null,
    may: { confirm: false, edit: false, withdraw: false, readBack: false, redo: false },
    ...changes,
  };
}
