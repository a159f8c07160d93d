import type { ProblemWords } from './words-shape.ts';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });

/** Words for what can go wrong with the audit trail. */
export const AUDIT_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'audit-own-only': words(
    'You may read your own entries only',
    'Your organisation has not named you to read what others did.',
    'Ask who looks after information governance to have your user id added to the policy of this computer.',
  ),
  'audit-one-subject': words(
    'A table is saved of one referral or of one patient',
    'Nothing was saved.',
    'Press F4, type the UBRN or the NHS number, press Enter, then Ctrl+S.',
  ),
  'audit-not-readable': words(
    'What was recorded cannot be read now',
    'Nothing is shown or saved. What is recorded stays as it is.',
    'Press F5 to try again; if it stays, call the service desk: the disk may be full or damaged.',
  ),
  'asked-again': words(
    'Another question came first',
    'The later one is answered.',
    'Press F5 to read what is recorded again.',
  ),
};
