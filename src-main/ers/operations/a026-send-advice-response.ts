import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import type { AdviceSent } from '../advice-model.ts';
import { plainTextOf } from '../fhir/plain-text.ts';
import { ersProfile } from '../fhir/systems.ts';
import { parseVersionTag, versionTag } from '../fhir/version-tag.ts';
import type { DialectName, Operation } from '../operation.ts';
import { PROVIDER_CLINICAL } from '../roles.ts';
import {
  codeParameter,
  codingParameter,
  parametersOf,
  readSent,
  textParameter,
} from './advice-parameters.ts';
import { inBothDialects, matchPath, PAS_WRITE_TIMEOUT_MS } from './framing.ts';
import { buildFileParameters, readFileParameters, type ProviderAttachment } from './provider-file.ts';

/** What an answer may be; a conversion is A027's, not this operation's. */
export const GUIDANCE_OUTCOMES = ['RETURN_TO_REFERRER_WITH_ADVICE', 'REQUIRE_FURTHER_INFORMATION'] as const;
export type GuidanceOutcome = (typeof GUIDANCE_OUTCOMES)[number];

export const GUIDANCE_RECOMMENDATIONS = [
  'ADVICE_ONLY_NO_REFERRAL_RECOMMENDED',
  'ADVICE_FOLLOWED_BY_REFERRAL_IF_REQUIRED',
  'REFERRAL_RECOMMENDED',
  'OTHER',
] as const;
export type GuidanceRecommendation = (typeof GUIDANCE_RECOMMENDATIONS)[number];

export interface A026Input {
  readonly ubrn: Ubrn;
  /** The version of the request for advice that the clerk saw: the pin of the write. */
  readonly version: number;
  readonly outcome: GuidanceOutcome;
  /** Mandatory with advice, not permitted with a question: null then. */
  readonly recommendation: GuidanceRecommendation | null;
  /** 1 to 8000 characters, in the spine dialect 1 to 2000 (contract.md section 4.6). */
  readonly guidance: string;
  /** ROUTINE, URGENT or TWO_WEEK_WAIT: always sent, the request's own when it stays. */
  readonly priority: string;
  /** Uploaded by A020 with the request's UBRN beforehand. */
  readonly attachments: readonly ProviderAttachment[];
}

/** Misspelt in 2021 (contract.md section 7, A026). */
const RECOMMENDATION: Readonly<Record<DialectName, string>> = {
  'api-platform': 'guidanceIntendedRecommendation',
  'spine-session': 'guidanceIntendedRecommentation',
};
const NAME = '$ers.sendCommunicationToRequester';

function buildBody(input: A026Input, dialect: DialectName): unknown {
  const { outcome, recommendation, guidance, priority, attachments } = input;
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-SendCommunicationToRequester-Request-Parameters-1')] },
    parameter: [
      codingParameter('guidanceOutcome', 'eRS-GuidanceResponseOutcome-1', outcome),
      ...(recommendation === null
        ? []
        : [codingParameter(RECOMMENDATION[dialect], 'eRS-GuidanceIntendedRecommendation-1', recommendation)]),
      { name: 'guidance', valueString: guidance },
      codingParameter('updatedPriority', 'eRS-Priority-1', priority),
      ...buildFileParameters('guidanceAttachmentFile', attachments, 'GUIDANCE_RESPONSE'),
    ],
  };
}

function readBody(body: unknown, dialect: DialectName): Omit<A026Input, 'ubrn' | 'version'> | null {
  const names = ['guidanceOutcome', RECOMMENDATION[dialect], 'guidance', 'updatedPriority'];
  const parameters = parametersOf(body, [...names, 'guidanceAttachmentFile']);
  const code = codeParameter(parameters, 'guidanceOutcome', 'eRS-GuidanceResponseOutcome-1');
  const outcome = GUIDANCE_OUTCOMES.find((known) => known === code);
  const recommendation = readRecommendation(
    codeParameter(parameters, RECOMMENDATION[dialect], 'eRS-GuidanceIntendedRecommendation-1'),
  );
  const priority = codeParameter(parameters, 'updatedPriority', 'eRS-Priority-1') ?? null;
  const attachments = readFileParameters(parameters, 'guidanceAttachmentFile', 'GUIDANCE_RESPONSE');
  if (outcome === undefined || recommendation === undefined) return null;
  if (priority === null || attachments === null) return null;
  return { outcome, recommendation, guidance: textParameter(parameters, 'guidance'), priority, attachments };
}

/** Undefined for a code that is none of ours. */
const readRecommendation = (code: string | null | undefined): GuidanceRecommendation | null | undefined =>
  code === null ? null : GUIDANCE_RECOMMENDATIONS.find((known) => known === code);

/**
 * Answers a request for advice, or asks the referrer for more (contract.md section 7, A026). `If-Match` with the
 * request's version is the pin. The answer carries no ETag: the new version is in its request.
 */
export const a026SendAdviceResponse: Operation<A026Input, AdviceSent> = {
  id: 'A026',
  name: 'Send advice response',
  kind: 'write',
  roles: PROVIDER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    UNSUPPORTED_PRIORITY: 'ask-again',
    MISSING_VALUE: 'ask-again',
    VALUE_IS_REQUIRED: 'ask-again',
    FIELD_NOT_PERMITTED: 'ask-again',
    INVALID_VALUE: 'fix',
    INVALID_CODE: 'fix',
    CONFLICTING_VALUES: 'fix',
    INAPPROPRIATE_VALUE: 'reread',
    INVALID_REQUEST_STATE: 'reread',
    // Both may be the echo of our own earlier sending: the conversation says whether the file is there.
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
      path: `${stu3}/CommunicationRequest/${input.ubrn}/${NAME}`,
      headers: { 'If-Match': versionTag(input.version) },
      body: buildBody(input, dialect),
    }),
    readRequest(request) {
      const path = matchPath(request, 'POST', stu3, /^\/CommunicationRequest\/(\d{12})\/([^/]+)$/);
      const ubrn = parseUbrn(path?.[0] ?? '');
      const version = parseVersionTag(request.headers['if-match']);
      const values = readBody(request.body, dialect);
      if (ubrn === null || path?.[1] !== NAME || version === null || values === null) return null;
      return { ubrn, version, ...values };
    },
    successStatus: [200],
  })),
  read: (reply) => readSent(reply.json),
  echoes: ({ request, message }, input) =>
    request.ubrn === input.ubrn &&
    request.version > input.version &&
    message.request.ubrn === input.ubrn &&
    saysSame(message.text, input.guidance),
};

/** True when a message's text is what was sent: as the reader writes texts, and whatever the line ends. */
export function saysSame(messageText: string, sentText: string): boolean {
  return messageText === plainTextOf(sentText);
}
