/** The query and header of A015 and their rules: 400 on the platform, 422 in 2021 (contract.md A015). */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import type { Priority, Service } from '../world/model.ts';
import { isNamedClinicianOf } from '../world/services.ts';
import { findStaff, REFERRING_ORGS } from '../world/staff.ts';

export interface SlotQuery {
  readonly service: Service;
  readonly priority: Priority;
  readonly clinicianId: string | null;
  readonly count: number;
  readonly page: number;
}

const SLOT_STATUSES = ['busy', 'free', 'busy-unavailable', 'busy-tentative', 'entered-in-error'];
const SERVICE = 'schedule.actor:HealthcareService';
const PRACTITIONER = 'schedule.actor:Practitioner';
const REQUIRED = [SERVICE, 'appointmentType', 'status', '_count', 'page'] as const;
/** 2021 describes the others as optional, the service as needed in practice. */
const REQUIRED_IN_2021: readonly string[] = [SERVICE, 'status'];
const DEFAULT_COUNT = 20;

const isPriority = (text: string): text is Priority =>
  text === 'ROUTINE' || text === 'URGENT' || text === 'TWO_WEEK_WAIT';

function refuseQuery(call: Call, code: string, diagnostics: string): Refusal {
  return refuse(isSpine(call) ? 422 : 400, code, diagnostics);
}

/** The commissioning organisation: a header that must name a referring organisation. */
function checkCommissioning(call: Call): Refusal | null {
  const name = isSpine(call) ? 'X-ERS-XAPI-COMM-RULE-ORG' : 'NHSD-eRS-Comm-Rule-Org';
  const value = call.headers.get(name);
  if (value === null) return refuseQuery(call, isSpine(call) ? 'MISSING_PARAMETER' : 'MISSING_HEADER', name);
  return REFERRING_ORGS.some((org) => org === value) ? null : refuseQuery(call, 'INVALID_VALUE', name);
}

function checkPresence(call: Call): Refusal | null {
  for (const name of REQUIRED) {
    const isNeeded = !isSpine(call) || REQUIRED_IN_2021.includes(name);
    if (isNeeded && !call.query.has(name)) return refuseQuery(call, 'MISSING_PARAMETER', name);
  }
  return null;
}

/** A whole number of the query within its limits; null when it is none. */
function readNumber(call: Call, name: string, fallback: number, most: number): number | null {
  const text = call.query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : null;
}

function checkService(call: Call, serviceId: string): Service | Refusal {
  const service = call.desk.world.findService(serviceId);
  if (!service) return refuseQuery(call, isSpine(call) ? 'NO_SUCH_SERVICE' : 'REFERENCE_NOT_FOUND', SERVICE);
  if (service.isWithdrawn) return refuseQuery(call, 'SERVICE_UNAVAILABLE', 'The service has been withdrawn');
  if (service.kind !== 'directly-bookable')
    return refuseQuery(call, 'INVALID_STATE', 'Not directly bookable');
  return service;
}

function checkClinician(call: Call, service: Service, clinicianId: string | null): Refusal | null {
  if (clinicianId === null || isNamedClinicianOf(service, clinicianId)) return null;
  const isUnknown = !isSpine(call) && !findStaff(clinicianId);
  return refuseQuery(call, isUnknown ? 'REFERENCE_NOT_FOUND' : 'INVALID_VALUE', PRACTITIONER);
}

/** The query of the request, or its refusal. */
export function readSlotQuery(call: Call): SlotQuery | Refusal {
  const missing = checkPresence(call) ?? checkCommissioning(call);
  if (missing) return missing;
  const status = call.query.get('status') ?? '';
  if (!SLOT_STATUSES.includes(status)) return refuseQuery(call, 'INVALID_CODE', 'status');
  if (status !== 'free') return refuseQuery(call, 'INVALID_VALUE', 'status');
  const priority = call.query.get('appointmentType') ?? 'ROUTINE';
  if (!isPriority(priority)) return refuseQuery(call, 'INVALID_CODE', 'appointmentType');
  const count = readNumber(call, '_count', DEFAULT_COUNT, 100);
  if (count === null) return refuseQuery(call, 'INVALID_VALUE', '_count');
  const page = readNumber(call, 'page', 1, 999_999);
  if (page === null) return refuseQuery(call, 'INVALID_VALUE', 'page');
  const service = checkService(call, call.query.get(SERVICE) ?? '');
  if ('isRefusal' in service) return service;
  const clinicianId = call.query.get(PRACTITIONER);
  return checkClinician(call, service, clinicianId) ?? { service, priority, clinicianId, count, page };
}

/** The refusal of a page past the end. */
export function refusePage(call: Call, page: number): Refusal {
  return refuseQuery(call, 'INVALID_VALUE', `'Page Number' (${page}) is invalid.`);
}

/** The query of a page as links show it: unknown parameters dropped, `_include` always there (section 4.7). */
export function describePage({ service, priority, clinicianId, count }: SlotQuery, page: number): string {
  const parts: [string, string][] = [
    [SERVICE, service.id],
    ...(clinicianId === null ? [] : ([[PRACTITIONER, clinicianId]] as [string, string][])),
    ['appointmentType', priority],
    ['_count', String(count)],
    ['status', 'free'],
    ['_include', 'Slot:schedule'],
    ['page', String(page)],
  ];
  return parts.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}
