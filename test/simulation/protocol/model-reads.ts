/** The reads that the actions share over the model of the service, and what they are to the protocol. */
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { AppointmentRecord, Referral } from '../../../src-main/ers/model.ts';
import { unreachedOf, unreadTruth } from '../../../src-main/features/outbox/actions/outcomes.ts';
import { compareReferral } from '../../../src-main/features/outbox/actions/proofs.ts';
import type { Finding, Truth } from '../../../src-main/features/outbox/protocol/findings.ts';
import { FAULT } from '../plan.ts';
import type { AppInstance } from './app-instance.ts';
import { STATUS, success } from './outcomes.ts';
import type { SimIntent } from './sim-intent.ts';
import { readAppointment } from './truth.ts';

/** A copy from before what the clerk saw says nothing about now. */
export const OLD_COPY = { kind: 'not-readable', code: 'old-copy' } as const;
export const PERSON_LEFT = { kind: 'held', code: 'person-left' } as const;
export const CLEAR: Finding = { kind: 'clear' };
export const CHANGED: Finding = { kind: 'changed', code: 'changed-before-sending' };
export const NOT_OFFERED: Finding = { kind: 'changed', code: 'action-not-offered' };
export const OTHERWISE: Truth = { kind: 'changed-otherwise' };
export const UNCHANGED: Truth = { kind: 'unchanged' };

export type Failure = Exclude<ErsOutcome<unknown>, { readonly kind: 'success' }>;
export type Then<T> = (value: T) => void;

/** A029; where it cannot be asked, role and state decide. */
export function readOffers(app: AppInstance, sim: SimIntent, done: Then<boolean>): void {
  const { world } = app;
  const isOffered = () => world.isCalm || !world.random.chance(world.plan.steps.notOffered);
  world.wire.read(
    app,
    sim,
    () => success(isOffered()),
    null,
    (answer) => {
      if (answer.kind === 'success' && !answer.value) world.tally.fault(FAULT['not-offered']);
      done(answer.kind !== 'success' || answer.value);
    },
  );
}

export function findingOfTruth(truth: Truth): Finding {
  if (truth.kind === 'ours') return { kind: 'own-effect', result: truth.result };
  if (truth.kind === 'unchanged') return CLEAR;
  if (truth.kind === 'changed-otherwise')
    return truth.code === undefined ? CHANGED : { kind: 'changed', code: truth.code };
  return truth;
}

export function findingOfFailure(outcome: Failure): Finding {
  const code = outcome.kind === 'refused' ? outcome.code || `http-${outcome.facts.status}` : outcome.kind;
  return unreachedOf(outcome) ?? { kind: 'refused', code };
}

export function readReferralOf(app: AppInstance, sim: SimIntent, done: Then<ErsOutcome<Referral>>): void {
  const { world } = app;
  const { referral } = sim;
  const sample = () => {
    world.checker.onLookedUp(app, sim);
    return success(world.service.read(referral));
  };
  // A copy from before the version that the clerk saw.
  const stale = () =>
    success({
      ...world.service.read(referral),
      version: sim.intent.pinnedVersion - 1,
      ...NO_APPOINTMENT,
    });
  world.wire.read(app, sim, sample, isPinnedByReferral(sim) ? stale : null, done);
}

const NO_APPOINTMENT = { appointment: null, appointmentId: null };
/** Those whose reads are of the referral from before its appointment. */
const isPinnedByReferral = ({ action }: SimIntent) =>
  action !== 'cancel-later' && action !== 'cancel-appointment' && action !== 'letter';

export function readAppointmentOf(
  app: AppInstance,
  sim: SimIntent,
  id: string,
  done: Then<ErsOutcome<AppointmentRecord>>,
): void {
  const { world } = app;
  const { referral } = sim;
  const sample = (): ErsOutcome<AppointmentRecord> => {
    world.checker.onLookedUp(app, sim);
    const { appointment, previous } = referral;
    const found = appointment?.id === id ? appointment : previous?.id === id ? previous : null;
    return found === null ? STATUS[404] : success(readAppointment(referral, found, false));
  };
  world.wire.read(app, sim, sample, null, done);
}

/** How an action goes on once the referral is read. */
export interface ReferralFlow {
  readonly unmoved: (app: AppInstance, sim: SimIntent, referral: Referral, done: Then<Finding>) => void;
  readonly prove: (app: AppInstance, sim: SimIntent, referral: Referral, done: Then<Truth>) => void;
}

/** The check of an action that is pinned by the referral. */
export const checkBy =
  ({ unmoved, prove }: ReferralFlow) =>
  (app: AppInstance, sim: SimIntent, done: Then<Finding>): void =>
    readReferralOf(app, sim, (read) => {
      if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
      if (read.kind !== 'success') return done(findingOfFailure(read));
      switch (compareReferral(read.value, sim.intent)) {
        case 'other-patient':
          return done(CHANGED);
        case 'old-copy':
          return done(OLD_COPY);
        case 'moved':
          return prove(app, sim, read.value, (truth) => done(findingOfTruth(truth)));
        case 'unchanged':
          return unmoved(app, sim, read.value, done);
      }
    });

/** Its read-back. */
export const readBackBy =
  ({ prove }: Pick<ReferralFlow, 'prove'>) =>
  (app: AppInstance, sim: SimIntent, done: Then<Truth>): void =>
    readReferralOf(app, sim, (read) => {
      if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
      if (read.kind !== 'success') return done(unreadTruth(read));
      switch (compareReferral(read.value, sim.intent)) {
        case 'other-patient':
          return done(OTHERWISE);
        case 'old-copy':
          return done(OLD_COPY);
        case 'moved':
          return prove(app, sim, read.value, done);
        case 'unchanged':
          return done(UNCHANGED);
      }
    });

export const OURS: Truth = { kind: 'ours', result: null };
