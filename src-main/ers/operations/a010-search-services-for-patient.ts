import { readFoundService } from '../fhir/found-service.ts';
import { objectsAt } from '../fhir/json.ts';
import { readAs } from '../fhir/shape.ts';
import type { ServicesFound } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { buildSearchBody, readSearchBody, type A010Input } from './a010-search-body.ts';
import { inBothDialects, matchPath, SLOW_READ_TIMEOUT_MS } from './framing.ts';

export {
  buildSearchCriteria,
  priorityOf,
  type A010Input,
  type RequestType,
  type SearchValues,
  type SortBy,
} from './a010-search-body.ts';

const NAME = '/HealthcareService/$ers.searchHealthcareServicesForPatient';

/** Services that suit a patient, for a new referral or another shortlist (contract.md section 7, A010). Not paged. */
export const a010SearchServicesForPatient: Operation<A010Input, ServicesFound> = {
  id: 'A010',
  name: 'Search services for a patient',
  kind: 'read',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: SLOW_READ_TIMEOUT_MS,
  refusals: {
    FIELD_NOT_PERMITTED: 'ask-again',
    VALUE_IS_REQUIRED: 'ask-again',
    CONFLICTING_VALUES: 'ask-again',
    MISSING_VALUE: 'ask-again',
    INVALID_VALUE: 'ask-again',
    INVALID_CODE: 'ask-again',
    REFERENCE_NOT_FOUND: 'ask-again',
    SNOMED_NOT_FOUND: 'ask-again',
    NO_REG_GP_PRACTICE: 'tell',
    ORGANISATION_IS_CLOSED: 'tell',
    ORGANISATION_NOT_APPROPRIATE: 'tell',
    REFERENCED_USER_IS_NOT_ACTIVE: 'ask-again',
    REFERENCED_USER_IS_NOT_RC: 'ask-again',
    REFERENCED_USER_IS_NOT_RC_AT_ORG: 'ask-again',
    REFERENCED_USER_NOT_IN_ORG: 'ask-again',
    PATIENT_ERROR: 'block-patient',
    PATIENT_SENSITIVE: 'block-patient',
  },
  dialects: inBothDialects((stu3) => ({
    build: (input) => ({ method: 'POST', path: `${stu3}${NAME}`, body: buildSearchBody(input) }),
    readRequest: (request) =>
      matchPath(request, 'POST', `${stu3}${NAME}`, /^$/) === null ? null : readSearchBody(request.body),
    successStatus: [200],
  })),
  read: (reply) => readServices(reply.json),
};

const readServices = readAs('worklist', (json): ServicesFound => {
  const entries = objectsAt(json, 'entry');
  const services = entries.map(readFoundService).filter((service) => service !== null);
  return { services, unreadable: entries.length - services.length };
});
