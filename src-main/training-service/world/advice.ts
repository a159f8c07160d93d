/** Requests for advice: how they come to be, what may happen to them, and what others do to them meanwhile. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../app/ports.ts';
import { createRandom, type Random } from '../random.ts';
import { ADVICE_DRAFTS, type AdviceDraft, type DraftMessage } from './advice-drafts.ts';
import type { AdviceCategory, AdviceMessage, AdviceRequest, AdviceSceneName, Party } from './advice-model.ts';
import type { Attachment, Patient, Priority, Reason, Referral, Service } from './model.ts';
import { MAIN_USER_ID, NAMED_CLINICIANS, REFERRING_CLINICIANS } from './staff.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Above the range of the referrals. */
const FIRST_UBRN = 96_000_000;
const FIRST_MESSAGE = 70_000;

/** What a message brings, whoever sends it. */
export interface NewMessage {
  readonly text: string;
  readonly sender: Party;
  readonly requester: Party;
  readonly attachments: readonly Attachment[];
}

export interface ProviderAnswer extends NewMessage {
  readonly isQuestion: boolean;
  readonly priority: Priority;
}

export interface Conversion extends NewMessage {
  readonly priority: Priority;
  /** For the admin team. */
  readonly comments: string;
  readonly reviewFiles: readonly Attachment[];
}

export interface NewAdvice extends NewMessage {
  readonly nhsNumber: string;
  readonly serviceId: string;
  readonly isConversionAuthorised: boolean;
  readonly searchTerms: NonNullable<AdviceRequest['searchTerms']>;
}

export interface AdviceWorld {
  /** A copy of the request as it is now. Throws RangeError for an unknown UBRN. */
  advice(ubrn: string): AdviceRequest;
  /** The UBRNs of a named situation. Throws RangeError when there are none. */
  findAdviceScene(name: AdviceSceneName): readonly string[];
  /** The requests themselves, for the service's own use. */
  listAdvice(): readonly AdviceRequest[];
  findAdvice(ubrn: string): AdviceRequest | undefined;
  /** A026: the answer of a provider, or its question. */
  answerAdvice(request: AdviceRequest, answer: ProviderAnswer): AdviceMessage;
  /** A027: the referral that is made of the request, with its UBRN. */
  convertAdvice(request: AdviceRequest, conversion: Conversion): Referral;
  /** A044. */
  createAdvice(advice: NewAdvice): { readonly request: AdviceRequest; readonly message: AdviceMessage };
  /** Another clinician answers. */
  answerAdviceByAnother(ubrn: string, text: string): void;
  /** The referrer writes again, outside the API. */
  writeByReferrer(ubrn: string, text: string): void;
  /** The referrer takes the request back, outside the API. */
  cancelAdviceByReferrer(ubrn: string): void;
  /** A version bump by internal processing. */
  touchAdvice(ubrn: string): void;
}

export interface AdviceOptions {
  readonly seed: number;
  readonly clock: Clock;
  readonly patients: readonly Patient[];
  readonly services: ReadonlyMap<string, Service>;
  /** Takes the referral that was made of a request. */
  addReferral(referral: Referral): void;
  nextAppointmentId(): string;
  nextAttachmentNumber(): string;
}

const clinician = (userId: string, organisation: string, isProvider: boolean): Party => ({
  userId,
  organisation,
  businessFunction: isProvider ? 'SERVICE_PROVIDER_CLINICIAN' : 'REFERRING_CLINICIAN',
});

/** Gives messages their number and time. */
const createWriter =
  (clock: Clock, nextMessageId: () => string) =>
  (sentBy: AdviceMessage['sentBy'], message: NewMessage): AdviceMessage => {
    const { text, sender, requester, attachments } = message;
    return { id: nextMessageId(), sentBy, sentMs: clock.nowMs(), text, sender, requester, attachments };
  };

/** Adds a message, and with it a version. */
function append(
  request: AdviceRequest,
  message: AdviceMessage,
  category: AdviceCategory | null,
): AdviceMessage {
  request.messages = [...request.messages, message];
  request.category = category ?? request.category;
  request.version += 1;
  request.updatedMs = message.sentMs;
  return message;
}

