/**
 * Making a referral of a request for advice (A027): the request's version in the body is the pin. The referral has the
 * UBRN of the request; whether there is one, A005 says.
 */
import type { Ubrn } from '../../../contract/identifiers.ts';
import { a005RetrieveReferral } from '../../../ers/operations/a005-retrieve-referral.ts';
import { a027ConvertAdviceToReferral } from '../../../ers/operations/a027-convert-advice-to-referral.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { ConvertAdviceIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import { unreachedOf } from './outcomes.ts';
import { isMadeByUs } from './proofs.ts';
import { checkAdvice, readBackAdvice } from './read-advice.ts';
import type { Proof } from './read-referral.ts';
import { uploadedFiles } from './uploaded.ts';

type Run = ActionRun<ConvertAdviceIntent>;

export const convertAdvice: ActionDriver<ConvertAdviceIntent> = {
  async check(run) {
    const checked = await checkAdvice(run, proveConverted);
    if ('finding' in checked) return checked.finding;
    // The referrer may take the permission back (contract.md section 9, A027).
    if (checked.request.isConversionAuthorised === false)
      return { kind: 'changed', code: 'conversion-not-authorised' };
    return filesOf(run) === null ? { kind: 'changed', code: 'upload-not-done' } : { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const { guidance, priority, comment } = intent;
    const files = filesOf(run);
    assertInvariant(files !== null, 'I3', 'a referral without the files that were asked for');
    const input = {
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      comments: comment,
      ...{ guidance, priority, ...files },
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a027ConvertAdviceToReferral, input, options);
    const answer = classifyAnswer(reply, (referral) => isMadeByUs(referral, intent));
    return answer.kind === 'accepted' && reply.kind === 'success'
      ? { kind: 'accepted', result: reply.value.ubrn }
      : answer;
  },
  readBack: (run) => readBackAdvice(run, proveConverted),
};

/** The request has moved on: is there a referral of it now, and is it the one that we asked for? */
async function proveConverted(run: Run): Promise<Proof> {
  const { intent, client, urgency } = run;
  const read = await client.call(a005RetrieveReferral, { ubrn: intent.ubrn as Ubrn }, { urgency });
  if (!run.mayGoOn()) return PERSON_LEFT;
  // e-RS says that this UBRN is no referral.
  if (read.kind !== 'success') return unreachedOf(read) ?? { kind: 'changed-otherwise' };
  return isMadeByUs(read.value, intent)
    ? { kind: 'ours', result: read.value.ubrn }
    : { kind: 'changed-otherwise' };
}

function filesOf(run: Run) {
  const guidanceFiles = uploadedFiles(run, run.intent.uploads ?? []);
  const reviewFiles = uploadedFiles(run, run.intent.reviewUploads ?? []);
  return guidanceFiles === null || reviewFiles === null ? null : { guidanceFiles, reviewFiles };
}
