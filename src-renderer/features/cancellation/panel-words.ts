/** What the panels of the three cancellations call themselves and their commit. */
import { formatStaffDateTime } from '../../../src-main/contract/london-time.ts';
import type { CommitWords } from '../booking/review-words.ts';
import type { CancelAction, OpenCancellation } from './cancellation.store.ts';

const LATER: CommitWords = {
  title: 'Cancel now, action later?',
  button: 'Cancel, action later',
  verb: 'cancel',
  deed: 'cancels',
  note: 'NOT CANCELLED until this panel says Cancelled.',
};
const LATER_OFFLINE: CommitWords = {
  title: 'Queue this cancellation? NOT CANCELLED',
  button: 'Queue (NOT CANCELLED)',
  verb: 'queue it',
  deed: 'queues it',
  note: 'This will be queued. NOT CANCELLED until e-RS confirms; the desk asks you for one more Ctrl+Enter first.',
};
const APPOINTMENT: CommitWords = {
  title: 'Cancel this appointment?',
  button: 'Cancel appointment',
  verb: 'cancel',
  deed: 'cancels',
  note: 'NOT CANCELLED until this panel says Cancelled.',
};
const MOVE: CommitWords = {
  ...APPOINTMENT,
  title: 'Move to another day: cancel the old appointment?',
  button: 'Cancel the old appointment',
};
const REFERRAL: CommitWords = {
  title: 'Cancel this referral for good?',
  button: 'Cancel referral for good',
  verb: 'cancel',
  deed: 'cancels the referral',
  note: 'NOT CANCELLED until this panel says Referral cancelled.',
};

/** The words of a panel; before the review is there its action alone is known. */
export function cancelPanelWords(action: CancelAction, review: OpenCancellation | null): CommitWords {
  switch (action) {
    case 'cancel-later':
      return review?.action === 'cancel-later' && review.isOffline ? LATER_OFFLINE : LATER;
    case 'cancel-appointment':
      return review?.action === 'cancel-appointment' && review.isMove ? MOVE : APPOINTMENT;
    case 'cancel-referral':
      return REFERRAL;
  }
}

/** `Tue 05-Jan-2027 14:30`, or that there is none. */
export function appointmentTimeWords(start: string | null): string {
  return start === null ? 'No appointment' : formatStaffDateTime(start);
}
