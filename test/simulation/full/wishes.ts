/** What the clerk wants in a schedule, and how it is asked for: through the screens' channels where there are screens. */
import { randomUUID } from 'node:crypto';
import type {
  BookingReview,
  CommitAnswer,
  DeferralAnswer,
  DeferralReview,
} from '../../../src-main/contract/channels/booking.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import type { SlotSearch } from '../../../src-main/contract/channels/slots.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { isTerminal } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Referral } from '../../../src-main/training-service/world/model.ts';
import type { PlayedIntent } from '../played.ts';
import { ORIGIN, type Instance } from './instance.ts';
import type { Play } from './play.ts';
import type { PlayIntent, Wish } from './play-intent.ts';
import { targetsOf } from './targets.ts';

/** Not withdrawn, and known to every referrer of the world. */
const ADDED_SERVICES = ['11002', '11003', '11006'];

/** Writes a few wishes into the schedule; the first at once, most others soon, some later or behind the first. */
export function writeWishes(play: Play, spanMs: number): void {
  const { random, clerk } = play;
  const pool = targetsOf(play.stage, play.action);
  const count = play.drainOf > 0 ? 0 : 1 + (random.chance(0.35) ? 1 : 0) + (random.chance(0.15) ? 1 : 0);
  let last: string | null = null;
  for (let at = 0; at < count; at += 1) {
    const ubrn: string = last !== null && random.chance(0.2) ? last : random.pick(pool);
    last = ubrn;
    if (play.action === 'defer') prepareDeferral(play, ubrn);
    const delayMs = at === 0 ? 0 : random.chance(0.5) ? random.below(15_000) : random.below(spanMs);
    play.clerk.wishesLeft += 1;
    play.time.inWorld(delayMs, () => {
      clerk.wishesLeft -= 1;
      void clerk.wishFor((app) => askFor(play, app, ubrn));
    });
  }
}

/** Either the service has no free slot from the start, or an attempt to book is to fail. */
function prepareDeferral(play: Play, ubrn: string): void {
  const { random, stage } = play;
  const [serviceId = ''] = stage.referral(ubrn).shortlist;
  const free = stage.world.freeSlots(serviceId);
  if (play.preludes.has(ubrn) || free.length === 0) return;
  const kind = random.below(10);
  if (kind < 6) free.forEach((slot) => stage.world.takeSlot(slot.id));
  else play.preludes.set(ubrn, kind < 8 ? 'slot-refused' : 'provider-silent');
}

/** One try; false when it should be tried again. */
export function askFor(play: Play, app: Instance, ubrn: string): Promise<boolean> {
  switch (play.action) {
    case 'book':
      return book(play, app, ubrn);
    case 'defer':
      return defer(play, app, ubrn);
    default:
      return Promise.resolve(askWithoutScreen(play, app, ubrn));
  }
}

/** Opens the referral as if typed, with its second identifier. */
async function open(play: Play, app: Instance, ubrn: string): Promise<ReferralView | null> {
  const { nhsNumber } = play.stage.referral(ubrn);
  const opened = await ask<ReferralView>(play, app, 'referral/open', {
    ubrn,
    secondIdentifier: nhsNumber.slice(-4),
  });
  return opened?.ok === true ? opened.value : null;
}

/** A person at the desk who is not the clerk of this wish. */
const isOthersDesk = (play: Play, { acting }: Instance) => acting !== null && acting !== play.ownerOfClerk();

/**
 * The clerk's next step. Whoever else has taken the desk meanwhile does not go on with it: what they asked for would be
 * theirs. A panel that was left open is the exception: `commit` tries it in any sitting, and the outbox must refuse it.
 */
async function ask<T>(play: Play, app: Instance, channel: string, input: object): Promise<Outcome<T> | null> {
  const isStepping = !channel.startsWith('booking/commit');
  const isIdle = play.time.isAsleep || (isStepping && isOthersDesk(play, app));
  const answer = isIdle ? null : await app.ask<T>(channel, input);
  const told =
    answer === null ? 'nobody answers' : answer.ok ? 'done' : `${answer.problem.kind} ${answer.problem.code}`;
  play.tell(() => `the clerk: ${channel}: ${told}`);
  return answer;
}

function digitsFor(play: Play, question: BookingReview['identityQuestion'], nhsNumber: string): string {
  if (play.random.chance(0.03)) return '0000';
  if (question === 'nhs-last-4') return nhsNumber.slice(-4);
  const birth = play.stage.world.findPatient(nhsNumber)?.birthDate ?? '';
  return birth.slice(8, 10) + birth.slice(5, 7);
}

const search = (play: Play, app: Instance, ubrn: string, serviceId: string) =>
  ask<SlotSearch>(play, app, 'slots/search', { ubrn, serviceId, priority: null, clinicianId: null });

