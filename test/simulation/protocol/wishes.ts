/** What the clerk of a schedule asks for: the referrals, the slots, and the intents with their pins. */
import type {
  BookIntent,
  CancelAppointmentIntent,
  CancelLaterIntent,
  CancelReferralIntent,
  ChangeShortlistIntent,
  DeferIntent,
  Intent,
  LetterIntent,
  SendForTriageIntent,
  UploadFileIntent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';
import { CLERK } from './desk.ts';
import { withdraw } from './happenings.ts';
import { modelOf } from './models.ts';
import { newFacts, type SimIntent } from './sim-intent.ts';
import type { Schedule, ScheduledAction } from './schedule.ts';
import {
  CANCEL_REASON,
  COMMENT,
  FILE_NAME,
  giveAppointment,
  newReferral,
  SHORTLISTS,
  type ReferralTruth,
  OTHER_PATIENT,
  OTHER_SERVICE,
  SEEN,
  SERVICE,
  type SlotTruth,
} from './truth.ts';

const DAY = '2027-01-05';
const ACTIONS = ['book', 'defer', 'cancel-later', 'cancel-appointment'] as const;
const LATER_ACTIONS = ['cancel-referral', 'change-shortlist', 'send-for-triage', 'upload-file'] as const;
const LATEST_ACTIONS = [
  'create-referral',
  'create-and-triage',
  'maintain-letter',
  'accept-referral',
  'reject-referral',
  'record-review',
  'send-advice',
  'convert-advice',
  'request-advice',
] as const;

const times = (hour: string, minute: string) => ({
  start: `${DAY}T${hour}:${minute}:00Z`,
  end: `${DAY}T${hour}:${minute === '00' ? '20' : '50'}:00Z`,
});

/** Two at the same time that only their ids tell apart, and one of another service that its id does not tell apart. */
const SLOTS = [
  { id: 's0', serviceId: SERVICE, ...times('09', '00'), clinicianId: null },
  { id: 's1', serviceId: SERVICE, ...times('09', '00'), clinicianId: null },
  { id: 's2', serviceId: SERVICE, ...times('10', '00'), clinicianId: '021600556514' },
  { id: 's3', serviceId: SERVICE, ...times('10', '30'), clinicianId: null },
  { id: 's0', serviceId: OTHER_SERVICE, ...times('09', '00'), clinicianId: null },
] as const;

const TARGET = { serviceId: SERVICE, serviceName: '', isUrgent: false, saw: SEEN };
const SEARCH = { commissioningOrg: '10A', priority: 'ROUTINE' } as const;
const REASON = { system: '', code: CANCEL_REASON, display: '' };
const CARRIED = { criteria: [{}], letterIntention: 'NEED_TO_ADD_LATER', reminderDays: 0 } as const;
const FILE = { name: FILE_NAME, mediaType: 'text/plain', content: '' } as const;

/** Plans what the clerk asks for, and when. */
export function makeWishes(
  schedule: Schedule,
  action: ScheduledAction,
  drainOf: number,
  spanMs: number,
): void {
  const { random, service, plan } = schedule;
  for (const slot of SLOTS) service.slots.push({ ...slot, holder: null });
  if (drainOf > 0) return makeDrain(schedule, action, drainOf);
  const isMixed = action === 'mixed';
  const isOfAll = schedule.apart.chance(0.5);
  const count = isMixed ? random.pick([1, 1, 1, 2, 2, 3]) : random.chance(plan.steps.second) ? 2 : 1;
  const isOfLatest = isMixed && schedule.latest.chance(0.4);
  const actionOf = () => (isMixed ? mixedAction(schedule, isOfAll, isOfLatest) : action);
  const first = actionOf();
  const referral = makeReferral(schedule, first, 0);
  for (let index = 0; index < count; index += 1) {
    const isFirst = index === 0;
    const isSameReferral =
      isFirst || random.chance(isMixed ? plan.steps.sameReferral * 0.6 : plan.steps.sameReferral);
    const wanted = isFirst ? first : isMixed && isSameReferral && random.chance(0.3) ? 'letter' : actionOf();
    const delayMs = isFirst ? 0 : random.chance(0.5) ? random.below(20_000) : random.below(spanMs);
    const isSame = isSameReferral && subjectOf(wanted) === subjectOf(first);
    const of = isSame ? referral : makeReferral(schedule, wanted, index);
    schedule.expectWish(delayMs, () => ask(schedule, wanted, of));
  }
}

const subjectOf = (action: OutboxAction) => modelOf(action)?.subject ?? 'referral';

/** Half of the mixed stories have the first four writes alone, and are as they were before there were others. Of the rest some have the latest. */
function mixedAction({ random, apart, latest }: Schedule, isOfAll: boolean, isOfLatest: boolean) {
  const first = random.pick(ACTIONS);
  if (isOfLatest && latest.chance(0.7)) return latest.pick(LATEST_ACTIONS);
  return isOfAll && apart.chance(0.6) ? apart.pick(LATER_ACTIONS) : first;
}

/** A queue from an offline day, all sent for at one reconnect. */
function makeDrain(schedule: Schedule, action: ScheduledAction, count: number): void {
  const { service, desk } = schedule;
  schedule.note('drain-of-500');
  desk.isConnected = false;
  desk.isKnownOffline = true;
  for (let index = 0; index < count; index += 1) {
    const wanted = action === 'mixed' ? mixedAction(schedule, true, true) : action;
    const slot = {
      id: `d${index}`,
      serviceId: `svc${index % 4}`,
      ...times('11', '00'),
      clinicianId: null,
      holder: null,
    };
    service.slots.push(slot);
    const referral = makeReferral(schedule, wanted, index, slot);
    ask(schedule, wanted, referral, slot);
  }
}

function makeReferral(
  schedule: Schedule,
  action: OutboxAction,
  index: number,
  own: SlotTruth | null = null,
): ReferralTruth {
  const { random, service } = schedule;
  const model = modelOf(action);
  if (model?.subject === 'patient') return newReferral(`patient ${index}`, String(9_000_000_009 + index), 0);
  const referral = newReferral(String(100_000_000_000 + index), '9000000009', random.between(1, 9));
  if (model !== null) {
    model.prepare(referral, random);
    return referral;
  }
  const isBooked =
    action === 'cancel-later' ||
    action === 'cancel-appointment' ||
    ((action === 'letter' || action === 'cancel-referral') && random.chance(0.5));
  const held = own ?? service.slots.find((slot) => slot.id === 's3' && slot.holder === null) ?? null;
  if (isBooked) giveAppointment(referral, 'booked', own?.serviceId ?? SERVICE, held, null);
  return referral;
}

/** The clerk reviews the referral as it is, and asks; now and then somebody changes it before the key goes down. */
function ask(
  schedule: Schedule,
  action: OutboxAction,
  referral: ReferralTruth,
  own: SlotTruth | null = null,
): void {
  const { random, plan, intents, app, desk, time } = schedule;
  if (app.isDead || time.isAsleep || !desk.mayAct(CLERK)) return;
  const slots = own !== null ? [own] : action === 'book' ? wishedSlots(schedule) : [];
  const intent = intentOf(schedule, action, referral, slots);
  if (!schedule.isCalm && random.chance(plan.steps.stalePin)) {
    schedule.note('stale-pin');
    referral.version += 1;
    if (referral.appointment !== null) referral.appointment.version += 1;
  }
  // The referral went to another patient's record before the file did.
  if (action === 'upload-file' && !schedule.isCalm && schedule.apart.chance(0.002))
    referral.nhsNumber = OTHER_PATIENT;
  const sim: SimIntent = {
    id: String(intents.length),
    index: intents.length,
    action,
    owner: CLERK,
    referral,
    intent,
    isUrgent: intent.isUrgent,
    pin: intent.action === 'cancel-appointment' ? intent.appointmentVersion : intent.pinnedVersion,
    slots,
    mayPass: intents.filter((other) => other.referral === referral && other.row?.state === 'NEEDS_CLERK'),
    row: null,
    shownState: 'QUEUED',
    facts: newFacts(),
  };
  intents.push(sim);
  const isSaved = app.ask(sim);
  if (isSaved && !schedule.isCalm && random.chance(plan.steps.hasty)) regret(schedule, sim);
}

/** Right after it was queued: the clerk takes it back, or the process dies and its record goes bad. */
function regret(schedule: Schedule, sim: SimIntent): void {
  if (schedule.random.chance(0.5)) withdraw(schedule, sim);
  else if (sim.row !== null) {
    sim.row.isDamaged = true;
    schedule.app.die();
  }
}

/** One slot, or up to three in the order of the patient's wishes. */
function wishedSlots({ random, service }: Schedule): SlotTruth[] {
  const all = service.slots.slice(0, 4);
  const first = random.below(3);
  const count = random.chance(0.4) ? random.between(2, 3) : 1;
  return [0, 1, 2].slice(0, count).map((step) => all[(first + step) % 4] as SlotTruth);
}

function intentOf(
  schedule: Schedule,
  action: OutboxAction,
  referral: ReferralTruth,
  slots: readonly SlotTruth[],
): Intent {
  const { intents, random } = schedule;
  const serviceId = slots[0]?.serviceId ?? referral.appointment?.serviceId ?? SERVICE;
  const target = {
    ...TARGET,
    intentId: String(intents.length),
    ubrn: referral.ubrn,
    nhsNumber: referral.nhsNumber,
    pinnedVersion: referral.version,
    serviceId,
    isUrgent: random.chance(0.2),
  };
  const model = modelOf(action);
  if (model !== null) return model.intentOf(target, referral, schedule);
  switch (action) {
    case 'book': {
      const wished = slots.map(({ id, start, end, clinicianId }) => ({
        slotId: id,
        start,
        end,
        clinicianId,
        page: 1,
      }));
      return { action, ...target, ...SEARCH, searchedClinicianId: null, slots: wished } satisfies BookIntent;
    }
    case 'defer':
      return deferral(schedule, target);
    case 'cancel-later': {
      const details = { comment: COMMENT, priority: null, isCancelledInPas: null, start: null };
      return { action, ...target, ...details } satisfies CancelLaterIntent;
    }
    case 'cancel-appointment': {
      const { id, version } = referral.appointment ?? { id: 'none', version: 0 };
      const details = { appointmentId: id, appointmentVersion: version, clinicianId: null, reason: REASON };
      return { action, ...target, ...details, comment: '', start: null } satisfies CancelAppointmentIntent;
    }
    case 'cancel-referral': {
      const details = { reason: REASON, comment: random.pick([COMMENT, '']) };
      const appointmentId = referral.appointment?.id ?? null;
      return { action, ...target, ...details, appointmentId, start: null } satisfies CancelReferralIntent;
    }
    case 'change-shortlist':
      return {
        action,
        ...target,
        ...CARRIED,
        services: otherList(schedule, referral),
      } satisfies ChangeShortlistIntent;
    case 'send-for-triage':
      return { action, ...target, ...SEARCH, comment: '' } satisfies SendForTriageIntent;
    case 'upload-file':
      return { action, ...target, ...FILE } satisfies UploadFileIntent;
    default:
      return { action: 'letter', ...target } satisfies LetterIntent;
  }
}

/** Another order, or fewer, or more; never the list that is there. */
function otherList({ random }: Schedule, { shortlist }: ReferralTruth) {
  const lists = SHORTLISTS.filter((list) => list.join() !== shortlist.join());
  return random.pick(lists).map((serviceId) => ({ serviceId, name: '' }));
}

/** The evidence is there as the clerk asks: the slots are gone, or the one that was refused is. */
function deferral({ random, service }: Schedule, target: Omit<LetterIntent, 'action'>): DeferIntent {
  const draw = random.unit();
  const reason =
    draw < 0.6 ? 'NO_SLOTS_AT_SERVICE' : draw < 0.85 ? 'SLOT_NOT_AVAILABLE' : 'BOOKING_ATTEMPT_PROBLEM';
  const [refused] = service.slots;
  for (const slot of service.slots)
    if (slot.holder === null && (reason === 'NO_SLOTS_AT_SERVICE' || slot === refused)) slot.holder = 'other';
  const isOfSlot = reason === 'SLOT_NOT_AVAILABLE';
  const details = {
    slotId: isOfSlot ? 's0' : null,
    slotStart: isOfSlot ? (refused?.start ?? null) : null,
    comment: '',
  };
  return { action: 'defer', ...target, ...SEARCH, reason, ...details };
}
