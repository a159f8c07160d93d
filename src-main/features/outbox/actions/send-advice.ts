/** Answering a request for advice (A026): `If-Match` with the request's version is the pin. */
import type { Ubrn } from '../../../contract/identifiers.ts';
import type { AdviceRequest } from '../../../ers/advice-model.ts';
import { a025RetrieveAdviceConversation } from '../../../ers/operations/a025-retrieve-advice-conversation.ts';
import { a026SendAdviceResponse } from '../../../ers/operations/a026-send-advice-response.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { SendAdviceIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import { unreadTruth } from './outcomes.ts';
import { comparePinned, isOurMessage } from './proofs.ts';
import { checkAdvice, readBackAdvice } from './read-advice.ts';
import type { Proof } from './read-referral.ts';
import { uploadedFiles } from './uploaded.ts';

type Run = ActionRun<SendAdviceIntent>;

export const sendAdvice: ActionDriver<SendAdviceIntent> = {
  async check(run) {
    const checked = await checkAdvice(run, proveSent);
    if ('finding' in checked) return checked.finding;
    return filesOf(run) === null ? { kind: 'changed', code: 'upload-not-done' } : { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const { outcome, recommendation, guidance, priority } = intent;
    const attachments = filesOf(run);
    assertInvariant(attachments !== null, 'I3', 'an answer without the files that were asked for');
    const input = {
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      ...{ outcome, recommendation, guidance, priority, attachments },
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a026SendAdviceResponse, input, options);
    return classifyAnswer(
      reply,
      ({ request, message }) => comparePinned(request, intent) === 'moved' && isOurMessage(message, intent),
    );
  },
  readBack: (run) => readBackAdvice(run, proveSent),
};

/** The request has moved on: our message must be in the conversation, and be none that the clerk had seen. */
async function proveSent(run: Run, { version }: AdviceRequest): Promise<Proof> {
  const { intent, client, urgency } = run;
  const input = { ubrn: intent.ubrn as Ubrn, version };
  const read = await client.call(a025RetrieveAdviceConversation, input, { urgency });
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (read.kind !== 'success') return unreadTruth(read);
  const { messages, unreadable } = read.value;
  if (messages.some((message) => isOurMessage(message, intent))) return { kind: 'ours', result: null };
  return unreadable > 0
    ? { kind: 'not-readable', code: 'message-not-readable' }
    : { kind: 'changed-otherwise' };
}

const filesOf = (run: Run) => uploadedFiles(run, run.intent.uploads ?? []);
