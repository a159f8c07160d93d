/** What stands against a search or a new referral before anything of the referral exists (contract.md section 7). */
import { isSpine, type Call, type Refusal } from '../service-types.ts';
import { at, textAt } from '../wire/read-body.ts';
import { NHS_NUMBER, SDS_USER } from '../wire/systems.ts';
import type { Patient } from '../world/model.ts';
import { findStaff, isGranted } from '../world/staff.ts';
import { bad } from './appointment-request.ts';

/** The value of an identifier parameter; null when there is no such parameter. */
export function readIdentifier(
  parameter: unknown,
  name: string,
  system: string,
): { readonly value: string | null } | Refusal {
  if (parameter === undefined) return { value: null };
  const value = textAt(parameter, 'valueIdentifier', 'value');
  if (value === undefined) return bad('MISSING_VALUE', name);
  return at(parameter, 'valueIdentifier', 'system') === system ? { value } : bad('INVALID_VALUE', name);
}

/** The patient, of whom PDS must know a practice and against whom nothing may stand. */
export function readPatient(call: Call, parameter: unknown): { readonly patient: Patient } | Refusal {
  const read = readIdentifier(parameter, 'patient', NHS_NUMBER);
  if ('isRefusal' in read) return read;
  if (read.value === null) return bad('MISSING_VALUE', 'patient');
  const patient = call.desk.world.findPatient(read.value);
  if (patient?.record === 'sensitive' && isSpine(call)) return bad('PATIENT_SENSITIVE', 'patient');
  if (patient === undefined || ['sensitive', 'deceased', 'unusable'].includes(patient.record))
    return bad('PATIENT_ERROR', 'patient');
  return patient.record === 'missing' ? bad('NO_REG_GP_PRACTICE', 'patient') : { patient };
}

const CLINICIAN = 'REFERRING_CLINICIAN';

/** An admin says for which clinician of the same organisation; a clinician refers for nobody else. */
export function readReferrer(call: Call, parameter: unknown): { readonly referrerId: string } | Refusal {
  const name = 'referringClinician';
  const read = readIdentifier(parameter, name, SDS_USER);
  if ('isRefusal' in read) return read;
  const { userId, businessFunction, organisation } = call.caller;
  if (businessFunction === CLINICIAN)
    return read.value === null ? { referrerId: userId } : bad('FIELD_NOT_PERMITTED', name);
  if (read.value === null) return bad('VALUE_IS_REQUIRED', name);
  const member = findStaff(read.value);
  if (member === undefined) return bad('REFERENCE_NOT_FOUND', name);
  if (!member.grants.some((grant) => grant.businessFunction === CLINICIAN))
    return bad('REFERENCED_USER_IS_NOT_RC', name);
  return isGranted(read.value, CLINICIAN, organisation)
    ? { referrerId: read.value }
    : bad('REFERENCED_USER_IS_NOT_RC_AT_ORG', name);
}
