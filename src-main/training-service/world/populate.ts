/** Fills a world: every scene, then ordinary referrals up to its size. */
import { createRandom, type Random } from '../random.ts';
import { buildReferral, type Builder } from './build-referral.ts';
import { draftReferrals, type SceneName } from './drafts.ts';
import type { Patient, Referral } from './model.ts';
import { createPatients } from './patients.ts';
import type { SlotBook } from './slot-book.ts';
import { SERVICES } from './services.ts';

export interface Population {
  readonly patients: readonly Patient[];
  readonly referrals: Map<string, Referral>;
  readonly scenes: ReadonlyMap<SceneName, readonly string[]>;
  nextAppointmentId(): string;
  nextAttachmentNumber(): string;
  /** For a referral that is made later. */
  nextUbrn(): string;
}

const FIRST_UBRN = 70_000_000;
const FIRST_APPOINTMENT = 70_000;
const FIRST_ATTACHMENT = 80_000;

const createCounter = (first: number): (() => string) => {
  let next = first;
  return () => String(next++);
};

/** UBRNs in order, about a third of them consecutive. */
function createUbrns(random: Random): () => string {
  let last = FIRST_UBRN + random.int(9_000_000);
  return () => {
    last += random.isHit(0.34) ? 1 : 2 + random.int(95);
    return String(last).padStart(12, '0');
  };
}

/** Gives the patients and referrals that follow from the seed and the anchor. */
export function populate(seed: number, size: number, anchorMs: number, slots: SlotBook): Population {
  const random = createRandom(seed);
  const patients = createPatients(random, Math.max(40, Math.round(size * 0.8)));
  const ordinary = patients.filter((patient) => patient.key === '');
  const special = new Map(patients.map((patient) => [patient.key, patient]));
  const builder: Builder = {
    random,
    anchorMs,
    slots,
    services: new Map(SERVICES.map((service) => [service.id, service])),
    nextAppointmentId: createCounter(FIRST_APPOINTMENT),
    nextAttachmentNumber: createCounter(FIRST_ATTACHMENT),
  };
  const nextUbrn = createUbrns(random);
  const referrals = new Map<string, Referral>();
  const scenes = new Map<SceneName, string[]>();
  let previous: Referral | undefined;
  for (const draft of draftReferrals(random, size)) {
    const named = draft.patient === undefined ? undefined : special.get(draft.patient);
    previous = buildReferral(draft, named ?? random.pick(ordinary), nextUbrn(), previous, builder);
    referrals.set(previous.ubrn, previous);
    for (const scene of draft.scenes) scenes.set(scene, [...(scenes.get(scene) ?? []), previous.ubrn]);
  }
  const { nextAppointmentId, nextAttachmentNumber } = builder;
  return { patients, referrals, scenes, nextAppointmentId, nextAttachmentNumber, nextUbrn };
}
