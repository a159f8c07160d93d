import { ACTION_CODE_WORDS } from './action-code-words.ts';
import { LIST_CODE_WORDS } from './list-code-words.ts';
import { PRINT_CODE_WORDS } from './print-code-words.ts';
import { ADVICE_CODE_WORDS } from './advice-code-words.ts';
import { AUDIT_CODE_WORDS } from './audit-code-words.ts';
import { REVIEW_CODE_WORDS } from './review-code-words.ts';
import { REFER_CODE_WORDS } from './refer-code-words.ts';
import { SETTINGS_CODE_WORDS } from './settings-code-words.ts';
import { SESSION_CODE_WORDS } from './session-code-words.ts';
import { SIGN_IN_CODE_WORDS } from './sign-in-code-words.ts';
import type { ProblemWords } from './words-shape.ts';

const UNCHANGED = 'Nothing was changed for the patient.';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });
const wrongNumber = (title: string) =>
  words(title, 'Nothing was searched or shown.', 'Ask for the number again, digit by digit, then press F2.');
const closed = (title: string) =>
  words(title, UNCHANGED, 'Press Esc, open the referral again from the list, then go on.');
const unreadable = (what: string) =>
  words(
    what,
    `The answer was not used. ${UNCHANGED}`,
    'Press F5 to read again. If it happens again, quote the correlation id to the service desk.',
  );

const blocked = (title: string) =>
  words(title, UNCHANGED, 'Press Esc, then F5 to read the referral again and see its state.');

