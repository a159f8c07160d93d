/** Replies of DSTU2 in the form that came after it: the readers of that form then read them (contract.md section 8). */
import { asObject, objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { containedResource } from '../fhir/references.ts';
import { ersProfile, ID_SYSTEMS } from '../fhir/systems.ts';
import { toLaterNames } from './names.ts';

/** A ReferralRequest: `patient`, `priority` and `supportingInformation` are elsewhere, and references are contained. */
export function upgradeReferral(json: unknown): unknown {
  const old = asObject(toLaterNames(json));
  if (old === null) return json;
  const { patient: _patient, priority, supportingInformation, ...rest } = old;
  const number = numberOf(old, objectAt(old, 'patient'));
  const priorityExtension = {
    url: ersProfile('Extension-eRS-ReferralPriority-1'),
    valueCodeableConcept: priority,
  };
  return {
    ...rest,
    extension: [...objectsAt(old, 'extension'), ...(priority === undefined ? [] : [priorityExtension])],
    contained: objectsAt(old, 'contained').map((resource) => upgradeContained(old, resource)),
    subject: { identifier: { system: ID_SYSTEMS.nhsNumber, value: number } },
    supportingInfo: supportingInformation ?? [],
  };
}

/** Who an appointment's participants are stands in resources beside it. */
function upgradeContained(referral: Json, resource: Json): Json {
  if (textAt(resource, 'resourceType') !== 'Appointment') return resource;
  const participant = objectsAt(resource, 'participant').map((one) => {
    const actor = objectAt(one, 'actor');
    const who = containedResource(referral, textAt(actor, 'reference'));
    const identifier = objectsAt(who, 'identifier')[0];
    const display = textAt(actor, 'display') || textAt(who, 'serviceName');
    return identifier === undefined
      ? one
      : { ...one, actor: { identifier, ...(display === '' ? {} : { display }) } };
  });
  return { ...resource, participant };
}

const numberOf = (holder: Json, reference: Json | null): string => {
  const patient = containedResource(holder, textAt(reference, 'reference'));
  return textAt(objectsAt(patient, 'identifier')[0] ?? null, 'value');
};

/** A List: the names are all that differs. */
export const upgradeWorklist = (json: unknown): unknown => toLaterNames(json);

/** A ValueSet with its code system inside becomes that code system; days become properties. */
export function upgradeValueSet(json: unknown): unknown {
  const set = asObject(json);
  const system = objectAt(set, 'codeSystem');
  if (set === null || system === null || textAt(set, 'resourceType') !== 'ValueSet') return json;
  return {
    resourceType: 'CodeSystem',
    id: textAt(set, 'id'),
    url: textAt(system, 'system'),
    concept: objectsAt(system, 'concept').map((concept) => ({
      code: textAt(concept, 'code'),
      display: textAt(concept, 'display'),
      designation: objectsAt(concept, 'designation'),
      property: objectsAt(concept, 'extension').flatMap(toProperty),
    })),
  };
}

function toProperty(extension: Json): Json[] {
  const url = textAt(extension, 'url');
  const valueDateTime = textAt(extension, 'valueDateTime') || textAt(extension, 'valueDate');
  if (valueDateTime === '') return [];
  if (url.endsWith('/extension-ers-effectivefromdate-1')) return [{ code: 'effectiveFrom', valueDateTime }];
  return url.endsWith('/extension-ers-effectivetodate-1') ? [{ code: 'effectiveTo', valueDateTime }] : [];
}
