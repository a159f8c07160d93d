/** Small hand-written payloads: what the tests of the e-RS client let the service say. Invented patients only. */
import type { NhsNumber, SdsUserId, ServiceId, SlotId, Ubrn } from '../../src-main/contract/identifiers.ts';
import type { BookInput } from '../../src-main/ers/operations/a016-book-or-defer-appointment.ts';

/** A booking with a named clinician. */
export const BOOKING: BookInput = {
  use: 'book',
  ubrn: '000000123456' as Ubrn,
  version: 6,
  serviceId: '11000' as ServiceId,
  nhsNumber: '9912003888' as NhsNumber,
  clinicianId: '021600556514' as SdsUserId,
  slotId: '11000021' as SlotId,
  start: '2027-07-12T12:00:00.000Z',
  end: '2027-07-12T13:00:00.000Z',
};

const extensionUrl = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/Extension-eRS-${name}`;
const codeSystem = (name: string) => `https://fhir.nhs.uk/STU3/CodeSystem/${name}`;

const participant = (system: string, value: string, display?: string) => ({
  actor: {
    identifier: { system: `http://fhir.nhs.net/Id/${system}`, value },
    ...(display ? { display } : {}),
  },
  status: 'accepted',
});

/** What A016 answers to a booking. */
export function bookedAppointment(input: BookInput) {
  return {
    resourceType: 'Appointment',
    id: '70123',
    meta: { versionId: '0' },
    status: 'booked',
    start: '2027-07-12T12:00:00+00:00',
    end: '2027-07-12T13:00:00+00:00',
    created: '2027-06-30T13:02:32.133456+00:00',
    slot: [{ reference: `Slot/${input.slotId}` }],
    incomingReferral: [{ reference: `ReferralRequest/${input.ubrn}/_history/${input.version + 2}` }],
    participant: [
      participant('ers-service', input.serviceId, 'Cardiology Clinic'),
      participant('nhs-number', input.nhsNumber),
      ...(input.clinicianId === null
        ? []
        : [{ type: { coding: [] }, ...participant('sds-user-id', input.clinicianId) }]),
    ],
  };
}

