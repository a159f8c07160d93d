/**
 * Asking a service for advice (A044). There is no pin, and no list of theirs that a referrer may read (contract.md section
 * 3, A023): after a lost reply only a person can look, and it is never sent again without them. The UBRN that e-RS
 * answers is written down with the step that takes note of the answer.
 */
import type { NhsNumber, SdsUserId, ServiceId } from '../../../contract/identifiers.ts';
import type { AdviceSent } from '../../../ers/advice-model.ts';
import { a044CreateAdviceRequest } from '../../../ers/operations/a044-create-advice-request.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { Finding, Truth } from '../protocol/findings.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { RequestAdviceIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import { unreadTruth } from './outcomes.ts';
import { isAnswerToRequest } from './proofs.ts';
import { readAdviceOf } from './read-advice.ts';
import { uploadedFiles } from './uploaded.ts';

type Run = ActionRun<RequestAdviceIntent>;

export const requestAdvice: ActionDriver<RequestAdviceIntent> = {
  async check(run): Promise<Finding> {
    const truth = await readKept(run);
    if (truth.kind === 'ours') return { kind: 'own-effect', result: truth.result };
    if (truth.kind === 'changed-otherwise') return { kind: 'changed', code: 'changed-before-sending' };
    if (truth.kind !== 'unchanged') return truth;
    return filesOf(run) === null ? { kind: 'changed', code: 'upload-not-done' } : { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const { criteria, request, isConversionAuthorised } = intent;
    const attachments = filesOf(run);
    assertInvariant(attachments !== null, 'I3', 'a question without the files that were asked for');
    const input = {
      nhsNumber: intent.nhsNumber as NhsNumber,
      serviceId: intent.serviceId as ServiceId,
      referringClinician: intent.referringClinician as SdsUserId | null,
      ...{ criteria, request, isConversionAuthorised, attachments },
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a044CreateAdviceRequest, input, options);
    const answer = classifyAnswer(reply, (sent: AdviceSent) => isAnswerToRequest(sent, intent));
    return answer.kind === 'accepted' && reply.kind === 'success'
      ? { kind: 'accepted', result: reply.value.request.ubrn }
      : answer;
  },
  readBack: readKept,
};

/** The request under the UBRN that was answered; without one nothing can be read, and nothing is known. */
async function readKept(run: Run): Promise<Truth> {
  const kept = run.outcomeOf(run.intent.intentId)?.result ?? null;
  if (kept === null) return { kind: 'unchanged' };
  const read = await readAdviceOf(run, kept);
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (read.kind !== 'success') return unreadTruth(read);
  return read.value.nhsNumber === run.intent.nhsNumber
    ? { kind: 'ours', result: kept }
    : { kind: 'changed-otherwise' };
}

const filesOf = (run: Run) => uploadedFiles(run, run.intent.uploads ?? []);
