/**
 * The actions of the outbox over the model of the service: the same reads in the same order and the same judgements as
 * `src-main/features/outbox/actions/*.ts`, without promises. All comparisons are the product's own functions.
 */
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { AppointmentRecord, CancelledReferral, Referral } from '../../../src-main/ers/model.ts';
import type { UploadedFile } from '../../../src-main/ers/operations/a020-upload-file.ts';
import type { EvidenceKey } from '../../../src-main/features/outbox/actions/evidence.ts';
import { unreachedOf, unreadTruth } from '../../../src-main/features/outbox/actions/outcomes.ts';
import {
  compareAppointment,
  compareReferral,
  isBookingEcho,
  isProof,
  isProofInReferral,
  isProvenInReferral,
} from '../../../src-main/features/outbox/actions/proofs.ts';
import { classifyAnswer, type Answer } from '../../../src-main/features/outbox/protocol/answer.ts';
import type { Finding, Truth } from '../../../src-main/features/outbox/protocol/findings.ts';
import { assertInvariant } from '../../../src-main/features/outbox/protocol/invariants.ts';
import type {
  BookIntent,
  CancelAppointmentIntent,
  DeferIntent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import type { AppInstance } from './app-instance.ts';
import {
  CHANGED,
  CLEAR,
  findingOfFailure,
  findingOfTruth,
  NOT_OFFERED,
  OLD_COPY,
  OTHERWISE,
  PERSON_LEFT,
  readAppointmentOf,
  readOffers,
  readReferralOf,
  UNCHANGED,
  type Then,
} from './model-reads.ts';
import { modelOf } from './models.ts';
import { success } from './outcomes.ts';
import type { WriteReply } from './service.ts';
import type { SimIntent } from './sim-intent.ts';
import { FILE_BYTES, FILE_NAME, type SlotTruth } from './truth.ts';

/** Step 2 of an intent. */
export function check(app: AppInstance, sim: SimIntent, choice: number, done: Then<Finding>): void {
  if (sim.action === 'cancel-appointment') return checkCancelling(app, sim, done);
  if (sim.action === 'upload-file') return checkUpload(app, sim, done);
  const model = modelOf(sim.action);
  if (model !== null) return model.check(app, sim, done);
  readReferralOf(app, sim, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(findingOfFailure(read));
    if (sim.action === 'letter') return done(read.value.nhsNumber === sim.intent.nhsNumber ? CLEAR : CHANGED);
    switch (compareReferral(read.value, sim.intent)) {
      case 'other-patient':
        return done(CHANGED);
      case 'old-copy':
        return done(OLD_COPY);
      case 'moved':
        return proveMoved(app, sim, choice, read.value, (truth) => done(findingOfTruth(truth)));
      case 'unchanged':
        return checkUnmoved(app, sim, choice, read.value, done);
    }
  });
}

function checkUnmoved(
  app: AppInstance,
  sim: SimIntent,
  choice: number,
  referral: Referral,
  done: Then<Finding>,
): void {
  const isBooked = referral.appointment?.status === 'booked';
  switch (sim.action) {
    case 'book':
      return isBooked ? done({ kind: 'changed', code: 'already-booked' }) : checkSlot(app, sim, choice, done);
    case 'defer':
      return isBooked ? done({ kind: 'changed', code: 'already-booked' }) : checkEvidence(app, sim, done);
    case 'cancel-referral':
    case 'change-shortlist':
      return readOffers(app, sim, (isOffered) => done(isOffered ? CLEAR : NOT_OFFERED));
    case 'send-for-triage': {
      if (isBooked) return done({ kind: 'changed', code: 'already-booked' });
      const isListed = referral.shortlist.some(({ serviceId }) => serviceId === sim.intent.serviceId);
      if (!isListed) return done({ kind: 'changed', code: 'not-on-shortlist' });
      return readOffers(app, sim, (isOffered) => done(isOffered ? CLEAR : NOT_OFFERED));
    }
    default:
      return done(isBooked ? CLEAR : { kind: 'changed', code: 'not-booked-any-more' });
  }
}