async function book(play: Play, app: Instance, ubrn: string, isPrelude = false): Promise<boolean> {
  const view = await open(play, app, ubrn);
  if (view === null) return false;
  if (view.canBook !== null && play.isCalm) return true;
  const serviceId = view.shortlist[0]?.serviceId ?? '';
  const found = await search(play, app, ubrn, serviceId);
  if (found?.ok !== true) return false;
  const slots = found.value.firstPage.slots;
  const slotId = slots[play.random.below(Math.min(slots.length, 15))]?.slotId;
  if (slotId === undefined) return false;
  const { searchId } = found.value;
  const panel = await ask<BookingReview>(play, app, 'booking/review-slot', { searchId, slotId });
  if (panel?.ok !== true) return panel?.ok === false && panel.problem.kind === 'rejected';
  await play.pause(play.random.between(300, 4_000));
  if (play.random.chance(play.plan.steps.stalePin)) outdate(play, ubrn);
  if (isPrelude) play.onPreludeSlot(ubrn, slotId);
  const also = !isPrelude && play.random.chance(0.3) ? slots.slice(15, 15 + play.random.between(1, 2)) : [];
  const alsoSlotIds = also.map((slot) => slot.slotId);
  const wish = wishOf(play, play.stage.referral(ubrn), {
    action: 'book',
    pinnedVersion: panel.value.version,
    serviceId,
    slotIds: [slotId, ...alsoSlotIds],
  });
  const digits = digitsFor(play, panel.value.identityQuestion, view.nhsNumber);
  const input = { reviewId: panel.value.reviewId, digits, alsoSlotIds };
  return commit<CommitAnswer>(play, app, wish, 'booking/commit', input, (answer) =>
    answer.kind === 'started' ? answer.booking.intentId : null,
  );
}

async function defer(play: Play, app: Instance, ubrn: string): Promise<boolean> {
  const isProven = play.preludes.has(ubrn) && (await attemptToBook(play, app, ubrn));
  const view = await open(play, app, ubrn);
  if (view === null) return false;
  const serviceId = view.shortlist[0]?.serviceId ?? '';
  if (!isProven) await search(play, app, ubrn, serviceId);
  const panel = await ask<DeferralReview>(play, app, 'booking/review-deferral', { ubrn, serviceId });
  if (panel?.ok !== true) return false;
  await play.pause(play.random.between(300, 4_000));
  if (play.random.chance(play.plan.steps.stalePin)) outdate(play, ubrn);
  const { version, reason, reviewId, identityQuestion } = panel.value;
  const comment = play.random.chance(0.5) ? 'Please ring the patient' : '';
  const slotIds = reason === 'SLOT_NOT_AVAILABLE' ? slotRefusedTo(play, ubrn) : [];
  const wish = wishOf(play, play.stage.referral(ubrn), {
    pinnedVersion: version,
    serviceId,
    reason,
    comment,
    slotIds,
  });
  const digits = digitsFor(play, identityQuestion, view.nhsNumber);
  const input = { reviewId, digits, comment };
  return commit<DeferralAnswer>(play, app, wish, 'booking/commit-deferral', input, (answer) =>
    answer.kind === 'started' ? answer.item.intentId : null,
  );
}

/** The slot that the last booking of the referral was refused. */
function slotRefusedTo(play: Play, ubrn: string): readonly string[] {
  const refused = [...play.intents.values()].findLast(
    ({ wish, row }) => wish.ubrn === ubrn && wish.action === 'book' && row.state === 'REJECTED',
  );
  return refused === undefined ? [] : refused.wish.slotIds.slice(refused.row.choice, refused.row.choice + 1);
}

/** A booking that is refused, or that the provider's system keeps silent about, is what permits the deferral. */
async function attemptToBook(play: Play, app: Instance, ubrn: string): Promise<boolean> {
  if (!(await book(play, app, ubrn, true))) return false;
  for (let waits = 0; waits < 120; waits += 1) {
    const last = [...play.intents.values()].findLast(({ wish }) => wish.ubrn === ubrn);
    const state = last?.row.state ?? 'REJECTED';
    if (isTerminal(state) || state === 'NEEDS_CLERK') return true;
    await play.pause(2_000);
  }
  return false;
}

/** Ctrl+Enter on a panel; a row that comes of it belongs to the wish, whether the clerk hears so or not. */
async function commit<T>(
  play: Play,
  app: Instance,
  wish: Wish,
  channel: string,
  input: object,
  intentIdOf: (answer: T) => string | null,
): Promise<boolean> {
  play.pendingWish = wish;
  const answer = await ask<T>(play, app, channel, input);
  const isBound = play.pendingWish !== wish;
  if (!isBound) play.pendingWish = null;
  const intentId = answer?.ok === true ? intentIdOf(answer.value) : null;
  if (intentId === null) return isBound;
  const intent = play.intents.get(intentId);
  if (intent === undefined) play.checker.violate(null, 'I4: told queued, and nothing is on disk');
  else acknowledge(play, intent);
  return true;
}

