/** The search for services (A010): what it found stays with main, for the shortlist must come from it. */
import { randomUUID } from 'node:crypto';
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import type { FoundServiceView } from '../../contract/channels/refer.ts';
import type { NhsNumber, SdsUserId } from '../../contract/identifiers.ts';
import { parseInstant, toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { FoundService, ReferenceConcept, SearchCriteria } from '../../ers/model.ts';
import {
  a010SearchServicesForPatient,
  buildSearchCriteria,
  type SearchValues,
} from '../../ers/operations/a010-search-services-for-patient.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { Desk } from '../session/session.ts';
import type { ReferDesk } from './refer-desk.ts';
import { readReferrer, readSearchForm } from './search-form.ts';

const OTHERWISE = 'needs-connection';
const MOST_SHOWN = 500;

/** A search as it was answered. */
export interface Search {
  readonly searchId: string;
  readonly nhsNumber: NhsNumber;
  readonly referrer: SdsUserId | null;
  readonly values: SearchValues;
  readonly criteria: SearchCriteria;
  readonly services: ReadonlyMap<string, FoundService>;
}

export interface ServiceSearch {
  readonly search: (
    desk: Desk,
    nhsNumber: NhsNumber,
    input: RequestInput<'refer/search'>,
  ) => Promise<Outcome<RequestOutput<'refer/search'>>>;
  readonly readChoices: () => Promise<Outcome<RequestOutput<'refer/read-choices'>>>;
  /** The latest search, if that is the one. */
  readonly found: (searchId: string) => Search | null;
  readonly forget: () => void;
}

export const isAdminOf = ({ businessFunction }: Desk) => businessFunction === 'REFERRING_CLINICIAN_ADMIN';

export function createServiceSearch(deps: ReferDesk): ServiceSearch {
  let latest: Search | null = null;

  async function search(
    desk: Desk,
    nhsNumber: NhsNumber,
    input: RequestInput<'refer/search'>,
  ): Promise<Outcome<RequestOutput<'refer/search'>>> {
    const referrer = readReferrer(input.referrer, isAdminOf(desk));
    if (!referrer.ok) return referrer;
    const specialties = await deps.referenceData.read('SPECIALTY');
    if (!specialties.ok) return deps.readProblem(specialties.problem, OTHERWISE);
    const values = readSearchForm(input.search, specialties.value.set.url);
    if (!values.ok) return values;
    const criteria = buildSearchCriteria(values.value);
    const asked = await deps.client().call(
      a010SearchServicesForPatient,
      {
        requestType: 'APPOINTMENT_REQUEST',
        sortBy: input.search.sortBy,
        nhsNumber,
        criteria,
        referringClinician: referrer.value,
        commissioningOrg: null,
      },
      { urgency: 'clerk' },
    );
    if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
    const answer = toOutcome(asked);
    if (!answer.ok) return deps.readProblem(answer.problem, OTHERWISE);
    const { services, unreadable } = answer.value;
    const searchId = randomUUID();
    latest = {
      ...{ searchId, nhsNumber, referrer: referrer.value, values: values.value, criteria },
      services: new Map(services.map((service) => [service.id, service])),
    };
    return ok({
      ...{ searchId, unreadable, total: services.length },
      services: services.slice(0, MOST_SHOWN).map(viewFound),
      readAt: toIso(deps.clock.nowMs()),
    });
  }

  async function readChoices(): Promise<Outcome<RequestOutput<'refer/read-choices'>>> {
    const [specialties, types] = await Promise.all([
      deps.referenceData.read('SPECIALTY'),
      deps.referenceData.read('CLINIC-TYPE'),
    ]);
    if (!specialties.ok) return deps.readProblem(specialties.problem, OTHERWISE);
    if (!types.ok) return deps.readProblem(types.problem, OTHERWISE);
    const inUse = (concepts: readonly ReferenceConcept[]) =>
      concepts.filter((concept) => isInUse(concept, deps.clock.nowMs())).sort(byDisplay);
    return ok({
      specialties: inUse(specialties.value.set.concepts).slice(0, 1000).map(optionOf),
      clinicTypes: inUse(types.value.set.concepts)
        .slice(0, 3000)
        .map((concept) => ({
          ...optionOf(concept),
          specialty: String(concept.properties['specialty']?.[0] ?? '').slice(0, 80),
        })),
    });
  }

  return {
    search,
    readChoices,
    found: (searchId) => (latest?.searchId === searchId ? latest : null),
    forget: () => void (latest = null),
  };
}

const byDisplay = (a: ReferenceConcept, b: ReferenceConcept) => a.display.localeCompare(b.display, 'en-GB');

const optionOf = ({ code, display }: ReferenceConcept) => ({
  code: code.slice(0, 80),
  display: (display || code).slice(0, 200),
});

/** A004 gives expired concepts too, to show old data by (contract.md A004). */
function isInUse({ effectiveFrom, effectiveTo }: ReferenceConcept, nowMs: number): boolean {
  const hasBegun = effectiveFrom === null || (parseInstant(effectiveFrom) ?? 0) <= nowMs;
  return hasBegun && (effectiveTo === null || (parseInstant(effectiveTo) ?? Infinity) > nowMs);
}

function viewFound(service: FoundService): FoundServiceView {
  const { id, name, bookable, location, distance, wait } = service;
  const { isLetterRequired, isRestricted, isUnaccredited } = service;
  const short = (text: string) => text.slice(0, 2000);
  return {
    ...{ serviceId: id, bookable, distance, isLetterRequired, isRestricted, isUnaccredited },
    name: name.slice(0, 300),
    location: (location.name || location.code).slice(0, 200),
    waitDays: wait?.days ?? null,
    waitCode: (wait?.code ?? '').slice(0, 80),
    alert: short(service.alert),
    exclusions: short(service.exclusions),
    conditionsTreated: short(service.conditionsTreated),
    suggestedInvestigations: short(service.suggestedInvestigations),
  };
}
