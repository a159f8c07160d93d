import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import type { Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import type { RefusalAction } from '../refusals.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { frameCreation, type A011Input } from './a011-create-body.ts';
import { hasShortlist } from './a031-change-shortlist.ts';
import { PAS_WRITE_TIMEOUT_MS } from './framing.ts';

export type { A011Input } from './a011-create-body.ts';

/** What A011 and A021 may be refused with: what their search may be, and more (contract.md section 7). */
export const CREATION_REFUSALS: Readonly<Record<string, RefusalAction>> = {
  FIELD_NOT_PERMITTED: 'ask-again',
  VALUE_IS_REQUIRED: 'ask-again',
  CONFLICTING_VALUES: 'ask-again',
  MISSING_VALUE: 'ask-again',
  INVALID_CODE: 'ask-again',
  INVALID_VALUE: 'ask-again',
  // A list of services for booking and for triage, which 2021 does not take.
  INAPPROPRIATE_VALUE: 'ask-again',
  TOO_MANY_ITEMS: 'ask-again',
  DUPLICATE_SERVICE: 'ask-again',
  SHORTLISTED_SERVICE_NOT_IN_RESULTS: 'new-search',
  SNOMED_NOT_FOUND: 'new-search',
  REFERENCE_NOT_FOUND: 'new-search',
  SERVICE_UNAVAILABLE: 'new-search',
  INVALID_STATE: 'new-search',
  NO_REG_GP_PRACTICE: 'tell',
  ORGANISATION_IS_CLOSED: 'tell',
  ORGANISATION_NOT_APPROPRIATE: 'tell',
  REFERENCED_USER_IS_NOT_ACTIVE: 'ask-again',
  REFERENCED_USER_IS_NOT_RC: 'ask-again',
  REFERENCED_USER_IS_NOT_RC_AT_ORG: 'ask-again',
  REFERENCED_USER_NOT_IN_ORG: 'ask-again',
  PATIENT_ERROR: 'block-patient',
  PATIENT_SENSITIVE: 'block-patient',
};

/**
 * Creates a referral with its shortlist; nothing is sent to a provider yet (contract.md section 7, A011). There is no
 * pin: after a lost reply it must be looked for, never sent again (safety.md, "Proof and pin of every write").
 */
export const a011CreateReferral: Operation<A011Input, Referral> = {
  id: 'A011',
  name: 'Create referral',
  kind: 'write',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: CREATION_REFUSALS,
  dialects: frameCreation('$ers.createReferral', 'eRS-CreateReferral-Parameters-1'),
  read: (reply) => readOne(reply.json),
  echoes: isCreatedFrom,
};

const readOne = readAs('referral', readReferral);

/** True for a new referral of this patient with this shortlist; the spine dialect's answer has none. */
export function isCreatedFrom(referral: Referral, { nhsNumber, services }: A011Input): boolean {
  const ids = services.map(({ serviceId }) => serviceId);
  const isListed = referral.shortlist.length === 0 || hasShortlist(referral, ids);
  return referral.nhsNumber === nhsNumber && referral.status === 'active' && isListed;
}
