/** Reads an R4 HealthcareService; everything but name and location may be missing (contract.md A033). */
import { parseServiceId } from '../../contract/identifiers.ts';
import type { ServiceRecord } from '../model.ts';
import { identifierValue, readConcept } from './codings.ts';
import { extensionNamed, extensionsNamed } from './extensions.ts';
import { objectAt, objectsAt, textAt, type Json } from './json.ts';
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

/** The phone number that is meant for patients; others are for professionals. */
function readPatientPhone(service: Json): string | null {
  const contact = extensionsNamed(service, 'Extension-eRS-HealthcareService-Contact').find((extension) => {
    const purpose = readConcept(objectAt(extensionNamed(extension, 'purpose'), 'valueCodeableConcept'));
    return purpose?.code === 'PATINF';
  });
  const phones = extensionsNamed(contact ?? null, 'telecom')
    .map((extension) => objectAt(extension, 'valueContactPoint'))
    .filter((point) => textAt(point, 'system') === 'phone');
  return textAt(phones[0] ?? null, 'value') || null;
}
