import type { ProblemWords } from './words-shape.ts';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });

/** Words for what the session and its lock refuse. */
export const SESSION_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'sign-in-needed': words(
    'The session has ended: a PIN does not open it',
    'Nothing was sent. What was typed is kept for its person.',
    'Choose “Sign in again”.',
  ),
  'no-pin': words(
    'There is no desk PIN for this person here',
    'The desk stays locked.',
    'Choose “Sign in again”; at the desk Alt+P sets a PIN.',
  ),
  'role-withdrawn': words(
    'You no longer hold the role in which you worked',
    'Nothing more can be done in it, and nothing was sent. Actions in the outbox stay there.',
    'Sign out, then sign in and choose another role. If you should hold it, ask your registration authority.',
  ),
  'training-sign-in-failed': words(
    'Nobody could be signed in now',
    'The sign-in could not be reached. Nothing was sent, and nothing that was typed is lost.',
    'Try again in a moment. Offline the desk PIN opens the lock, if you have set one (Alt+P).',
  ),
};
