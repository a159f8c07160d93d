import type { ProblemWords } from './words-shape.ts';

const NOT_MADE = 'NOT MADE: nothing was sent to e-RS.';
const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });
const letters = (title: string, next: string) =>
  words(title, 'NOT CHANGED: the letters are as they were.', next);

/** Words for what the desk itself says about a new referral and about letters (docs/screens.md, "Refer a patient"). */
export const REFER_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'role-cannot-refer': words(
    'Your role cannot refer patients',
    NOT_MADE,
    'Press Alt+R and choose Referring Clinician or Referring Clinician Admin.',
  ),
  'new-referral-not-settled': words(
    'What was asked for this patient before is not settled yet',
    'NOT MADE: nothing is asked for twice. The desk keeps looking until it knows what became of it.',
    'Press F12: the outbox shows it. The draft is kept; then Enter reviews it again.',
  ),
  'no-patient': words(
    'No patient has been looked up',
    NOT_MADE,
    'Press Esc to the first step and type the NHS number.',
  ),
  'patient-not-found': words(
    'PDS has no patient with this number',
    NOT_MADE,
    'Ask for the number again, digit by digit.',
  ),
  'search-again': words(
    'The services found are not known any more',
    NOT_MADE,
    'Press F5 to search again: the draft is kept.',
  ),
  'service-not-in-results': words(
    'A service on the shortlist was not found by the search',
    NOT_MADE,
    'Press F5 to search again, then look through the shortlist.',
  ),
  'letter-required': words(
    'A service on the shortlist needs a letter',
    NOT_MADE,
    'Choose that a letter is added once the referral is made, or take the service off (Esc).',
  ),
  'mixed-shortlist': words(
    'This connection to e-RS takes services for booking or for triage, not both',
    NOT_MADE,
    'Press Esc and take one kind off the shortlist.',
  ),
  'one-triage-service': words(
    'This connection to e-RS takes one triage service',
    NOT_MADE,
    'Press Esc and leave one triage service on the shortlist.',
  ),
  'duplicate-not-answered': words(
    'The patient has a referral of the same specialty already',
    NOT_MADE,
    'Look at it, then tick that this is another referral, and press Ctrl+Enter.',
  ),
  'typed-nhs-number': words(
    'A second identifier is needed',
    'Nothing is shown yet.',
    'Ask for the date of birth.',
  ),
  'letter-missing': letters(
    'At least one letter has to stay or to come',
    'Tick a letter, or add a file with Alt+A.',
  ),
  'letter-not-there': letters(
    'A letter is not on the referral any more',
    'Press Esc, then F5 and Ctrl+F9 again.',
  ),
};
