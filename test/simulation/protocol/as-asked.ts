import type {
  CancelAppointmentIntent,
  CancelLaterIntent,
  CancelReferralIntent,
  ChangeShortlistIntent,
  DeferIntent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import { modelOf } from './models.ts';
import type { SimIntent } from './sim-intent.ts';
import { ACTION_LATER, FILE_BYTES, FILE_NAME, TRIAGE, type AppointmentTruth } from './truth.ts';
import type { World } from './world.ts';

/** True when e-RS holds what the intent asks for; written apart from the product's own proofs. */
export function isAsAsked(sim: SimIntent, world: World): boolean {
  const { referral, action } = sim;
  const model = modelOf(action);
  if (model !== null) return model.isAsAsked(sim, world);
  if (action === 'cancel-appointment') return isCancelledAsAsked(sim);
  if (action === 'upload-file') return isStored(sim);
  if (action === 'cancel-referral' || action === 'change-shortlist') return isReferralAsAsked(sim);
  const { appointment } = referral;
  if (appointment === null || referral.nhsNumber !== sim.intent.nhsNumber) return false;
  switch (action) {
    case 'book':
      return appointment.status === 'booked' && isOneOfTheSlots(sim, appointment);
    case 'defer':
      return (
        appointment.status === 'proposed' &&
        appointment.reason === (sim.intent as DeferIntent).reason &&
        appointment.serviceId === sim.intent.serviceId
      );
    case 'cancel-later':
      return (
        appointment.reason === ACTION_LATER &&
        appointment.comment === (sim.intent as CancelLaterIntent).comment
      );
    case 'send-for-triage':
      return (
        appointment.status === 'proposed' &&
        appointment.reason === TRIAGE &&
        appointment.serviceId === sim.intent.serviceId
      );
    default:
      return false;
  }
}

/** What the referral itself says. */
function isReferralAsAsked({ referral, intent, action }: SimIntent): boolean {
  const { cancelled, shortlist, nhsNumber } = referral;
  if (nhsNumber !== intent.nhsNumber) return false;
  if (action === 'change-shortlist')
    return (
      (intent as ChangeShortlistIntent).services.map(({ serviceId }) => serviceId).join() === shortlist.join()
    );
  const { reason, comment } = intent as CancelReferralIntent;
  return cancelled !== null && cancelled.reason === reason.code && cancelled.comment === comment;
}

/** The file is there, under the id that the outbox has for it. */
function isStored({ referral, row }: SimIntent): boolean {
  const { files } = referral;
  const file = files.find(({ id }) => id === row?.result);
  return file !== undefined && file.name === FILE_NAME && file.bytes === FILE_BYTES;
}

/** Whatever became of the referral since: that very appointment is cancelled, for that reason. */
function isCancelledAsAsked({ referral, intent }: SimIntent): boolean {
  const { appointmentId, nhsNumber, reason } = intent as CancelAppointmentIntent;
  const appointments = [referral.appointment, referral.previous];
  const cancelled = appointments.find((appointment) => appointment?.id === appointmentId);
  const isFor = cancelled?.status === 'cancelled' && cancelled.reason === reason.code;
  return isFor && referral.nhsNumber === nhsNumber;
}

/** One of the slots that the patient named, at the time at which it was named. */
function isOneOfTheSlots({ intent, slots }: SimIntent, { slot, start, end }: AppointmentTruth): boolean {
  if (intent.action !== 'book') return false;
  return intent.slots.some(
    (wanted, at) => slots[at] === slot && wanted.start === start && wanted.end === end,
  );
}
