import type { ProblemWords } from './words-shape.ts';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });
const NOT_SAVED = 'Nothing was saved; the settings are as they were.';

/** Words for what can go wrong with the settings. */
export const SETTINGS_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'key-ring-changed': words(
    'Another Booking Desk on this computer has changed the key',
    'The key that is in use stays. Nothing is lost.',
    'Close one of the two and start this one again, then try again.',
  ),
  'key-ring-full': words(
    'This desk keeps as many old keys as it can',
    'The key that is in use stays. Nothing is lost.',
    'An old key goes when its last record has gone. Call the service desk.',
  ),
  'setting-is-managed': words(
    'Your organisation has set this',
    NOT_SAVED,
    'Press Esc and open the settings again to see what is locked. Ask the service desk if it must be changed.',
  ),
  'settings-newer': words(
    'The settings of this desk are of a later version of Booking Desk',
    NOT_SAVED,
    'Update Booking Desk on this computer; call the service desk.',
  ),
  'settings-not-readable': words(
    'The settings of this desk cannot be read',
    NOT_SAVED,
    'Try again; if it stays, call the service desk.',
  ),
  'settings-not-written': words(
    'The settings could not be saved on this computer',
    NOT_SAVED,
    'The disk may be full. Press Ctrl+Enter to try again; if it stays, call the service desk.',
  ),
};
