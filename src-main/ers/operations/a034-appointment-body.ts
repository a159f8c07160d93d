/** The Appointment that A034 sends back as cancelled, from the app's values, and the reverse (contract.md A034). */
import {
  parseAppointmentId,
  parseSdsUserId,
  parseServedNhsNumber,
  parseServiceId,
  type AppointmentId,
  type NhsNumber,
  type SdsUserId,
  type ServiceId,
  type Ubrn,
} from '../../contract/identifiers.ts';
import { participantActor } from '../fhir/appointment.ts';
import { conceptOf, identifierValue, readConcept } from '../fhir/codings.ts';
import { asObject, integerAt, objectAt, objectsAt, textAt } from '../fhir/json.ts';
import { parseReferralReference, referralReference } from '../fhir/references.ts';
import {
  CARE_CONNECT_APPOINTMENT,
  ersProfile,
  ID_SYSTEMS,
  lastSegment,
  PARTICIPANT_TYPE_SYSTEM,
} from '../fhir/systems.ts';

/** The appointment as A038 gave it, and why it is cancelled. */
export interface A034Input {
  /** The real id, from the referral's Appointment-Reference: never the contained one's. */
  readonly appointmentId: AppointmentId;
  /** The appointment's version that the clerk saw: the pin of the write. */
  readonly appointmentVersion: number;
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: it goes with the body. */
  readonly referralVersion: number;
  readonly serviceId: ServiceId;
  /** As read; empty when there was none. */
  readonly serviceName: string;
  readonly nhsNumber: NhsNumber;
  readonly clinicianId: SdsUserId | null;
  /** A concept of APPOINTMENT-CANCELLATION-REASON; `system` is the `url` that A004 gave for that set. */
  readonly reason: { readonly system: string; readonly code: string };
  /** Empty for none; mandatory with some reasons (property `commentIsMandatory`). */
  readonly comment: string;
}

const REASON_SET = 'APPOINTMENT-CANCELLATION-REASON';
const DESCRIPTION = 'e-Referral Appointment';

export function buildCancelledBody(input: A034Input): unknown {
  const { appointmentId, appointmentVersion, reason, comment } = input;
  return {
    id: appointmentId,
    meta: {
      versionId: String(appointmentVersion),
      profile: [ersProfile('eRS-Appointment-1'), CARE_CONNECT_APPOINTMENT],
    },
    language: 'en',
    resourceType: 'Appointment',
    status: 'cancelled',
    reason: [conceptOf(reason.system, reason.code)],
    ...(comment ? { comment } : {}),
    description: DESCRIPTION,
    incomingReferral: [{ reference: referralReference(input.ubrn, input.referralVersion) }],
    participant: buildParticipants(input),
  };
}

function buildParticipants({ serviceId, serviceName, nhsNumber, clinicianId }: A034Input): unknown[] {
  const actor = (system: string, value: string) => ({ identifier: { system, value } });
  return [
    {
      actor: { ...actor(ID_SYSTEMS.service, serviceId), ...(serviceName ? { display: serviceName } : {}) },
      status: 'accepted',
    },
    { actor: actor(ID_SYSTEMS.nhsNumber, nhsNumber), status: 'accepted' },
    // A single object where FHIR wants a list (contract.md section 16).
    ...(clinicianId == null
      ? []
      : [
          {
            type: conceptOf(PARTICIPANT_TYPE_SYSTEM, 'CON'),
            actor: actor(ID_SYSTEMS.sdsUser, clinicianId),
            status: 'accepted',
          },
        ]),
  ];
}

/** The reverse; null when the body is none that `buildCancelledBody` makes. */
export function readCancelledBody(body: unknown): A034Input | null {
  const json = asObject(body);
  const isCancellation =
    textAt(json, 'resourceType') === 'Appointment' &&
    textAt(json, 'description') === DESCRIPTION &&
    textAt(json, 'status') === 'cancelled';
  const reason = readConcept(objectsAt(json, 'reason')[0] ?? null);
  if (!isCancellation || reason === null || lastSegment(reason.system) !== REASON_SET) return null;
  const appointmentId = parseAppointmentId(textAt(json, 'id'));
  const appointmentVersion = integerAt(objectAt(json, 'meta'), 'versionId');
  const reference = textAt(objectsAt(json, 'incomingReferral')[0] ?? null, 'reference');
  const referral = parseReferralReference(reference);
  const service = participantActor(json, ID_SYSTEMS.service);
  const serviceId = parseServiceId(identifierValue(service));
  const nhsNumber = parseServedNhsNumber(identifierValue(participantActor(json, ID_SYSTEMS.nhsNumber)));
  if (appointmentId === null || appointmentVersion === null || referral?.version == null) return null;
  if (serviceId === null || nhsNumber === null) return null;
  return {
    appointmentId,
    appointmentVersion,
    ubrn: referral.ubrn,
    referralVersion: referral.version,
    serviceId,
    serviceName: textAt(service, 'display'),
    nhsNumber,
    clinicianId: parseSdsUserId(identifierValue(participantActor(json, ID_SYSTEMS.sdsUser))),
    reason: { system: reason.system, code: reason.code },
    comment: textAt(json, 'comment'),
  };
}
