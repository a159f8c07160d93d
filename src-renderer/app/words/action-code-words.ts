import type { ProblemWords } from './words-shape.ts';

const UNCHANGED = 'Nothing was changed for the patient.';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });
const blocked = (title: string) =>
  words(title, UNCHANGED, 'Press Esc, then F5 to read the referral again and see its state.');
const closed = (title: string) =>
  words(title, UNCHANGED, 'Press Esc, open the referral again from the list, then go on.');
const role = (title: string, who: string) =>
  words(
    title,
    `${UNCHANGED} This needs ${who}.`,
    'Press Alt+R to choose another role, or pass the UBRN to a colleague.',
  );
const REFERRER = 'a referring clinician or their admin';

/** Words for the desk's own codes about cancelling, the shortlist, triage, and acting for a clinician. */
export const ACTION_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'action-not-settled': words(
    'An action on this referral is not settled yet',
    'NOT CONFIRMED. The desk keeps reading the referral until it knows what became of it.',
    'Wait for the answer, or press F12 to see it in the outbox.',
  ),
  'actions-not-known': words(
    'e-RS could not be asked whether it allows this now',
    UNCHANGED,
    'Press F5 to read the referral again, then the same key.',
  ),
  'appointment-past': blocked('The appointment is in the past'),
  'changed-meanwhile': words(
    'The referral changed while it was being reviewed',
    UNCHANGED,
    'Press F5 to read it again, then press the same key.',
  ),
  'indirectly-bookable': blocked('The appointment is booked indirectly: only the provider can cancel it'),
  'needs-connection': words(
    'This needs e-RS, which cannot be reached',
    `${UNCHANGED} Nothing is queued.`,
    'Press F5 when the connection is back. Ctrl+B notes a ring-back.',
  ),
  'links-unavailable': words(
    'This desk cannot open the e-RS web application',
    UNCHANGED,
    'Open it in your browser yourself.',
  ),
  'no-browser': words(
    'The browser did not open',
    UNCHANGED,
    'Open the e-RS web application in your browser yourself.',
  ),
  'no-links-in-training': words(
    'Training: the e-RS web application is not opened',
    'It holds live referrals, and this desk has invented patients.',
    'At work this key opens it.',
  ),
  'no-clinical-information': blocked('The clinical information has not been added yet'),
  'no-reason-offered': words(
    'e-RS gives your role no reason for this now',
    UNCHANGED,
    'Use the e-RS web application for it.',
  ),
  'no-search-criteria': words(
    'e-RS does not say by what this referral’s services were searched',
    `${UNCHANGED} A new shortlist could not be checked against it.`,
    'Change the shortlist in the e-RS web application.',
  ),
  'no-service-known': blocked('e-RS names no service for this appointment'),
  'no-triage-service': blocked('No triage service is on the shortlist'),
  'not-booked': blocked('No appointment is booked'),
  'not-in-dialect': words(
    'This connection to e-RS does not offer this',
    UNCHANGED,
    'Use the e-RS web application for it.',
  ),
  'not-on-review-list': words(
    'The referral is not in Referrals for Review as this desk read it last',
    UNCHANGED,
    'Open that list (Ctrl+6 in a provider’s role), then the referral from it.',
  ),
  'pas-answer-missing': words(
    'Whether it is cancelled in the PAS is not answered',
    'NOT CANCELLED. Nothing was sent.',
    'Press Alt+Y or Alt+N, then Ctrl+Enter.',
  ),
  'pas-answer-not-permitted': closed('The service is booked directly: e-RS looks after the PAS itself'),
  'reason-not-offered': words(
    'This reason is not among those of e-RS any more',
    'NOT CANCELLED. Nothing was sent.',
    'Choose another reason, then Ctrl+Enter.',
  ),
  'requirements-not-noted': words(
    'Not every request that e-RS may drop is ticked',
    'NOT CHANGED. Nothing was sent.',
    'Tick each of them, then Ctrl+Enter.',
  ),
  'ring-back-instead': words(
    'e-RS cannot be reached, and this is never queued',
    'NOT CANCELLED. Nothing was sent, and nothing will be.',
    'Ctrl+B notes a ring-back. Do it afresh when the connection is back.',
  ),
  'role-acts-for-nobody': words(
    'This role acts for itself',
    UNCHANGED,
    'Press Alt+R to choose another role.',
  ),
  'role-cannot-cancel': role('Your role cannot cancel an appointment', REFERRER),
  'role-cannot-cancel-later': role(
    'Your role cannot cancel with action later',
    'a service provider clinician or their admin',
  ),
  'role-cannot-cancel-referral': role('Your role cannot cancel a referral', 'a clinician or their admin'),
  'role-cannot-change-shortlist': role('Your role cannot change the shortlist', REFERRER),
  'role-cannot-read-services': role('Your role cannot look services up', REFERRER),
  'second-person-is-you': words(
    'These are your own initials',
    'NOT CANCELLED. Nothing was sent.',
    'Another person has to look and type their initials, then Ctrl+Enter.',
  ),
  'second-person-missing': words(
    'The initials of a second person are missing',
    'NOT CANCELLED. Nothing was sent.',
    'Another person has to look and type at least two letters, then Ctrl+Enter.',
  ),
  'service-not-found': words(
    'e-RS does not know one of the services',
    'NOT CHANGED. Nothing was sent.',
    'Press Esc, then Ctrl+F7: take that service off.',
  ),
  'service-not-triage': closed('This service does no triage'),
  'triage-item': blocked('The referral is with a triage service'),
  'unknown-clinician': words(
    'You may not act for this clinician',
    UNCHANGED,
    'Choose a clinician of the list.',
  ),
  'wrong-ubrn-digits': words(
    'The last 4 digits of the UBRN do not match this referral',
    'NOT CANCELLED. Nothing was sent. It may be another referral than you mean.',
    'Look at the UBRN, type its last 4 digits, then Ctrl+Enter.',
  ),
};
