/** Reads one entry of A010: the service in summary, and what the search says of it (contract.md section 7, A010). */
import { parseServiceId } from '../../contract/identifiers.ts';
import type { FoundService } from '../model.ts';
import { identifierValue, readConcept, withoutSystem } from './codings.ts';
import { extensionNamed, extensionsNamed } from './extensions.ts';
import { booleanAt, integerAt, objectAt, textAt, type Json } from './json.ts';

/** The service of an entry; null when its id cannot be read. */
export function readFoundService(entry: Json): FoundService | null {
  const item = objectAt(entry, 'item');
  const id = parseServiceId(identifierValue(item));
  if (id === null) return null;
  const summary = extensionNamed(item, 'Extension-eRS-ServiceSummaryView-1');
  const listed = extensionNamed(entry, 'Extension-eRS-ServiceSearch-ListItem-1');
  const concepts = (name: string) =>
    extensionsNamed(summary, name).flatMap((one) => {
      const coded = withoutSystem(readConcept(objectAt(one, 'valueCodeableConcept')));
      return coded === null ? [] : [coded];
    });
  const text = (name: string) => textAt(extensionNamed(summary, name), 'valueString');
  const flag = (holder: Json | null, name: string) =>
    booleanAt(extensionNamed(holder, name), 'valueBoolean') ?? false;
  const location = objectAt(extensionNamed(summary, 'location'), 'valueReference');
  const flows = concepts('supportedRequestFlowType').map(({ code }) => code);
  return {
    id,
    name: text('serviceName'),
    bookable: readBookable(concepts('bookableType')[0]?.code ?? '', flows),
    flows,
    specialty: concepts('specialty')[0] ?? null,
    gender: concepts('genderTreated')[0] ?? null,
    appointmentTypes: concepts('supportedAppointmentType'),
    isLetterRequired: flag(summary, 'referralLetterRequired'),
    location: { code: identifierValue(location), name: textAt(location, 'display') },
    distance: integerAt(extensionNamed(listed, 'distance'), 'valueUnsignedInt'),
    wait: readWait(extensionNamed(listed, 'indicativeAppointmentWaitTime')),
    isProminent: flag(listed, 'displayProminently'),
    isRestricted: flag(listed, 'restricted'),
    isUnaccredited: flag(listed, 'unaccredited'),
    alert: text('referrerAlert'),
    exclusions: text('exclusions'),
    conditionsTreated: text('conditionsTreated'),
    suggestedInvestigations: text('suggestedInvestigations'),
  };
}

/**
 * A service that takes requests for triage and no appointments is a triage service, whatever its bookable type says:
 * published ones carry UNSPECIFIED.
 */
function readBookable(code: string, flows: readonly string[]): FoundService['bookable'] {
  if (flows.includes('TRIAGE_REQUEST') && !flows.includes('APPOINTMENT_REQUEST')) return 'triage';
  if (code === 'DIRECTLY_BOOKABLE') return 'directly';
  return code === 'INDIRECTLY_BOOKABLE' ? 'indirectly' : 'unknown';
}

/** Days, or a code such as LIMITED_AVAILABILITY or NOT_APPLICABLE; null when the search says nothing. */
function readWait(extension: Json | null): FoundService['wait'] {
  const days = integerAt(extension, 'valueUnsignedInt');
  if (days !== null) return { days, code: '' };
  const code = readConcept(objectAt(extension, 'valueCodeableConcept'))?.code ?? '';
  return code === '' ? null : { days: null, code };
}
