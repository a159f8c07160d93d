import type { Ubrn } from '../../contract/identifiers.ts';
import { objectAt, textAt } from '../fhir/json.ts';
import { parameterNamed } from '../fhir/parameters.ts';
import { adviceReference, parseAdviceReference } from '../fhir/references.ts';
import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import { ersProfile, lastSegment } from '../fhir/systems.ts';
import type { Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { PROVIDER_CLINICAL } from '../roles.ts';
import { codeParameter, codingParameter, parametersOf, textParameter } from './advice-parameters.ts';
import { inBothDialects, matchPath, PAS_WRITE_TIMEOUT_MS } from './framing.ts';
import { buildFileParameters, readFileParameters, type ProviderAttachment } from './provider-file.ts';

export interface A027Input {
  /** The request for advice; the referral that is made of it keeps this UBRN. */
  readonly ubrn: Ubrn;
  /** The version of the request that the clerk saw: the pin of the write, in its body. */
  readonly version: number;
  /** The last answer to the referrer, 1 to 8000 characters (spine dialect: 2000). */
  readonly guidance: string;
  /** ROUTINE, URGENT or TWO_WEEK_WAIT. */
  readonly priority: string;
  /** For the provider's admin team, 1 to 2000 characters. */
  readonly comments: string;
  readonly guidanceFiles: readonly ProviderAttachment[];
  readonly reviewFiles: readonly ProviderAttachment[];
}

const NAMES = [
  'createFrom',
  'guidance',
  'newReferralPriority',
  'reviewComments',
  'guidanceAttachmentFile',
  'reviewAttachmentFile',
];

function buildBody(input: A027Input): unknown {
  const { ubrn, version, guidance, priority, comments, guidanceFiles, reviewFiles } = input;
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-CreateFromCommunicationRequestActionLater-Request-Parameters-1')] },
    parameter: [
      { name: 'createFrom', valueReference: { reference: adviceReference(ubrn, version) } },
      { name: 'guidance', valueString: guidance },
      codingParameter('newReferralPriority', 'eRS-Priority-1', priority),
      { name: 'reviewComments', valueString: comments },
      ...buildFileParameters('guidanceAttachmentFile', guidanceFiles, 'GUIDANCE_RESPONSE'),
      ...buildFileParameters('reviewAttachmentFile', reviewFiles),
    ],
  };
}

function readBody(body: unknown): A027Input | null {
  const parameters = parametersOf(body, NAMES);
  const from = parseAdviceReference(
    textAt(objectAt(parameterNamed(parameters, 'createFrom'), 'valueReference'), 'reference'),
  );
  const priority = codeParameter(parameters, 'newReferralPriority', 'eRS-Priority-1') ?? null;
  const guidanceFiles = readFileParameters(parameters, 'guidanceAttachmentFile', 'GUIDANCE_RESPONSE');
  const reviewFiles = readFileParameters(parameters, 'reviewAttachmentFile');
  if (from?.version == null || priority === null) return null;
  if (guidanceFiles === null || reviewFiles === null) return null;
  return {
    ubrn: from.ubrn,
    version: from.version,
    guidance: textParameter(parameters, 'guidance'),
    priority,
    comments: textParameter(parameters, 'reviewComments'),
    guidanceFiles,
    reviewFiles,
  };
}

/**
 * Makes a referral of a request for advice, for the provider's admin team to work on in the e-RS web application, and
 * answers the referrer with it (contract.md section 7, A027). Only where the referrer allowed it. The version in the body
 * is the pin; the answer is the referral, of the same UBRN.
 */
export const a027ConvertAdviceToReferral: Operation<A027Input, Referral> = {
  id: 'A027',
  name: 'Convert advice to referral',
  kind: 'write',
  roles: PROVIDER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    UNSUPPORTED_PRIORITY: 'ask-again',
    MISSING_VALUE: 'ask-again',
    VALUE_IS_REQUIRED: 'ask-again',
    INVALID_VALUE: 'fix',
    INVALID_CODE: 'fix',
    CONFLICTING_VALUES: 'fix',
    INAPPROPRIATE_VALUE: 'reread',
    INVALID_REQUEST_STATE: 'reread',
    INVALID_STATE: 'reread',
    DUPLICATE_FILENAME: 'reread',
    REFERENCE_NOT_FOUND: 'reread',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
    PATIENT_SENSITIVE: 'block-patient',
    NO_SUCH_REQUEST: 'tell',
    INVALID_REQUEST_TYPE: 'tell',
    REFERRAL_LOCKED: 'wait',
    VERSION_CONFLICT: 'reread',
    TECHNICAL_ERROR: 'reread',
  },
  dialects: inBothDialects((stu3, dialect) => ({
    build: (input) => ({
      method: 'POST',
      path: `${stu3}/ReferralRequest/$ers.createFromCommunicationRequestActionLater`,
      body: buildBody(input),
    }),
    readRequest(request) {
      const rest = /^\/ReferralRequest\/\$ers\.createFromCommunicationRequestActionLater$/;
      return matchPath(request, 'POST', stu3, rest) === null ? null : readBody(request.body);
    },
    // 2021 names no status; its samples imply 200 (contract.md section 7, A027).
    successStatus: dialect === 'api-platform' ? [201] : [200, 201],
  })),
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) => referral.ubrn === input.ubrn && isMadeOfAdvice(referral),
};

const readOne = readAs('referral', readReferral);

const OUTCOME = 'PROVIDER_CONVERTED_ADVICE_AND_GUIDANCE_ADMIN_TO_REFER';

/** True for a referral that A027 made and nobody has worked on since. Whose call it was, only the comment tells. */
export function isMadeOfAdvice({ appointment }: Pick<Referral, 'appointment'>): boolean {
  const reason = appointment?.reason ?? null;
  return (
    appointment?.status === 'proposed' &&
    reason !== null &&
    lastSegment(reason.system) === 'eRS-ReviewOutcome-1' &&
    reason.code === OUTCOME
  );
}
