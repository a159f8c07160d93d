/** A booking of this sitting that somebody has changed since: what e-RS shows now wins over what was told then. */
import type { BookingState } from '../../../src-main/contract/channels/booking.ts';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import {
  formatForPatient,
  formatStaffDateTime,
  formatTime,
  parseInstant,
} from '../../../src-main/contract/london-time.ts';
import type { BookingWords } from './booking-words.ts';

type Seen = Pick<ReferralView, 'ubrn' | 'readAt' | 'isRemembered' | 'appointment'>;

/** True when the referral, read from e-RS after the booking was confirmed, does not show that booking (hazard 2). */
export function isOvertaken(booking: BookingState, view: Seen | null): boolean {
  if (booking.state !== 'booked' || view === null || view.ubrn !== booking.ubrn || view.isRemembered)
    return false;
  const [readMs, toldMs] = [parseInstant(view.readAt), parseInstant(booking.updatedAt)];
  if (readMs === null || toldMs === null || readMs <= toldMs) return false;
  const start = view.appointment?.start ?? null;
  const isSameTime = start !== null && parseInstant(start) === parseInstant(booking.start);
  return view.appointment?.status !== 'booked' || !isSameTime;
}

/** What such a booking is worth now, and what the patient may be told. */
export function overtakenWords(booking: BookingState, { appointment, readAt }: Seen): BookingWords {
  const other = appointment?.status === 'booked' ? appointment : null;
  const when = other?.start ?? null;
  const shows =
    other === null
      ? 'it shows no booked appointment'
      : `it shows another appointment, ${when === null ? 'without a time' : formatStaffDateTime(when)} at ${other.serviceName}`;
  return {
    heading: 'NOT BOOKED any more for this time',
    tone: 'not-booked',
    meaning: `e-RS confirmed this booking at ${formatTime(booking.updatedAt)}. Read again at ${formatTime(readAt)}, ${shows}: somebody has changed it since.`,
    tellPatient:
      when === null
        ? 'The appointment that we booked for you does not stand any more.'
        : `Your appointment is now on ${formatForPatient(when)}. The one that we told you of before does not stand any more.`,
    next: 'look at the referral as it is now; F5 reads it again, F7 shows free times.',
  };
}
