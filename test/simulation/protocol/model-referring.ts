/** Referring in the stories: a referral is made, with no pin (A011, A021), and its letters are replaced (A012). */
import type { Referral } from '../../../src-main/ers/model.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import { isCreatedFrom, type A011Input } from '../../../src-main/ers/operations/a011-create-referral.ts';
import {
  compareCreated,
  type NewReferralIntent,
} from '../../../src-main/features/outbox/actions/find-created.ts';
import { unreadTruth } from '../../../src-main/features/outbox/actions/outcomes.ts';
import { hasLetters } from '../../../src-main/features/outbox/actions/proofs.ts';
import type { Truth } from '../../../src-main/features/outbox/protocol/findings.ts';
import type { Intent, MaintainLetterIntent } from '../../../src-main/features/outbox/record-schemas.ts';
import type { ActionModel } from './action-model.ts';
import type { AppInstance } from './app-instance.ts';
import {
  checkBy,
  CLEAR,
  findingOfTruth,
  OTHERWISE,
  OURS,
  PERSON_LEFT,
  readBackBy,
  UNCHANGED,
  type ReferralFlow,
  type Then,
} from './model-reads.ts';
import { NOT_IN_DIALECT, STATUS, success } from './outcomes.ts';
import type { SimIntent } from './sim-intent.ts';
import {
  OTHER_PATIENT,
  OTHER_SERVICE,
  readReferral,
  SEEN,
  SERVICE,
  type LetterTruth,
  type MadeTruth,
  type ReferralTruth,
} from './truth.ts';
import type { World } from './world.ts';

const LETTERS: readonly LetterTruth[] = [
  { documentId: 'd1', name: 'letter.pdf', description: 'Letter' },
  { documentId: 'd2', name: 'results.pdf', description: 'Results' },
];
const NEW_LETTER: LetterTruth = { documentId: 'd3', name: 'more.pdf', description: 'More' };
const OTHER_LETTER: LetterTruth = { documentId: 'd4', name: 'more.pdf', description: 'Of another desk' };
/** A UBRN that is another patient's. */
const STRANGE_UBRN = '000000009999';

const NEW = { ubrn: '', pinnedVersion: 0, saw: null } as const;
const CARRIED = { criteria: [{}], letterIntention: 'NEED_TO_ADD_LATER', reminderDays: 0 } as const;

/** A model of A011 or of A021, which are alike in all that matters here. */
const creating = (action: NewReferralIntent['action']): ActionModel => ({
  subject: 'patient',
  prepare: () => {},
  intentOf(target, referral, world) {
    const { intentId, nhsNumber, serviceId, serviceName, isUrgent } = target;
    const listed = [SERVICE, OTHER_SERVICE].slice(0, action === 'create-referral' ? 2 : 1);
    const seen = world.service.made.filter((one) => one.nhsNumber === referral.nhsNumber);
    return {
      action,
      ...{ intentId, nhsNumber, serviceId, serviceName, isUrgent },
      ...NEW,
      ...CARRIED,
      services: listed.map((id) => ({ serviceId: id, name: '' })),
      referringClinician: null,
      pathwayStart: `2027-01-05T08:59:00.${intentId.padStart(3, '0')}Z`,
      known: seen.map(({ ubrn }) => ubrn),
    } as unknown as Intent;
  },
  check: (app, sim, done) => lookFor(app, sim, (truth) => done(findingOfTruth(truth))),
  readBack: (app, sim, done) => lookFor(app, sim, done),
  isEcho: ({ intent }, reply) => isCreatedFrom(reply as Referral, intent as unknown as A011Input),
  keptOf: (reply) => (reply as Referral).ubrn,
  refuse: () => null,
  apply: () => {},
  replyTo: (_world, { intent }) => answerOf(intent as NewReferralIntent, '', intent.nhsNumber),
  make(world, sim, attempt) {
    const intent = sim.intent as NewReferralIntent;
    const { ubrn } = add(world, intent, { madeBy: sim.id, pathwayStart: intent.pathwayStart });
    world.checker.onStored(sim, attempt);
    return success(answerOf(intent, ubrn, intent.nhsNumber));
  },
  echo(_world, { intent }, { ubrn, isAsked }) {
    const asked = intent as NewReferralIntent;
    // All as asked for, under the UBRN of a referral of another patient's.
    if (ubrn === STRANGE_UBRN) return answerOf(asked, ubrn, intent.nhsNumber);
    return answerOf(asked, '200000999999', isAsked ? intent.nhsNumber : OTHER_PATIENT);
  },
  isAsAsked: ({ id, row }, { service }) =>
    service.made.some(({ ubrn, madeBy }) => ubrn === row?.result && madeBy === id),
  rival(world, { intent }) {
    const services = world.random.chance(0.5) ? ['5100007'] : [OTHER_SERVICE, SERVICE];
    add(world, intent as NewReferralIntent, { madeBy: null, pathwayStart: null, services });
    return true;
  },
  same(world, { intent }) {
    // The same to the second: no two desks ask in the same millisecond.
    const pathwayStart = (intent as NewReferralIntent).pathwayStart.replace(/\.\d{3}Z/, '.999Z');
    add(world, intent as NewReferralIntent, { madeBy: null, pathwayStart });
    return true;
  },
  undo({ service }, sim) {
    const ours = service.made.find(({ madeBy, isListed }) => madeBy === sim.id && isListed);
    // Another desk has booked it: it awaits nothing any more.
    if (ours !== undefined) ours.isListed = false;
    return ours !== undefined;
  },
});

