import type { BookingStateName } from '../../../src-main/contract/channels/booking.ts';
import type {
  OutboxAction,
  OutboxItem,
  OutboxStateName,
} from '../../../src-main/contract/channels/outbox.ts';

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

/** What an action is called while it is not done, and once it is. */
const ACTIONS: Partial<Record<OutboxAction, { readonly not: string; readonly done: string }>> = {
  book: { not: 'Not booked', done: 'Booked' },
  defer: { not: 'Not deferred', done: 'Deferred' },
  'cancel-later': { not: 'Not cancelled', done: 'Cancelled, action later' },
  'cancel-appointment': { not: 'Not cancelled', done: 'Appointment cancelled' },
  'cancel-referral': { not: 'Not cancelled', done: 'Referral cancelled' },
  'change-shortlist': { not: 'Shortlist not changed', done: 'Shortlist changed' },
  'send-for-triage': { not: 'Not sent for triage', done: 'Sent for triage' },
  'accept-referral': { not: 'Not accepted', done: 'Accepted' },
  'reject-referral': { not: 'Not rejected', done: 'Rejected' },
  'record-review': { not: 'Outcome not recorded', done: 'Outcome recorded' },
  'send-advice': { not: 'Advice not sent', done: 'Advice sent' },
  'convert-advice': { not: 'Not converted', done: 'Converted to a referral' },
};

export const bookingMark = (state: BookingStateName): string => BOOKINGS[state];

/**
 * What a row says of an action made at this desk since the list was read; null for those that change nothing that a
 * list shows (a letter, a file).
 */
export function itemMark({ action, state }: Pick<OutboxItem, 'action' | 'state'>): string | null {
  const words = ACTIONS[action];
  return words === undefined ? null : MARKS[state](words);
}

type Words = { readonly not: string; readonly done: string };
const notYet = ({ not }: Words) => `${not} yet`;
const not = (words: Words) => words.not;

const MARKS: Readonly<Record<OutboxStateName, (words: Words) => string>> = {
  queued: notYet,
  waiting: notYet,
  'needs-sign-in': notYet,
  checking: () => 'Checking',
  sending: () => 'Sending',
  confirming: () => 'Not confirmed',
  unknown: () => 'Not confirmed',
  done: ({ done }) => done,
  refused: not,
  conflict: () => 'Changed',
  'needs-you': () => 'Needs you',
  expired: (words) => `${words.not}: needs you`,
  withdrawn: not,
  unreadable: () => 'Not readable',
};
