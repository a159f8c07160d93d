/** The bodies of A022 and A034 as contract.md gives them, for the tests of the training service. */
import type { Referral } from '../../src-main/training-service/world/model.ts';
import { listBody, type Answered, type Bench, type Sent } from './support.ts';

const profile = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/${name}`;
const APPOINTMENT_PROFILES = [
  profile('eRS-Appointment-1'),
  'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1',
];
export const LATER_PROFILE = profile('eRS-cancelAppointmentActionLater-Parameters-1');
export const LATER_PROFILE_2021 = profile('eRS-cancelAppointmentActionLater-Operation-1');

/** A clinician of R68, as whom a provider calls. */
export const asClinician = {
  'NHSD-End-User-Organisation-ODS': 'R68',
  'NHSD-eRS-Business-Function': 'SERVICE_PROVIDER_CLINICIAN',
};
export const asAdmin = {
  'NHSD-End-User-Organisation-ODS': 'R68',
  'NHSD-eRS-Business-Function': 'SERVICE_PROVIDER_CLINICIAN_ADMIN',
};
export const onBehalfOf = (userId: string) => ({ ...asAdmin, 'NHSD-eRS-On-Behalf-Of-User-ID': userId });

export const comments = (text = 'Please ring to rebook') => ({ name: 'comments', valueString: text });
export const pasFlag = (value: unknown) => ({ name: 'appointmentCancelledInPAS', valueBoolean: value });
export const newPriority = (code: string) => ({
  name: 'priority',
  valueCoding: { system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-Priority-1', code },
});

/** An attachment of the provider, as A022 links it. */
export const providerFile = (binaryId: string, more: Record<string, unknown> = {}) => ({
  name: 'providerAttachmentFile',
  resource: {
    resourceType: 'DocumentReference',
    meta: { profile: [profile('eRS-DocumentReference-1')] },
    status: 'current',
    type: {
      coding: [{ system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-AttachmentType-1', code: 'PROVIDER' }],
    },
    indexed: '2026-11-18T13:24:53+00:00',
    description: 'Plan',
    content: [{ attachment: { url: `Binary/${binaryId}` } }],
    ...more,
  },
});

export const laterBody = (parameter: readonly unknown[], own = LATER_PROFILE) => ({
  resourceType: 'Parameters',
  meta: { profile: [own] },
  parameter,
});

const tag = (version: number | null) => ({ 'If-Match': version === null ? null : `W/"${version}"` });

/** A022 on the platform, as a clinician, pinned to the referral as it is. */
export function actLater(
  bench: Bench,
  ubrn: string,
  parameter: readonly unknown[] = [comments()],
  sent: Sent = {},
): Promise<Answered> {
  return bench.platform(`/STU3/ReferralRequest/${ubrn}/$ers.cancelAppointmentActionLater`, {
    method: 'POST',
    body: laterBody(parameter),
    ...sent,
    headers: { ...tag(bench.world.findReferral(ubrn)?.version ?? 1), ...asClinician, ...sent.headers },
  });
}

export function actLaterInSpine(
  bench: Bench,
  ubrn: string,
  parameter: readonly unknown[] = [comments()],
  sent: Sent = {},
): Promise<Answered> {
  return bench.spine(
    `/STU3/v1/ReferralRequest/${ubrn}/$ers.CancelAppointmentActionLater`,
    {
      method: 'POST',
      body: laterBody(parameter, LATER_PROFILE_2021),
      ...sent,
      headers: { ...tag(bench.world.referral(ubrn).version), ...sent.headers },
    },
    'SERVICE_PROVIDER_CLINICIAN',
  );
}

/** A reason of a server-relative set. */
export const cancellationReason = (code: string, set = 'APPOINTMENT-CANCELLATION-REASON') => [
  { coding: [{ system: `https://training.test/referrals/FHIR/STU3/CodeSystem/${set}`, code }] },
];

/** The body of A034 for a booked referral as it is now. */
export function cancellationBody(referral: Referral, more: Record<string, unknown> = {}) {
  const { appointment } = referral;
  const actor = (system: string, value: string) => ({
    actor: { identifier: { system: `http://fhir.nhs.net/Id/${system}`, value } },
    status: 'accepted',
  });
  const type = {
    coding: [{ system: 'http://hl7.org/fhir/ValueSet/encounter-participant-type', code: 'CON' }],
  };
  return {
    id: appointment?.id,
    meta: { versionId: String(appointment?.version), profile: APPOINTMENT_PROFILES },
    language: 'en',
    resourceType: 'Appointment',
    status: 'cancelled',
    reason: cancellationReason('PATIENT_HOLIDAY'),
    description: 'e-Referral Appointment',
    incomingReferral: [{ reference: `ReferralRequest/${referral.ubrn}/_history/${referral.version}` }],
    participant: [
      actor('ers-service', appointment?.serviceId ?? ''),
      actor('nhs-number', referral.nhsNumber),
      ...(appointment?.clinicianId == null
        ? []
        : [{ type, ...actor('sds-user-id', appointment.clinicianId) }]),
    ],
    ...more,
  };
}

/** A034, pinned to the appointment as it is. */
export function cancel(
  bench: Bench,
  ubrn: string,
  more: Record<string, unknown> = {},
  sent: Sent = {},
): Promise<Answered> {
  const referral = bench.world.referral(ubrn);
  const { id = '0', version = 0 } = referral.appointment ?? {};
  return bench.platform(`/STU3/Appointment/${id}`, {
    method: 'PUT',
    body: cancellationBody(referral, more),
    ...sent,
    headers: { ...tag(version), ...sent.headers },
  });
}

/** True when the list shows the referral to that caller. */
export async function isListed(
  bench: Bench,
  list: string,
  ubrn: string,
  headers: Record<string, string> = {},
): Promise<boolean> {
  const answered = await bench.platform('/STU3/ReferralRequest/$ers.fetchworklist', {
    method: 'POST',
    body: listBody(list),
    headers,
  });
  return answered.text.includes(`ReferralRequest/${ubrn}"`);
}