export const creatingReferral = creating('create-referral');
export const creatingAndTriaging = creating('create-and-triage');

function add(
  { service }: World,
  intent: NewReferralIntent,
  made: Pick<MadeTruth, 'madeBy' | 'pathwayStart'> & { readonly services?: readonly string[] },
): MadeTruth {
  const { services = intent.services.map(({ serviceId }) => serviceId) } = made;
  const ubrn = String(200_000_000_000 + service.made.length);
  const { nhsNumber } = intent;
  const one = { ubrn, nhsNumber, ...made, services, text: '', isListed: true };
  service.made.push(one);
  return one;
}

/** The referral as it is answered, or read. */
function toReferral(
  {
    ubrn,
    nhsNumber,
    services,
    pathwayStart,
  }: Pick<MadeTruth, 'ubrn' | 'nhsNumber' | 'services' | 'pathwayStart'>,
  isSpine: boolean,
): Referral {
  const shortlist = services.map((serviceId) => ({ serviceId, name: '' }));
  const shown = isSpine ? null : pathwayStart;
  return {
    ubrn,
    nhsNumber,
    status: 'active',
    version: 3,
    shortlist,
    pathwayStart: shown,
  } as unknown as Referral;
}

const answerOf = ({ services, pathwayStart }: NewReferralIntent, ubrn: string, nhsNumber: string) =>
  toReferral({ ubrn, nhsNumber, pathwayStart, services: services.map(({ serviceId }) => serviceId) }, false);

/** As `create-referral.ts`: under the UBRN that was answered, else among what awaits booking. */
function lookFor(app: AppInstance, sim: SimIntent, done: Then<Truth>): void {
  const kept = sim.row?.result ?? null;
  if (kept === null) return search(app, sim, done);
  readMade(app, sim, kept, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreadTruth(read));
    done(read.value.nhsNumber === sim.intent.nhsNumber ? { kind: 'ours', result: kept } : OTHERWISE);
  });
}

function search(app: AppInstance, sim: SimIntent, done: Then<Truth>): void {
  const { world } = app;
  const { made } = world.service;
  const intent = sim.intent as NewReferralIntent;
  const listed = () =>
    world.isSpine ? NOT_IN_DIALECT : success(made.filter((one) => one.isListed).map(({ ubrn }) => ubrn));
  // A list may lag behind.
  const stale = () => (world.isSpine ? NOT_IN_DIALECT : success(made.slice(0, -1).map(({ ubrn }) => ubrn)));
  world.wire.read(app, sim, listed, stale, (list) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (list.kind === 'not-in-dialect') return done(UNCHANGED);
    if (list.kind !== 'success') return done(unreadTruth(list));
    const isCandidate = (ubrn: string) =>
      !intent.known.includes(ubrn) &&
      made.some((one) => one.ubrn === ubrn && one.nhsNumber === intent.nhsNumber);
    readEach(app, sim, list.value.filter(isCandidate), false, done);
  });
}

