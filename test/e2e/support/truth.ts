import { randomInt } from 'node:crypto';
import type { TrainingService } from '../../../src-main/training-service/create-training-service.ts';

function givenSeed(): number | undefined {
  const given = Number(process.env['E2E_SEED'] ?? '');
  return Number.isInteger(given) && given > 0 ? given : undefined;
}

/** A seed drawn anew for each run, or the one given as E2E_SEED. Printed, so that it can be repeated. */
export function drawSeed(): number {
  const seed = givenSeed() ?? randomInt(1, 1_000_000);
  console.log(`E2E_SEED=${seed}`);
  return seed;
}

/** The seed of suites whose runs are to be alike; E2E_SEED=n takes another, E2E_SEED=drawn a new one each time. */
export function takeSeed(): number {
  return process.env['E2E_SEED'] === 'drawn' ? drawSeed() : (givenSeed() ?? 20_261);
}

/** Day and month of birth, as the patient on the phone would say them. */
export function spokenDigits(service: TrainingService, ubrn: string): string {
  const birth = service.world.findPatient(service.world.referral(ubrn).nhsNumber)?.birthDate ?? '';
  return birth.slice(8, 10) + birth.slice(5, 7);
}

/** Referrals that are not booked and shortlist one directly bookable service with at least ten free slots. */
export function plainlyBookable(service: TrainingService): (ubrn: string) => boolean {
  const ubrns = new Set(service.world.findScene('bookable'));
  return (ubrn) => {
    if (!ubrns.has(ubrn)) return false;
    const { nhsNumber, priority, shortlist } = service.world.referral(ubrn);
    const isNormal = service.world.findPatient(nhsNumber)?.record === 'normal';
    return isNormal && service.world.freeSlots(shortlist[0] ?? '', { priority }).length > 10;
  };
}

/** Services whose slots a test may take away altogether. */
const SPARE_SERVICES = ['11001', '11002', '11003', '11008'];

export interface EmptiedService {
  readonly serviceId: string;
  /** A referral that waits for this service alone. */
  readonly ubrn: string;
  /** What was taken is free again. */
  freeAgain(): void;
}

/** Takes every free slot of a service that a referral waits for; which one follows from the seed. */
export function emptyService(service: TrainingService, seed: number): EmptiedService {
  const { world } = service;
  const turned = SPARE_SERVICES.map((_, at) => SPARE_SERVICES[(seed + at) % SPARE_SERVICES.length]);
  for (const serviceId of turned) {
    const found = world.listReferrals().find(({ state, kind, shortlist, nhsNumber }) => {
      const isWaiting = state === 'NOT_BOOKED' && kind === 'referral' && shortlist.join() === serviceId;
      return isWaiting && world.findPatient(nhsNumber)?.record === 'normal';
    });
    if (found === undefined || serviceId === undefined) continue;
    const taken = world.freeSlots(serviceId).map(({ id }) => id);
    taken.forEach((id) => world.takeSlot(id));
    return { serviceId, ubrn: found.ubrn, freeAgain: () => taken.forEach((id) => world.slots.release(id)) };
  }
  throw new Error('the training world has no referral for such a service');
}
