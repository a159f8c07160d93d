/** What other desks, other clerks and the provider do to the same referrals and slots. */
import type { Happening } from '../plan.ts';
import type { Play } from './play.ts';
import type { PlayIntent, Wish } from './play-intent.ts';

/** False where there was nothing to do. */
export function actAsOther(play: Play, happening: Happening, lastsMs: number): boolean {
  const intent = play.random.chance(0.9) ? newest(play) : play.clerk.anyOpen();
  if (intent === null) return false;
  const { world } = play.stage;
  const { ubrn } = intent.wish;
  switch (happening) {
    case 'referral-locked':
      world.lock(ubrn, lastsMs);
      return true;
    case 'slot-taken':
      return takeSlot(play, intent);
    case 'slots-changed':
      return changeSlots(play, intent);
    case 'slot-moved':
      return intent.wish.action === 'book' && play.stage.moveSlot(intent.wish.slotIds[0] ?? '');
    case 'patient-changed':
      play.stage.changePatient(ubrn);
      play.changed(ubrn);
      return true;
    case 'second-clerk-touches':
      if (intent.wish.action === 'cancel-appointment' && play.random.chance(0.5))
        world.touchAppointment(ubrn);
      else world.touch(ubrn);
      play.changed(ubrn);
      return true;
    case 'second-clerk-rivals':
    case 'second-clerk-same':
      return rival(play, intent, happening === 'second-clerk-same');
    case 'second-clerk-undoes':
      return undo(play, ubrn);
    default:
      return false;
  }
}

const newest = ({ intents }: Play): PlayIntent | null => [...intents.values()].at(-1) ?? null;

function takeSlot(play: Play, { wish }: PlayIntent): boolean {
  const [slotId] = wish.slotIds;
  if (wish.action !== 'book' || slotId === undefined) return false;
  play.stage.world.takeSlot(slotId);
  return true;
}

/** Some slots of the service go, or one comes free where there was none. */
function changeSlots(play: Play, { wish }: PlayIntent): boolean {
  const { world } = play.stage;
  const free = world.freeSlots(wish.serviceId);
  if (free.length > 0) {
    free.slice(0, 3).forEach((slot) => world.takeSlot(slot.id));
    return true;
  }
  const slotId = `${wish.serviceId}00050`;
  if (world.slots.find(slotId) === undefined) return false;
  world.slots.release(slotId);
  return true;
}

/** Another clerk gets there first: with something else, or with the very same. A write that is under way locks them out. */
function rival(play: Play, { wish }: PlayIntent, isSame: boolean): boolean {
  const { world } = play.stage;
  const { ubrn, action } = wish;
  const referral = play.stage.referral(ubrn);
  if (world.isLocked(ubrn)) return false;
  const isBooked = referral.appointment?.status === 'booked';
  if (action === 'defer' && isSame) return deferToo(play, wish);
  switch (action) {
    case 'cancel-referral':
    case 'change-shortlist':
    case 'send-for-triage':
      return rivalOfReferral(play, wish, isSame);
    case 'accept-referral':
    case 'reject-referral':
    case 'record-review':
      return rivalOfReview(play, wish, isSame);
  }
  if (action === 'book' || action === 'defer') {
    if (referral.state !== 'NOT_BOOKED') return false;
    const slotId = isSame
      ? wish.slotIds[0]
      : world.freeSlots(wish.serviceId, { priority: referral.priority })[7]?.id;
    const slot = slotId === undefined ? undefined : world.slots.find(slotId);
    if (slot === undefined || !world.slots.isFree(slot)) return false;
    world.bookByAnother(ubrn, slot.id);
  } else {
    if (!isBooked) return false;
    const isForLater = (action === 'cancel-later') === isSame;
    if (isForLater) world.leaveForLaterByAnother(ubrn, isSame ? wish.comment : 'Somebody else wrote this');
    else world.cancelByAnother(ubrn, isSame ? (wish.reason ?? undefined) : 'PATIENT_UNWELL');
  }
  play.changed(ubrn);
  return true;
}

/** The same for the writes on a whole referral: with the very same, else with another of them, or a booking. */
function rivalOfReferral(play: Play, wish: Wish, isSame: boolean): boolean {
  const { world } = play.stage;
  const { ubrn, action, reason, services, serviceId } = wish;
  const { state, shortlist, priority } = play.stage.referral(ubrn);
  if (state === 'CANCELLED_REFERRAL') return false;
  if (isSame && action === 'cancel-referral') world.cancelReferralByAnother(ubrn, reason ?? undefined);
  else if (isSame && state !== 'NOT_BOOKED') return false;
  else if (isSame && action === 'change-shortlist') world.changeShortlistByAnother(ubrn, services);
  else if (isSame) world.sendForTriageByAnother(ubrn, serviceId);
  else if (play.random.chance(0.3)) world.cancelReferralByAnother(ubrn, 'RAISED_IN_ERROR');
  else if (state !== 'NOT_BOOKED') return false;
  else if (play.random.chance(0.5)) world.changeShortlistByAnother(ubrn, ['11008']);
  else if (shortlist.some((id) => world.freeSlots(id, { priority }).length > 0)) world.bookByAnother(ubrn);
  else return false;
  play.changed(ubrn);
  return true;
}

/** Another clinician reviews it: with the very same, else with another outcome. */
function rivalOfReview(play: Play, { ubrn, action, reason, comment }: Wish, isSame: boolean): boolean {
  const { world } = play.stage;
  const { state, isReviewPending } = play.stage.referral(ubrn);
  if (action === 'record-review') {
    if (state !== 'AWAITING_TRIAGE') return false;
    const outcome =
      isSame || play.random.chance(0.5) ? 'RETURN_TO_REFERRER_WITH_ADVICE' : 'ACCEPT_REFER_BOOK_LATER';
    world.recordReviewByAnother(ubrn, outcome, isSame ? comment : 'Somebody else wrote this');
  } else {
    if (state !== 'BOOKED' || !isReviewPending) return false;
    if ((action === 'accept-referral') === isSame) world.acceptByAnother(ubrn);
    else if (isSame) world.rejectByAnother(ubrn, reason ?? undefined, comment);
    else world.rejectByAnother(ubrn, 'SERVICE_INAPPROPRIATE', 'Somebody else wrote this');
  }
  play.changed(ubrn);
  return true;
}

/** Another desk defers to the same provider for the same reason. */
function deferToo({ stage }: Play, { ubrn, serviceId, reason }: Wish): boolean {
  const referral = stage.referral(ubrn);
  if (referral.state !== 'NOT_BOOKED' || reason === null) return false;
  const set = 'eRS-ReviewReason-1';
  stage.world.propose(referral, serviceId, {
    reason: { set, code: reason },
    comment: 'Somebody else wrote this',
  });
  return true;
}

/** What was booked or deferred is cancelled by the provider or by another clerk. */
function undo(play: Play, ubrn: string): boolean {
  const { world } = play.stage;
  const { appointment, state } = play.stage.referral(ubrn);
  if (world.isLocked(ubrn)) return false;
  if (appointment?.status === 'proposed' && state === 'DEFERRED_TO_PROVIDER') {
    Object.assign(appointment, { status: 'cancelled', version: appointment.version + 1 });
    world.touch(ubrn);
    play.changed(ubrn);
    return true;
  }
  if (appointment?.status !== 'booked') return false;
  if (play.random.chance(0.5)) world.cancelByProvider(ubrn);
  else world.cancelByAnother(ubrn);
  play.changed(ubrn);
  return true;
}
