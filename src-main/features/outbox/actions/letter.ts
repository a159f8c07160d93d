/** A letter asked for while it could not be fetched: nothing is sent, a person prints it when its turn comes. */
import type { LetterIntent } from '../record-schemas.ts';
import type { ActionDriver } from './action-driver.ts';
import { unreachedOf } from './outcomes.ts';
import { PERSON_LEFT } from './action-driver.ts';
import { codeOf, readReferralOf } from './read-referral.ts';

export const letter: ActionDriver<LetterIntent> = {
  async check(run) {
    const read = await readReferralOf(run);
    if (!run.mayGoOn()) return PERSON_LEFT;
    if (read.kind !== 'success') return unreachedOf(read) ?? { kind: 'refused', code: codeOf(read) };
    return read.value.nhsNumber === run.intent.nhsNumber
      ? { kind: 'clear' }
      : { kind: 'changed', code: 'changed-before-sending' };
  },
  // The rule of the action says that it is never sent (`isForPerson`); the machine gives no command to.
  send: () => Promise.resolve({ kind: 'not-in-dialect' }),
  readBack: () => Promise.resolve({ kind: 'unchanged' }),
};
