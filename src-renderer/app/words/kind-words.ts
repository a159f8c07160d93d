import type { ProblemKind } from '../../../src-main/contract/outcome.ts';
import type { ProblemWords } from './words-shape.ts';

const UNCHANGED = 'Nothing was changed for the patient.';

/** Words by kind of problem: used where the code is not known. */
export const KIND_WORDS: Readonly<Record<ProblemKind, ProblemWords>> = {
  'invalid-input': {
    title: 'This input was not accepted',
    meaning: UNCHANGED,
    next: 'Check what was typed and try again.',
  },
  'refused-sender': {
    title: 'The desk refused a request of this window',
    meaning: UNCHANGED,
    next: 'Close the desk and start it again. If it happens again, call the service desk.',
  },
  'not-signed-in': {
    title: 'No one is signed in, or no role is chosen',
    meaning: UNCHANGED,
    next: 'Sign in and choose a role. Alt+R shows your roles.',
  },
  'session-ended': {
    title: 'Your e-RS session has ended',
    meaning: 'Nothing more is sent until you sign in again. What is in the outbox is kept.',
    next: 'Sign in again; then read the referral again with F5.',
  },
  forbidden: {
    title: 'e-RS does not allow this in your role',
    meaning: UNCHANGED,
    next: 'Press Alt+R to choose another role, or pass the referral to a colleague who holds it.',
  },
  'not-found': {
    title: 'e-RS does not know this item, or has it in a newer version',
    meaning: UNCHANGED,
    next: 'Check the number with the caller, digit by digit, or press F5 to read again.',
  },
  'needs-second-identifier': {
    title: 'This referral needs a second identifier before it opens',
    meaning: 'Nothing is shown yet: a UBRN has no check digit, and one wrong digit is often another patient.',
    next: 'Press F2, type the UBRN, then the last 4 digits of the NHS number or the date of birth.',
  },
  'wrong-identifier': {
    title: 'The second identifier does not match this UBRN',
    meaning: 'Nothing was shown. This may be another patient’s UBRN.',
    next: 'Ask the caller for the UBRN again, digit by digit, then press F2.',
  },
  conflict: {
    title: 'The referral has changed since it was read',
    meaning: 'Your last action was not carried out on the old version.',
    next: 'Press F5 to read it again, and look at what changed before you go on.',
  },
  locked: {
    title: 'Someone else is working on this referral in e-RS',
    meaning: 'e-RS does not say who. ' + UNCHANGED,
    next: 'Wait about 10 seconds, then press F5.',
  },
  rejected: {
    title: 'e-RS did not accept this',
    meaning: UNCHANGED,
    next: 'Press F5 to read the referral again. If it is refused again, quote the correlation id to the service desk.',
  },
  'rate-limited': {
    title: 'Too many requests to e-RS at once',
    meaning: 'Every desk of the site shares one limit. ' + UNCHANGED,
    next: 'The desk goes on by itself after a short pause; then press F5.',
  },
  offline: {
    title: 'No answer from e-RS',
    meaning: 'What is on the screen is what was read last. It may have changed since.',
    next: 'Check the network, then press F5 to read again.',
  },
  unavailable: {
    title: 'e-RS is not available just now',
    meaning: 'e-RS could not answer. This says nothing about the referral itself.',
    next: 'Wait a minute, then press F5. If it lasts, call the service desk.',
  },
  'bad-reply': {
    title: 'e-RS answered in a form that the desk cannot trust',
    meaning: 'The answer was not used. ' + UNCHANGED,
    next: 'Press F5 to read again. If it happens again, quote the correlation id to the service desk.',
  },
  'not-in-dialect': {
    title: 'This connection to e-RS does not offer this',
    meaning: UNCHANGED,
    next: 'Use the e-RS web application for it.',
  },
  'writes-off': {
    title: 'Saving actions is switched off on this desk',
    meaning: 'NOT BOOKED: no booking can be sent from this desk now. Reading goes on.',
    next: 'Book from another desk or in the e-RS web application, and call the service desk.',
  },
  expired: {
    title: 'This was read too long ago to be used',
    meaning: UNCHANGED,
    next: 'Press F5 to read again, then choose afresh.',
  },
  internal: {
    title: 'Something went wrong inside the desk',
    meaning: 'It is not known to have reached e-RS. Look before you do it again.',
    next: 'Press F5 to read again. If it happens again, restart the desk and call the service desk.',
  },
};
