/** Other desks: they change, book, cancel and take slots between the steps of our own. */
import type {
  CancelReferralIntent,
  ChangeShortlistIntent,
  DeferIntent,
  Intent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import type { Happening } from '../plan.ts';
import type { Schedule } from './schedule.ts';
import { modelOf } from './models.ts';
import { cancel, cancelReferral, leaveForLater } from './service-effects.ts';
import type { SimIntent } from './sim-intent.ts';
import {
  CANCEL_REASON,
  COMMENT,
  FILE_BYTES,
  FILE_NAME,
  giveAppointment,
  OTHER_CANCEL_REASON,
  OTHER_COMMENT,
  OTHER_PATIENT,
  SHORTLISTS,
  TRIAGE,
  type ReferralTruth,
  type SlotTruth,
} from './truth.ts';

/** What another desk does; false where there was nothing to do. */
export function otherClerk(schedule: Schedule, happening: Happening, lastsMs: number): boolean {
  const { intents, random, time } = schedule;
  const [first] = intents;
  if (first === undefined) return false;
  const sim = random.pick(intents);
  const { referral } = sim;
  switch (happening) {
    case 'referral-locked':
      referral.lockedUntilMs = time.now() + lastsMs;
      return true;
    case 'slot-taken':
    case 'slot-moved':
    case 'slots-changed':
      return changeSlots(schedule, sim, happening);
    default:
      break;
  }
  const isChanged = changeReferral(schedule, sim, happening);
  if (!isChanged) return false;
  referral.version += random.between(1, 3);
  schedule.onReferralChanged(referral);
  return true;
}

function changeSlots({ random, service }: Schedule, sim: SimIntent, how: Happening): boolean {
  const slot =
    how === 'slots-changed' || sim.slots.length === 0 ? random.pick(service.slots) : random.pick(sim.slots);
  if (how === 'slot-moved') {
    slot.start = slot.start.replace('T09', 'T08').replace('T10', 'T09');
    slot.end = slot.end.replace('T09', 'T08').replace('T10', 'T09');
    return true;
  }
  if (how === 'slot-taken') {
    if (slot.holder !== null) return false;
    slot.holder = 'other';
    return true;
  }
  for (const one of service.slots) if (one.holder === 'other') one.holder = null;
  return true;
}

function changeReferral(schedule: Schedule, sim: SimIntent, how: Happening): boolean {
  const { referral } = sim;
  const isEnded = referral.cancelled !== null && how !== 'second-clerk-touches' && how !== 'patient-changed';
  if (isEnded) return false;
  switch (how) {
    case 'second-clerk-touches':
      return true;
    case 'second-clerk-rivals':
      return rival(schedule, sim);
    case 'second-clerk-same':
      return doTheSame(schedule, sim);
    case 'second-clerk-undoes': {
      const model = modelOf(sim.action);
      if (model !== null) return model.undo(schedule, sim);
      if (sim.action === 'change-shortlist') {
        referral.shortlist = SHORTLISTS[0] ?? [];
        return true;
      }
      if (referral.appointment === null || referral.appointment.status === 'cancelled') return false;
      cancel(referral, OTHER_CANCEL_REASON);
      return true;
    }
    case 'patient-changed':
      // The referral goes to another patient's record; then somebody does for them what was asked for ours.
      // What is made anew is no one's referral before: there is none to go over.
      if (modelOf(sim.action)?.subject !== 'patient') referral.nhsNumber = OTHER_PATIENT;
      doTheSame(schedule, sim);
      return true;
    default:
      return false;
  }
}

/** The same kind of thing, but not what was asked for. */
function rival(schedule: Schedule, sim: SimIntent): boolean {
  const { action, referral, slots, intent } = sim;
  const model = modelOf(action);
  if (model !== null) return model.rival(schedule, sim);
  const { random, service } = schedule;
  const { appointment } = referral;
  switch (action) {
    case 'book': {
      const [asked] = slots;
      const twins = service.slots.filter(
        (slot) => isFree(slot) && slot !== asked && slot.start === asked?.start,
      );
      const others = service.slots.filter((slot) => isFree(slot) && !slots.includes(slot));
      const slot = twins.length > 0 && random.chance(0.7) ? random.pick(twins) : others[0];
      if (slot === undefined || appointment?.status === 'booked') return false;
      giveAppointment(referral, 'booked', slot.serviceId, slot, null);
      return true;
    }
    case 'defer':
      if (appointment?.status === 'booked') return false;
      if (random.chance(0.5))
        giveAppointment(referral, 'proposed', 'another-service', null, (intent as DeferIntent).reason);
      else giveAppointment(referral, 'proposed', intent.serviceId, null, TRIAGE);
      return true;
    case 'send-for-triage':
      if (appointment?.status === 'booked') return false;
      if (random.chance(0.5)) giveAppointment(referral, 'proposed', 'another-service', null, TRIAGE);
      else giveAppointment(referral, 'proposed', intent.serviceId, null, 'NO_SLOTS_AT_SERVICE');
      return true;
    case 'cancel-referral': {
      const { reason, comment } = intent as CancelReferralIntent;
      if (random.chance(0.5)) cancelReferral(referral, OTHER_CANCEL_REASON, comment);
      else cancelReferral(referral, reason.code, OTHER_COMMENT);
      return true;
    }
    case 'change-shortlist':
      // The same services in another order, or others.
      referral.shortlist = random.chance(0.5) ? [...listOf(intent)].reverse() : ['another-service'];
      return referral.shortlist.join() !== listOf(intent).join();
    case 'upload-file':
      return attach(referral, FILE_BYTES + 1);
    default:
      if (appointment?.status !== 'booked') return false;
      if (random.chance(0.5)) leaveForLater(referral, OTHER_COMMENT);
      else cancel(referral, OTHER_CANCEL_REASON);
      return true;
  }
}

/** Exactly what was asked for. */
function doTheSame(schedule: Schedule, sim: SimIntent): boolean {
  const { random } = schedule;
  const { action, referral, slots, intent } = sim;
  const model = modelOf(action);
  if (model !== null) return model.same(schedule, sim);
  const { appointment } = referral;
  const isBooked = appointment?.status === 'booked';
  switch (action) {
    case 'book': {
      const free = slots.filter(isFree);
      if (isBooked || free.length === 0) return false;
      giveAppointment(referral, 'booked', intent.serviceId, random.pick(free), null);
      return true;
    }
    case 'defer':
      if (isBooked) return false;
      giveAppointment(referral, 'proposed', intent.serviceId, null, (intent as DeferIntent).reason);
      return true;
    case 'send-for-triage':
      if (isBooked) return false;
      giveAppointment(referral, 'proposed', intent.serviceId, null, TRIAGE);
      return true;
    case 'cancel-referral': {
      const { reason, comment } = intent as CancelReferralIntent;
      cancelReferral(referral, reason.code, comment);
      return true;
    }
    case 'change-shortlist':
      referral.shortlist = listOf(intent);
      return true;
    case 'upload-file':
      return attach(referral, FILE_BYTES);
    case 'letter':
      return false;
    default:
      if (!isBooked) return false;
      if (action === 'cancel-later') leaveForLater(referral, COMMENT);
      else cancel(referral, CANCEL_REASON);
      return true;
  }
}

const listOf = (intent: Intent) =>
  (intent as ChangeShortlistIntent).services.map(({ serviceId }) => serviceId);

/** Somebody else attaches a file of that name. */
function attach(referral: ReferralTruth, bytes: number): boolean {
  const id = `f${referral.files.length}`;
  referral.files = [...referral.files, { id, name: FILE_NAME, bytes, isLinked: true }];
  return true;
}

const isFree = ({ holder }: SlotTruth) => holder === null;
