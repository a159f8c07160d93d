import type { Ubrn } from '../../contract/identifiers.ts';
import { readCoding } from '../fhir/codings.ts';
import { asObject, objectAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import { ersProfile, fixedCodeSystem, lastSegment } from '../fhir/systems.ts';
import type { Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { PROVIDER_CLINICAL } from '../roles.ts';
import { framePinnedWrite, inBothDialects, PAS_WRITE_TIMEOUT_MS } from './framing.ts';
import { buildFileParameters, readFileParameters, type ProviderAttachment } from './provider-file.ts';

/** The outcomes that may be sent; e-RS shows others in the same field (contract.md section 4.2). */
export const REVIEW_OUTCOMES = ['ACCEPT_REFER_BOOK_LATER', 'RETURN_TO_REFERRER_WITH_ADVICE'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

export interface A028Input {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
  readonly outcome: ReviewOutcome;
  /** At most 2000 characters; empty for none. On a return it is the advice. */
  readonly comment: string;
  /** ROUTINE, URGENT or TWO_WEEK_WAIT, needed to accept; null leaves it out. */
  readonly priority: string | null;
  readonly attachments: readonly ProviderAttachment[];
}

const NAMES = ['reviewPriority', 'reviewOutcome', 'reviewComments', 'reviewAttachmentFile'];
const PRIORITY = fixedCodeSystem('eRS-Priority-1');
const OUTCOME = fixedCodeSystem('eRS-ReviewOutcome-1');

function buildBody({ outcome, comment, priority, attachments }: A028Input): unknown {
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-RecordReviewOutcome-Parameters-1')] },
    parameter: [
      ...(priority == null
        ? []
        : [{ name: 'reviewPriority', valueCoding: { system: PRIORITY, code: priority } }]),
      { name: 'reviewOutcome', valueCoding: { system: OUTCOME, code: outcome } },
      ...(comment === '' ? [] : [{ name: 'reviewComments', valueString: comment }]),
      ...buildFileParameters('reviewAttachmentFile', attachments ?? []),
    ],
  };
}

function readBody(body: unknown): Omit<A028Input, 'ubrn' | 'version'> | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const code = codeOf(parameters, 'reviewOutcome', OUTCOME);
  const outcome = REVIEW_OUTCOMES.find((known) => known === code);
  const priority = codeOf(parameters, 'reviewPriority', PRIORITY);
  const attachments = readFileParameters(parameters, 'reviewAttachmentFile');
  if (outcome === undefined || priority === undefined || attachments === null) return null;
  const comment = textAt(parameterNamed(parameters, 'reviewComments'), 'valueString');
  return { outcome, comment, priority, attachments };
}

/** Null without that parameter, undefined when its code is of another system. */
function codeOf(parameters: Json | null, name: string, system: string): string | null | undefined {
  const parameter = parameterNamed(parameters, name);
  if (parameter === null) return null;
  const coding = readCoding(objectAt(parameter, 'valueCoding'));
  return coding?.system === system ? coding.code : undefined;
}

/**
 * Records the outcome of a review while it is open: triage, or a deferred request with clinical information (contract.md
 * A028; A029 code RECORD_REVIEW_OUTCOME). `If-Match` with the referral's version is the pin. Whether the patient lives
 * must be looked up in PDS before: e-RS does not judge it.
 */
export const a028RecordReviewOutcome: Operation<A028Input, Referral> = {
  id: 'A028',
  name: 'Record review outcome',
  kind: 'write',
  roles: PROVIDER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    // The priority was changed by somebody else since the referral was read.
    PRIORITY_NOT_CURRENT: 'reread',
    UNSUPPORTED_PRIORITY: 'ask-again',
    MISSING_VALUE: 'ask-again',
    VALUE_IS_REQUIRED: 'ask-again',
    FIELD_NOT_PERMITTED: 'ask-again',
    INVALID_VALUE: 'fix',
    INVALID_CODE: 'fix',
    INAPPROPRIATE_VALUE: 'reread',
    INVALID_REQUEST_STATE: 'reread',
    // Both may be the echo of our own earlier sending: the referral says whether the file is there.
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
  dialects: inBothDialects((_stu3, dialect) =>
    framePinnedWrite(dialect, '$ers.recordReviewOutcome', buildBody, readBody),
  ),
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) =>
    referral.ubrn === input.ubrn && referral.version > input.version && hasOutcome(referral, input.outcome),
};

const readOne = readAs('referral', readReferral);

/**
 * True for a referral on which that outcome was recorded. A return is shown as TRIAGE_RESPONSE by the state table and as
 * TRIAGED_PROVIDER_TO_ACTION with the outcome by the examples (contract.md section 15, row 7); the spine dialect shows the
 * appointment's reason only. Whose outcome it is, only the comment tells.
 */
export function hasOutcome({ state, appointment }: Referral, outcome: ReviewOutcome): boolean {
  const reason = appointment?.reason ?? null;
  const isShown =
    appointment?.status === 'proposed' &&
    reason !== null &&
    lastSegment(reason.system) === 'eRS-ReviewOutcome-1' &&
    reason.code === outcome;
  if (state === null || state.reason?.code === outcome) return isShown;
  return outcome === 'RETURN_TO_REFERRER_WITH_ADVICE' && state.code === 'TRIAGE_RESPONSE' && isShown;
}
