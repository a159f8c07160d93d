/** What the service says, in the form of DSTU2 (contract.md section 8): other names, people and services contained. */
import type { Call, Json, JsonObject } from '../service-types.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';

const NHS = 'http://fhir.nhs.uk';
export const oldValueSet = (name: string): string => `${NHS}/ValueSet/ers-${name}-1`;
export const oldProfile = (name: string): string => `${NHS}/StructureDefinition/ers-${name}-1`;
const oldId = (name: string): string => `${NHS}/Id/${name}`;

/** One text of the later form in the words of the old one. */
function oldText(text: string): string {
  const system = /\/STU3(?:\/v1)?\/CodeSystem\/(?:eRS-)?([A-Za-z-]+?)(?:-1)?$/.exec(text)?.[1];
  if (system !== undefined) return oldValueSet(system.toLowerCase());
  const structure = /\/STU3\/StructureDefinition\/([A-Za-z-]+)-1$/.exec(text)?.[1];
  if (structure !== undefined) return `${NHS}/StructureDefinition/${structure.toLowerCase()}-1`;
  const id = /^http:\/\/fhir\.nhs\.net\/Id\/([a-z-]+)$/.exec(text)?.[1];
  return id === undefined ? text : oldId(id);
}

/** Everything by its old name. */
export function inOldWords(value: Json): Json {
  if (typeof value === 'string') return oldText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => inOldWords(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inOldWords(item as Json)]));
}

const contained = (type: string, id: string, system: string, more: JsonObject = {}): JsonObject => ({
  id: `${type}-${id}`,
  meta: { profile: [oldProfile(type.toLowerCase())] },
  resourceType: type,
  identifier: type === 'HealthcareService' ? { system, value: id } : [{ system, value: id }],
  ...more,
});

/** The people and the service of an appointment as references, and the resources that they point at. */
function referTo(call: Call, participants: readonly unknown[]): { list: Json[]; beside: JsonObject[] } {
  const list: Json[] = [];
  const beside: JsonObject[] = [];
  for (const participant of participants) {
    const value = textAt(participant, 'actor', 'identifier', 'value') ?? '';
    const system = textAt(participant, 'actor', 'identifier', 'system') ?? '';
    const service = call.desk.world.findService(value);
    if (system.endsWith('ers-service') && service) {
      beside.push(
        contained('HealthcareService', value, oldId('ers-service'), {
          serviceName: service.name,
          location: { reference: `#Location-${service.site}` },
        }),
        contained('Location', service.site, oldId('ods-site-code')),
      );
      const actor = { reference: `#HealthcareService-${value}`, display: service.name };
      list.push({ actor, status: 'accepted' });
    }
    if (!system.endsWith('sds-user-id')) continue;
    beside.push(contained('Practitioner', value, oldId('sds-user-id')));
    list.push({ actor: { reference: `#Practitioner-${value}` }, status: 'accepted' });
  }
  return { list, beside };
}

/** A referral: no shortlist, no commissioning organisation, an appointment without its reason. */
export function oldReferral(call: Call, json: JsonObject): JsonObject {
  const extensions = listAt(json, 'extension') as JsonObject[];
  const isNamed = (one: unknown, name: string): boolean => (textAt(one, 'url') ?? '').includes(name);
  const priority = extensions.find((one) => isNamed(one, 'ReferralPriority'));
  const kept = extensions.filter((one) => isNamed(one, 'ClinicalInfo') || isNamed(one, 'eRS-Appointment-1'));
  const resources = listAt(json, 'contained') as JsonObject[];
  const appointment = resources.find((one) => one.resourceType === 'Appointment');
  const documents = resources.filter((one) => one.resourceType === 'DocumentReference');
  const { list, beside } = referTo(call, listAt(appointment, 'participant'));
  const number = textAt(json, 'subject', 'identifier', 'value') ?? '';
  const { id, meta, resourceType, status, start, end } = appointment ?? {};
  const booked: JsonObject[] = appointment
    ? [
        {
          ...{ id: id ?? '', meta: meta ?? {}, resourceType: resourceType ?? '', status: status ?? '' },
          ...(start === undefined || end === undefined ? {} : { start, end }),
          participant: list,
        },
      ]
    : [];
  const old = inOldWords({
    id: json.id ?? '',
    meta: json.meta ?? {},
    resourceType: 'ReferralRequest',
    extension: kept,
    contained: [...documents, ...booked],
    status: json.status ?? '',
    ...(json.specialty === undefined ? {} : { specialty: json.specialty }),
    priority: (at(priority, 'valueCodeableConcept') as JsonObject | undefined) ?? {},
  }) as JsonObject;
  return {
    ...old,
    contained: [...(old.contained as Json[]), ...beside, contained('Patient', number, oldId('nhs-number'))],
    patient: { reference: `#Patient-${number}` },
    supportingInformation: documents.map((one) => ({ reference: `#${String(one.id)}` })),
  };
}
