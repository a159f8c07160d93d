/** What A011 and A021 have in common: a new referral's request and its checks (contract.md section 7). */
import { addDays, londonDate, parseInstant } from '../../contract/london-time.ts';
import { isSpine, type Call, type Refusal } from '../service-types.ts';
import { textAt } from '../wire/read-body.ts';
import type { NewReferral } from '../world/create-referral.ts';
import type { Service } from '../world/model.ts';
import { readShortlistRequest, type ShortlistRequest } from './a031-request.ts';
import { bad } from './appointment-request.ts';
import { readPatient, readReferrer } from './referrer-checks.ts';
import { readSearchTerms } from './search-terms.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** In the past, at most a year ago (section 4.6); null when it was left out. */
function readPathwayStart(
  call: Call,
  parameter: unknown,
): { readonly pathwayStartMs: number | null } | Refusal {
  if (parameter === undefined) return { pathwayStartMs: null };
  const pathwayStartMs = parseInstant(textAt(parameter, 'valueInstant') ?? '');
  const nowMs = call.desk.clock.nowMs();
  const isPast = pathwayStartMs !== null && pathwayStartMs <= nowMs && pathwayStartMs >= nowMs - YEAR_MS;
  return isPast ? { pathwayStartMs } : bad('INVALID_VALUE', 'eReferralPathwayStart');
}

/** The services of the shortlist, each of which a search by its criteria must find. */
function readServices(
  call: Call,
  { serviceIds }: ShortlistRequest,
  found: readonly string[],
): { readonly services: readonly Service[] } | Refusal {
  const services: Service[] = [];
  for (const [i, id] of serviceIds.entries()) {
    const where = `shortlist.entry[${i}]`;
    const service = call.desk.world.findService(id);
    if (!service) return bad('REFERENCE_NOT_FOUND', where);
    if (service.isWithdrawn) return bad('SERVICE_UNAVAILABLE', where);
    if (!found.includes(id)) return bad('SHORTLISTED_SERVICE_NOT_IN_RESULTS', where);
    services.push(service);
  }
  // 2021 takes services for booking or for triage, not both (contract.md section 7, A011).
  const kinds = new Set(services.map(({ kind }) => kind === 'triage'));
  return isSpine(call) && kinds.size > 1 ? bad('INAPPROPRIATE_VALUE', 'shortlist') : { services };
}

/** The referral to make, or the refusal; `check` is the operation's own. */
export function readNewReferral(
  call: Call,
  profile: string,
  check: (request: ShortlistRequest, services: readonly Service[]) => Refusal | null,
): NewReferral | Refusal {
  const more = ['patient', 'referringClinician', 'eReferralPathwayStart'];
  const request = readShortlistRequest(call, { profile, more });
  if ('isRefusal' in request) return request;
  const { parameters, intention, reminderDays } = request;
  const patient = readPatient(call, parameters.get('patient'));
  if ('isRefusal' in patient) return patient;
  const referrer = readReferrer(call, parameters.get('referringClinician'));
  if ('isRefusal' in referrer) return referrer;
  const start = readPathwayStart(call, parameters.get('eReferralPathwayStart'));
  if ('isRefusal' in start) return start;
  const searchTerms = readSearchTerms(call, request.criteria);
  if ('isRefusal' in searchTerms) return searchTerms;
  const { world, clock } = call.desk;
  const { organisation } = call.caller;
  const found = world
    .searchServices({ ...patient, terms: searchTerms, organisation, isForAdvice: false })
    .map(({ service }) => service.id);
  const listed = readServices(call, request, found);
  if ('isRefusal' in listed) return listed;
  const refusal = check(request, listed.services);
  if (refusal) return refusal;
  const isToCome = intention === 'NEED_TO_ADD_LATER';
  return {
    ...{ ...listed, ...referrer, ...start, searchTerms, organisation },
    nhsNumber: patient.patient.nhsNumber,
    letterDue: isToCome ? addDays(londonDate(clock.nowMs()), reminderDays) : null,
  };
}
