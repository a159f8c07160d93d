/**
 * What a booking's state means for clerk and patient (screens.md section 13). Only the state `booked` is worded as
 * booked; every other heading says NOT BOOKED or NOT CONFIRMED (hazard 2).
 */
import {
  formatForPatient,
  formatStaffDateTime,
  formatTime,
  formatClock,
} from '../../../src-main/contract/london-time.ts';
import type { BookingState, BookingStateName } from '../../../src-main/contract/channels/booking.ts';
import { formatUbrn } from '../../../src-main/contract/identifiers.ts';
import { assertNever } from '../../../src-main/contract/assert-never.ts';
import {
  WITHDRAWN,
  attentionWords,
  conflictWords,
  expiredWords,
  refusalWords,
  waitingWords,
} from './booking-code-words.ts';

export interface BookingWords {
  readonly heading: string;
  readonly tone: 'booked' | 'busy' | 'not-booked' | 'not-confirmed';
  readonly meaning: string;
  /** To say to the patient now; empty when there is nothing to say. */
  readonly tellPatient: string;
  readonly next: string;
}

const STILL_ASKING =
  'Your appointment is not confirmed yet. Please hold on, or we will ring you when we know.';
const NOT_BOOKED_YET = 'Your appointment is not booked yet.';

/** States in which the booking may still be on its way: the referral is frozen until it is settled. */
const UNSETTLED: readonly BookingStateName[] = [
  'preflight',
  'sending',
  'confirming',
  'waiting',
  'held',
  'unknown',
];

/** True while nothing else may be done to the referral. */
export function isUnsettled(booking: Pick<BookingState, 'state'> | null): boolean {
  return booking !== null && UNSETTLED.includes(booking.state);
}

/** True while an answer is awaited: the screen counts the seconds. */
export function isInFlight(booking: Pick<BookingState, 'state'> | null): boolean {
  return booking !== null && ['preflight', 'sending', 'confirming'].includes(booking.state);
}

/** Heading, meaning, what to tell the patient and what to press, for every state and code. */
export function bookingWords(booking: BookingState): BookingWords {
  switch (booking.state) {
    case 'preflight':
      return busy(
        'NOT BOOKED yet: checking the referral',
        booking.code === 'next-wish'
          ? 'The slot asked for first had gone. The next time that the patient named is checked before it is sent.'
          : 'The referral is read again before anything is sent.',
      );
    case 'sending':
      return busy(
        'NOT CONFIRMED yet: sent, waiting for the answer',
        "The provider's system may take up to 2 minutes. It cannot be called back.",
      );
    case 'confirming':
      return busy(
        'NOT CONFIRMED yet: accepted, being read back',
        `e-RS accepted the booking; the desk checks that it is there. ${checkWords(booking)}`,
      );
    case 'booked':
      return bookedWords(booking);
    case 'refused':
      return { heading: 'NOT BOOKED', tone: 'not-booked', ...refusalWords(booking.code) };
    case 'conflict':
      return {
        tone: booking.code === 'changed-meanwhile' ? 'not-confirmed' : 'not-booked',
        ...conflictWords(booking.code),
      };
    case 'held':
      return heldWords(booking.code);
    case 'waiting':
      return { tone: 'not-booked', ...waitingWords(booking.code) };
    case 'expired':
      return {
        tone: booking.sentAt === null ? 'not-booked' : 'not-confirmed',
        ...expiredWords(booking.sentAt !== null),
      };
    case 'withdrawn':
      return { tone: 'not-booked', ...WITHDRAWN };
    case 'unknown':
      return unknownWords(booking);
    case 'needs-clerk':
      return needsClerkWords(booking);
    default:
      return assertNever(booking.state);
  }
}

function busy(heading: string, meaning: string): BookingWords {
  return {
    heading,
    tone: 'busy',
    meaning,
    tellPatient: STILL_ASKING,
    next: 'Wait here, or go on with another referral (Esc): this one stays frozen.',
  };
}

function bookedWords(booking: BookingState): BookingWords {
  return {
    heading: `Booked ${formatStaffDateTime(booking.start)}`,
    tone: 'booked',
    meaning: `e-RS holds the appointment at ${booking.serviceName}, read back ${formatTime(booking.updatedAt)}.`,
    tellPatient: `You are booked at ${booking.serviceName} on ${formatForPatient(booking.start)}.`,
    next: 'F9 shows the letter. Alt+↓ opens the next referral. Esc goes back.',
  };
}

function heldWords(code: string): BookingWords {
  const isForbidden = code === 'FORBIDDEN' || code === 'NO_RELATIONSHIP' || code === 'http-403';
  return {
    heading: isForbidden
      ? 'NOT BOOKED: your role does not allow it'
      : 'NOT BOOKED: your e-RS session has ended',
    tone: 'not-booked',
    meaning: 'Nothing was sent that e-RS would act on. The booking is kept in the outbox.',
    tellPatient: NOT_BOOKED_YET,
    next: isForbidden
      ? 'Alt+R chooses another role. F12 shows the outbox.'
      : 'Sign in again in the same role: the desk then goes on, or asks you first. F12 opens the outbox.',
  };
}

const checkWords = ({ nextCheckAt }: BookingState) =>
  nextCheckAt === null
    ? 'The desk checks again by itself.'
    : `The desk checks again at ${formatClock(nextCheckAt)}.`;

function unknownWords(booking: BookingState): BookingWords {
  const isAccepted = booking.code === 'accepted';
  const check = checkWords(booking);
  return {
    heading: isAccepted
      ? 'NOT CONFIRMED: accepted, but not read back yet'
      : 'NOT CONFIRMED: the answer is not known',
    tone: 'not-confirmed',
    meaning: isAccepted
      ? `e-RS accepted the booking, but reading it back did not agree or did not work. ${check}`
      : `The booking may or may not have been made. It is not sent again. ${check}`,
    tellPatient:
      'We have asked for this appointment but it is not confirmed. We will ring you as soon as we know.',
    next: 'F5 checks now. Do not book another slot for this referral meanwhile.',
  };
}

function needsClerkWords(booking: BookingState): BookingWords {
  const ubrn = formatUbrn(booking.ubrn);
  const wasSent = booking.sentAt !== null;
  const words = attentionWords(booking.code, ubrn, formatStaffDateTime(booking.start), wasSent);
  return { tone: words.heading.startsWith('NOT BOOKED') ? 'not-booked' : 'not-confirmed', ...words };
}
