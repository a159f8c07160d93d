/** The checks that every operation on a request for advice shares, in the order of contract.md section 14.2. */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import type { AdviceRequest, Party } from '../world/advice-model.ts';
import { textAt } from '../wire/read-body.ts';
import { codeSystem } from '../wire/systems.ts';
import { bad } from './appointment-request.ts';
import type { NamedParameters } from './decision-parameters.ts';

/** The request itself, or the refusal of an unknown UBRN, or of one that is a referral's. */
export function findAdvice(call: Call, ubrn: string): AdviceRequest | Refusal {
  const { world } = call.desk;
  const request = world.findAdvice(ubrn);
  if (request) return request;
  if (world.findReferral(ubrn))
    return refuse(422, 'INVALID_REQUEST_TYPE', 'The UBRN is not a request for advice');
  return isSpine(call) ? refuse(422, 'NO_SUCH_REQUEST', 'No such UBRN') : refuse(404, '');
}

const isProvider = (call: Call): boolean => call.caller.businessFunction.startsWith('SERVICE_PROVIDER');

/** The referring organisation, or the workgroup of the service that was asked. */
export function isRelated(call: Call, request: AdviceRequest): boolean {
  const { caller, desk } = call;
  const workgroup = desk.world.findService(request.serviceId)?.workgroup ?? [];
  return isProvider(call)
    ? workgroup.includes(caller.onBehalfOf ?? caller.userId)
    : caller.organisation === request.referringOrg;
}

/** What stands against reading a request. */
export function checkAdviceRead(call: Call, request: AdviceRequest): Refusal | null {
  if (!isRelated(call, request)) return refuse(422, 'NO_RELATIONSHIP', 'No legitimate relationship');
  const record = call.desk.world.findPatient(request.nhsNumber)?.record;
  return record === 'unusable' ? refuse(422, 'PATIENT_ERROR', 'The patient record cannot be used') : null;
}

/** A patient of whom nothing may be written: S-flagged, deceased, unusable. */
export function checkAdvicePatient(call: Call, nhsNumber: string): Refusal | null {
  const record = call.desk.world.findPatient(nhsNumber)?.record;
  if (record === 'sensitive' && isSpine(call))
    return refuse(422, 'PATIENT_SENSITIVE', 'The patient record is sensitive');
  return record === 'sensitive' || record === 'deceased' || record === 'unusable'
    ? refuse(422, 'PATIENT_ERROR', 'The patient record cannot be used')
    : null;
}

/** What stands against a write that is pinned to a version of the request. */
export function checkAdviceWrite(call: Call, request: AdviceRequest, version: number): Refusal | null {
  if (!isRelated(call, request)) return refuse(422, 'NO_RELATIONSHIP', 'No legitimate relationship');
  const patient = checkAdvicePatient(call, request.nhsNumber);
  if (patient) return patient;
  if (version !== request.version)
    return refuse(409, isSpine(call) ? 'VERSION_CONFLICT' : '', 'The request has changed');
  return call.desk.world.isLocked(request.ubrn)
    ? refuse(423, isSpine(call) ? 'REFERRAL_LOCKED' : '', 'The request is locked')
    : null;
}

/** A provider answers, or converts, while the conversation is with the provider or waits for the referrer. */
export function checkInProgress({ category }: AdviceRequest): Refusal | null {
  return category === 'PROVIDER_RESPONSE_REQUIRED' || category === 'REFERRER_TO_SUBMIT_FURTHER_INFORMATION'
    ? null
    : refuse(422, 'INVALID_REQUEST_STATE', 'The request is not with the provider');
}

/** A text of the conversation: 1 to 8000 characters, 2000 in 2021 (contract.md section 4.6). */
export function readText(
  call: Call,
  parameters: NamedParameters,
  name: string,
): { readonly text: string } | Refusal {
  const text = textAt(parameters.get(name)?.[0], 'valueString') ?? '';
  if (text.trim() === '') return bad('MISSING_VALUE', name);
  return text.length > (isSpine(call) ? 2000 : 8000) ? bad('INVALID_VALUE', name) : { text };
}

/** A code of a fixed set; undefined when the parameter was left out. */
export function readCode<const Codes extends readonly string[]>(
  parameters: NamedParameters,
  { name, system, codes }: { readonly name: string; readonly system: string; readonly codes: Codes },
): { readonly code: Codes[number] | undefined } | Refusal {
  const parameter = parameters.get(name)?.[0];
  if (parameter === undefined) return { code: undefined };
  const code = textAt(parameter, 'valueCoding', 'code');
  const known = codes.find((one) => one === code);
  const isSystem = textAt(parameter, 'valueCoding', 'system') === codeSystem(system);
  return isSystem && known !== undefined ? { code: known } : bad('INVALID_CODE', name);
}

/** Who acts, and for whom: an admin acts for the clinician that the call names. */
export function partiesOf(call: Call): { readonly sender: Party; readonly requester: Party } {
  const { userId, organisation, businessFunction, onBehalfOf } = call.caller;
  const sender = { userId, organisation, businessFunction };
  if (onBehalfOf === null) return { sender, requester: sender };
  const requester = { userId: onBehalfOf, organisation, businessFunction: 'SERVICE_PROVIDER_CLINICIAN' };
  return { sender, requester };
}
