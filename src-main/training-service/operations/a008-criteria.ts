/** The parameters of A008 and their rules (contract.md A008). */
import { findReferenceSet } from '../reference-sets.ts';
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import { isNamedClinicianOf } from '../world/services.ts';
import { findStaff } from '../world/staff.ts';
import { listAt, textAt } from '../wire/read-body.ts';
import { PROVIDER_LISTS, REFERRER_LISTS, type ListName } from '../wire/worklist-body.ts';

export interface Criteria extends Filters {
  readonly list: ListName;
}

export interface Filters {
  readonly list: string;
  readonly serviceId: string | null;
  readonly specialty: string | null;
  readonly location: string | null;
  /** A clinician's id, `none` for referrals without one, or null for no filter. */
  readonly clinician: string | null;
}

const NAMES = [
  'listType',
  'service',
  'specialtyAssignedIndicator',
  'specialty',
  'location',
  'clinicianAssignedIndicator',
  'clinician',
];

const isReferrerList = (list: string): boolean => REFERRER_LISTS.some((name) => name === list);

function readParameters(body: unknown): Map<string, unknown> | Refusal {
  if (textAt(body, 'resourceType') !== 'Parameters')
    return refuse(422, 'INVALID_FHIR_STRUCTURE', 'Parameters expected');
  const found = new Map<string, unknown>();
  for (const [i, parameter] of listAt(body, 'parameter').entries()) {
    const name = textAt(parameter, 'name') ?? '';
    if (!NAMES.includes(name))
      return refuse(422, 'UNEXPECTED_FIELD', `'parameter[${i}]' unknown parameter name`);
    if (found.has(name)) return refuse(422, 'INVALID_VALUE', `'parameter[${i}]' appears twice`);
    found.set(name, parameter);
  }
  return found;
}

const codeOf = (parameter: unknown): string | null =>
  textAt(parameter, 'valueCodeableConcept', 'coding', 0, 'code') ?? null;
const valueOf = (parameter: unknown): string | null => textAt(parameter, 'valueIdentifier', 'value') ?? null;

/** ASSIGNED needs its value, and a value needs ASSIGNED. */
function checkAssigned(found: Map<string, unknown>, name: 'specialty' | 'clinician'): Refusal | null {
  const indicator = codeOf(found.get(`${name}AssignedIndicator`));
  if (found.has(`${name}AssignedIndicator`) && indicator !== 'ASSIGNED' && indicator !== 'NOT_ASSIGNED') {
    return refuse(422, 'INVALID_CODE', `${name}AssignedIndicator`);
  }
  if (name === 'specialty' && indicator === 'NOT_ASSIGNED')
    return refuse(422, 'INVALID_VALUE', 'specialtyAssignedIndicator');
  if (indicator === 'ASSIGNED' && !found.has(name)) return refuse(422, 'MISSING_VALUE', name);
  return found.has(name) && indicator !== 'ASSIGNED' ? refuse(422, 'UNEXPECTED_FIELD', name) : null;
}

/** What a filter names must exist; the dialects refuse in their own codes. */
function checkReferences(call: Call, criteria: Filters): Refusal | null {
  const { serviceId, specialty, location, clinician } = criteria;
  const { world } = call.desk;
  const missing = (code: string): Refusal => refuse(422, isSpine(call) ? code : 'REFERENCE_NOT_FOUND', code);
  const service = serviceId === null ? undefined : world.findService(serviceId);
  if (serviceId !== null && !service) return missing('NO_SUCH_SERVICE');
  if (location !== null && !world.services.some((one) => one.site === location))
    return missing('NO_SUCH_LOCATION');
  if (specialty !== null && !findReferenceSet('SPECIALTY')?.concepts.some((one) => one.code === specialty)) {
    return missing('NO_SUCH_SPECIALTY');
  }
  if (clinician !== null && clinician !== 'none' && !findStaff(clinician))
    return missing('NO_SUCH_CLINICIAN');
  if (service && !service.workgroup.includes(call.caller.onBehalfOf ?? call.caller.userId)) {
    return refuse(422, 'NO_RELATIONSHIP', 'Not in the workgroup of the service');
  }
  const isStranger =
    service && clinician !== null && clinician !== 'none' && !isNamedClinicianOf(service, clinician);
  return isStranger ? refuse(422, 'INVALID_VALUE', 'clinician') : null;
}

/** A referrer's list is for referrers, a provider's for providers; 2021 had only the latter. */
function checkList(call: Call, list: string | null): Refusal | null {
  if (list === null) return refuse(422, 'MISSING_VALUE', 'listType');
  const isKnown = isReferrerList(list) || PROVIDER_LISTS.some((name) => name === list);
  if (!isKnown || (isSpine(call) && isReferrerList(list))) return refuse(422, 'INVALID_CODE', 'listType');
  const isProvider = call.caller.businessFunction.startsWith('SERVICE_PROVIDER');
  return isProvider === isReferrerList(list) ? refuse(403, 'FORBIDDEN', 'Not permitted to this role') : null;
}

/** The criteria of the request, or its refusal. */
export function readCriteria(call: Call): Criteria | Refusal {
  const filters = readFilters(call, (list) => checkList(call, list));
  if ('isRefusal' in filters) return filters;
  return { ...filters, list: filters.list as ListName };
}

/** The name of the list, which `check` judges, and its filters, or the refusal of either (A008, A023). */
export function readFilters(call: Call, check: (list: string | null) => Refusal | null): Filters | Refusal {
  const found = readParameters(call.body);
  if ('isRefusal' in found) return found;
  const list = codeOf(found.get('listType'));
  const refusal = check(list);
  if (refusal) return refusal;
  if (isReferrerList(list ?? '') && found.size > 1)
    return refuse(422, 'UNEXPECTED_FIELD', 'This list takes no filter');
  const unfit = checkAssigned(found, 'specialty') ?? checkAssigned(found, 'clinician');
  if (unfit) return unfit;
  for (const name of ['service', 'location', 'clinician'] as const) {
    if (found.has(name) && valueOf(found.get(name)) === null) return refuse(422, 'MISSING_VALUE', name);
  }
  const isUnassigned = codeOf(found.get('clinicianAssignedIndicator')) === 'NOT_ASSIGNED';
  const criteria: Filters = {
    list: list ?? '',
    serviceId: valueOf(found.get('service')),
    specialty: codeOf(found.get('specialty')),
    location: valueOf(found.get('location')),
    clinician: isUnassigned ? 'none' : valueOf(found.get('clinician')),
  };
  return checkReferences(call, criteria) ?? criteria;
}