/** Gives the requests of a world; their generator is their own, so that the rest stays as it is without them. */
export function createAdvice(options: AdviceOptions): AdviceWorld {
  const { clock, services } = options;
  const counter = { message: FIRST_MESSAGE, ubrn: FIRST_UBRN + (options.seed % 1000) * 100 };
  const nextUbrn = (): string => String((counter.ubrn += 7)).padStart(12, '0');
  const nextMessageId = (): string => String(counter.message++);
  const { requests, scenes } = populateAdvice(options, nextUbrn, nextMessageId);
  const need = (ubrn: string): AdviceRequest => {
    const request = requests.get(ubrn);
    if (!request) throw new RangeError('no such request for advice in the training world');
    return request;
  };
  const write = createWriter(clock, nextMessageId);
  const answer = (request: AdviceRequest, { isQuestion, priority, ...message }: ProviderAnswer) => {
    request.priority = priority;
    const category = isQuestion ? 'REFERRER_TO_SUBMIT_FURTHER_INFORMATION' : 'REFERRER_TO_REVIEW_RESPONSE';
    return append(request, write('RESPONDER', message), category);
  };
  return {
    advice: (ubrn) => structuredClone(need(ubrn)),
    findAdviceScene(name) {
      const found = scenes.get(name);
      if (!found) throw new RangeError(`no request for advice shows ${name}`);
      return found;
    },
    listAdvice: () => [...requests.values()],
    findAdvice: (ubrn) => requests.get(ubrn),
    answerAdvice: answer,
    convertAdvice(request, conversion) {
      append(request, write('RESPONDER', conversion), 'ADVICE_CONVERTED');
      const referral = referralOf(request, conversion, options);
      options.addReferral(referral);
      return referral;
    },
    createAdvice(advice) {
      const service = services.get(advice.serviceId);
      if (!service) throw new RangeError('no such service in the training world');
      const message = write('REQUESTER', advice);
      const request = requestOf(advice, service, nextUbrn(), message);
      requests.set(request.ubrn, request);
      return { request, message };
    },
    answerAdviceByAnother(ubrn, text) {
      const other = clinician(NAMED_CLINICIANS[0], 'R68', true);
      const { priority } = need(ubrn);
      const message = { text, sender: other, requester: other, attachments: [] };
      answer(need(ubrn), { ...message, isQuestion: false, priority });
    },
    writeByReferrer(ubrn, text) {
      const { requester } = need(ubrn);
      const message = write('REQUESTER', { text, sender: requester, requester, attachments: [] });
      append(need(ubrn), message, 'PROVIDER_RESPONSE_REQUIRED');
    },
    cancelAdviceByReferrer(ubrn) {
      need(ubrn).category = 'CONVERSATION_ENDED_CANCELLED';
      need(ubrn).version += 1;
    },
    touchAdvice: (ubrn) => void (need(ubrn).version += 1),
  };
}

function populateAdvice(
  options: AdviceOptions,
  nextUbrn: () => string,
  nextMessageId: () => string,
): {
  readonly requests: Map<string, AdviceRequest>;
  readonly scenes: ReadonlyMap<AdviceSceneName, readonly string[]>;
} {
  const random = createRandom(options.seed + 4_711);
  const requests = new Map<string, AdviceRequest>();
  const scenes = new Map<AdviceSceneName, string[]>();
  for (const draft of ADVICE_DRAFTS) {
    const request = buildAdvice(draft, { ...options, random, ubrn: nextUbrn(), nextMessageId });
    requests.set(request.ubrn, request);
    for (const scene of draft.scenes) scenes.set(scene, [...(scenes.get(scene) ?? []), request.ubrn]);
  }
  return { requests, scenes };
}

interface Building extends AdviceOptions {
  readonly random: Random;
  readonly ubrn: string;
  nextMessageId(): string;
}

function buildAdvice(draft: AdviceDraft, building: Building): AdviceRequest {
  const { random, clock, patients, services, ubrn } = building;
  const ordinary = patients.filter((patient) => patient.key === '');
  const patient = patients.find((one) => one.key === draft.patient) ?? random.pick(ordinary);
  const service = services.get(draft.serviceId);
  const referringOrg = draft.referringOrg ?? 'R69';
  const requester = clinician(
    random.isHit(0.3) ? MAIN_USER_ID : random.pick(REFERRING_CLINICIANS),
    referringOrg,
    false,
  );
  const firstRequestedMs = clock.nowMs() - (1 + random.int(9)) * DAY - random.int(DAY);
  const messages = draft.messages.map((message, i) =>
    buildMessage(message, firstRequestedMs + i * 5 * HOUR, requester, building),
  );
  return {
    ubrn,
    version: 2 + messages.length,
    requestId: `a.${random.uuid()}`,
    category: draft.category,
    nhsNumber: patient.nhsNumber,
    priority: draft.priority ?? 'ROUTINE',
    specialty: service?.specialty ?? 'CARDIOLOGY',
    clinicType: service?.clinicType ?? 'HEART_FAILURE',
    serviceId: draft.serviceId,
    referringOrg,
    requester,
    sender: requester,
    isConversionAuthorised: draft.isConversionAuthorised ?? true,
    firstRequestedMs,
    updatedMs: messages.at(-1)?.sentMs ?? firstRequestedMs,
    messages,
    attachments: draft.hasOwnFile
      ? [buildFile('REFERRER', 'AVAILABLE', firstRequestedMs, requester, building)]
      : [],
  };
}

