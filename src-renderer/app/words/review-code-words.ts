/** Words for what main says against judging a referral (docs/screens.md, Review). */
import type { ProblemWords } from './words-shape.ts';

const UNCHANGED = 'Nothing was changed for the patient.';
const words = (title: string, next: string, meaning = UNCHANGED): ProblemWords => ({ title, meaning, next });

export const REVIEW_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'alive-not-confirmed': words(
    'It is not confirmed that the patient lives',
    'Look the patient up in the demographics service, then tick it (Alt+L) and press Ctrl+Enter.',
    'This connection does not reach that service, and e-RS does not check it. Nothing was recorded.',
  ),
  'no-review-open': words(
    'No review of this referral is open',
    'Press Esc, then F5 to read the referral again: somebody may have judged it.',
  ),
  'patient-not-looked-up': words(
    'Whether the patient lives could not be looked up',
    'Try again in a moment. If it stays so, record the outcome in the e-RS web application after you have looked the patient up.',
    'The demographics service did not answer, and e-RS does not check it. Nothing was recorded.',
  ),
  'priority-missing': words(
    'e-RS needs a priority to accept the referral',
    'Choose one (Tab, then arrows), then Ctrl+Enter.',
  ),
  'priority-not-permitted': words(
    'A return to the referrer leaves the priority as it is',
    'Close the review (Esc), then review it again.',
  ),
  'role-cannot-review': words(
    'Your role cannot judge referrals',
    'Alt+R changes the role: it needs Service Provider Clinician or Service Provider Clinician Admin.',
  ),
};
