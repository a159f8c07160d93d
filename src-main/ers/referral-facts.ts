/** What follows from a referral and its services alone; several features and the contract's rules ask for it. */
import { isSameInstant } from '../contract/london-time.ts';
import { lastSegment } from './fhir/systems.ts';
import type { AppointmentRecord, Referral, ServiceRecord } from './model.ts';

/**
 * True where the booked appointment is at an indirectly bookable service. Providers cannot read the service (A033), so
 * the appointment itself must tell: such a booking has no slot, and ends when it starts (contract.md section 4.3).
 */
export function isIndirectlyBooked(
  appointment: Pick<AppointmentRecord, 'serviceId' | 'slotId' | 'start' | 'end'>,
  services: readonly Pick<ServiceRecord, 'id' | 'bookable'>[],
): boolean {
  const { serviceId, slotId, start, end } = appointment;
  const known = services.find((candidate) => candidate.id === serviceId)?.bookable ?? 'unknown';
  if (known !== 'unknown') return known === 'indirectly';
  return slotId === null && (start === null || end === null || isSameInstant(start, end));
}

/** True for a referral that a triage service has, or that was triaged (contract.md A036, "triage referral"). */
export function isTriageReferral({ state, appointment }: Pick<Referral, 'state' | 'appointment'>): boolean {
  const isInTriage = state !== null && ['AWAITING_TRIAGE', 'TRIAGED_PROVIDER_TO_ACTION'].includes(state.code);
  return isInTriage || (appointment?.status === 'proposed' && appointment.reason?.code === 'TRIAGE');
}

/**
 * True for a request that waits with the provider since no slot could be booked. A proposal's reason may also be an
 * outcome of a review: the system of its code tells them apart (contract.md A038).
 */
export function isDeferred({ appointment }: Pick<Referral, 'appointment'>): boolean {
  const reason = appointment?.status === 'proposed' ? appointment.reason : null;
  return reason !== null && lastSegment(reason.system) === 'eRS-ReviewReason-1' && reason.code !== 'TRIAGE';
}
