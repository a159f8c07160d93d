import type { BookingStateName } from '../../../src-main/contract/channels/booking.ts';

/** What a row says of a booking made at this desk since the list was read. */
const MARKS: Readonly<Record<BookingStateName, string>> = {
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
};

export function bookingMark(state: BookingStateName): string {
  return MARKS[state];
}
