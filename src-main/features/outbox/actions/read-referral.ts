/** The reads that every action shares: the referral against the pin, and the proof of effect. */
import type { ErsOutcome } from '../../../ers/outcome.ts';
import type { AppointmentRecord, Referral } from '../../../ers/model.ts';
import { a005RetrieveReferral } from '../../../ers/operations/a005-retrieve-referral.ts';
import {
  a029RetrieveAvailableActions,
  tellsOfAction,
} from '../../../ers/operations/a029-retrieve-available-actions.ts';
import { a038RetrieveAppointment } from '../../../ers/operations/a038-retrieve-appointment.ts';
import type { AppointmentId, Ubrn } from '../../../contract/identifiers.ts';
import type { Finding, Truth, Unreached } from '../protocol/findings.ts';
import type { Intent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionRun } from './action-driver.ts';
import { unreachedOf, unreadTruth } from './outcomes.ts';
import { compareReferral, isProof, isProofInReferral, isProvenInReferral } from './proofs.ts';

/** A copy from before what the clerk saw says nothing about now. */
export const OLD_COPY = { kind: 'not-readable', code: 'old-copy' } as const;

/** What a read-back found where the version has moved. */
export type Proof = Exclude<Truth, { readonly kind: 'unchanged' }>;

/** Finds out whether a referral that has moved on from the pin did so by our doing. */
export type Prove<I extends Intent> = (run: ActionRun<I>, moved: Referral) => Promise<Proof>;

/** The referral where its version is the pin, else what the check found instead. */
export async function checkReferral<I extends Intent>(
  run: ActionRun<I>,
  prove: Prove<I> = proveMoved,
): Promise<{ readonly referral: Referral } | { readonly finding: Finding }> {
  const read = await readReferralOf(run);
  if (!run.mayGoOn()) return { finding: PERSON_LEFT };
  if (read.kind !== 'success')
    return { finding: unreachedOf(read) ?? { kind: 'refused', code: codeOf(read) } };
  const referral = read.value;
  switch (compareReferral(referral, run.intent)) {
    case 'other-patient':
      return { finding: { kind: 'changed', code: 'changed-before-sending' } };
    case 'old-copy':
      return { finding: OLD_COPY };
    case 'moved': {
      const truth = await prove(run, referral);
      return { finding: findingOf(truth) };
    }
    case 'unchanged':
      return { referral };
  }
}

/** What became of a write whose pin is the referral's version (safety.md step 5). */
export async function readBackReferral<I extends Intent>(
  run: ActionRun<I>,
  prove: Prove<I> = proveMoved,
): Promise<Truth> {
  const read = await readReferralOf(run);
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (read.kind !== 'success') return unreadTruth(read);
  switch (compareReferral(read.value, run.intent)) {
    case 'other-patient':
      return { kind: 'changed-otherwise' };
    case 'old-copy':
      return OLD_COPY;
    case 'moved':
      return prove(run, read.value);
    case 'unchanged':
      return { kind: 'unchanged' };
  }
}

/** The appointment by its own id, or why there is none to look at. */
export async function readAppointment(
  run: ActionRun<Intent>,
  appointmentId: string,
): Promise<ErsOutcome<AppointmentRecord>> {
  return run.client.call(
    a038RetrieveAppointment,
    { appointmentId: appointmentId as AppointmentId },
    { urgency: run.urgency },
  );
}

/** Null when A029 offers the action or cannot be asked here; then role and state decide (contract.md A029). */
export async function objectionOfActions(
  run: ActionRun<Intent>,
  referral: Referral,
  wanted: string,
): Promise<Finding | null> {
  if (!tellsOfAction(run.client.dialect, wanted)) return null;
  const answer = await run.client.call(
    a029RetrieveAvailableActions,
    { ubrn: referral.ubrn, version: referral.version },
    { urgency: run.urgency },
  );
  if (answer.kind !== 'success') return null;
  return answer.value.some((action) => action.code === wanted)
    ? null
    : { kind: 'changed', code: 'action-not-offered' };
}

/** The referral of an intent, as it is now. */
export function readReferralOf({
  client,
  intent,
  urgency,
}: ActionRun<Intent>): Promise<ErsOutcome<Referral>> {
  return client.call(a005RetrieveReferral, { ubrn: intent.ubrn as Ubrn }, { urgency });
}

/** The version has moved: is it our doing? The spine dialect shows the appointment only inside the referral. */
async function proveMoved(run: ActionRun<Intent>, referral: Referral): Promise<Proof> {
  const { intent, choice } = run;
  if (isProvenInReferral(intent))
    return isProofInReferral(referral, intent)
      ? { kind: 'ours', result: null }
      : { kind: 'changed-otherwise' };
  if (referral.appointmentId !== null) {
    const read = await readAppointment(run, referral.appointmentId);
    if (read.kind !== 'success') return unreadTruth(read);
    return isProof(read.value, intent, choice, true)
      ? { kind: 'ours', result: referral.appointmentId }
      : { kind: 'changed-otherwise' };
  }
  const contained = referral.appointment;
  const isOurs = contained !== null && isProof(contained, intent, choice, false);
  return isOurs ? { kind: 'ours', result: null } : { kind: 'changed-otherwise' };
}

/** What a proof is to the check before sending. */
export function findingOf(truth: Proof): Finding {
  switch (truth.kind) {
    case 'ours':
      return { kind: 'own-effect', result: truth.result };
    case 'changed-otherwise':
      return { kind: 'changed', code: truth.code ?? 'changed-before-sending' };
    default:
      return truth satisfies Unreached;
  }
}

export const codeOf = (outcome: ErsOutcome<unknown>) =>
  outcome.kind === 'refused' ? outcome.code || `http-${outcome.facts.status}` : outcome.kind;