/** A029 and the slot's page, read together. */
function checkSlot(app: AppInstance, sim: SimIntent, choice: number, done: Then<Finding>): void {
  const { world } = app;
  let left = 2;
  let objection: Finding | null = null;
  let slotFinding = CLEAR;
  const join = () => {
    left -= 1;
    if (left === 0) done(app.mayRead(sim.owner) ? (objection ?? slotFinding) : PERSON_LEFT);
  };
  readOffers(app, sim, (isOffered) => {
    objection = isOffered ? null : NOT_OFFERED;
    join();
  });
  world.wire.read(
    app,
    sim,
    () => success(shownTimes(sim.slots[choice])),
    null,
    (page) => {
      const wanted = (sim.intent as BookIntent).slots[choice];
      if (page.kind === 'unauthorised') slotFinding = unreachedOf(page) ?? PERSON_LEFT;
      else if (page.kind === 'success' && page.value !== null && page.value !== wanted?.start)
        slotFinding = { kind: 'changed', code: 'slot-changed' };
      join();
    },
  );
}

/** The slot as its page shows it, or null where it is not on the page. */
const shownTimes = (slot: SlotTruth | undefined) =>
  slot === undefined || slot.holder !== null ? null : slot.start;

/** Searches again, always (contract.md section 10). */
function checkEvidence(app: AppInstance, sim: SimIntent, done: Then<Finding>): void {
  const { world } = app;
  const { serviceId, slotId, slotStart, reason } = sim.intent as DeferIntent;
  const key = evidenceKey(sim);
  world.wire.read(
    app,
    sim,
    () => success(world.service.freeSlots(serviceId)),
    null,
    (page) => {
      if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
      if (page.kind !== 'success') return done(findingOfFailure(page));
      const isStillSo =
        reason === 'NO_SLOTS_AT_SERVICE' ? page.value.length === 0 : !page.value.some((id) => id === slotId);
      if (reason === 'BOOKING_ATTEMPT_PROBLEM')
        return done(app.evidence.fresh(key) === null ? { kind: 'changed', code: 'evidence-expired' } : CLEAR);
      if (!isStillSo) return done({ kind: 'changed', code: 'slots-available' });
      app.evidence.note(key, slotStart);
      done(CLEAR);
    },
  );
}

export function evidenceKey({ intent }: SimIntent): EvidenceKey {
  const { ubrn, serviceId, reason, slotId } = intent as DeferIntent;
  return { ubrn, serviceId, reason, slotId };
}

function checkCancelling(app: AppInstance, sim: SimIntent, done: Then<Finding>): void {
  const intent = sim.intent as CancelAppointmentIntent;
  readAppointmentOf(app, sim, intent.appointmentId, (appointment) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (appointment.kind !== 'success') return done(findingOfFailure(appointment));
    const truth = compareAppointment(appointment.value, intent);
    if (truth === 'ours') return done({ kind: 'own-effect', result: intent.appointmentId });
    if (truth === 'other') return done(CHANGED);
    if (truth === 'old-copy') return done(OLD_COPY);
    readReferralOf(app, sim, (read) => {
      if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
      if (read.kind !== 'success') return done(findingOfFailure(read));
      if (read.value.version !== intent.pinnedVersion) return done(CHANGED);
      readOffers(app, sim, (isOffered) => done(isOffered ? CLEAR : NOT_OFFERED));
    });
  });
}

function checkUpload(app: AppInstance, sim: SimIntent, done: Then<Finding>): void {
  const kept = keptId(sim);
  if (kept !== null) return done({ kind: 'own-effect', result: kept });
  readReferralOf(app, sim, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(findingOfFailure(read));
    const news = compareReferral(read.value, sim.intent);
    if (news === 'other-patient') return done(CHANGED);
    if (news === 'old-copy') return done(OLD_COPY);
    const found = findFile(read.value);
    done(found === null ? CLEAR : { kind: 'own-effect', result: found });
  });
}

function readBackUpload(app: AppInstance, sim: SimIntent, done: Then<Truth>): void {
  const kept = keptId(sim);
  if (kept !== null) return done({ kind: 'ours', result: kept });
  readReferralOf(app, sim, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreadTruth(read));
    const news = compareReferral(read.value, sim.intent);
    if (news === 'other-patient') return done(OTHERWISE);
    if (news === 'old-copy') return done(OLD_COPY);
    const found = findFile(read.value);
    done(found === null ? UNCHANGED : { kind: 'ours', result: found });
  });
}

const keptId = ({ row }: SimIntent) => row?.result ?? null;

const findFile = ({ attachments }: Referral) =>
  attachments.find(({ title, bytes }) => title === FILE_NAME && bytes === FILE_BYTES)?.id ?? null;

