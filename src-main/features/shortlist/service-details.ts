/** What a service says of itself, as the screens show it (contract.md A033). */
import type { ServiceDetails } from '../../contract/channels/shortlist.ts';
import type { ServiceContact, ServiceRecord } from '../../ers/model.ts';

/** Whom a way to reach a service is for (contract.md A033). */
const FOR_PATIENTS = 'PATINF';

export function viewService(service: ServiceRecord, readAt: string): ServiceDetails {
  const { id, name, bookable, site, patientPhone, hours, instructions, version } = service;
  return {
    serviceId: id,
    name: name.slice(0, 200),
    bookable,
    site: (site ?? '').slice(0, 80),
    isActive: service.isActive !== false,
    // A033 gives the code of the site alone; waiting times are in A010 only, which searches for a new referral.
    address: '',
    phone: (patientPhone ?? '').slice(0, 60),
    staffPhone: staffPhoneOf(service).slice(0, 60),
    hours: hours.slice(0, 400),
    instructions: instructions.slice(0, 4000),
    specialty: '',
    clinicTypes: (service.types ?? [])
      .slice(0, 40)
      .map(({ code, display }) => (display || code).slice(0, 120)),
    facts: factsOf(service).slice(0, 60),
    version: version ?? null,
    readAt,
  };
}

const isForPatients = ({ purpose }: ServiceContact) => purpose?.code === FOR_PATIENTS;

function staffPhoneOf({ contacts = [] }: ServiceRecord): string {
  return contacts.find((one) => one.system === 'phone' && !isForPatients(one))?.value ?? '';
}

/** Every way to reach it, and what it says of how it is booked. */
function factsOf({ contacts = [], characteristics = [] }: ServiceRecord): ServiceDetails['facts'] {
  const ways = contacts.map((one) => ({
    label: [one.purpose?.display || one.purpose?.code || '', one.system].filter(Boolean).join(', '),
    value: one.value,
  }));
  const kinds = characteristics.map(({ code, display }) => ({ label: 'Kind', value: display || code }));
  return [...ways, ...kinds].map(({ label, value }) => ({
    label: label.slice(0, 80),
    value: value.slice(0, 400),
  }));
}
