/** Which services a search finds for a patient, how far they are, and how long their wait is (contract.md A010). */
import { londonDate } from '../../contract/london-time.ts';
import type { Patient, SearchTerms, Service } from './model.ts';
import { isNamedClinicianOf } from './services.ts';
import type { SlotBook } from './slot-book.ts';

const DAY = 24 * 3_600_000;
const ADULT = 16;

/** Clinical terms of SNOMED CT that this world knows, and the clinic types that they stand for. */
const CLINICAL_TERMS: Readonly<Record<string, readonly string[]>> = {
  '84114007': ['HEART_FAILURE'],
  '30989003': ['KNEE'],
  '78275009': ['SLEEP_APNOEA'],
  '193570009': ['CATARACT'],
  '25064002': ['HEADACHE'],
  '24526004': ['IBD'],
};

export const isClinicalTerm = (code: string): boolean => Object.hasOwn(CLINICAL_TERMS, code);

export interface ServiceSearch {
  readonly terms: SearchTerms;
  readonly patient: Patient;
  /** The referring organisation: services that it may not use are not found. */
  readonly organisation: string;
  readonly isForAdvice: boolean;
}

/** A service that the search found; `waitDays` is null where it is not said in days. */
export interface Found {
  readonly service: Service;
  readonly miles: number;
  readonly waitDays: number | null;
}

interface Around {
  readonly services: readonly Service[];
  readonly slots: SlotBook;
  readonly nowMs: number;
}

/** Services in no particular order. */
export function findServices(search: ServiceSearch, around: Around): readonly Found[] {
  const { terms } = search;
  return around.services
    .filter((service) => isOffered(service, search) && isMatch(service, terms))
    .filter((service) => !terms.isForAgeAndGender || suits(service, search.patient, around.nowMs))
    .map((service) => ({
      service,
      miles: milesTo(service, terms.postcode ?? search.patient.address.at(-1) ?? ''),
      waitDays: waitOf(service, terms, around),
    }))
    .filter(({ miles }) => terms.distanceLimit === null || miles <= terms.distanceLimit)
    .filter(({ waitDays }) => terms.waitLimit === null || waitDays === null || waitDays <= terms.waitLimit);
}

const isOffered = (service: Service, { organisation, isForAdvice }: ServiceSearch): boolean =>
  !service.isWithdrawn &&
  service.commissionedFor.includes(organisation) &&
  (!isForAdvice || service.takesAdvice);

function isMatch(service: Service, terms: SearchTerms): boolean {
  const { specialty, clinicType, clinicalTerm, namedClinician, organisation } = terms;
  return (
    (specialty === null || service.specialty === specialty) &&
    (clinicType === null || service.clinicType === clinicType) &&
    (clinicalTerm === null || (CLINICAL_TERMS[clinicalTerm] ?? []).includes(service.clinicType)) &&
    (namedClinician === null || isNamedClinicianOf(service, namedClinician)) &&
    (organisation === null || [service.organisation, service.site].includes(organisation))
  );
}

/** Gynaecology treats women of sixteen and over; the other clinics treat everybody. */
function suits(service: Service, patient: Patient, nowMs: number): boolean {
  if (service.specialty !== 'GYNAECOLOGY') return true;
  const age = Number(londonDate(nowMs).slice(0, 4)) - Number(patient.birthDate.slice(0, 4));
  return patient.gender === 'female' && age >= ADULT;
}

/** Miles as this world counts them: by the numbers of the two postcode districts. */
function milesTo(service: Service, postcode: string): number {
  const districtOf = (text: string) => Number(/^[A-Z]{1,2}(\d)/.exec(text)?.[1] ?? 9);
  const isHere = postcode.startsWith('ZZ');
  return Math.abs(districtOf(service.address.at(-1) ?? '') - districtOf(postcode)) * 6 + (isHere ? 1 : 120);
}

/** Days to the first slot for that priority; null for a service without slots, or with none at present. */
function waitOf(service: Service, { priority }: SearchTerms, { slots, nowMs }: Around): number | null {
  if (service.kind !== 'directly-bookable') return null;
  const first = slots.listFree(service.id, { priority }).find((slot) => !slot.isDummy);
  return first === undefined ? null : Math.max(0, Math.floor((first.startMs - nowMs) / DAY));
}
