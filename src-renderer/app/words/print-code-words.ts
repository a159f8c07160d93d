import type { ProblemWords } from './words-shape.ts';

const NOT_PRINTED = 'The letter was NOT printed.';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });

const damaged = (title: string) =>
  words(
    title,
    'It was neither shown nor printed. Nothing of it was kept.',
    'Press F9 to fetch it again. If it happens again, print it in the e-RS web application and tell the service desk.',
  );

const lookFirst = (title: string) =>
  words(
    title,
    'The letter may have come out, or may still come out.',
    'Look at the printer BEFORE you print again: what lies there belongs to this patient.',
  );

/** A letter whose file main has refused: by what it found. */
const LETTER_FAULTS: Readonly<Record<string, ProblemWords>> = {
  'letter-cut-short': damaged('The letter is cut short'),
  'letter-empty': damaged('The letter is empty'),
  'letter-encrypted': damaged('The letter is locked with a password'),
  'letter-is-html': damaged('A web page came in place of the letter'),
  'letter-not-a-pdf': damaged('What came in place of the letter is no PDF'),
  'letter-not-readable': damaged('The letter cannot be read'),
  'letter-too-large': damaged('The letter is too large to be one'),
  'letter-too-slow': damaged('The letter took too long to read'),
  'letter-with-script': damaged('The letter carries a program'),
  'letter-without-pages': damaged('The letter has no pages'),
};

const batch = (title: string) =>
  words(title, 'Nothing was changed.', 'Press Esc, then Ctrl+P in the list to see it.');

/** Why a batch does not do what was pressed, or stands still. */
const BATCH_CODES: Readonly<Record<string, ProblemWords>> = {
  'batch-has-begun': batch('This batch was started already'),
  'batch-is-over': batch('This batch is at its end already'),
  'batch-is-running': batch('Letters are being printed already, one batch at a time'),
  'batch-not-paused': batch('This batch is not paused'),
  'batch-not-running': batch('This batch is not printing now'),
  'batch-under-way': words(
    'The last letter is still in the printer',
    'The stack is not whole yet.',
    'Wait until it is out, then count again.',
  ),
  'cover-unknown': lookFirst('Nobody knows whether the cover sheet came out'),
  'desk-fault': lookFirst('The desk itself broke off'),
  'desk-left': words(
    'The desk was locked or left',
    'The letters that were not printed yet wait.',
    'Enter goes on with them.',
  ),
  'job-cancelled': words(
    'The letter was cancelled at the printer',
    'That letter was NOT printed, or only in part.',
    'Take its sheets out of the stack and destroy them. Enter goes on with the next letter.',
  ),
  'no-such-batch': words(
    'The desk does not hold this batch any more',
    'Nothing was changed.',
    'Press Esc. Ctrl+Shift+P shows what was printed.',
  ),
  'print-unknown': lookFirst('Nobody knows whether the last letter came out'),
};

/** Words for what stands between a letter and paper: the letter, the printer, the desk's record of it. */
export const PRINT_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  ...LETTER_FAULTS,
  ...BATCH_CODES,
  'cancel-not-possible': words(
    'This printer lets nothing be cancelled',
    'The letter comes out.',
    'Fetch it from the printer and destroy it, or use it.',
  ),
  'desk-ended-meanwhile': lookFirst('The desk stopped while the letter was sent to the printer'),
  'job-finished': words(
    'The printer has finished it already',
    'It could not be cancelled any more.',
    'Fetch the sheets from the printer and count them.',
  ),
  'letter-differs': words(
    'The letter differs from the referral',
    `${NOT_PRINTED} It may be another patient’s, or of another time.`,
    'Press Esc and see what differs. F9 fetches it again; if it still differs, tell the service desk.',
  ),
  'letter-not-held': words(
    'The desk does not hold this letter any more',
    NOT_PRINTED,
    'Press Esc, then F9 to fetch it again.',
  ),
  'letter-not-read': words(
    'This letter was not checked, and nobody has read it',
    NOT_PRINTED,
    'Press Esc and read every page. Then Ctrl+P, and tick that you have read it.',
  ),
  'letter-superseded': words(
    'The referral has changed since this letter was fetched',
    `${NOT_PRINTED} It would tell the patient something that is not so any more.`,
    'Press Esc, then F9 to fetch the letter of today.',
  ),
  'may-be-printed-partly': lookFirst('The printer gave up part of the way'),
  'no-print-service': words(
    'The print service of this computer does not answer',
    NOT_PRINTED,
    'Press F5 to try again. If it lasts, call the service desk, or print in the e-RS web application.',
  ),
  'not-followed-longer': lookFirst('The desk has stopped following this print'),
  'no-such-print': words(
    'The desk does not hold this print any more',
    'Nothing was changed.',
    'Press Esc. Ctrl+Shift+P shows what was printed.',
  ),
  'nothing-came-out': words(
    'Nothing came out of the printer',
    NOT_PRINTED,
    'Look at the printer, then press Ctrl+P.',
  ),
  'not-wanted-any-more': words(
    'It was called off before it was sent',
    NOT_PRINTED,
    'Ctrl+P prints it again.',
  ),
  'pdf-not-readable': damaged('The letter cannot be read'),
  'pdf-reader-unavailable': words(
    'The desk cannot read letters now',
    'Letters are not checked. Each has to be read by you before it is printed.',
    'Close the desk and start it again. If it lasts, call the service desk.',
  ),
  'phone-first': words(
    'The appointment is in less than 3 working days',
    `${NOT_PRINTED} It may come too late by post.`,
    'Phone the patient, tick that you have, then press Enter.',
  ),
  'print-failed': words('The printer gave up', NOT_PRINTED, 'Look at the printer, then press Ctrl+P.'),
  'print-has-ended': words(
    'The printer has finished it already',
    'It cannot be cancelled any more.',
    'Fetch the sheets from the printer and count them.',
  ),
  'print-not-answered': lookFirst('The printer did not answer'),
  'print-not-taken-yet': words(
    'The printer has not taken it yet',
    'It cannot be cancelled at this moment.',
    'Wait a moment, then press Del again.',
  ),
  'print-under-way': words(
    'A letter of this referral is being printed now',
    'It was not printed a second time.',
    'Press Esc, then Ctrl+P to see how far it is.',
  ),
  'printer-does-not-say': lookFirst('The printer does not say what became of it'),
  'printer-gone': words(
    'This printer is not there any more',
    NOT_PRINTED,
    'Choose another printer, then press Enter. F5 asks for the printers again.',
  ),
  'printer-not-answering': lookFirst('The printer has stopped answering'),
  'printer-refused': words(
    'The printer does not take the letter',
    NOT_PRINTED,
    'Look at the printer, or choose another one, then press Enter.',
  ),
  'printing-unavailable': words(
    'This desk cannot print',
    NOT_PRINTED,
    'Print the letter in the e-RS web application.',
  ),
  'role-cannot-read-letters': words(
    'Your role cannot fetch letters',
    'No letter was fetched.',
    'Press Alt+R to choose another role, or pass the UBRN to a colleague.',
  ),
  'reason-needs-note': words(
    'The reason needs a few words',
    NOT_PRINTED,
    'Type a note beside the reason, then press Enter.',
  ),
  'reprint-reason-missing': words(
    'This letter was printed already',
    'It was NOT printed again: two letters of one appointment are two letters that can go astray.',
    'Choose why it is printed again, then press Enter.',
  ),
  'wrong-copies': words('So many copies are not printed at once', NOT_PRINTED, 'Take 1 to 5 copies.'),
};
