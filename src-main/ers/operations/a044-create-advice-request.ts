import {
  parseSdsUserId,
  parseServedNhsNumber,
  type NhsNumber,
  type SdsUserId,
  type ServiceId,
} from '../../contract/identifiers.ts';
import type { AdviceSent } from '../advice-model.ts';
import { objectAt, textAt, type Json } from '../fhir/json.ts';
import { parameterNamed } from '../fhir/parameters.ts';
import { ersProfile, ID_SYSTEMS } from '../fhir/systems.ts';
import type { SearchCriteria } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { saysSame } from './a026-send-advice-response.ts';
import { buildList, readList } from './a031-shortlist-body.ts';
import {
  codeParameter,
  codingParameter,
  parametersOf,
  readSent,
  textParameter,
} from './advice-parameters.ts';
import { matchPath, PAS_WRITE_TIMEOUT_MS } from './framing.ts';
import { buildFileParameters, readFileParameters, type ProviderAttachment } from './provider-file.ts';

export interface A044Input {
  readonly nhsNumber: NhsNumber;
  /** The one service that is asked; it must be among the results of A010 for these criteria. */
  readonly serviceId: ServiceId;
  /** What A010 searched by, sent as it was. */
  readonly criteria: SearchCriteria;
  /** The question, 1 to 8000 characters. */
  readonly request: string;
  /** Whether the provider may make a referral of it (A027). */
  readonly isConversionAuthorised: boolean;
  /** In whose name an admin asks; null for a clinician who asks in their own. */
  readonly referringClinician: SdsUserId | null;
  /** Uploaded by A020, without a UBRN: there is none yet. */
  readonly attachments: readonly ProviderAttachment[];
}

const NAMES = [
  'patient',
  'providerConversionAuthorisation',
  'shortlist',
  'request',
  'referringClinician',
  'requestAttachmentFile',
];
const AUTHORISATION = 'eRS-ProviderConversionAuthorisation-1';

function buildBody(input: A044Input): unknown {
  const { nhsNumber, serviceId, criteria, request, isConversionAuthorised, referringClinician } = input;
  const authorisation = isConversionAuthorised ? 'AUTHORISED_TO_CONVERT' : 'NOT_AUTHORISED_TO_CONVERT';
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-CreateAdviceAndGuidance-Request-Parameters-1')] },
    parameter: [
      { name: 'patient', valueIdentifier: { system: ID_SYSTEMS.nhsNumber, value: nhsNumber } },
      codingParameter('providerConversionAuthorisation', AUTHORISATION, authorisation),
      { name: 'shortlist', resource: buildList({ services: [{ serviceId }], criteria }) },
      { name: 'request', valueString: request },
      ...buildFileParameters('requestAttachmentFile', input.attachments, 'ADVICE_REQUEST'),
      ...(referringClinician === null
        ? []
        : [
            {
              name: 'referringClinician',
              valueIdentifier: { system: ID_SYSTEMS.sdsUser, value: referringClinician },
            },
          ]),
    ],
  };
}

function readBody(body: unknown): A044Input | null {
  const parameters = parametersOf(body, NAMES);
  const nhsNumber = parseServedNhsNumber(identifierOf(parameters, 'patient'));
  const authorisation = codeParameter(parameters, 'providerConversionAuthorisation', AUTHORISATION);
  const shortlist = readList(objectAt(parameterNamed(parameters, 'shortlist'), 'resource'));
  const [service, ...others] = shortlist?.services ?? [];
  const clinician = identifierOf(parameters, 'referringClinician');
  const referringClinician = parseSdsUserId(clinician);
  const attachments = readFileParameters(parameters, 'requestAttachmentFile', 'ADVICE_REQUEST');
  if (nhsNumber === null || shortlist === null || service === undefined || others.length > 0) return null;
  if (attachments === null || (clinician !== '' && referringClinician === null)) return null;
  if (authorisation !== 'AUTHORISED_TO_CONVERT' && authorisation !== 'NOT_AUTHORISED_TO_CONVERT') return null;
  return {
    nhsNumber,
    serviceId: service.serviceId,
    criteria: shortlist.criteria,
    request: textParameter(parameters, 'request'),
    isConversionAuthorised: authorisation === 'AUTHORISED_TO_CONVERT',
    referringClinician,
    attachments,
  };
}

const identifierOf = (parameters: Json | null, name: string): string =>
  textAt(objectAt(parameterNamed(parameters, name), 'valueIdentifier'), 'value');

/**
 * Asks a service for advice (contract.md section 7, A044). There is no pin, and nothing to read back by: after a lost
 * reply it is never sent again by itself (safety.md).
 */
export const a044CreateAdviceRequest: Operation<A044Input, AdviceSent> = {
  id: 'A044',
  name: 'Create advice request',
  kind: 'write',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    SHORTLISTED_SERVICE_NOT_IN_RESULTS: 'new-search',
    SNOMED_NOT_FOUND: 'new-search',
    SERVICE_UNAVAILABLE: 'new-search',
    INVALID_STATE: 'ask-again',
    DUPLICATE_SERVICE: 'fix',
    TOO_MANY_ITEMS: 'fix',
    REFERENCE_NOT_FOUND: 'ask-again',
    INAPPROPRIATE_VALUE: 'ask-again',
    FIELD_NOT_PERMITTED: 'ask-again',
    VALUE_IS_REQUIRED: 'ask-again',
    MISSING_VALUE: 'ask-again',
    UNSUPPORTED_PRIORITY: 'ask-again',
    NO_REG_GP_PRACTICE: 'tell',
    ORGANISATION_IS_CLOSED: 'tell',
    ORGANISATION_NOT_APPROPRIATE: 'tell',
    REFERENCED_USER_IS_NOT_ACTIVE: 'ask-again',
    REFERENCED_USER_IS_NOT_RC: 'ask-again',
    REFERENCED_USER_IS_NOT_RC_AT_ORG: 'ask-again',
    REFERENCED_USER_NOT_IN_ORG: 'ask-again',
    DUPLICATE_FILENAME: 'ask-again',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
  },
  dialects: {
    'api-platform': {
      build: (input) => ({
        method: 'POST',
        path: '/STU3/CommunicationRequest/$ers.createAdviceAndGuidance',
        body: buildBody(input),
      }),
      readRequest(request) {
        const rest = /^\/CommunicationRequest\/\$ers\.createAdviceAndGuidance$/;
        return matchPath(request, 'POST', '/STU3', rest) === null ? null : readBody(request.body);
      },
      // The specification and its examples answer 200 for this creation.
      successStatus: [200],
    },
  },
  read: (reply) => readSent(reply.json),
  echoes: ({ request, message }, input) =>
    request.nhsNumber === input.nhsNumber &&
    request.service?.id === input.serviceId &&
    message.request.ubrn === request.ubrn &&
    saysSame(message.text, input.request),
};