/** Words for the desk's own codes, in kebab-case; a code that is not here is worded by its kind. */
export const OWN_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  ...ACTION_CODE_WORDS,
  ...ADVICE_CODE_WORDS,
  ...LIST_CODE_WORDS,
  ...PRINT_CODE_WORDS,
  ...REFER_CODE_WORDS,
  ...REVIEW_CODE_WORDS,
  ...SESSION_CODE_WORDS,
  ...SETTINGS_CODE_WORDS,
  ...AUDIT_CODE_WORDS,
  ...SIGN_IN_CODE_WORDS,
  'action-not-offered': blocked('e-RS does not list this among the actions for the referral now'),
  'action-switched-off': words(
    'This action is switched off on this desk',
    `e-RS called a request of the desk wrong, which is a fault of the desk and not yours. ${UNCHANGED}`,
    'Use the e-RS web application for it, and call the service desk.',
  ),
  'already-booked': blocked('The referral is booked already'),
  'bridge-broken': words(
    'This window has lost the line to the desk',
    'It is not known whether the last action was taken. Look before you do it again.',
    'Close the desk and start it again; the outbox keeps what was not finished.',
  ),
  'booking-not-settled': words(
    'A booking of this referral is not settled yet',
    'NOT CONFIRMED. The desk keeps reading the referral until it knows what became of it.',
    'Do not book again. Wait for the answer, or press F5 to read it now.',
  ),
  'comment-missing': words(
    'e-RS needs a comment for this action',
    UNCHANGED,
    'Type a comment, then Ctrl+Enter.',
  ),
  'comment-too-long': words('The comment is too long', UNCHANGED, 'Shorten it, then Ctrl+Enter.'),
  'deferral-not-settled': words(
    'A deferral of this referral is not settled yet',
    'NOT CONFIRMED. The desk keeps reading the referral until it knows what became of it.',
    'Wait for the answer, or press F12 to see it in the outbox.',
  ),
  'file-is-a-program': words(
    'This file is a program',
    'It was neither shown nor saved. A referral has no use for one.',
    'Tell the sender and your service desk.',
  ),
  'file-not-readable': words(
    'The file could not be shown',
    'It may be damaged. Nothing of it was kept.',
    'Press F5 to read it again, or Ctrl+S to save it. If it is damaged, ask the sender for it again.',
  ),
  'file-too-large': words(
    'The file is too large for this connection',
    'It was not read.',
    'Open it in the e-RS web application.',
  ),
  'files-unavailable': words(
    'This desk cannot save files',
    'The file was NOT saved.',
    'Open it in the e-RS web application.',
  ),
  'find-characters': wrongNumber('This is neither a UBRN nor an NHS number'),
  'find-length': wrongNumber('A UBRN has 12 digits and an NHS number 10'),
  html: words(
    'A web page came back in place of e-RS’s answer',
    `The answer was not used. ${UNCHANGED} Often it is the network that asks you to sign in to it.`,
    'Open the network’s page in a browser and sign in there, then press F5 here. If there is none, quote the correlation id to the service desk.',
  ),
  'may-still-happen': words(
    'It may still be carried out, so it cannot be taken back now',
    'It was sent, and no read-back has shown yet what became of it.',
    'F5 reads it back. Wait until it is known, then decide.',
  ),
  'nhs-number-characters': wrongNumber('An NHS number has digits only'),
  'nhs-number-check-digit': wrongNumber('This is not an NHS number: its last digit does not fit the others'),
  'nhs-number-length': wrongNumber('An NHS number has 10 digits'),
  'nhs-number-not-in-lists': words(
    'This NHS number is in none of the lists read since you took this role',
    'e-RS cannot be searched by NHS number. Nothing was shown.',
    'Ask for the UBRN, or read the other lists first (Ctrl+1 to Ctrl+6).',
  ),
  'no-commissioning-organisation': words(
    'e-RS names no commissioning organisation for this referral',
    'NOT BOOKED. Slots cannot be searched without it.',
    'Book in the e-RS web application, and tell the service desk.',
  ),
  'no-direct-service': blocked('No directly bookable service is on the shortlist'),
  'no-such-attachment': closed('The referral has no such attachment any more'),
  'no-shortlist': blocked('No service is on the shortlist'),
  'no-remembered-details': words(
    'PDS cannot be reached, and this desk remembers no details of these patients',
    UNCHANGED,
    'Go by NHS number and UBRN. Press F5 when the connection is back.',
  ),
  'no-remembered-slots': words(
    'e-RS cannot be reached, and this desk remembers no times of this service',
    'NOT BOOKED. There may be free times all the same.',
    'Press F5 to try again. Take down what the patient wants and ring back.',
  ),
  'no-such-intent': words(
    'The outbox does not hold this action for you',
    'It may be another user’s, or it was made before this role was taken.',
    'Press F5 to read the referral again and see what e-RS holds.',
  ),
  'no-ers-role': words(
    'You hold no role in e-RS that this desk can use',
    'No list can be read.',
    'Ask your registration authority to add an e-RS role to your card.',
  ),
  'not-a-pdf': unreadable('e-RS sent something that is not a readable PDF'),
  'not-saved': words(
    'The file was NOT saved',
    'The folder would not take it: it may be full, read-only, or gone.',
    'Press Ctrl+S and choose another folder.',
  ),
  'not-to-confirm': words(
    'This action cannot be sent again as it is',
    'Nothing was sent.',
    'Look at its state in the outbox (F12): it may have moved on meanwhile.',
  ),
  'nothing-to-read-back': words(
    'There is nothing to read back',
    'Nothing of it was sent yet, or its answer is known.',
    'Look at its state in the outbox (F12).',
  ),
  'patient-deceased': blocked('PDS says that the patient has died'),
  'patient-differs': blocked('PDS and e-RS have different NHS numbers for this patient'),
  'patient-sensitive': blocked('The patient record is restricted (S flag)'),
  'referral-not-active': blocked('The referral is cancelled or completed'),
  'referral-not-open': closed('The desk does not hold this referral open any more'),
  'review-closed': words(
    'The review panel has been closed',
    'NOT BOOKED. Nothing was sent.',
    'Press Shift+F7 to review the slot again.',
  ),
  'role-cannot-book': words(
    'Your role cannot book or defer',
    'NOT BOOKED. This needs a referring clinician or their admin.',
    'Press Alt+R to choose another role, or pass the UBRN to a colleague.',
  ),
  'role-cannot-open': words(
    'Your role can read lists but not open a referral',
    UNCHANGED,
    'Press Alt+R to choose another role, or pass the UBRN to a colleague.',
  ),
  'role-cannot-search-slots': words(
    'Your role cannot search for slots or book',
    'NOT BOOKED. This needs a referring clinician or their admin.',
    'Press Alt+R to choose another role, or pass the UBRN to a colleague.',
  ),
  'role-has-no-such-list': words(
    'This list belongs to another role',
    'It was not read.',
    'Press Alt+R to choose a role that has it, or Ctrl+1 for your own lists.',
  ),
  'sent-already': words(
    'It was sent already, or is on its way',
    'What was sent cannot be changed.',
    'F5 reads back what became of it.',
  ),
  'service-not-on-shortlist': closed('This service is not on the referral’s shortlist any more'),
  'slot-search-expired': words(
    'The slots were read too long ago',
    'NOT BOOKED. Some of them may have gone since.',
    'Press F7 to read the slots again, then choose afresh.',
  ),
  'state-not-bookable': blocked('The state of the referral does not allow booking'),
  'slots-announced-not-sent': unreadable('e-RS announced free times and sent none of them'),
  'list-too-large': words(
    'The list is too large to be fetched whole',
    'e-RS gives no list of over 10 MB. What the list holds is not known here.',
    'Read less of it, or work it in the e-RS web application.',
  ),
  'too-large': words(
    'The answer is too large for the desk',
    'It was not read.',
    'Use the e-RS web application for this.',
  ),
  'typed-ubrn': words(
    'This referral needs a second identifier before it opens',
    'Nothing is shown yet: a UBRN has no check digit, and one wrong digit is often another patient.',
    'Press F2, type the UBRN, then the last 4 digits of the NHS number or the date of birth.',
  ),
  'unknown-priority': words(
    'The desk does not know this referral’s priority',
    'NOT BOOKED. Slots are offered by priority, so none were searched.',
    'Book in the e-RS web application, and tell the service desk.',
  ),
  'unknown-role': words(
    'This role is not one of yours',
    UNCHANGED,
    'Press Alt+R and choose a role of the list.',
  ),
  'wrong-second-identifier': words(
    'The second identifier does not match this UBRN',
    'Nothing was shown. This may be another patient’s UBRN.',
    'Ask the caller for the UBRN again, digit by digit, then press F2.',
  ),
};
