/** What the desk may do with an open request for advice: null, or the code of the first reason against it. */
import type { AdviceView } from '../../contract/channels/advice.ts';
import type { AdviceRequest } from '../../ers/advice-model.ts';
import type { DialectName } from '../../ers/operation.ts';
import { PROVIDER_CLINICAL } from '../../ers/roles.ts';

export interface AdviceGateParts extends Pick<AdviceView, 'patient' | 'patientProblem'> {
  readonly request: AdviceRequest;
  readonly businessFunction: string;
  readonly dialect: DialectName;
}

/** While the conversation is with the provider, or waits for the referrer (contract.md section 9, A027). */
const IN_PROGRESS = ['PROVIDER_RESPONSE_REQUIRED', 'REFERRER_TO_SUBMIT_FURTHER_INFORMATION'];

const isSensitive = ({ patient, patientProblem }: Pick<AdviceGateParts, 'patient' | 'patientProblem'>) =>
  patient?.isSensitive === true || patientProblem === 'restricted';

/** A026: an answer, or a question back. */
export function reasonNotToAnswer(parts: AdviceGateParts): string | null {
  const { request, businessFunction, patient, patientProblem } = parts;
  if (!PROVIDER_CLINICAL.some((role) => role === businessFunction)) return 'role-cannot-answer';
  if (isSensitive(parts)) return 'patient-sensitive';
  if (patientProblem === 'different-number') return 'patient-differs';
  // e-RS takes nothing for a patient who has died (PATIENT_ERROR).
  if (patient?.deceased != null) return 'patient-deceased';
  if (!IN_PROGRESS.includes(request.category.code)) return 'not-with-provider';
  return request.service === null ? 'no-service-known' : null;
}

/** A027: only where the referrer has allowed it. */
export function reasonNotToConvert(parts: AdviceGateParts): string | null {
  const reason = reasonNotToAnswer(parts);
  if (reason !== null) return reason;
  return parts.request.isConversionAuthorised === true ? null : 'conversion-not-authorised';
}

/** A043: the platform only. */
export function reasonNotToReadOverview(parts: AdviceGateParts): string | null {
  if (parts.dialect !== 'api-platform') return 'not-in-dialect';
  return isSensitive(parts) ? 'patient-sensitive' : null;
}
