import type { ProblemWords } from './words-shape.ts';

const UNCHANGED = 'Nothing was sent.';
const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });
const again = (title: string) =>
  words(title, UNCHANGED, 'Press Esc, then F5 to read the request again and see where it stands.');
const fill = (title: string, next: string) => words(title, UNCHANGED, next);
const role = (title: string, who: string) =>
  words(title, `${UNCHANGED} This needs ${who}.`, 'Press Alt+R to choose another role.');

/** Words for the desk's own codes about advice and guidance. */
export const ADVICE_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'advice-not-open': again('The desk does not hold this request for advice open any more'),
  'advice-not-settled': words(
    'An answer to this request is not settled yet',
    'NOT CONFIRMED. The desk keeps reading the request until it knows what became of it.',
    'Wait for the answer, or press F12 to see it in the outbox.',
  ),
  'is-advice-request': words(
    'This UBRN is a request for advice, not a referral',
    UNCHANGED,
    'Press Alt+G for the requests, then F2 and the UBRN.',
  ),
  'not-with-provider': again('The request is not with the provider now'),
  'conversion-not-authorised': again('The referrer has not allowed the provider to make a referral of it'),
  'guidance-missing': fill('The answer is empty', 'Type what goes to the referrer, then Ctrl+Enter.'),
  'recommendation-missing': fill(
    'Advice needs a recommendation',
    'Choose what you recommend, then Ctrl+Enter.',
  ),
  'recommendation-not-permitted': fill(
    'A question to the referrer has no recommendation',
    'Choose “Advice”, or leave the recommendation out.',
  ),
  'text-too-long': fill('The text is longer than e-RS takes', 'Shorten it, then Ctrl+Enter.'),
  'question-missing': fill('The question is empty', 'Type what you want to know, then F7.'),
  'request-not-settled': words(
    'What was asked for this patient before is not settled yet',
    'NOT ASKED: nothing is asked twice. The desk keeps looking until it knows what became of it.',
    'Press F12: the outbox shows it. What you typed is kept; then F7 makes the review again.',
  ),
  'request-alike-not-answered': words(
    'This service was asked about this patient before',
    'NOT ASKED: e-RS does not notice a question that is asked twice.',
    'Look at it in the review; tick that this is another, then Ctrl+Enter.',
  ),
  'search-again': fill('The search is no longer valid', 'Search for a service again, then F7.'),
  'specialty-missing': fill('No specialty is chosen', 'Choose a specialty, then press Enter to search.'),
  'referrer-missing': fill(
    'The clinician in whose name you ask is missing',
    'Type the clinician’s 12 digits, then press Enter to search.',
  ),
  'no-patient': fill('No patient has been found yet', 'Type the NHS number and the date of birth first.'),
  'typed-nhs-number': fill(
    'An NHS number alone shows nothing',
    'Type the date of birth too, then press Enter.',
  ),
  'role-cannot-answer': role('Your role cannot answer requests for advice', 'a provider’s clinician'),
  'role-cannot-ask-advice': role('Your role cannot ask for advice', 'a referring clinician or their admin'),
  'role-cannot-list-advice': role(
    'Your role has no requests for advice',
    'a provider’s or a referrer’s role',
  ),
};
