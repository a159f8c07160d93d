import {
  parseSdsUserId,
  parseServiceId,
  type SdsUserId,
  type ServiceId,
} from '../../contract/identifiers.ts';
import { readSlots } from '../fhir/slots.ts';
import { readAs } from '../fhir/shape.ts';
import type { SlotsReply } from '../model.ts';
import type { DialectName, Operation, PublishedRequest } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, parseCount, READ_TIMEOUT_MS } from './framing.ts';

export interface A015Input {
  readonly serviceId: ServiceId;
  /** ROUTINE, URGENT or TWO_WEEK_WAIT: the referral's own. */
  readonly priority: string;
  /** The referral's Commissioning-Rule-Org: without it slots are offered that cannot be booked. */
  readonly commissioningOrg: string;
  /** From 1. */
  readonly page: number;
  /** 1 to 100. */
  readonly count: number;
  /** Only slots of this named clinician of the service. */
  readonly clinicianId: SdsUserId | null;
}

const SERVICE = 'schedule.actor:HealthcareService';
const CLINICIAN = 'schedule.actor:Practitioner';

const ORGANISATION_HEADER: Readonly<Record<DialectName, string>> = {
  'api-platform': 'NHSD-eRS-Comm-Rule-Org',
  'spine-session': 'X-ERS-XAPI-COMM-RULE-ORG',
};

/**
 * One page of a service's free slots, earliest first (contract.md A015). An empty page 1 with total 0 is the only
 * search outcome that permits deferral. Pages shift while they are read: leaving out repeats is the caller's.
 */
export const a015RetrieveAppointmentSlots: Operation<A015Input, SlotsReply> = {
  id: 'A015',
  name: 'Retrieve appointment slots',
  kind: 'read',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: {
    REFERENCE_NOT_FOUND: 'reread',
    NO_SUCH_SERVICE: 'reread',
    SERVICE_UNAVAILABLE: 'tell',
    INVALID_STATE: 'tell',
    INVALID_CODE: 'fix',
    INVALID_VALUE: 'new-search',
    MISSING_PARAMETER: 'fix',
    MISSING_HEADER: 'reread',
  },
  dialects: inBothDialects((stu3, dialect) => ({
    build: (input) => ({
      method: 'GET',
      path: `${stu3}/Slot`,
      query: buildQuery(input, dialect),
      headers: { [ORGANISATION_HEADER[dialect]]: input.commissioningOrg },
    }),
    readRequest: (request) =>
      matchPath(request, 'GET', stu3, /^\/Slot$/) ? readQuery(request, dialect) : null,
    successStatus: [200],
  })),
  read: (reply) => readPage(reply.json),
};

const readPage = readAs('slotBundle', readSlots);

function buildQuery(input: A015Input, dialect: DialectName): [string, string][] {
  return [
    [SERVICE, input.serviceId],
    ...(input.clinicianId == null ? [] : ([[CLINICIAN, input.clinicianId]] as [string, string][])),
    ['appointmentType', input.priority],
    ['_count', String(input.count)],
    ['status', 'free'],
    // Without effect on the platform, shown by the samples of 2021.
    ...(dialect === 'spine-session' ? ([['_include', 'Slot:schedule']] as [string, string][]) : []),
    ['page', String(input.page)],
  ];
}

function readQuery({ query, headers }: PublishedRequest, dialect: DialectName): A015Input | null {
  const serviceId = parseServiceId(query[SERVICE]);
  const clinicianId = query[CLINICIAN] === undefined ? null : parseSdsUserId(query[CLINICIAN]);
  const priority = query['appointmentType'] ?? '';
  const [page, count] = [parseCount(query['page']), parseCount(query['_count'])];
  const commissioningOrg = headers[ORGANISATION_HEADER[dialect].toLowerCase()] ?? '';
  if (serviceId === null || query['status'] !== 'free' || !/^[A-Z_]{1,40}$/.test(priority)) return null;
  if (page === null || count === null || commissioningOrg === '') return null;
  if (query[CLINICIAN] !== undefined && clinicianId === null) return null;
  return { serviceId, priority, commissioningOrg, page, count, clinicianId };
}