function readEach(
  app: AppInstance,
  sim: SimIntent,
  [ubrn, ...rest]: readonly string[],
  isSimilar: boolean,
  done: Then<Truth>,
): void {
  if (ubrn === undefined)
    return done(isSimilar ? { kind: 'changed-otherwise', code: 'similar-referral' } : UNCHANGED);
  readMade(app, sim, ubrn, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreadTruth(read));
    const news = compareCreated(read.value, sim.intent as NewReferralIntent);
    if (news === 'ours') return done({ kind: 'ours', result: ubrn });
    readEach(app, sim, rest, isSimilar || news === 'similar', done);
  });
}

function readMade(app: AppInstance, sim: SimIntent, ubrn: string, done: Then<ErsOutcome<Referral>>): void {
  const { service, isSpine, wire } = app.world;
  const sample = (): ErsOutcome<Referral> => {
    if (ubrn === STRANGE_UBRN)
      return success(
        toReferral({ ubrn, nhsNumber: OTHER_PATIENT, services: [], pathwayStart: null }, isSpine),
      );
    const found = service.made.find((one) => one.ubrn === ubrn);
    return found === undefined ? STATUS[404] : success(toReferral(found, isSpine));
  };
  wire.read(app, sim, sample, null, done);
}

const wantedOf = ({ intent }: SimIntent) => (intent as MaintainLetterIntent).keeps;

const letterFlow: ReferralFlow = {
  unmoved: (_app, _sim, _referral, done) => done(CLEAR),
  prove: (_app, sim, referral, done) =>
    done(hasLetters(referral, sim.intent as MaintainLetterIntent, wantedOf(sim)) ? OURS : OTHERWISE),
};

export const maintainingLetter: ActionModel = {
  subject: 'referral',
  prepare(referral) {
    referral.letters = LETTERS;
  },
  intentOf: (target, { letters }, { random }) =>
    ({
      action: 'maintain-letter',
      ...target,
      saw: SEEN,
      // One goes, or all stay; a new one comes. It was uploaded before.
      keeps: [...letters.slice(random.below(2)), NEW_LETTER].map((letter) => ({ ...letter })),
    }) satisfies MaintainLetterIntent,
  check: checkBy(letterFlow),
  readBack: readBackBy(letterFlow),
  isEcho: (sim, reply) => hasLetters(reply as Referral, sim.intent as MaintainLetterIntent, wantedOf(sim)),
  refuse: () => null,
  apply(sim) {
    sim.referral.letters = kept(sim, wantedOf(sim));
  },
  replyTo: ({ service }, { referral }) => service.read(referral),
  echo({ isSpine }, sim, { ubrn, isAsked }) {
    const { referral } = sim;
    const letters = isAsked ? wantedOf(sim) : [OTHER_LETTER];
    return readReferral({ ...referral, ubrn, version: referral.version + 1, letters }, isSpine);
  },
  isAsAsked(sim) {
    const { letters, nhsNumber } = sim.referral;
    const textOf = (all: readonly LetterTruth[]) =>
      all
        .map(({ name, description }) => `${name} ${description}`)
        .toSorted()
        .join();
    return nhsNumber === sim.intent.nhsNumber && textOf(letters) === textOf(wantedOf(sim));
  },
  rival({ random }, sim) {
    const { referral } = sim;
    const wanted = wantedOf(sim);
    const others: readonly (readonly LetterTruth[])[] = [
      [...wanted.slice(0, -1), OTHER_LETTER],
      [...wanted, OTHER_LETTER],
      wanted.slice(0, -1),
    ];
    referral.letters = random.pick(others);
    return true;
  },
  same(_world, sim) {
    sim.referral.letters = kept(sim, wantedOf(sim));
    return true;
  },
  undo(_world, { referral }) {
    referral.letters = LETTERS;
    return true;
  },
};

/** Whether e-RS keeps the id that an upload was answered with is not promised: here it depends on the referral. */
const kept = ({ referral }: { readonly referral: ReferralTruth }, letters: readonly LetterTruth[]) =>
  Number(referral.ubrn) % 2 === 0
    ? letters
    : letters.map((letter) => ({ ...letter, documentId: `${letter.documentId}-linked` }));