function acknowledge(play: Play, intent: PlayIntent): void {
  intent.isAcknowledged = true;
  void play.clerk.beHasty(intent);
}

type WishParts = Pick<Wish, 'pinnedVersion' | 'serviceId'> & Partial<Wish>;

function wishOf(play: Play, { ubrn, nhsNumber }: Referral, parts: WishParts): Wish {
  return {
    action: play.action,
    ubrn,
    nhsNumber,
    owner: play.ownerOfClerk(),
    appointmentVersion: null,
    appointmentId: null,
    slotIds: [],
    reason: null,
    comment: '',
    services: [],
    ...parts,
  };
}

/** The referral moves between the clerk's look and the clerk's word. */
function outdate(play: Play, ubrn: string): void {
  play.note('stale-pin');
  play.stage.world.touch(ubrn);
  play.changed(ubrn);
}

/** These are asked for without their screens: the intent is made of what the clerk would have seen. */
function askWithoutScreen(play: Play, app: Instance, ubrn: string): boolean {
  const seen = structuredClone(play.stage.referral(ubrn));
  const make = makerOf(play.action, seen);
  if (make === null) return true;
  if (!OF_BOTH_DIALECTS.includes(play.action) && play.dialect === 'spine-session')
    play.note('not-in-dialect');
  if (play.random.chance(play.plan.steps.stalePin)) outdate(play, ubrn);
  return askDirectly(play, app, seen, make(play, seen));
}

/** The others are on the platform alone. */
const OF_BOTH_DIALECTS: readonly Play['action'][] = [
  'cancel-later',
  'accept-referral',
  'reject-referral',
  'record-review',
];

type Maker = (play: Play, seen: Referral) => PlayedIntent;

/** How the intent is made; null where nobody would ask for it as the referral is. */
function makerOf(action: Play['action'], { state, appointment }: Referral): Maker | null {
  const isBooked = appointment?.status === 'booked';
  switch (action) {
    case 'cancel-later':
      return isBooked ? cancelLaterOf : null;
    case 'cancel-appointment':
      return isBooked ? cancelAppointmentOf : null;
    case 'cancel-referral':
      return state === 'CANCELLED_REFERRAL' ? null : cancelReferralOf;
    case 'change-shortlist':
      return state === 'NOT_BOOKED' ? changeShortlistOf : null;
    case 'send-for-triage':
      return state === 'NOT_BOOKED' ? sendForTriageOf : null;
    case 'accept-referral':
      return isBooked ? acceptOf : null;
    case 'reject-referral':
      return isBooked ? rejectOf : null;
    case 'record-review':
      return state === 'AWAITING_TRIAGE' ? reviewOf : null;
    default:
      return null;
  }
}

/** Asks the outbox itself; false when it should be tried again. */
export function askDirectly(play: Play, app: Instance, seen: Referral, intent: PlayedIntent): boolean {
  const wish = wishOf(play, seen, {
    action: intent.action,
    pinnedVersion: intent.pinnedVersion,
    serviceId: intent.serviceId,
    appointmentVersion: 'appointmentVersion' in intent ? intent.appointmentVersion : null,
    appointmentId: 'appointmentId' in intent ? intent.appointmentId : null,
    reason: reasonOf(intent),
    services: intent.action === 'change-shortlist' ? intent.services.map(({ serviceId }) => serviceId) : [],
    comment: 'comment' in intent ? intent.comment : '',
    slotIds: intent.action === 'book' ? intent.slots.map(({ slotId }) => slotId) : [],
  });
  play.pendingWish = wish;
  const answer: Outcome<OutboxItem> = app.askOutbox(intent);
  const isBound = play.pendingWish !== wish;
  if (!isBound) play.pendingWish = null;
  play.tell(() => `the clerk asks for ${intent.action}: ${answer.ok ? 'queued' : answer.problem.code}`);
  if (!answer.ok) return isBound || answer.problem.kind === 'rejected';
  const known = play.intents.get(intent.intentId);
  if (known === undefined) play.checker.violate(null, 'I4: told queued, and nothing is on disk');
  else acknowledge(play, known);
  return true;
}

function reasonOf(intent: PlayedIntent): string | null {
  if (intent.action === 'record-review') return intent.outcome;
  return 'reason' in intent && typeof intent.reason !== 'string' ? intent.reason.code : null;
}

