/** A file as a parameter of a write: a DocumentReference to what A020 stored. */
import { conceptOf, readConcept } from '../fhir/codings.ts';
import { normaliseInstant } from '../fhir/instants.ts';
import { objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { parametersNamed } from '../fhir/parameters.ts';
import { idOfReference } from '../fhir/references.ts';
import { ersProfile, fixedCodeSystem } from '../fhir/systems.ts';

/** A file of the provider's, uploaded by A020 with the referral's UBRN beforehand. */
export interface ProviderAttachment {
  /** The id in the `Location: Binary/{id}` of A020. */
  readonly binaryId: string;
  /** At most 200 characters; may be empty. */
  readonly description: string;
  /** The instant of attaching, a UTC ISO text. */
  readonly indexed: string;
}

/** Whose file it is, and of what (contract.md section 4.2, eRS-AttachmentType-1). */
export type AttachedAs = 'REFERRER' | 'PROVIDER' | 'ADVICE_REQUEST' | 'GUIDANCE_RESPONSE';

const ATTACHMENT_TYPE = fixedCodeSystem('eRS-AttachmentType-1');

/** One parameter per file, in order. */
export function buildFileParameters(
  name: string,
  files: readonly ProviderAttachment[],
  type: AttachedAs = 'PROVIDER',
): unknown[] {
  return files.map((file) => ({ name, resource: buildFile(file, type) }));
}

const buildFile = ({ binaryId, description, indexed }: ProviderAttachment, type: AttachedAs) => ({
  resourceType: 'DocumentReference',
  meta: { profile: [ersProfile('eRS-DocumentReference-1')] },
  status: 'current',
  type: conceptOf(ATTACHMENT_TYPE, type),
  indexed,
  description,
  content: [{ attachment: { url: `Binary/${binaryId}` } }],
});

/** The files of the parameters of that name; null when one of them is none that `buildFileParameters` makes. */
export function readFileParameters(
  parameters: Json | null,
  name: string,
  type: AttachedAs = 'PROVIDER',
): ProviderAttachment[] | null {
  const files = parametersNamed(parameters, name).map((parameter) => readFile(parameter, type));
  const read = files.filter((file) => file !== null);
  return read.length === files.length ? read : null;
}

function readFile(parameter: Json, type: AttachedAs): ProviderAttachment | null {
  const file = objectAt(parameter, 'resource');
  const stated = readConcept(objectAt(file, 'type'));
  const url = textAt(objectAt(objectsAt(file, 'content')[0] ?? null, 'attachment'), 'url');
  const [binaryId, indexed] = [idOfReference(url, 'Binary'), normaliseInstant(textAt(file, 'indexed'))];
  if (textAt(file, 'resourceType') !== 'DocumentReference' || stated?.code !== type) return null;
  return binaryId === '' || indexed === null
    ? null
    : { binaryId, description: textAt(file, 'description'), indexed };
}
