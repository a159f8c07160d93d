import type { ProblemWords } from './problem-words.ts';

const UNCHANGED = 'Nothing was changed for the patient.';
const WRITES_OFF = 'NOT BOOKED: no booking can be sent from this desk now. Reading goes on.';
const OTHER_DESK = 'Book from another desk or in the e-RS web application, and call the service desk.';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });
const keyring = (title: string) => words(title, WRITES_OFF, OTHER_DESK);
const unreadable = (what: string) =>
  words(
    what,
    `The answer was not used. ${UNCHANGED}`,
    'Press F5 to read again. If it happens again, quote the correlation id to the service desk.',
  );

/** Words for the desk's own codes, in kebab-case; a code that is not here is worded by its kind. */
export const OWN_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'bridge-broken': words(
    'This window has lost the line to the desk',
    'It is not known whether the last action was taken. Look before you do it again.',
    'Close the desk and start it again; the outbox keeps what was not finished.',
  ),
  'disk-full': keyring('The disk is full: actions cannot be kept safe'),
  html: unreadable('A web page came back in place of e-RS’s answer'),
  'key-damaged': keyring('The desk’s encryption key is damaged'),
  'key-missing': keyring('The desk’s encryption key is missing'),
  'key-not-kept': keyring('The system’s keyring did not keep the desk’s key'),
  'key-not-written': keyring('The desk’s encryption key could not be saved'),
  'key-unreadable': keyring('The desk’s encryption key cannot be read'),
  'no-ers-role': words(
    'You hold no role in e-RS that this desk can use',
    'No list can be read.',
    'Ask your registration authority to add an e-RS role to your card.',
  ),
  'no-keyring': keyring('The system’s keyring is not available'),
  'not-a-pdf': unreadable('e-RS sent something that is not a letter'),
  'role-has-no-such-list': words(
    'This list belongs to another role',
    'It was not read.',
    'Press Alt+R to choose a role that has it, or Ctrl+1 for your own lists.',
  ),
  'too-large': words(
    'The answer is too large for the desk',
    'Provider lists over 10 MB cannot be fetched whole.',
    'Use the e-RS web application for this list, where it can be narrowed to a service.',
  ),
  'unknown-role': words('This role is not one of yours', UNCHANGED, 'Press Alt+R and choose a role of the list.'),
};
