/** Intents of referring, reviewing and advice about the training world, as a clerk who sees it now would ask. */
import { toIso } from '../../src-main/contract/london-time.ts';
import type { Ubrn } from '../../src-main/contract/identifiers.ts';
import { a005RetrieveReferral } from '../../src-main/ers/operations/a005-retrieve-referral.ts';
import { idOfReference } from '../../src-main/ers/fhir/references.ts';
import type { Referral as ReadReferral } from '../../src-main/ers/model.ts';
import type {
  AcceptReferralIntent,
  ConvertAdviceIntent,
  CreateReferralIntent,
  MaintainLetterIntent,
  RecordReviewIntent,
  RejectReferralIntent,
  SendAdviceIntent,
} from '../../src-main/features/outbox/record-schemas.ts';
import type { AdviceRequest } from '../../src-main/training-service/world/advice-model.ts';
import type { Referral } from '../../src-main/training-service/world/model.ts';
import type { ActionBench } from './action-bench.ts';
import {
  makeAccept,
  makeConvertAdvice,
  makeCreateReferral,
  makeMaintainLetter,
  makeReject,
  makeReview,
  makeSendAdvice,
} from './intents.ts';

const MINUTE_MS = 60_000;
const REASONS = 'https://training.bookingdesk.invalid/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON';

/** The referral as A005 gives it. */
export async function readOf({ client, wait }: ActionBench, ubrn: string): Promise<ReadReferral> {
  const read = await wait(client.call(a005RetrieveReferral, { ubrn: ubrn as Ubrn }, {}));
  if (read.kind !== 'success') throw new Error(read.kind);
  return read.value;
}

/** Another referral like this one: its patient, its services, and what they were found by. */
export async function creationOf(
  bench: ActionBench,
  like: Referral,
  changes: Partial<CreateReferralIntent> = {},
): Promise<CreateReferralIntent> {
  const { searchCriteria } = await readOf(bench, like.ubrn);
  const { nhsNumber, shortlist } = like;
  return makeCreateReferral({
    nhsNumber,
    serviceId: shortlist[0] ?? '',
    services: shortlist.map((serviceId) => ({ serviceId, name: '' })),
    criteria: [...(searchCriteria ?? [])],
    referringClinician: like.referrerId,
    pathwayStart: toIso(bench.clock.nowMs() - MINUTE_MS),
    known: [like.ubrn],
    ...changes,
  });
}

const targetOf = ({ ubrn, version, nhsNumber, shortlist }: Referral) => ({
  ubrn,
  pinnedVersion: version,
  nhsNumber,
  serviceId: shortlist[0] ?? '',
});

/** Keeps the letters that are there. */
export function lettersOf(
  referral: Referral,
  { attachments }: ReadReferral,
  changes: Partial<MaintainLetterIntent> = {},
): MaintainLetterIntent {
  const keeps = attachments
    .filter(({ type }) => type.code === 'REFERRER')
    .map(({ url, title, description }) => ({
      documentId: idOfReference(url, 'Binary'),
      name: title,
      description,
    }));
  return makeMaintainLetter({ ...targetOf(referral), keeps, ...changes });
}

const bookedTarget = (referral: Referral) => ({
  ...targetOf(referral),
  serviceId: referral.appointment?.serviceId ?? '',
  appointmentId: referral.appointment?.id ?? null,
  start: referral.appointment?.startMs == null ? null : toIso(referral.appointment.startMs),
});

export const acceptOf = (referral: Referral): AcceptReferralIntent => makeAccept(bookedTarget(referral));

export const rejectOf = (
  referral: Referral,
  changes: Partial<RejectReferralIntent> = {},
): RejectReferralIntent =>
  makeReject({
    ...bookedTarget(referral),
    reason: { system: REASONS, code: 'SERVICE_INAPPROPRIATE', display: '' },
    ...changes,
  });

export const reviewOf = (referral: Referral, changes: Partial<RecordReviewIntent> = {}): RecordReviewIntent =>
  makeReview({ ...targetOf(referral), ...changes });

const targetOfAdvice = ({ ubrn, version, nhsNumber, serviceId }: AdviceRequest) => ({
  ubrn,
  pinnedVersion: version,
  nhsNumber,
  serviceId,
});

export const answerOf = (request: AdviceRequest, changes: Partial<SendAdviceIntent> = {}): SendAdviceIntent =>
  makeSendAdvice({
    ...targetOfAdvice(request),
    knownMessages: request.messages.map(({ id }) => id),
    ...changes,
  });

export const conversionOf = (
  request: AdviceRequest,
  changes: Partial<ConvertAdviceIntent> = {},
): ConvertAdviceIntent => makeConvertAdvice({ ...targetOfAdvice(request), ...changes });
