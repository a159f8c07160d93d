/** What to say to the patient, by action and state: nothing that is not done is ever spoken of as done (hazard 2). */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { formatForPatient } from '../../../src-main/contract/london-time.ts';
import { refusalWords } from '../booking/booking-code-words.ts';
import { isUnproven } from './outbox-actions.ts';
import { PHRASES, type TellPhrases } from './tell-phrases.ts';

type Told = Pick<OutboxItem, 'action' | 'state' | 'code' | 'attempt' | 'sentAt' | 'start' | 'serviceName'>;

/** `short` for a line of the list, `spoken` for the telephone. */
export interface TellWords {
  readonly short: string;
  readonly spoken: string;
}

const tell = (short: string, spoken: string): TellWords => ({ short, spoken });
const isOver = ({ state }: Told) => state === 'refused' || state === 'withdrawn';
const placeOf = ({ serviceName }: Told) => (serviceName === '' ? 'the clinic' : serviceName);
const timeOf = ({ start }: Told) => (start === null ? '' : ` on ${formatForPatient(start)}`);

export function tellPatient(item: Told): TellWords {
  switch (item.action) {
    case 'book':
      return tellBooking(item);
    case 'defer':
      return tellDeferral(item);
    case 'cancel-later':
    case 'cancel-appointment':
      return tellCancellation(item);
    case 'cancel-referral':
      return tellReferralCancellation(item);
    case 'change-shortlist':
      return tellShortlist(item);
    case 'send-for-triage':
      return tellTriage(item);
    case 'upload-file':
      return tell('nothing to tell', 'This is about a file. Nothing changes for you.');
    case 'letter':
      return tellLetter(item);
    default:
      return tellByPhrases(item, PHRASES[item.action]);
  }
}

function tellBooking(item: Told): TellWords {
  if (item.state === 'done') return tell('booked', `You are booked at ${placeOf(item)}${timeOf(item)}.`);
  if (isUnproven(item) || item.state === 'unreadable') {
    return tell(
      'not confirmed, we ring you',
      'We have asked for this appointment, but it is not confirmed. We will ring you as soon as we know.',
    );
  }
  if (item.state === 'refused') return tell('not booked', refusalWords(item.code).tellPatient);
  if (item.state === 'withdrawn') return tell('not booked', 'Your appointment is not booked.');
  return tell('not booked yet', 'Your appointment is not booked yet. We will ring you when it is.');
}

function tellDeferral(item: Told): TellWords {
  if (item.state === 'done') {
    return tell(
      'nothing booked, the clinic will contact you',
      `Nothing is booked yet. ${placeOf(item)} will contact you about an appointment.`,
    );
  }
  if (isUnproven(item) || item.state === 'unreadable') {
    return tell(
      'nothing booked, not confirmed',
      'Nothing is booked. We are passing your referral to the clinic and will ring you when they have it.',
    );
  }
  const short = isOver(item) ? 'nothing booked, not passed on' : 'nothing booked, not passed on yet';
  return tell(
    short,
    'Nothing is booked, and your referral has not been passed to the clinic. We will ring you.',
  );
}

function tellCancellation(item: Told): TellWords {
  if (item.state === 'done') {
    return tell('cancelled', `Your appointment${timeOf(item)} is cancelled. Please do not come that day.`);
  }
  if (isUnproven(item) || item.state === 'unreadable') {
    return tell(
      'cancelling not confirmed',
      `We have asked to cancel your appointment${timeOf(item)}, but it is not confirmed. We will ring you as soon as we know.`,
    );
  }
  const yet = isOver(item) ? '' : ' yet';
  return tell(
    `not cancelled${yet}`,
    `Your appointment${timeOf(item)} is not cancelled${yet}: as far as we know it still stands.`,
  );
}

function tellReferralCancellation(item: Told): TellWords {
  if (item.state === 'done') {
    const stay = item.start === null ? '' : ` Please do not come${timeOf(item)}.`;
    return tell('referral cancelled', `Your referral is cancelled.${stay}`);
  }
  if (isUnproven(item) || item.state === 'unreadable') {
    return tell(
      'cancelling not confirmed',
      'We have asked to cancel your referral, but it is not confirmed. We will ring you as soon as we know.',
    );
  }
  const yet = isOver(item) ? '' : ' yet';
  return tell(`referral not cancelled${yet}`, `Your referral is not cancelled${yet}: it still stands.`);
}

/** A shortlist books nothing: whatever became of it, the patient has no appointment through it. */
function tellShortlist(item: Told): TellWords {
  if (item.state === 'done') {
    return tell(
      'choice changed, nothing booked',
      'Your choice of clinics is changed. Nothing is booked yet.',
    );
  }
  if (isUnproven(item) || item.state === 'unreadable') {
    return tell(
      'change not confirmed',
      'We have asked to change your choice of clinics, but it is not confirmed. Nothing is booked.',
    );
  }
  const yet = isOver(item) ? '' : ' yet';
  return tell(
    `choice not changed${yet}`,
    `Your choice of clinics is not changed${yet}. Nothing is booked through it.`,
  );
}

function tellTriage(item: Told): TellWords {
  if (item.state === 'done') {
    return tell(
      'with the triage service',
      `Your referral is with ${placeOf(item)}. They look at it and will contact you. Nothing is booked.`,
    );
  }
  if (isUnproven(item) || item.state === 'unreadable') {
    return tell(
      'not confirmed, we ring you',
      'We have sent your referral to be looked at, but it is not confirmed. We will ring you as soon as we know.',
    );
  }
  const yet = isOver(item) ? '' : ' yet';
  return tell(
    `not sent for triage${yet}`,
    `Your referral has not been sent to be looked at${yet}. Nothing is booked. We will ring you.`,
  );
}

function tellLetter(item: Told): TellWords {
  if (item.state === 'done') return tell('letter printed', 'Your letter has been printed.');
  const yet = isOver(item) ? '' : ' yet';
  return tell(`letter not printed${yet}`, `Your letter has not been printed${yet}.`);
}

/** What is the same for every state: done, asked for, or not done. */
function tellByPhrases(item: Told, { done, asked, not }: TellPhrases): TellWords {
  if (item.state === 'done') return tell(done.short, done.spoken(placeOf(item), timeOf(item)));
  if (isUnproven(item) || item.state === 'unreadable')
    return tell('not confirmed', `${asked(timeOf(item))}, but it is not confirmed. ${WE_RING}`);
  const yet = isOver(item) ? '' : ' yet';
  return tell(`${not.short}${yet}`, not.spoken(yet, timeOf(item)));
}

const WE_RING = 'We will ring you as soon as we know.';
