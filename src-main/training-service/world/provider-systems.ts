/** The providers' own systems (PAS): what each holds, and how each answers a booking (contract.md section 14.3). */
import type { PasAppointment, PasBehaviour, Referral, Slot } from './model.ts';

export interface ProviderSystems {
  /** What the provider's own system believes, right or wrong. */
  pasAppointments(serviceId: string): readonly PasAppointment[];
  recordInPas(slot: Slot, ubrn: string): void;
  /** The provider's own system lets go of the referral's appointment there, if it holds one. */
  removeFromPas(serviceId: string, ubrn: string): void;
  /** Sets how the PAS answers for a service or for one slot. */
  setPas(serviceOrSlotId: string, behaviour: PasBehaviour): void;
  pasOf(slot: Pick<Slot, 'id' | 'serviceId'>): PasBehaviour;
  /** A booking attempt that no PAS answered: it permits BOOKING_ATTEMPT_PROBLEM (contract.md section 10). */
  recordSilence(ubrn: string, serviceId: string): void;
  hasSilence(ubrn: string, serviceId: string): boolean;
}

/** Gives provider systems that hold every booked referral of the world, and answer every booking. */
export function createProviderSystems(referrals: Iterable<Referral>): ProviderSystems {
  const held = new Map<string, PasAppointment[]>();
  const behaviours = new Map<string, PasBehaviour>();
  const silences = new Set<string>();
  const record = (booking: PasAppointment): void => {
    const known = held.get(booking.serviceId);
    if (known) known.push(booking);
    else held.set(booking.serviceId, [booking]);
  };
  for (const { ubrn, state, appointment } of referrals) {
    if (state !== 'BOOKED' || appointment?.startMs == null) continue;
    const { serviceId, slotId, startMs } = appointment;
    record({ serviceId, slotId, ubrn, startMs });
  }
  return {
    pasAppointments: (serviceId) => [...(held.get(serviceId) ?? [])],
    recordInPas: (slot, ubrn) =>
      record({ serviceId: slot.serviceId, slotId: slot.id, ubrn, startMs: slot.startMs }),
    removeFromPas(serviceId, ubrn) {
      held.set(
        serviceId,
        (held.get(serviceId) ?? []).filter((booking) => booking.ubrn !== ubrn),
      );
    },
    setPas: (id, behaviour) => void behaviours.set(id, behaviour),
    pasOf: (slot) => behaviours.get(slot.id) ?? behaviours.get(slot.serviceId) ?? { kind: 'ok' },
    recordSilence: (ubrn, serviceId) => void silences.add(`${ubrn} ${serviceId}`),
    hasSilence: (ubrn, serviceId) => silences.has(`${ubrn} ${serviceId}`),
  };
}
