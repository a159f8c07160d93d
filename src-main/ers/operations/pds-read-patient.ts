import { parseServedNhsNumber, type NhsNumber } from '../../contract/identifiers.ts';
import { readPatient, type PatientRecord } from '../fhir/patient.ts';
import { readAs } from '../fhir/shape.ts';
import type { Framing, Operation } from '../operation.ts';
import { matchPath, READ_TIMEOUT_MS } from './framing.ts';

export interface PdsInput {
  readonly nhsNumber: NhsNumber;
}

/** Relative to the base of the Personal Demographics Service, which ends with `/FHIR/R4`. */
const framing: Framing<PdsInput> = {
  build: ({ nhsNumber }) => ({ method: 'GET', path: `/Patient/${nhsNumber}` }),
  readRequest(request) {
    const [digits] = matchPath(request, 'GET', '', /^(?:\/.*)?\/Patient\/(\d{10})$/) ?? [];
    const nhsNumber = parseServedNhsNumber(digits);
    return nhsNumber === null ? null : { nhsNumber };
  },
  successStatus: [200],
};

/**
 * A patient's details from the Personal Demographics Service (design.md, Patient details). A number that another has
 * replaced answers with the other's record: that is no answer to the question, so it reads as a wrong shape.
 */
export const pdsReadPatient: Operation<PdsInput, PatientRecord> = {
  id: 'PDS',
  name: 'Read patient',
  kind: 'read',
  roles: 'any',
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  service: 'pds',
  refusals: { RESOURCE_NOT_FOUND: 'tell', INVALID_RESOURCE_ID: 'fix', INVALIDATED_RESOURCE: 'tell' },
  dialects: { 'api-platform': framing, 'spine-session': framing },
  read: (reply) => readDetails(reply.json),
  echoes: (patient, input) => patient.nhsNumber === input.nhsNumber,
};

const readDetails = readAs('patient', readPatient);