export function targetOf(play: Play, seen: Referral) {
  const { appointment } = seen;
  const service = play.stage.world.findService(appointment?.serviceId ?? seen.shortlist[0] ?? '');
  return {
    intentId: randomUUID(),
    ubrn: seen.ubrn,
    pinnedVersion: seen.version,
    nhsNumber: seen.nhsNumber,
    serviceId: service?.id ?? '',
    serviceName: service?.name ?? '',
    isUrgent: seen.priority !== 'ROUTINE',
    saw: {
      state: seen.state,
      priority: seen.priority,
      shortlist: service?.name ?? '',
      appointmentStatus: appointment?.status ?? '',
      appointmentStart: appointment?.startMs == null ? null : toIso(appointment.startMs),
      appointmentService: service?.name ?? '',
      readAt: toIso(Math.floor(play.time.wallMs())),
    },
  };
}

function cancelLaterOf(play: Play, seen: Referral): PlayedIntent {
  const startMs = seen.appointment?.startMs ?? null;
  return {
    action: 'cancel-later',
    ...targetOf(play, seen),
    comment: `Please ring to rebook, ${play.intents.size + 1}`,
    priority: play.random.chance(0.2) ? 'URGENT' : null,
    isCancelledInPas: null,
    start: startMs === null ? null : toIso(startMs),
  };
}

function cancelAppointmentOf(play: Play, seen: Referral): PlayedIntent {
  const { appointment } = seen;
  const startMs = appointment?.startMs ?? null;
  return {
    action: 'cancel-appointment',
    ...targetOf(play, seen),
    appointmentId: appointment?.id ?? '',
    appointmentVersion: appointment?.version ?? 0,
    reason: {
      system: `${ORIGIN}/referrals/FHIR/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON`,
      code: 'PATIENT_HOLIDAY',
      display: 'Patient is on holiday',
    },
    comment: '',
    clinicianId: appointment?.clinicianId ?? null,
    start: startMs === null ? null : toIso(startMs),
  };
}

function cancelReferralOf(play: Play, seen: Referral): PlayedIntent {
  const { appointment } = seen;
  const isBooked = appointment?.status === 'booked';
  return {
    action: 'cancel-referral',
    ...targetOf(play, seen),
    reason: {
      system: `${ORIGIN}/referrals/FHIR/STU3/CodeSystem/REFERRAL-CANCELLATION-REASON`,
      code: 'TREATMENT_NO_LONGER_REQUIRED',
      display: 'Treatment no longer required',
    },
    comment: play.random.chance(0.5) ? 'The patient rang' : '',
    appointmentId: isBooked ? appointment.id : null,
    start: isBooked && appointment.startMs !== null ? toIso(appointment.startMs) : null,
  };
}

/** One service more, first; for an intent of the same referral another one than the last. */
function changeShortlistOf(play: Play, seen: Referral): PlayedIntent {
  const services = [play.random.pick(ADDED_SERVICES), ...seen.shortlist].map((serviceId) => ({
    serviceId,
    name: '',
  }));
  const isNew = ({ serviceId }: { readonly serviceId: string }, at: number) =>
    services.findIndex((other) => other.serviceId === serviceId) === at;
  const priority = { system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-Priority-1', code: seen.priority };
  return {
    action: 'change-shortlist',
    ...targetOf(play, seen),
    services: services.filter(isNew),
    criteria: [
      { name: 'priority', valueCoding: priority },
      { name: 'ageAndGenderAppropriate', valueBoolean: true },
    ],
    letterIntention: 'NOT_INTENDING_TO_ADD',
    reminderDays: 1,
  };
}

const seenAppointment = ({ appointment }: Referral) => ({
  appointmentId: appointment?.id ?? null,
  start: appointment?.startMs == null ? null : toIso(appointment.startMs),
});

const acceptOf: Maker = (play, seen) => ({
  action: 'accept-referral',
  ...targetOf(play, seen),
  ...seenAppointment(seen),
});

const rejectOf: Maker = (play, seen) => ({
  action: 'reject-referral',
  ...targetOf(play, seen),
  ...seenAppointment(seen),
  reason: {
    system: `${ORIGIN}/referrals/FHIR/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON`,
    code: 'SERVICE_INAPPROPRIATE',
    display: 'Service inappropriate',
  },
  comment: `Please refer elsewhere, ${play.intents.size + 1}`,
  isCancelledInPas: null,
});

const reviewOf: Maker = (play, seen) => ({
  action: 'record-review',
  ...targetOf(play, seen),
  outcome: 'RETURN_TO_REFERRER_WITH_ADVICE',
  comment: `Please repeat the test, ${play.intents.size + 1}`,
  priority: null,
});

function sendForTriageOf(play: Play, seen: Referral): PlayedIntent {
  const serviceId = seen.shortlist.find((id) => play.stage.world.findService(id)?.kind === 'triage') ?? '';
  return {
    action: 'send-for-triage',
    ...targetOf(play, seen),
    serviceId,
    commissioningOrg: seen.commissioningOrg,
    priority: seen.priority,
    comment: play.random.chance(0.5) ? 'Please look soon' : '',
  };
}