function buildMessage(
  draft: DraftMessage,
  sentMs: number,
  requester: Party,
  building: Building,
): AdviceMessage {
  const isProvider = draft.by === 'RESPONDER';
  const sender = isProvider ? clinician(NAMED_CLINICIANS[1], 'R68', true) : requester;
  const type = isProvider ? 'GUIDANCE_RESPONSE' : 'ADVICE_REQUEST';
  return {
    id: building.nextMessageId(),
    sentBy: draft.by,
    sentMs,
    text: draft.text,
    sender,
    requester: sender,
    attachments: (draft.files ?? []).map((one) => buildFile(type, one, sentMs, sender, building)),
  };
}

function buildFile(
  type: Attachment['type'],
  availability: Attachment['availability'],
  indexedMs: number,
  by: Party,
  building: Building,
): Attachment {
  const number = building.nextAttachmentNumber();
  return {
    number,
    uuid: building.random.uuid(),
    type,
    title: `${type === 'REFERRER' ? 'summary' : 'ecg'}-${number}.pdf`,
    description: type === 'REFERRER' ? 'Patient summary' : 'ECG',
    contentType: 'application/pdf',
    bytes: 18_000 + building.random.int(60_000),
    indexedMs,
    availability,
    attachedBy: { userId: by.userId, organisation: by.organisation },
  };
}

const CONVERTED: Reason = {
  set: 'eRS-ReviewOutcome-1',
  code: 'PROVIDER_CONVERTED_ADVICE_AND_GUIDANCE_ADMIN_TO_REFER',
  display: 'Provider Converted Advice and Guidance, Admin to Refer',
};

/** A referral in TRIAGED_PROVIDER_TO_ACTION, with the conversation as its first document (contract.md A027). */
function referralOf(request: AdviceRequest, conversion: Conversion, options: AdviceOptions): Referral {
  const { clock } = options;
  const { ubrn, specialty, clinicType, serviceId, nhsNumber, referringOrg } = request;
  const number = options.nextAttachmentNumber();
  const document: Attachment = {
    number,
    uuid: randomUUID(),
    type: 'REFERRER',
    title: `Advice and guidance conversation - ${ubrn}.pdf`,
    description: '',
    contentType: 'application/pdf',
    bytes: 3_900,
    indexedMs: clock.nowMs(),
    availability: 'AVAILABLE',
  };
  const appointment = {
    id: options.nextAppointmentId(),
    version: 1,
    status: 'proposed' as const,
    reason: CONVERTED,
    comment: conversion.comments,
    serviceId,
    ...{ clinicianId: null, slotId: null, startMs: null, endMs: null },
    createdMs: clock.nowMs(),
  };
  return {
    ...{ ubrn, specialty, clinicType, nhsNumber, referringOrg, appointment },
    version: request.version,
    kind: 'referral',
    isInitial: true,
    state: 'TRIAGED_PROVIDER_TO_ACTION',
    stateReason: CONVERTED,
    stateComments: conversion.comments,
    priority: conversion.priority,
    shortlist: [serviceId],
    commissioningOrg: referringOrg,
    referrerId: request.requester.userId,
    createdMs: clock.nowMs(),
    updatedMs: clock.nowMs(),
    requestId: request.requestId.replace(/^a\./, 'r.'),
    letterDue: null,
    clinicalInfoMs: clock.nowMs(),
    isReviewPending: false,
    requirements: [],
    related: [],
    attachments: [document, ...request.attachments, ...conversion.attachments, ...conversion.reviewFiles],
    accessCode: null,
    isCancelledElsewhere: false,
  };
}

function requestOf(advice: NewAdvice, service: Service, ubrn: string, message: AdviceMessage): AdviceRequest {
  const { nhsNumber, serviceId, isConversionAuthorised, searchTerms, requester, sender } = advice;
  return {
    ...{ ubrn, nhsNumber, serviceId, isConversionAuthorised, searchTerms, requester, sender },
    version: 1,
    requestId: `a.${randomUUID()}`,
    category: 'PROVIDER_RESPONSE_REQUIRED',
    priority: searchTerms.priority,
    specialty: searchTerms.specialty ?? service.specialty,
    clinicType: searchTerms.clinicType ?? service.clinicType,
    referringOrg: requester.organisation,
    firstRequestedMs: message.sentMs,
    updatedMs: message.sentMs,
    messages: [message],
    attachments: [],
  };
}
