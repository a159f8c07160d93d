/** Advice and guidance in the stories: an answer (A026), a referral made of a request (A027), a new request (A044). */
import type { AdviceMessage, AdviceRequest, AdviceSent } from '../../../src-main/ers/advice-model.ts';
import type { Referral } from '../../../src-main/ers/model.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import { unreachedOf, unreadTruth } from '../../../src-main/features/outbox/actions/outcomes.ts';
import {
  comparePinned,
  isAnswerToRequest,
  isMadeByUs,
  isOurMessage,
} from '../../../src-main/features/outbox/actions/proofs.ts';
import type { Finding, Truth } from '../../../src-main/features/outbox/protocol/findings.ts';
import type {
  ConvertAdviceIntent,
  Intent,
  RequestAdviceIntent,
  SendAdviceIntent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import type { ActionModel } from './action-model.ts';
import type { AppInstance } from './app-instance.ts';
import {
  CHANGED,
  CLEAR,
  findingOfFailure,
  findingOfTruth,
  OLD_COPY,
  OTHERWISE,
  OURS,
  PERSON_LEFT,
  UNCHANGED,
  type Then,
} from './model-reads.ts';
import { refused, STATUS, success } from './outcomes.ts';
import type { SimIntent } from './sim-intent.ts';
import {
  COMMENT,
  CONVERTED,
  OTHER_COMMENT,
  OTHER_PATIENT,
  SEEN,
  SERVICE,
  type MessageTruth,
  type ReferralTruth,
} from './truth.ts';
import type { World } from './world.ts';

const WRONG_STATE = refused('INVALID_REQUEST_STATE', 422);
const NO_REFERRAL = refused('INVALID_REQUEST_TYPE', 422);
const OLD_VERSION = refused('HISTORY_NOT_SUPPORTED', 422);

type Prove = (app: AppInstance, sim: SimIntent, moved: AdviceRequest, done: Then<Truth>) => void;

const toRequest = ({ ubrn, version, nhsNumber }: ReferralTruth): AdviceRequest =>
  ({
    ubrn,
    version,
    nhsNumber,
    isConversionAuthorised: true,
    service: { id: SERVICE, name: '' },
    attachments: [],
  }) as unknown as AdviceRequest;

const toMessage = (
  { ubrn }: { readonly ubrn: string },
  { id, isOfProvider, text }: MessageTruth,
): AdviceMessage =>
  ({
    id,
    text,
    request: { ubrn, version: null },
    sentBy: { code: isOfProvider ? 'RESPONDER' : 'REQUESTER', display: '' },
  }) as unknown as AdviceMessage;

/** The referral that was made of a request. */
const toReferral = ({ ubrn, nhsNumber }: ReferralTruth, comment: string, isSpine: boolean): Referral =>
  ({
    ubrn,
    nhsNumber,
    version: 4,
    state: isSpine ? null : { code: 'TRIAGED_PROVIDER_TO_ACTION', comments: comment, reason: null },
    appointment: {
      status: 'proposed',
      reason: { system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewOutcome-1', code: CONVERTED },
      comment,
    },
  }) as unknown as Referral;

function readAdviceOf(app: AppInstance, sim: SimIntent, done: Then<ErsOutcome<AdviceRequest>>): void {
  const { world } = app;
  const sample = () => {
    world.checker.onLookedUp(app, sim);
    return success(toRequest(sim.referral));
  };
  const stale = () => success({ ...toRequest(sim.referral), version: sim.intent.pinnedVersion - 1 });
  world.wire.read(app, sim, sample, stale, done);
}

const checkAdvice =
  (prove: Prove) =>
  (app: AppInstance, sim: SimIntent, done: Then<Finding>): void =>
    readAdviceOf(app, sim, (read) => {
      if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
      if (read.kind !== 'success') return done(findingOfFailure(read));
      switch (comparePinned(read.value, sim.intent)) {
        case 'other-patient':
          return done(CHANGED);
        case 'old-copy':
          return done(OLD_COPY);
        case 'moved':
          return prove(app, sim, read.value, (truth) => done(findingOfTruth(truth)));
        case 'unchanged':
          return done(CLEAR);
      }
    });

const readBackAdvice =
  (prove: Prove) =>
  (app: AppInstance, sim: SimIntent, done: Then<Truth>): void =>
    readAdviceOf(app, sim, (read) => {
      if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
      if (read.kind !== 'success') return done(unreadTruth(read));
      switch (comparePinned(read.value, sim.intent)) {
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

/** The conversation of that very version; of another there is none. */
const proveSent: Prove = (app, sim, { version }, done) => {
  const { world } = app;
  const intent = sim.intent as SendAdviceIntent;
  const sample = (): ErsOutcome<readonly AdviceMessage[]> => {
    world.checker.onLookedUp(app, sim);
    const { referral } = sim;
    if (referral.version !== version) return OLD_VERSION;
    return success(referral.messages.map((message) => toMessage(referral, message)));
  };
  world.wire.read(app, sim, sample, null, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreadTruth(read));
    done(read.value.some((message) => isOurMessage(message, intent)) ? OURS : OTHERWISE);
  });
};

const proveConverted: Prove = (app, sim, _moved, done) => {
  const { world } = app;
  const sample = (): ErsOutcome<Referral> => {
    world.checker.onLookedUp(app, sim);
    const { converted } = sim.referral;
    return converted === null
      ? NO_REFERRAL
      : success(toReferral(sim.referral, converted.comment, world.isSpine));
  };
  world.wire.read(app, sim, sample, null, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreachedOf(read) ?? OTHERWISE);
    const isOurs = isMadeByUs(read.value, sim.intent as ConvertAdviceIntent);
    done(isOurs ? { kind: 'ours', result: read.value.ubrn } : OTHERWISE);
  });
};

/** The referrer's question; now and then the provider has said before what they are about to say again. */
function beginConversation(referral: ReferralTruth, hasSaidSo: boolean): void {
  referral.messages = [{ id: 'm0', isOfProvider: false, text: 'Please advise' }];
  if (hasSaidSo) write(referral, COMMENT, true);
}

function write(referral: ReferralTruth, text: string, isOfProvider: boolean): void {
  const id = `m${referral.messages.length}`;
  referral.messages = [...referral.messages, { id, isOfProvider, text }];
}

const sentOf = (truth: ReferralTruth, message: MessageTruth): AdviceSent => ({
  request: toRequest(truth),
  message: toMessage(truth, message),
});

export const sendingAdvice: ActionModel = {
  subject: 'advice',
  prepare: (referral, random) => beginConversation(referral, random.chance(0.3)),
  intentOf: (target, { messages }) =>
    ({
      action: 'send-advice',
      ...target,
      saw: SEEN,
      outcome: 'REQUIRE_FURTHER_INFORMATION',
      guidance: COMMENT,
      recommendation: null,
      priority: 'ROUTINE',
      knownMessages: messages.map(({ id }) => id),
    }) satisfies SendAdviceIntent,
  check: checkAdvice(proveSent),
  readBack: readBackAdvice(proveSent),
  isEcho({ intent }, reply) {
    const { request, message } = reply as AdviceSent;
    return comparePinned(request, intent) === 'moved' && isOurMessage(message, intent as SendAdviceIntent);
  },
  refuse: ({ referral }) => (referral.converted === null ? null : WRONG_STATE),
  apply: ({ referral }) => write(referral, COMMENT, true),
  replyTo: (_world, { referral }) => sentOf(referral, referral.messages.at(-1) as MessageTruth),
  echo(_world, { referral }, { ubrn, isAsked }) {
    const said = { ...referral, ubrn, version: referral.version + 2 };
    return sentOf(said, { id: 'm99', isOfProvider: true, text: isAsked ? COMMENT : OTHER_COMMENT });
  },
  isAsAsked({ referral, intent }) {
    const { knownMessages } = intent as SendAdviceIntent;
    const isIt = ({ id, isOfProvider, text }: MessageTruth) =>
      isOfProvider && text === COMMENT && !knownMessages.includes(id);
    return referral.messages.some(isIt) && referral.nhsNumber === intent.nhsNumber;
  },
  rival({ random }, { referral }) {
    if (random.chance(0.5)) write(referral, OTHER_COMMENT, true);
    else write(referral, COMMENT, false);
    return true;
  },
  same(_world, { referral }) {
    write(referral, COMMENT, true);
    return true;
  },
  undo(_world, { referral }) {
    if (referral.converted !== null) return false;
    referral.converted = { comment: OTHER_COMMENT };
    return true;
  },
};

export const convertingAdvice: ActionModel = {
  subject: 'advice',
  prepare: (referral) => beginConversation(referral, false),
  intentOf: (target) =>
    ({
      action: 'convert-advice',
      ...target,
      saw: SEEN,
      guidance: OTHER_COMMENT,
      priority: 'ROUTINE',
      comment: COMMENT,
    }) satisfies ConvertAdviceIntent,
  check: checkAdvice(proveConverted),
  readBack: readBackAdvice(proveConverted),
  isEcho: ({ intent }, reply) => isMadeByUs(reply as Referral, intent as ConvertAdviceIntent),
  keptOf: (reply) => (reply as Referral).ubrn,
  refuse: ({ referral }) => (referral.converted === null ? null : WRONG_STATE),
  apply({ referral }) {
    referral.converted = { comment: COMMENT };
    write(referral, OTHER_COMMENT, true);
  },
  replyTo: ({ isSpine }, { referral }) => toReferral(referral, COMMENT, isSpine),
  echo: ({ isSpine }, { referral }, { ubrn, isAsked }) =>
    toReferral({ ...referral, ubrn }, isAsked ? COMMENT : OTHER_COMMENT, isSpine),
  isAsAsked: ({ referral, intent }) =>
    referral.converted?.comment === COMMENT && referral.nhsNumber === intent.nhsNumber,
  rival(_world, { referral }) {
    if (referral.converted !== null) return false;
    referral.converted = { comment: OTHER_COMMENT };
    return true;
  },
  same(_world, { referral }) {
    if (referral.converted !== null) return false;
    referral.converted = { comment: COMMENT };
    return true;
  },
  undo(_world, { referral }) {
    // The admin team works on it: what it says is theirs from then on.
    if (referral.converted === null) return false;
    referral.converted = { comment: '' };
    return true;
  },
};

const STRANGE_UBRN = '000000009999';

export const requestingAdvice: ActionModel = {
  subject: 'patient',
  prepare: () => {},
  intentOf: ({ intentId, nhsNumber, serviceId, serviceName, isUrgent }) =>
    ({
      action: 'request-advice',
      ...{ intentId, nhsNumber, serviceId, serviceName, isUrgent },
      ...{ ubrn: '', pinnedVersion: 0, saw: null },
      criteria: [{}],
      request: COMMENT,
      isConversionAuthorised: true,
      referringClinician: null,
    }) as unknown as Intent,
  check: (app, sim, done) => readKept(app, sim, (truth) => done(findingOfTruth(truth))),
  readBack: (app, sim, done) => readKept(app, sim, done),
  isEcho: ({ intent }, reply) => isAnswerToRequest(reply as AdviceSent, intent as RequestAdviceIntent),
  keptOf: (reply) => (reply as AdviceSent).request.ubrn,
  refuse: () => null,
  apply: () => {},
  replyTo: (_world, { intent }) => answerOf(intent as RequestAdviceIntent, '', COMMENT),
  make(world, sim, attempt) {
    const { made } = world.service;
    const intent = sim.intent as RequestAdviceIntent;
    const { nhsNumber, request: text, serviceId } = intent;
    const ubrn = String(300_000_000_000 + made.length);
    made.push({
      ...{ ubrn, nhsNumber, text, services: [serviceId], madeBy: sim.id },
      pathwayStart: null,
      isListed: false,
    });
    world.checker.onStored(sim, attempt);
    return success(answerOf(intent, ubrn, text));
  },
  echo(_world, { intent }, { ubrn, isAsked }) {
    const asked = intent as RequestAdviceIntent;
    if (ubrn === STRANGE_UBRN) return answerOf(asked, ubrn, COMMENT);
    return answerOf(asked, '300000999999', isAsked ? COMMENT : OTHER_COMMENT);
  },
  isAsAsked: ({ id, row }, { service }) =>
    service.made.some(({ ubrn, madeBy }) => ubrn === row?.result && madeBy === id),
  // A referrer can look at no list of requests: what other desks ask for this patient changes nothing that is read.
  rival: ({ service }, sim) => ask(service, sim, OTHER_COMMENT),
  same: ({ service }, sim) => ask(service, sim, COMMENT),
  undo: () => false,
};

function ask({ made }: World['service'], { intent }: SimIntent, text: string): boolean {
  const ubrn = String(300_000_000_000 + made.length);
  const { nhsNumber, serviceId } = intent;
  made.push({
    ...{ ubrn, nhsNumber, text, services: [serviceId], madeBy: null },
    pathwayStart: null,
    isListed: false,
  });
  return true;
}

const answerOf = ({ nhsNumber, serviceId }: RequestAdviceIntent, ubrn: string, text: string): AdviceSent =>
  ({
    request: { ubrn, nhsNumber, service: { id: serviceId, name: '' } },
    message: { request: { ubrn, version: null }, text },
  }) as unknown as AdviceSent;

/** As `request-advice.ts`: without a UBRN there is nothing to read. */
function readKept(app: AppInstance, sim: SimIntent, done: Then<Truth>): void {
  const { service, wire } = app.world;
  const kept = sim.row?.result ?? null;
  if (kept === null)
    return void app.clock.schedule(0, () => done(app.mayRead(sim.owner) ? UNCHANGED : PERSON_LEFT));
  const sample = (): ErsOutcome<string> => {
    if (kept === STRANGE_UBRN) return success(OTHER_PATIENT);
    const found = service.made.find(({ ubrn }) => ubrn === kept);
    return found === undefined ? STATUS[404] : success(found.nhsNumber);
  };
  wire.read(app, sim, sample, null, (read) => {
    if (!app.mayRead(sim.owner)) return done(PERSON_LEFT);
    if (read.kind !== 'success') return done(unreadTruth(read));
    done(read.value === sim.intent.nhsNumber ? { kind: 'ours', result: kept } : OTHERWISE);
  });
}
