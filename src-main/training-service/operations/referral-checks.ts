/** The checks that every operation on a referral shares, in the order of contract.md section 14.2. */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import type { Referral } from '../world/model.ts';

/** The referral itself, or the refusal of an unknown UBRN: 404, or a code of its own in 2021. */
export function findReferral(call: Call, ubrn: string, unknown: Refusal): Referral | Refusal {
  const { world } = call.desk;
  const referral = world.findReferral(ubrn);
  if (referral) return referral;
  return world.findAdvice(ubrn) ? refuse(422, 'INVALID_REQUEST_TYPE', 'The UBRN is not a referral') : unknown;
}

/** A UBRN of an advice request or a draft names no referral. */
export function checkType(referral: Referral): Refusal | null {
  return referral.kind === 'referral'
    ? null
    : refuse(422, 'INVALID_REQUEST_TYPE', 'The UBRN is not a referral');
}

/**
 * Legitimate relationship: the referring organisation, or the workgroup of the service that has it.
 * An admin acting for a clinician has the clinician's.
 */
export function checkRelationship(call: Call, referral: Referral): Refusal | null {
  const { caller, desk } = call;
  const serviceId = referral.appointment?.serviceId ?? '';
  const workgroup = desk.world.findService(serviceId)?.workgroup ?? [];
  const isRelated = caller.businessFunction.startsWith('SERVICE_PROVIDER')
    ? workgroup.includes(caller.onBehalfOf ?? caller.userId)
    : caller.organisation === referral.referringOrg;
  return isRelated ? null : refuse(422, 'NO_RELATIONSHIP', 'No legitimate relationship');
}

/** A patient whose record cannot be used for reading. */
export function checkPatientForReading(call: Call, referral: Referral): Refusal | null {
  const record = call.desk.world.findPatient(referral.nhsNumber)?.record;
  return record === 'unusable' ? refuse(422, 'PATIENT_ERROR', 'The patient record cannot be used') : null;
}

/** A patient for whom nothing may be written: S-flagged, deceased or unusable (2021 has a code for the first). */
export function checkPatientForWriting(call: Call, referral: Referral): Refusal | null {
  const record = call.desk.world.findPatient(referral.nhsNumber)?.record;
  if (record === 'sensitive' && isSpine(call))
    return refuse(422, 'PATIENT_SENSITIVE', 'The patient record is sensitive');
  return record === 'sensitive' || record === 'deceased' || record === 'unusable'
    ? refuse(422, 'PATIENT_ERROR', 'The patient record cannot be used')
    : null;
}

/** The same for what only ends something: PATIENT_DIED is a reason of A036, so the dead are no hindrance. */
export function checkPatientForCancelling(call: Call, referral: Referral): Refusal | null {
  const record = call.desk.world.findPatient(referral.nhsNumber)?.record;
  return record === 'deceased' ? null : checkPatientForWriting(call, referral);
}

/** 409 for any version but the current one. */
export function checkVersion(call: Call, referral: Referral, version: number): Refusal | null {
  if (version === referral.version) return null;
  return refuse(409, isSpine(call) ? 'VERSION_CONFLICT' : '', 'The referral has changed');
}

/** 423 while somebody else has it. */
export function checkLock(call: Call, referral: Referral): Refusal | null {
  if (!call.desk.world.isLocked(referral.ubrn)) return null;
  return refuse(423, isSpine(call) ? 'REFERRAL_LOCKED' : '', 'The referral is locked');
}

/** What stands against reading a referral, whose it is before which patient it is. */
export function checkRead(call: Call, referral: Referral): Refusal | null {
  return checkType(referral) ?? checkRelationship(call, referral) ?? checkPatientForReading(call, referral);
}

/**
 * What stands against a write that is pinned to a version of the referral, in the order of the service: whose referral
 * and which patient it is comes before what has become of it.
 */
export function checkPinnedWrite(
  call: Call,
  referral: Referral,
  version: number,
  checkPatient: typeof checkPatientForWriting = checkPatientForWriting,
): Refusal | null {
  return (
    checkType(referral) ??
    checkRelationship(call, referral) ??
    checkPatient(call, referral) ??
    checkVersion(call, referral, version) ??
    checkLock(call, referral)
  );
}
