/** Reads CommunicationRequest and Communication: the two resources of advice and guidance (contract.md section 7). */
import {
  parseOdsCode,
  parseSdsUserId,
  parseServedNhsNumber,
  parseServiceId,
  parseUbrn,
} from '../../contract/identifiers.ts';
import type { AdviceMessage, AdviceParty, AdviceRequest } from '../advice-model.ts';
import { identifierValue, NO_CODE, readCoding, readConcept, withoutSystem } from './codings.ts';
import { extensionNamed } from './extensions.ts';
import { normaliseInstant } from './instants.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from './json.ts';
import { plainTextOf } from './plain-text.ts';
import { containedResource, parseAdviceReference } from './references.ts';
import { readDocument, readPriority, readSearchCriteria, readShortlist } from './referral.ts';

/** Finds what a reference names: contained (`#id`) in single resources, an entry of the bundle in a conversation. */
export type Resolve = (reference: string) => Json | null;

export const resolveContained =
  (holder: Json): Resolve =>
  (reference) =>
    containedResource(holder, reference);

/** A request for advice; null when its UBRN, version, patient or status cannot be read. */
export function readAdviceRequest(json: Json): AdviceRequest | null {
  const ubrn = parseUbrn(textAt(json, 'id'));
  const version = integerAt(objectAt(json, 'meta'), 'versionId');
  const nhsNumber = parseServedNhsNumber(identifierValue(objectAt(json, 'subject')));
  const category = withoutSystem(readConcept(objectsAt(json, 'category')[0] ?? null));
  if (ubrn === null || version === null || nhsNumber === null || category === null) return null;
  const resolve = resolveContained(json);
  return {
    ubrn,
    version,
    nhsNumber,
    category,
    status: textAt(json, 'status'),
    priority: readPriority(json),
    specialty: withoutSystem(
      readCoding(objectAt(extensionNamed(json, 'Extension-eRS-Specialty-1'), 'valueCoding')),
    ),
    service: readService(json),
    requester: readRole(objectAt(objectAt(json, 'requester'), 'agent'), resolve),
    sender: readRole(objectAt(json, 'sender'), resolve),
    isConversionAuthorised: readAuthorisation(json),
    attachments: objectsAt(json, 'contained')
      .filter((resource) => textAt(resource, 'resourceType') === 'DocumentReference')
      .flatMap(readDocument),
    searchCriteria: readSearchCriteria(json),
  };
}

/** The recipient names the service by its id, the shortlist by its name as well. */
function readService(json: Json): AdviceRequest['service'] {
  const [listed] = readShortlist(json);
  const reference = objectAt(
    extensionNamed(objectsAt(json, 'recipient')[0] ?? null, 'Extension-HealthcareService-Reference-1'),
    'valueReference',
  );
  const id = parseServiceId(identifierValue(reference)) ?? listed?.serviceId ?? null;
  if (id === null) return null;
  const name = textAt(reference, 'display') || (listed?.serviceId === id ? listed.name : '');
  return { id, name };
}

function readAuthorisation(json: Json): boolean | null {
  const extension = extensionNamed(json, 'Extension-eRS-ProviderConversionAuthorisation-1');
  const code = textAt(objectAt(extension, 'valueCoding'), 'code');
  if (code === 'AUTHORISED_TO_CONVERT') return true;
  return code === 'NOT_AUTHORISED_TO_CONVERT' ? false : null;
}

function readRole(holder: Json | null, resolve: Resolve): AdviceParty | null {
  const extension = extensionNamed(holder, 'Extension-PractitionerRole-Reference-1');
  return readParty(textAt(objectAt(extension, 'valueReference'), 'reference'), resolve);
}

/** From the resource that the reference names; it was left out now and then, and then nobody is named. */
function readParty(reference: string, resolve: Resolve): AdviceParty | null {
  const role = resolve(reference);
  if (role === null) return null;
  return {
    userId: parseSdsUserId(identifierValue(objectAt(role, 'practitioner'))),
    organisation: parseOdsCode(identifierValue(objectAt(role, 'organization'))),
    role: readConcept(objectsAt(role, 'code')[0] ?? null)?.code ?? '',
  };
}

/** A message; null when it does not say what it belongs to or when it was sent. */
export function readMessage(json: Json, resolve: Resolve = resolveContained(json)): AdviceMessage | null {
  const request = parseAdviceReference(textAt(objectsAt(json, 'basedOn')[0] ?? null, 'reference'));
  const sent = normaliseInstant(textAt(json, 'sent'));
  if (request === null || sent === null) return null;
  const requester = extensionNamed(json, 'Extension-Communication-Requester-1');
  return {
    id: textAt(json, 'id'),
    request,
    sent,
    sentBy: withoutSystem(readConcept(objectsAt(json, 'category')[0] ?? null)) ?? NO_CODE,
    text: objectsAt(json, 'note')
      .map((note) => plainTextOf(textAt(note, 'text')))
      .filter((text) => text !== '')
      .join('\n\n'),
    sender: readRole(objectAt(json, 'sender'), resolve),
    requester: readParty(textAt(objectAt(requester, 'valueReference'), 'reference'), resolve),
    attachments: objectsAt(json, 'payload')
      .map((payload) => resolve(textAt(objectAt(payload, 'contentReference'), 'reference')))
      .flatMap((document) => (document === null ? [] : readDocument(document))),
  };
}
