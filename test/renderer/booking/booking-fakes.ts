/** Invented reviews and booking states. */
import type { BookingReview, BookingState } from '../../../src-main/contract/channels/booking.ts';
import { READ_AT } from '../../support/fake-data.ts';
import { DIRECT, UBRN } from '../referral/referral-fakes.ts';
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
