/** The Parameters that A022 sends, from the app's values, and back (contract.md A022). */
import type { Ubrn } from '../../contract/identifiers.ts';
import { conceptOf, readCoding, readConcept } from '../fhir/codings.ts';
import { normaliseInstant } from '../fhir/instants.ts';
import { asObject, booleanAt, objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed, parametersNamed } from '../fhir/parameters.ts';
import { idOfReference } from '../fhir/references.ts';
import { ersProfile, fixedCodeSystem } from '../fhir/systems.ts';
import type { DialectName } from '../operation.ts';

/** A file of the provider's, uploaded by A020 with the referral's UBRN beforehand. */
export interface ProviderAttachment {
  /** The id in the `Location: Binary/{id}` of A020. */
  readonly binaryId: string;
  /** At most 200 characters; may be empty. */
  readonly description: string;
  /** The instant of attaching, a UTC ISO text. */
  readonly indexed: string;
}

export interface A022Input {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
  /** The instruction to the admin team, 1 to 2000 characters. */
  readonly comment: string;
  /** A new priority (ROUTINE, URGENT, TWO_WEEK_WAIT); null leaves the referral's own. */
  readonly priority: string | null;
  /** Indirectly bookable service: whether the provider's system has cancelled too. Directly bookable: null. */
  readonly isCancelledInPas: boolean | null;
  readonly attachments: readonly ProviderAttachment[];
}

const NAMES = ['priority', 'comments', 'appointmentCancelledInPAS', 'providerAttachmentFile'];
const PRIORITY = fixedCodeSystem('eRS-Priority-1');
const ATTACHMENT_TYPE = fixedCodeSystem('eRS-AttachmentType-1');

/** The two dialects name the parameters' profile differently (contract.md section 1). */
const PROFILE: Readonly<Record<DialectName, string>> = {
  'api-platform': ersProfile('eRS-cancelAppointmentActionLater-Parameters-1'),
  'spine-session': ersProfile('eRS-cancelAppointmentActionLater-Operation-1'),
};

export function buildActionLaterBody(input: A022Input, dialect: DialectName): unknown {
  const { comment, priority, isCancelledInPas, attachments } = input;
  return {
    resourceType: 'Parameters',
    meta: { profile: [PROFILE[dialect]] },
    parameter: [
      ...(priority == null ? [] : [{ name: 'priority', valueCoding: { system: PRIORITY, code: priority } }]),
      { name: 'comments', valueString: comment },
      ...(isCancelledInPas == null
        ? []
        : [{ name: 'appointmentCancelledInPAS', valueBoolean: isCancelledInPas }]),
      ...(attachments ?? []).map((file) => ({ name: 'providerAttachmentFile', resource: buildFile(file) })),
    ],
  };
}

const buildFile = ({ binaryId, description, indexed }: ProviderAttachment) => ({
  resourceType: 'DocumentReference',
  meta: { profile: [ersProfile('eRS-DocumentReference-1')] },
  status: 'current',
  type: conceptOf(ATTACHMENT_TYPE, 'PROVIDER'),
  indexed,
  description,
  content: [{ attachment: { url: `Binary/${binaryId}` } }],
});

/** The reverse, without what path and headers say; null when the body is none that `buildActionLaterBody` makes. */
export function readActionLaterBody(body: unknown): Omit<A022Input, 'ubrn' | 'version'> | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const comments = parameterNamed(parameters, 'comments');
  const priority = readPriority(parameters);
  const flag = parameterNamed(parameters, 'appointmentCancelledInPAS');
  const isCancelledInPas = booleanAt(flag, 'valueBoolean');
  const files = parametersNamed(parameters, 'providerAttachmentFile').map(readFile);
  const attachments = files.filter((file) => file !== null);
  if (typeof comments?.['valueString'] !== 'string' || priority === undefined) return null;
  if ((flag !== null && isCancelledInPas === null) || attachments.length !== files.length) return null;
  return { comment: comments['valueString'], priority, isCancelledInPas, attachments };
}

/** Null without a priority, undefined when there is one of another system. */
function readPriority(parameters: Json | null): string | null | undefined {
  const parameter = parameterNamed(parameters, 'priority');
  if (parameter === null) return null;
  const coding = readCoding(objectAt(parameter, 'valueCoding'));
  return coding?.system === PRIORITY ? coding.code : undefined;
}

function readFile(parameter: Json): ProviderAttachment | null {
  const file = objectAt(parameter, 'resource');
  const type = readConcept(objectAt(file, 'type'));
  const url = textAt(objectAt(objectsAt(file, 'content')[0] ?? null, 'attachment'), 'url');
  const [binaryId, indexed] = [idOfReference(url, 'Binary'), normaliseInstant(textAt(file, 'indexed'))];
  if (textAt(file, 'resourceType') !== 'DocumentReference' || type?.code !== 'PROVIDER') return null;
  return binaryId === '' || indexed === null
    ? null
    : { binaryId, description: textAt(file, 'description'), indexed };
}
