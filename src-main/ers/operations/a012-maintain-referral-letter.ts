import type { Ubrn } from '../../contract/identifiers.ts';
import { asObject, textAt } from '../fhir/json.ts';
import { hasOnlyParameters } from '../fhir/parameters.ts';
import { readReferral } from '../fhir/referral.ts';
import { idOfReference } from '../fhir/references.ts';
import { readAs } from '../fhir/shape.ts';
import { ersProfile } from '../fhir/systems.ts';
import type { AttachmentRecord, Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { framePinnedWrite, inBothDialects, PAS_WRITE_TIMEOUT_MS } from './framing.ts';
import { buildFileParameters, readFileParameters, type ProviderAttachment } from './provider-file.ts';

/** A file of the referrer's: uploaded by A020 with the UBRN beforehand, or there already and to be kept. */
export type ReferrerLetter = ProviderAttachment;

export interface A012Input {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
  /** Every letter that is to be there afterwards, at least one: those not named are gone. */
  readonly letters: readonly ReferrerLetter[];
}

const FILE = 'referralLetterFile';

function buildBody({ letters }: A012Input): unknown {
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile('eRS-MaintainReferralLetter-Parameters-1')] },
    parameter: buildFileParameters(FILE, letters, 'REFERRER'),
  };
}

function readBody(body: unknown): Pick<A012Input, 'letters'> | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, [FILE]))
    return null;
  const letters = readFileParameters(parameters, FILE, 'REFERRER');
  return letters === null || letters.length === 0 ? null : { letters };
}

/**
 * Replaces the whole set of the referrer's letters by the one given (contract.md section 7, A012; hazard "A012 replacing
 * all letters"): what is to stay must be sent again. `If-Match` with the referral's version is the pin. The answer is
 * the referral as it is afterwards.
 */
export const a012MaintainReferralLetter: Operation<A012Input, Referral> = {
  id: 'A012',
  name: 'Maintain referral letter',
  kind: 'write',
  // The 2021 page names provider roles too; the platform's rule is used (contract.md section 15, row 13).
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    MISSING_VALUE: 'ask-again',
    INVALID_VALUE: 'fix',
    INVALID_CODE: 'fix',
    // Both may be the echo of our own earlier sending: the referral says what is there.
    NO_CHANGES_DETECTED: 'reread',
    DUPLICATE_FILENAME: 'reread',
    CONFLICTING_VALUES: 'ask-again',
    INAPPROPRIATE_VALUE: 'reread',
    INVALID_STATE: 'reread',
    INVALID_REQUEST_STATE: 'reread',
    INVALID_REQUEST_TYPE: 'tell',
    NO_SUCH_REQUEST: 'tell',
    VERSION_CONFLICT: 'reread',
    REFERRAL_LOCKED: 'wait',
    REFERENCE_NOT_FOUND: 'reread',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
    PATIENT_SENSITIVE: 'block-patient',
  },
  dialects: inBothDialects((_stu3, dialect) =>
    framePinnedWrite(dialect, '$ers.maintainReferralLetter', buildBody, readBody),
  ),
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) => referral.ubrn === input.ubrn && referral.version > input.version,
};

const readOne = readAs('referral', readReferral);

/**
 * The referrer's letters of a referral with the `Binary` id by which each is sent again; null for one without. Whether
 * e-RS keeps an uploaded file's id when it links it is not promised: published answers show other ids than requests.
 */
export function lettersOf(
  referral: Pick<Referral, 'attachments'>,
): readonly (AttachmentRecord & { readonly documentId: string | null })[] {
  return referral.attachments
    .filter(({ type }) => type.code === 'REFERRER')
    .map((letter) => ({ ...letter, documentId: idOfReference(letter.url, 'Binary') || null }));
}
