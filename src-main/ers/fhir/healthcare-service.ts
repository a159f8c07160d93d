/** Reads an R4 HealthcareService; everything but name and location may be missing (contract.md A033). */
import type { Coded } from '../../contract/schema.ts';
import { parseServiceId } from '../../contract/identifiers.ts';
import type { ServiceContact, ServiceRecord } from '../model.ts';
import { identifierValue, readConcept, withoutSystem } from './codings.ts';
import { extensionNamed, extensionsNamed } from './extensions.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from './json.ts';
import { lastSegment } from './systems.ts';

export function readHealthcareService(service: Json): ServiceRecord | null {
  const id = parseServiceId(textAt(service, 'id'));
  if (id === null) return null;
  return {
    id,
    name: textAt(service, 'name'),
    bookable: readBookable(service),
    site: identifierValue(objectsAt(service, 'location')[0] ?? null) || null,
    instructions: textAt(extensionNamed(service, 'Extension-eRS-ServiceInstructions'), 'valueString'),
    hours: textAt(extensionNamed(service, 'Extension-eRS-HoursOfOperation'), 'valueString'),
    patientPhone: readPatientPhone(service),
    isActive: service['active'] !== false,
    version: integerAt(objectAt(service, 'meta'), 'versionId'),
    contacts: readContacts(service),
    types: readConcepts(service, 'type'),
    characteristics: readConcepts(service, 'characteristic'),
  };
}

/** A service that only takes requests for review is a triage service. */
function readBookable(service: Json): ServiceRecord['bookable'] {
  const codes = objectsAt(service, 'characteristic')
    .map(readConcept)
    .filter((coded) => coded !== null)
    .map((coded) => `${lastSegment(coded.system)}/${coded.code}`);
  if (codes.includes('eRS-BookableType/DIRECTLY_BOOKABLE')) return 'directly';
  if (codes.includes('eRS-BookableType/INDIRECTLY_BOOKABLE')) return 'indirectly';
  return codes.includes('eRS-RequestFlowType/REVIEW') ? 'triage' : 'unknown';
}

/** The first phone number that is meant for patients; others are for professionals. */
function readPatientPhone(service: Json): string | null {
  const isForPatients = ({ purpose, system }: ServiceContact) =>
    purpose?.code === 'PATINF' && system === 'phone';
  return readContacts(service).find(isForPatients)?.value ?? null;
}

function readContacts(service: Json): ServiceContact[] {
  return extensionsNamed(service, 'Extension-eRS-HealthcareService-Contact').flatMap((contact) => {
    const purpose = withoutSystem(
      readConcept(objectAt(extensionNamed(contact, 'purpose'), 'valueCodeableConcept')),
    );
    return extensionsNamed(contact, 'telecom')
      .map((extension) => objectAt(extension, 'valueContactPoint'))
      .map((point) => ({ purpose, system: textAt(point, 'system'), value: textAt(point, 'value') }))
      .filter(({ value }) => value !== '');
  });
}

/** `type` is known to come as an object, too (contract.md section 16). */
function readConcepts(service: Json, key: 'type' | 'characteristic'): Coded[] {
  return objectsAt(service, key)
    .map((concept) => withoutSystem(readConcept(concept)))
    .filter((coded) => coded !== null);
}
