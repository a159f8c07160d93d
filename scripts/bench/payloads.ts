/** What the local service answers: invented patients, shaped as the published examples (contract.md section 6). */
import { toIso } from '../../src-main/contract/london-time.ts';
import type { A015Input } from '../../src-main/ers/operations/a015-retrieve-appointment-slots.ts';
import { BOOKING, bookedAppointment, referralBody } from '../../test/ers/payloads.ts';

export { BOOKING } from '../../test/ers/payloads.ts';

export const SLOTS_PER_PAGE = 100;
export const SLOT_PAGES = 50;

export const SLOT_QUERY: A015Input = {
  serviceId: BOOKING.serviceId,
  priority: 'ROUTINE',
  commissioningOrg: 'R69',
  page: 1,
  count: SLOTS_PER_PAGE,
  clinicianId: null,
};

const BASE = 'https://ers.test/STU3';
const FIRST_SLOT_MS = 1_815_379_200_000;
const SLOT_MS = 15 * 60_000;

function slotEntry(number: number) {
  const startMs = FIRST_SLOT_MS + number * SLOT_MS;
  const id = String(11_000_001 + number);
  return {
    fullUrl: `${BASE}/Slot/${id}`,
    resource: {
      id,
      meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Slot-1'] },
      resourceType: 'Slot',
      identifier: [{ system: 'https://fhir.nhs.uk/Id/alternative-slot', value: `0001-${id}-000000011000` }],
      schedule: { reference: 'Schedule/11000' },
      status: 'free',
      start: toIso(startMs),
      end: toIso(startMs + SLOT_MS),
    },
    search: { mode: 'match' },
  };
}

function scheduleEntry() {
  const actor = (system: string, value: string) => ({
    identifier: { system: `http://fhir.nhs.net/Id/${system}`, value },
  });
  return {
    fullUrl: `${BASE}/Schedule/11000`,
    resource: { id: '11000', resourceType: 'Schedule', actor: [actor('ers-service', BOOKING.serviceId)] },
    search: { mode: 'include' },
  };
}

/** One page of A015 with 100 slots: about 45 KB, as measured in performance.md section 1. */
export function slotPageBody(page: number): string {
  const first = (page - 1) * SLOTS_PER_PAGE;
  const slots = Array.from({ length: SLOTS_PER_PAGE }, (_, at) => slotEntry(first + at));
  return JSON.stringify({
    id: '0dad6368-b119-416a-aa41-7e71929fd22e',
    resourceType: 'Bundle',
    type: 'searchset',
    total: SLOT_PAGES * SLOTS_PER_PAGE,
    link: [
      { relation: 'self', url: `${BASE}/Slot?page=${page}` },
      ...(page < SLOT_PAGES ? [{ relation: 'next', url: `${BASE}/Slot?page=${page + 1}` }] : []),
    ],
    entry: [...slots, scheduleEntry()],
  });
}

export const referralText = (): string => JSON.stringify(referralBody(BOOKING.ubrn));
export const appointmentText = (): string => JSON.stringify(bookedAppointment(BOOKING));
