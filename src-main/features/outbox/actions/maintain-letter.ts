/** Replacing the whole set of a referral's letters (A012): `If-Match` with the referral's version is the pin. */
import { toIso } from '../../../contract/london-time.ts';
import type { Ubrn } from '../../../contract/identifiers.ts';
import type { Referral } from '../../../ers/model.ts';
import { a012MaintainReferralLetter } from '../../../ers/operations/a012-maintain-referral-letter.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { MaintainLetterIntent } from '../record-schemas.ts';
import type { ActionDriver, ActionRun } from './action-driver.ts';
import { hasLetters, type WantedLetter } from './proofs.ts';
import { checkReferral, readBackReferral, type Proof } from './read-referral.ts';
import { uploadedFiles } from './uploaded.ts';

type Run = ActionRun<MaintainLetterIntent>;

export const maintainLetter: ActionDriver<MaintainLetterIntent> = {
  async check(run) {
    const checked = await checkReferral(run, proveLetters);
    if ('finding' in checked) return checked.finding;
    return lettersOf(run) === null ? { kind: 'changed', code: 'upload-not-done' } : { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent, clock } = run;
    const wanted = lettersOf(run);
    assertInvariant(wanted !== null && wanted.length > 0, 'I3', 'a set of letters that is not whole');
    const indexed = toIso(clock.nowMs());
    const letters = wanted.map(({ documentId, description }) => ({
      binaryId: documentId,
      description,
      indexed,
    }));
    const input = { ubrn: intent.ubrn as Ubrn, version: intent.pinnedVersion, letters };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a012MaintainReferralLetter, input, options);
    return classifyAnswer(reply, (referral) => hasLetters(referral, intent, wanted));
  },
  readBack: (run) => readBackReferral(run, proveLetters),
};

/** What stays, then what is new; null where an upload ahead of it brought no document. */
function lettersOf(run: Run): WantedLetter[] | null {
  const { keeps, uploads = [] } = run.intent;
  const files = uploadedFiles(run, uploads);
  if (files === null) return null;
  const added = files.map(({ binaryId, description }, place) => ({
    documentId: binaryId,
    name: uploads[place]?.name ?? '',
    description,
  }));
  return [...keeps, ...added];
}

function proveLetters(run: Run, referral: Referral): Promise<Proof> {
  const wanted = lettersOf(run);
  const isOurs = wanted !== null && hasLetters(referral, run.intent, wanted);
  return Promise.resolve(isOurs ? { kind: 'ours', result: null } : { kind: 'changed-otherwise' });
}
