/** Reviews in the stories: a booked referral is accepted or rejected, a triage gets its outcome (A013, A014, A028). */
import type { Referral } from '../../../src-main/ers/model.ts';
import { isAcceptable, isProofInReferral } from '../../../src-main/features/outbox/actions/proofs.ts';
import { unreadTruth } from '../../../src-main/features/outbox/actions/outcomes.ts';
import type {
  AcceptReferralIntent,
  RecordReviewIntent,
  RejectReferralIntent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import type { ActionModel } from './action-model.ts';
import {
  checkBy,
  CLEAR,
  NOT_OFFERED,
  OTHERWISE,
  OURS,
  readBackBy,
  readOffers,
  readReferralOf,
  type ReferralFlow,
} from './model-reads.ts';
import { refused, success } from './outcomes.ts';
import { cancel, leaveForLater } from './service-effects.ts';
import type { SimIntent } from './sim-intent.ts';
import {
  CANCEL_REASON,
  COMMENT,
  giveAppointment,
  OTHER_CANCEL_REASON,
  OTHER_COMMENT,
  OTHER_SERVICE,
  readReferral,
  REVIEW_OUTCOMES,
  SEEN,
  SERVICE,
  TRIAGE,
  type ReferralTruth,
} from './truth.ts';

const WRONG_STATE = refused('INVALID_REQUEST_STATE', 422);
const NOT_BOOKED = { kind: 'changed', code: 'not-booked-any-more' } as const;

const isBooked = ({ appointment }: ReferralTruth) => appointment?.status === 'booked';

const bookedOnly: ReferralFlow['unmoved'] = (_app, _sim, { appointment }, done) =>
  done(appointment?.status === 'booked' ? CLEAR : NOT_BOOKED);

const proveInReferral: ReferralFlow['prove'] = (_app, { intent }, referral, done) =>
  done(isProofInReferral(referral, intent as RejectReferralIntent) ? OURS : OTHERWISE);

/** The list of what is to be reviewed, then the referral once more. */
const proveAccepted: ReferralFlow['prove'] = (app, sim, moved, done) => {
  const { world } = app;
  const intent = sim.intent as AcceptReferralIntent;
  if (!isAcceptable(moved, intent)) return done(OTHERWISE);
  const isListed = () => {
    world.checker.onLookedUp(app, sim);
    return success(sim.referral.isReviewPending && isBooked(sim.referral));
  };
  world.wire.read(app, sim, isListed, null, (list) => {
    if (list.kind !== 'success') return done(unreadTruth(list));
    if (list.value) return done(OTHERWISE);
    readReferralOf(app, sim, (again) => {
      if (again.kind !== 'success') return done(unreadTruth(again));
      done(isAcceptable(again.value, intent) ? OURS : OTHERWISE);
    });
  });
};

const acceptFlow: ReferralFlow = { unmoved: bookedOnly, prove: proveAccepted };
const rejectFlow: ReferralFlow = { unmoved: bookedOnly, prove: proveInReferral };
const reviewFlow: ReferralFlow = {
  unmoved: (app, sim, _referral, done) =>
    readOffers(app, sim, (isOffered) => done(isOffered ? CLEAR : NOT_OFFERED)),
  prove: proveInReferral,
};

/** On a day of its own: in the spine dialect nothing but its time tells an appointment from another. */
function book(referral: ReferralTruth): void {
  const day = `2027-02-${10 + (referral.appointmentsMade % 18)}`;
  const times = { start: `${day}T09:00:00Z`, end: `${day}T09:20:00Z` };
  const slot = { id: `r${day}`, serviceId: SERVICE, ...times, clinicianId: null, holder: null };
  giveAppointment(referral, 'booked', SERVICE, slot, null);
}
const refuseUnbooked = ({ referral }: SimIntent) =>
  isBooked(referral) && referral.isReviewPending ? null : WRONG_STATE;
/** A copy of the truth as it would be after something that is not so. */
const moved = (truth: ReferralTruth, ubrn: string): ReferralTruth => ({
  ...truth,
  ubrn,
  version: truth.version + 2,
  appointment: truth.appointment === null ? null : { ...truth.appointment },
});

export const accepting: ActionModel = {
  subject: 'referral',
  prepare: book,
  intentOf: (target, { appointment }) =>
    ({
      action: 'accept-referral',
      ...target,
      saw: SEEN,
      appointmentId: appointment?.id ?? null,
      start: appointment?.start ?? null,
    }) satisfies AcceptReferralIntent,
  check: checkBy(acceptFlow),
  readBack: readBackBy(acceptFlow),
  isEcho: ({ intent }, reply) => isAcceptable(reply as Referral, intent as AcceptReferralIntent),
  refuse: refuseUnbooked,
  apply({ referral }) {
    referral.isReviewPending = false;
  },
  replyTo: ({ service }, { referral }) => service.read(referral),
  echo({ isSpine }, { referral }, { ubrn, isAsked }) {
    const said = moved(referral, ubrn);
    if (!isAsked) cancel(said, OTHER_CANCEL_REASON);
    return readReferral(said, isSpine);
  },
  isAsAsked({ referral, intent }) {
    const { appointmentId } = intent as AcceptReferralIntent;
    const isSame = referral.appointment?.id === appointmentId;
    return isBooked(referral) && isSame && !referral.isReviewPending && isOurPatient(referral, intent);
  },
  rival(world, { referral }) {
    if (!isBooked(referral)) return false;
    if (world.random.chance(0.5)) reject(referral, CANCEL_REASON, OTHER_COMMENT);
    else leaveForLater(referral, OTHER_COMMENT);
    // Now and then the patient is booked again, and that is to be reviewed afresh, or has been.
    if (world.random.chance(0.4)) {
      book(referral);
      referral.isReviewPending = world.random.chance(0.5);
    }
    return true;
  },
  same(_world, { referral }) {
    if (!isBooked(referral)) return false;
    referral.isReviewPending = false;
    return true;
  },
  undo: (_world, { referral }) => cancelBooked(referral),
};

export const rejecting: ActionModel = {
  subject: 'referral',
  prepare: book,
  intentOf: (target, { appointment }) =>
    ({
      action: 'reject-referral',
      ...target,
      saw: SEEN,
      reason: { system: '', code: CANCEL_REASON, display: '' },
      comment: COMMENT,
      isCancelledInPas: null,
      appointmentId: appointment?.id ?? null,
      start: null,
    }) satisfies RejectReferralIntent,
  check: checkBy(rejectFlow),
  readBack: readBackBy(rejectFlow),
  isEcho: ({ intent }, reply) => isProofInReferral(reply as Referral, intent as RejectReferralIntent),
  refuse: refuseUnbooked,
  apply({ referral, intent }) {
    const { reason, comment } = intent as RejectReferralIntent;
    reject(referral, reason.code, comment);
  },
  replyTo: ({ service }, { referral }) => service.read(referral),
  echo({ isSpine }, { referral }, { ubrn, isAsked }) {
    const said = moved(referral, ubrn);
    reject(said, isAsked ? CANCEL_REASON : OTHER_CANCEL_REASON, COMMENT);
    return readReferral(said, isSpine);
  },
  isAsAsked({ referral, intent }) {
    const { reason, comment } = intent as RejectReferralIntent;
    const { rejected } = referral;
    const isSo = rejected !== null && rejected.reason === reason.code && rejected.comment === comment;
    return isSo && isOurPatient(referral, intent);
  },
  rival(world, { referral }) {
    if (!isBooked(referral)) return false;
    const draw = world.random.below(4);
    if (draw === 0) reject(referral, OTHER_CANCEL_REASON, COMMENT);
    else if (draw === 1) reject(referral, CANCEL_REASON, OTHER_COMMENT);
    else if (draw === 2) cancel(referral, CANCEL_REASON);
    else leaveForLater(referral, COMMENT);
    return true;
  },
  same(_world, { referral }) {
    if (!isBooked(referral)) return false;
    reject(referral, CANCEL_REASON, COMMENT);
    return true;
  },
  undo(_world, { referral }) {
    if (referral.rejected === null) return cancelBooked(referral);
    book(referral);
    return true;
  },
};

export const reviewing: ActionModel = {
  subject: 'referral',
  prepare: (referral) => giveAppointment(referral, 'proposed', SERVICE, null, TRIAGE),
  intentOf: (target, _referral, { random }) =>
    ({
      action: 'record-review',
      ...target,
      saw: SEEN,
      outcome: random.pick(REVIEW_OUTCOMES),
      comment: COMMENT,
      priority: null,
    }) satisfies RecordReviewIntent,
  check: checkBy(reviewFlow),
  readBack: readBackBy(reviewFlow),
  isEcho: ({ intent }, reply) => isProofInReferral(reply as Referral, intent as RecordReviewIntent),
  refuse: ({ referral }) => (referral.appointment?.reason === TRIAGE ? null : WRONG_STATE),
  apply: ({ referral, intent }) => conclude(referral, intent as RecordReviewIntent, COMMENT),
  replyTo: ({ service }, { referral }) => service.read(referral),
  echo({ isSpine }, { referral, intent }, { ubrn, isAsked }) {
    const said = moved(referral, ubrn);
    conclude(said, intent as RecordReviewIntent, isAsked ? COMMENT : OTHER_COMMENT);
    return readReferral(said, isSpine);
  },
  isAsAsked({ referral, intent }) {
    const { outcome, comment } = intent as RecordReviewIntent;
    const { appointment } = referral;
    const isSo = appointment?.reason === outcome && appointment.comment === comment;
    return isSo && isOurPatient(referral, intent);
  },
  rival(world, { referral, intent }) {
    if (referral.appointment?.reason !== TRIAGE) return false;
    const { outcome } = intent as RecordReviewIntent;
    const other = REVIEW_OUTCOMES.find((one) => one !== outcome) ?? outcome;
    if (world.random.chance(0.5)) conclude(referral, { outcome: other }, COMMENT);
    else conclude(referral, { outcome }, OTHER_COMMENT);
    return true;
  },
  same(_world, { referral, intent }) {
    if (referral.appointment?.reason !== TRIAGE) return false;
    conclude(referral, intent as RecordReviewIntent, COMMENT);
    return true;
  },
  undo(_world, { referral }) {
    giveAppointment(referral, 'proposed', OTHER_SERVICE, null, TRIAGE);
    return true;
  },
};

const isOurPatient = ({ nhsNumber }: ReferralTruth, intent: SimIntent['intent']) =>
  nhsNumber === intent.nhsNumber;

function cancelBooked(referral: ReferralTruth): boolean {
  if (!isBooked(referral)) return false;
  cancel(referral, OTHER_CANCEL_REASON);
  return true;
}

/** A014: the appointment ends, and the referrer is told why. */
function reject(referral: ReferralTruth, reason: string, comment: string): void {
  cancel(referral, reason);
  if (referral.appointment !== null) referral.appointment.comment = comment;
  referral.rejected = { reason, comment };
  referral.isReviewPending = false;
}

/** A028: the triage has its outcome. */
function conclude(
  { appointment }: ReferralTruth,
  { outcome }: Pick<RecordReviewIntent, 'outcome'>,
  comment: string,
): void {
  if (appointment === null) return;
  appointment.reason = outcome;
  appointment.comment = comment;
  appointment.version += 1;
}
