/**
 * Making a referral (A011; A021 makes it and sends it for triage). There is no pin: nothing makes a second send harmless,
 * so after a lost reply it is looked for (`find-created.ts`) and never sent again without the clerk. The UBRN that e-RS
 * answers is written down with the step that takes note of the answer.
 */
import type { NhsNumber, SdsUserId, ServiceId, Ubrn } from '../../../contract/identifiers.ts';
import { a005RetrieveReferral } from '../../../ers/operations/a005-retrieve-referral.ts';
import { a011CreateReferral, isCreatedFrom } from '../../../ers/operations/a011-create-referral.ts';
import { a021CreateReferralAndSendForTriage } from '../../../ers/operations/a021-create-referral-and-send-for-triage.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { Finding, Truth } from '../protocol/findings.ts';
import type { CreateAndTriageIntent, CreateReferralIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import { findCreated, type NewReferralIntent } from './find-created.ts';
import { unreadTruth } from './outcomes.ts';

type Run = ActionRun<NewReferralIntent>;

const makeDriver = (operation: typeof a011CreateReferral): ActionDriver<NewReferralIntent> => ({
  async check(run) {
    return findingOf(await lookFor(run));
  },
  async send(run, correlationId) {
    const input = toRequest(run.intent);
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(operation, input, options);
    const answer = classifyAnswer(reply, (referral) => isCreatedFrom(referral, input));
    return answer.kind === 'accepted' && reply.kind === 'success'
      ? { kind: 'accepted', result: reply.value.ubrn }
      : answer;
  },
  readBack: lookFor,
});

export const createReferral = makeDriver(a011CreateReferral) as ActionDriver<CreateReferralIntent>;
export const createAndTriage = makeDriver(
  a021CreateReferralAndSendForTriage,
) as ActionDriver<CreateAndTriageIntent>;

/** The referral under the UBRN that was answered, else wherever it may be. */
async function lookFor(run: Run): Promise<Truth> {
  const kept = run.outcomeOf(run.intent.intentId)?.result ?? null;
  if (kept !== null) return readKept(run, kept);
  const found = await findCreated(run);
  switch (found.kind) {
    case 'ours':
      return { kind: 'ours', result: found.ubrn };
    case 'similar':
      return { kind: 'changed-otherwise', code: 'similar-referral' };
    case 'none':
      return { kind: 'unchanged' };
    default:
      return found;
  }
}

async function readKept(run: Run, ubrn: string): Promise<Truth> {
  const read = await run.client.call(a005RetrieveReferral, { ubrn: ubrn as Ubrn }, { urgency: run.urgency });
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (read.kind !== 'success') return unreadTruth(read);
  return read.value.nhsNumber === run.intent.nhsNumber
    ? { kind: 'ours', result: ubrn }
    : { kind: 'changed-otherwise' };
}

function findingOf(truth: Truth): Finding {
  switch (truth.kind) {
    case 'ours':
      return { kind: 'own-effect', result: truth.result };
    case 'unchanged':
      return { kind: 'clear' };
    case 'changed-otherwise':
      return { kind: 'changed', code: truth.code ?? 'changed-before-sending' };
    default:
      return truth;
  }
}

function toRequest(intent: NewReferralIntent) {
  const { criteria, letterIntention, reminderDays, pathwayStart } = intent;
  return {
    nhsNumber: intent.nhsNumber as NhsNumber,
    referringClinician: intent.referringClinician as SdsUserId | null,
    services: intent.services.map(({ serviceId }) => ({ serviceId: serviceId as ServiceId })),
    ...{ criteria, letterIntention, reminderDays, pathwayStart },
  };
}
