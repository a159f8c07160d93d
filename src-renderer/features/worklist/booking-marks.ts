import type { BookingStateName } from '../../../src-main/contract/channels/booking.ts';
import type { OutboxStateName } from '../../../src-main/contract/channels/outbox.ts';

/** What a row says of a booking made at this desk since the list was read. */
const BOOKINGS: Readonly<Record<BookingStateName, string>> = {
  preflight: 'Checking',
  sending: 'Sending',
  confirming: 'Not confirmed',
  booked: 'Booked',
  refused: 'Not booked',
  conflict: 'Changed',
  held: 'Not booked yet',
  waiting: 'Not booked yet',
  unknown: 'Not confirmed',
  'needs-clerk': 'Needs you',
  expired: 'Not booked: needs you',
  withdrawn: 'Not booked',
};

/** What a row says of a deferral made at this desk since the list was read. */
const DEFERRALS: Readonly<Record<OutboxStateName, string>> = {
  queued: 'Not deferred yet',
  waiting: 'Not deferred yet',
  'needs-sign-in': 'Not deferred yet',
  checking: 'Checking',
  sending: 'Sending',
  confirming: 'Not confirmed',
  unknown: 'Not confirmed',
  done: 'Deferred',
  refused: 'Not deferred',
  conflict: 'Changed',
  'needs-you': 'Needs you',
  expired: 'Not deferred: needs you',
  withdrawn: 'Not deferred',
  unreadable: 'Not readable',
};

export const bookingMark = (state: BookingStateName): string => BOOKINGS[state];
export const deferralMark = (state: OutboxStateName): string => DEFERRALS[state];