/** Step 3: one write, under the pin of the intent. */
export function send(app: AppInstance, sim: SimIntent, choice: number, done: Then<Answer>): void {
  const { intent } = sim;
  if (intent.action === 'defer')
    assertInvariant(
      app.evidence.fresh(evidenceKey(sim)) !== null,
      'I12',
      'a deferral without fresh evidence',
    );
  const pin = intent.action === 'cancel-appointment' ? intent.appointmentVersion : intent.pinnedVersion;
  const heard = (outcome: ErsOutcome<WriteReply>) =>
    done(
      keeping(
        sim,
        outcome,
        classifyAnswer(outcome, (reply) => isEcho(sim, choice, reply)),
      ),
    );
  app.world.wire.write({ app, sim, pin, choice, attempt: sim.row?.attempt ?? 0, done: heard });
}

/** The document's id is kept with the answer that gives it. */
function keeping({ action }: SimIntent, outcome: ErsOutcome<WriteReply>, answer: Answer): Answer {
  const keptOf = modelOf(action)?.keptOf;
  if (answer.kind === 'accepted' && outcome.kind === 'success' && keptOf !== undefined)
    return { kind: 'accepted', result: keptOf(outcome.value) };
  const isUpload = outcome.kind === 'success' && 'documentId' in outcome.value;
  return answer.kind === 'accepted' && isUpload
    ? { kind: 'accepted', result: (outcome.value as UploadedFile).documentId }
    : answer;
}

function isEcho(sim: SimIntent, choice: number, reply: WriteReply): boolean {
  const { intent } = sim;
  const model = modelOf(intent.action);
  if (model !== null) return model.isEcho(sim, reply);
  switch (intent.action) {
    case 'book':
      return isBookingEcho(reply as AppointmentRecord, intent, choice);
    case 'defer':
      return isProof(reply as AppointmentRecord, intent, 0, true);
    case 'cancel-later': {
      const { appointment } = reply as Referral;
      return appointment !== null && isProof(appointment, intent, 0, false);
    }
    case 'cancel-appointment':
      return compareAppointment(reply as AppointmentRecord, intent) === 'ours';
    case 'cancel-referral':
      return isProofInReferral((reply as CancelledReferral).referral, intent);
    case 'change-shortlist':
      return isProofInReferral(reply as Referral, intent);
    case 'send-for-triage':
      return isProof(reply as AppointmentRecord, intent, 0, true);
    case 'upload-file':
      return (reply as UploadedFile).documentId !== '';
    default:
      return false;
  }
}

/** Step 5: what became of it. */
export function readBack(app: AppInstance, sim: SimIntent, choice: number, done: Then<Truth>): void {
  if (sim.action === 'cancel-appointment') return readBackCancelling(app, sim, done);
  if (sim.action === 'upload-file') return readBackUpload(app, sim, done);
  const model = modelOf(sim.action);
  if (model !== null) return model.readBack(app, sim, done);
  readReferralOf(app, sim, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreadTruth(read));
    switch (compareReferral(read.value, sim.intent)) {
      case 'other-patient':
        return done(OTHERWISE);
      case 'old-copy':
        return done(OLD_COPY);
      case 'moved':
        return proveMoved(app, sim, choice, read.value, done);
      case 'unchanged':
        return done(UNCHANGED);
    }
  });
}

function readBackCancelling(app: AppInstance, sim: SimIntent, done: Then<Truth>): void {
  const intent = sim.intent as CancelAppointmentIntent;
  readAppointmentOf(app, sim, intent.appointmentId, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreadTruth(read));
    switch (compareAppointment(read.value, intent)) {
      case 'ours':
        return done({ kind: 'ours', result: intent.appointmentId });
      case 'unchanged':
        return done(UNCHANGED);
      case 'other':
        return done(OTHERWISE);
      case 'old-copy':
        return done(OLD_COPY);
    }
  });
}

/** The version has moved: is it our doing? */
function proveMoved(
  app: AppInstance,
  sim: SimIntent,
  choice: number,
  referral: Referral,
  done: Then<Truth>,
): void {
  const { appointmentId, appointment } = referral;
  if (isProvenInReferral(sim.intent))
    return done(isProofInReferral(referral, sim.intent) ? { kind: 'ours', result: null } : OTHERWISE);
  if (appointmentId === null) {
    const isOurs = appointment !== null && isProof(appointment, sim.intent, choice, false);
    return done(isOurs ? { kind: 'ours', result: null } : OTHERWISE);
  }
  readAppointmentOf(app, sim, appointmentId, (read) => {
    if (read.kind !== 'success') return done(unreadTruth(read));
    done(isProof(read.value, sim.intent, choice, true) ? { kind: 'ours', result: appointmentId } : OTHERWISE);
  });
}
