import type { ProblemWords } from './words-shape.ts';

/** Why this desk can save no action now, by the code that main gives with `writes-off`. */
const TITLES: Readonly<Record<string, string>> = {
  corrupt: 'The desk’s record of actions is damaged',
  'disk-full': 'The disk is full: actions cannot be kept safe',
  io: 'The disk does not take what the desk saves',
  'key-damaged': 'The desk’s encryption key is damaged',
  'key-missing': 'The desk’s encryption key is missing',
  'key-not-kept': 'The system’s keyring did not keep the desk’s key',
  'key-not-written': 'The desk’s encryption key could not be saved',
  'key-unreadable': 'The desk’s encryption key cannot be read',
  'key-ring-full': 'The desk’s key could not be changed',
  'lease-lost': 'This desk was opened a second time: the other window has its record of actions',
  locked: 'Another program holds the desk’s record of actions',
  'no-keyring': 'The system’s keyring is not available',
  'policy-not-usable': 'Your organisation’s policy for this computer cannot be used',
  'read-only': 'The desk’s record of actions cannot be written to',
  starting: 'The desk is still starting',
  'secret-too-long': 'The system’s keyring cannot hold the desk’s key',
  'sqlite-too-old': 'The desk’s database program is out of date',
  'storage-failed': 'The desk’s record of actions could not be opened',
  unreadable: 'What was saved could not be read back',
};

/** Words for a desk that can save nothing: reading goes on, booking does not. Null for a reason that is not known. */
export function writesOffWords(code: string): ProblemWords | null {
  const title = TITLES[code.replace(/^not-saved-/, '')];
  if (title === undefined) return null;
  return {
    title,
    meaning: 'NOT BOOKED: no booking can be sent from this desk now. Reading goes on.',
    next:
      code === 'starting'
        ? 'Wait a moment, then try again.'
        : 'Book from another desk or in the e-RS web application, and call the service desk.',
  };
}
