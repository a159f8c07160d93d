/** The provider's part in a cancellation, by A034 or A036. */
import { refuse, type Answer, type Call, type Refusal } from '../service-types.ts';
import { wait } from '../wait.ts';
import type { Appointment, PasBehaviour, Referral } from '../world/model.ts';

export interface Cancellation {
  readonly call: Call;
  readonly referral: Referral;
  readonly appointment: Appointment;
  /** Makes the change in e-RS. */
  cancelInErs(): void;
  /** Makes it in the provider's system. */
  cancelInPas(): void;
  /** The answer once both are made. */
  succeed(): Answer;
}

/** The provider's system says nothing for the delay; afterwards the appointment may stand on either side. */
async function meetSilence(
  cancellation: Cancellation,
  truth: Extract<PasBehaviour, { kind: 'silence' }>,
  refusal: Refusal,
): Promise<Refusal> {
  const { call, appointment } = cancellation;
  await wait(call.desk.clock, call.desk.pasDelayMs);
  if (!truth.bookedInPas) cancellation.cancelInPas();
  // Meanwhile the appointment may have gone outside the API.
  if (!truth.bookedInErs && appointment.status === 'booked') cancellation.cancelInErs();
  return refusal;
}

/** Asks the provider's system, which may have its own mind (contract.md section 14.3). */
export async function askPasToCancel(cancellation: Cancellation): Promise<Answer> {
  const { call, referral, appointment } = cancellation;
  const { id, serviceId, slotId } = appointment;
  const behaviour = call.pas ?? call.desk.world.pasOf({ id: slotId ?? '', serviceId });
  const describe = (status: string): string =>
    `PAS unable to cancel appointment '${id}' for UBRN: ${referral.ubrn}. PAS Request Status: ${status}`;
  const refused = refuse(422, 'UNABLE_TO_CANCEL_APPOINTMENT', describe('REFUSED'));
  switch (behaviour.kind) {
    case 'ok':
      cancellation.cancelInPas();
      cancellation.cancelInErs();
      return cancellation.succeed();
    case 'gone':
      cancellation.cancelInPas();
      return refused;
    case 'unconfirmed':
      return refused;
    case 'error':
      return refuse(502, 'PAS_RESPONDED_WITH_ERROR', describe('ERROR'));
    case 'silence':
      return meetSilence(cancellation, behaviour, refuse(504, 'PAS_NOT_RESPONDING', describe('TIMED_OUT')));
  }
}