/** A booked referral of the platform, with everything that the reader looks at. */
export function referralBody(ubrn: string) {
  return {
    resourceType: 'ReferralRequest',
    id: ubrn,
    meta: { versionId: '5' },
    status: 'active',
    intent: 'plan',
    subject: { identifier: { system: 'http://fhir.nhs.net/Id/nhs-number', value: '9912003888' } },
    extension: [
      {
        url: extensionUrl('ReferralState-1'),
        extension: [
          { url: 'comments', valueString: 'as agreed' },
          {
            url: 'state',
            valueCoding: { system: codeSystem('eRS-ReferralState-1'), code: 'BOOKED', display: 'Booked' },
          },
          { url: 'reason', valueCoding: { system: codeSystem('eRS-ReviewOutcome-1'), code: 'A_NEW_REASON' } },
        ],
      },
      { url: extensionUrl('Appointment-Reference-1'), valueReference: { reference: 'Appointment/70123' } },
      { url: extensionUrl('Appointment-1'), valueReference: { reference: '#appointment' } },
      { url: extensionUrl('ReferralShortlist-1'), valueReference: { reference: '#shortlist' } },
      { url: extensionUrl('Commissioning-Rule-Org-1'), valueIdentifier: { value: 'R69' } },
      {
        url: extensionUrl('ReferralPriority-1'),
        valueCodeableConcept: {
          coding: [{ system: codeSystem('eRS-Priority-1'), code: 'URGENT', display: 'Urgent' }],
        },
      },
      {
        url: extensionUrl('PatientAdditionalRequirement-1'),
        valueCoding: { code: 'INTERPRETER', display: 'Interpreter' },
      },
      { url: extensionUrl('PatientAdditionalRequirement-1'), valueCoding: { code: 'TRANSPORT' } },
      { url: extensionUrl('eReferralPathwayStart-1'), valueInstant: '2027-05-08T09:54:23.167Z' },
    ],
    contained: [
      {
        resourceType: 'Appointment',
        id: 'appointment',
        meta: { versionId: '2' },
        status: 'booked',
        start: '2027-07-12T12:00:00.000Z',
        end: '2027-07-12T12:15:00.000Z',
        participant: [participant('ers-service', '11000', 'Cardiology Clinic')],
      },
      {
        resourceType: 'List',
        id: 'shortlist',
        entry: [
          { item: { identifier: { value: '11000' }, display: 'Cardiology Clinic' } },
          { item: { display: 'without an id' } },
          { item: { identifier: { value: '11021' }, display: 'Second Clinic' } },
        ],
      },
      {
        resourceType: 'Parameters',
        id: 'serviceSearchCriteria',
        parameter: [
          {
            name: 'specialty',
            valueCoding: { system: '_baseUrl_/STU3/CodeSystem/SPECIALTY', code: 'CARDIOLOGY' },
          },
        ],
      },
      {
        resourceType: 'DocumentReference',
        id: 'DocumentReference-1',
        type: { coding: [{ system: codeSystem('eRS-AttachmentType-1'), code: 'REFERRER' }] },
        description: 'Letter',
        content: [
          {
            attachment: {
              id: '1',
              extension: [{ url: extensionUrl('AvailabilityStatus-1'), valueCoding: { code: 'PENDING' } }],
              contentType: 'application/pdf',
              url: 'Binary/19eb7224',
              size: 6,
              title: 'letter.pdf',
            },
          },
        ],
      },
    ],
    supportingInfo: [
      { reference: '#DocumentReference-1' },
      { reference: 'ReferralRequest/000000000042' },
      { reference: `ReferralRequest/${ubrn}` },
      { reference: 'CommunicationRequest/000000000043' },
    ],
  };
}

interface ItemField {
  readonly url: string;
  readonly [value: string]: unknown;
}

/** An entry of A008. */
export function worklistEntry(ubrn: string, kind: string, fields: readonly ItemField[]) {
  return {
    item: { reference: `ReferralRequest/${ubrn}` },
    extension: [{ url: extensionUrl(`${kind}-WorkListItem-1`), extension: fields }],
  };
}

export const concept = (url: string, code: string, display?: string): ItemField => ({
  url,
  valueCodeableConcept: { coding: [{ system: codeSystem('any'), code, ...(display ? { display } : {}) }] },
});

export const patientField = (nhsNumber: string): ItemField => ({
  url: 'patient',
  valueReference: { identifier: { system: 'http://fhir.nhs.net/Id/nhs-number', value: nhsNumber } },
});

export const worklistBody = (entry: readonly unknown[] | undefined, contained?: readonly unknown[]) => ({
  resourceType: 'List',
  status: 'current',
  mode: 'snapshot',
  ...(entry ? { entry } : {}),
  ...(contained ? { contained } : {}),
});

export const slot = (id: string, schedule: string, start: unknown, end: unknown) => ({
  resource: {
    resourceType: 'Slot',
    id,
    schedule: { reference: `Schedule/${schedule}` },
    status: 'free',
    start,
    end,
  },
  search: { mode: 'match' },
});

export const schedule = (id: string, serviceId: string, clinicianId?: string) => ({
  resource: {
    resourceType: 'Schedule',
    id,
    actor: [
      { identifier: { system: 'http://fhir.nhs.net/Id/ers-service', value: serviceId } },
      ...(clinicianId
        ? [{ identifier: { system: 'http://fhir.nhs.net/Id/sds-user-id', value: clinicianId } }]
        : []),
    ],
  },
  search: { mode: 'include' },
});

export const slotBundle = (
  entry: readonly unknown[],
  total: number,
  links: readonly string[] = ['self'],
) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total,
  link: links.map((relation) => ({ relation, url: 'https://elsewhere.test/STU3/Slot?page=2' })),
  entry,
});
