/** Reads a ReferralRequest. Order of extensions and contained resources varies (contract.md A005). */
import type { Coded } from '../../contract/schema.ts';
import {
  parseAppointmentId,
  parseOdsCode,
  parseServedNhsNumber,
  parseServiceId,
  parseUbrn,
} from '../../contract/identifiers.ts';
import type { AttachmentRecord, Referral, SearchCriteria, ShortlistEntry } from '../model.ts';
import { readAppointment } from './appointment.ts';
import { identifierValue, NO_CODE, readCoding, readConcept, withoutSystem } from './codings.ts';
import { extensionNamed, extensionsNamed } from './extensions.ts';
import { normaliseInstant } from './instants.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from './json.ts';
import { parameterNamed } from './parameters.ts';
import { containedResource, idOfReference, parseReferralReference } from './references.ts';

const named = (json: Json, name: string) => extensionNamed(json, `Extension-eRS-${name}-1`);

/** A referral; null when its UBRN, version or patient cannot be read. */
export function readReferral(json: Json): Referral | null {
  const ubrn = parseUbrn(textAt(json, 'id'));
  const version = integerAt(objectAt(json, 'meta'), 'versionId');
  const nhsNumber = parseServedNhsNumber(identifierValue(objectAt(json, 'subject')));
  if (ubrn === null || version === null || nhsNumber === null) return null;
  const related = objectsAt(json, 'supportingInfo').map((item) =>
    parseReferralReference(textAt(item, 'reference')),
  );
  return {
    ubrn,
    version,
    nhsNumber,
    status: textAt(json, 'status'),
    state: readState(json),
    priority: readPriority(json),
    specialty: readSpecialty(json),
    shortlist: readShortlist(json),
    commissioningOrg: parseOdsCode(
      textAt(objectAt(named(json, 'Commissioning-Rule-Org'), 'valueIdentifier'), 'value'),
    ),
    appointment: readContainedAppointment(json),
    appointmentId: readAppointmentId(json),
    attachments: objectsAt(json, 'contained').filter(isOfType('DocumentReference')).flatMap(readDocument),
    additionalRequirements: extensionsNamed(json, 'Extension-eRS-PatientAdditionalRequirement-1')
      .map((extension) => withoutSystem(readCoding(objectAt(extension, 'valueCoding'))))
      .filter((coded) => coded !== null),
    relatedReferrals: related.flatMap((item) => (item === null || item.ubrn === ubrn ? [] : [item.ubrn])),
    pathwayStart: readPathwayStart(json),
    searchCriteria: readSearchCriteria(json),
    clinicalInfoSince: normaliseInstant(textAt(named(json, 'ClinicalInfoFirstSubmitted'), 'valueDateTime')),
  };
}

export function readPriority(json: Json): Coded {
  const concept = readConcept(objectAt(named(json, 'ReferralPriority'), 'valueCodeableConcept'));
  return withoutSystem(concept) ?? NO_CODE;
}

const isOfType = (type: string) => (resource: Json) => textAt(resource, 'resourceType') === type;

/** Null in the spine dialect, which has no state on the wire. */
function readState(json: Json): Referral['state'] {
  const extension = named(json, 'ReferralState');
  const state = readCoding(objectAt(extensionNamed(extension, 'state'), 'valueCoding'));
  if (state === null) return null;
  return {
    code: state.code,
    display: state.display,
    reason: withoutSystem(readCoding(objectAt(extensionNamed(extension, 'reason'), 'valueCoding'))),
    comments: textAt(extensionNamed(extension, 'comments'), 'valueString'),
  };
}

/** The referral's own specialty, or that of its search criteria: unbooked referrals carry only the latter. */
function readSpecialty(json: Json): Coded | null {
  const own = withoutSystem(readConcept(objectsAt(json, 'specialty')[0] ?? null));
  const criteria = containedResource(json, '#serviceSearchCriteria');
  return own ?? withoutSystem(readCoding(objectAt(parameterNamed(criteria, 'specialty'), 'valueCoding')));
}

export function readShortlist(json: Json): ShortlistEntry[] {
  const reference = textAt(objectAt(named(json, 'ReferralShortlist'), 'valueReference'), 'reference');
  return objectsAt(containedResource(json, reference || '#shortlist'), 'entry').flatMap((entry) => {
    const item = objectAt(entry, 'item');
    const serviceId = parseServiceId(identifierValue(item));
    return serviceId === null ? [] : [{ serviceId, name: textAt(item, 'display') }];
  });
}

/** Kept as they came: A031 must send the referral's own criteria back. */
export function readSearchCriteria(json: Json): SearchCriteria | null {
  const criteria = containedResource(json, '#serviceSearchCriteria');
  return criteria === null ? null : objectsAt(criteria, 'parameter');
}

/** Looked for, never inferred from the state (contract.md A005). */
function readContainedAppointment(json: Json): Referral['appointment'] {
  const reference = textAt(objectAt(named(json, 'Appointment'), 'valueReference'), 'reference');
  const contained =
    containedResource(json, reference) ?? objectsAt(json, 'contained').find(isOfType('Appointment')) ?? null;
  return contained === null ? null : readAppointment(contained);
}

function readAppointmentId(json: Json): Referral['appointmentId'] {
  const reference = textAt(objectAt(named(json, 'Appointment-Reference'), 'valueReference'), 'reference');
  return parseAppointmentId(idOfReference(reference, 'Appointment'));
}

export function readDocument(document: Json): AttachmentRecord[] {
  return objectsAt(document, 'content').map((content) => {
    const attachment = objectAt(content, 'attachment');
    const availability = extensionNamed(attachment, 'Extension-eRS-AvailabilityStatus-1');
    return {
      id: textAt(attachment, 'id') || textAt(document, 'id'),
      title: textAt(attachment, 'title'),
      description: textAt(document, 'description'),
      contentType: textAt(attachment, 'contentType'),
      url: textAt(attachment, 'url'),
      bytes: integerAt(attachment, 'size'),
      availability: withoutSystem(readCoding(objectAt(availability, 'valueCoding'))) ?? NO_CODE,
      type: withoutSystem(readConcept(objectAt(document, 'type'))) ?? NO_CODE,
    };
  });
}

/** An instant on the wire, a dateTime in the schema's text (contract.md A005). */
function readPathwayStart(json: Json): string | null {
  const extension = named(json, 'eReferralPathwayStart');
  return normaliseInstant(textAt(extension, 'valueInstant') || textAt(extension, 'valueDateTime'));
}
