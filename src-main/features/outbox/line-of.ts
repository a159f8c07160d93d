import type { Intent } from './record-schemas.ts';

/** What an intent is known by before its referral has a number. */
export const lineOfPatient = (nhsNumber: string) => `patient ${nhsNumber}`;

/**
 * The line that an intent stands in, and the text that its tag on disk is made of: its referral's UBRN, or its patient
 * while there is none. So two referrals for one patient are made one after the other, and a file stands ahead of the
 * request that it is for.
 */
export const lineOf = ({ ubrn, nhsNumber }: Pick<Intent, 'ubrn' | 'nhsNumber'>) =>
  ubrn === '' ? lineOfPatient(nhsNumber) : ubrn;
