/**
 * A stateful e-RS as a function from request to response: the product's training environment and its tests' server.
 * It speaks both dialects over one world, and is written from contract.md alone, apart from the client.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../app/ports.ts';
import { strikeAfter, strikeBefore, type Before, type StruckCall } from './apply-faults.ts';
import { authorise } from './authorise.ts';
import { createCallLog, type CallLog } from './call-log.ts';
import { ConnectionDropped } from './connection-dropped.ts';
import { createFaults, type Faults } from './faults.ts';
import { checkIfMatch } from './if-match.ts';
import { createFileStore } from './files/file-store.ts';
import { createLetterMaker } from './letters/make-letter.ts';
import { checkMediaTypes } from './media-types.ts';
import { createRateLimit } from './rate-limit.ts';
import { receive, type Received } from './receive.ts';
import { isRefusal, refuse, type Answer, type Desk, type Refusal, type Reply } from './service-types.ts';
import { createCredentials } from './sessions/credentials.ts';
import { createSpineSessions } from './sessions/spine-sessions.ts';
import { toResponse } from './to-response.ts';
import { frameRefusal } from './wire/frame-refusal.ts';
import { textAt } from './wire/read-body.ts';
import { createWorld, type World } from './world/create-world.ts';

export interface TrainingServiceOptions {
  readonly seed: number;
  readonly clock: Clock;
  /** Number of referrals, 320 by default. */
  readonly size?: number;
  /** How long a silent provider system is waited for, two minutes by default. */
  readonly pasDelayMs?: number;
  /** Refuses the eleventh request of a second; off by default. */
  readonly enforceRateLimit?: boolean;
  /** By how much A016 raises a referral's version, 2 by default. */
  readonly bookingVersionStep?: number;
  /** How long a token or ticket lives, one hour by default. */
  readonly credentialLifetimeMs?: number;
  /** How long a spine session lives unused, 30 minutes by default: no number is published. */
  readonly sessionIdleMs?: number;
  /** Where DejaVuSans.ttf and DejaVuSans-Bold.ttf are; the installed package by default. */
  readonly fontDirectory?: string;
}

export interface TrainingService {
  /** Answers a request; rejects with `ConnectionDropped` when a fault breaks the connection. */
  handle(request: Request): Promise<Response>;
  readonly world: World;
  readonly faults: Faults;
  /** Every request seen. */
  readonly calls: CallLog;
  readonly clock: Clock;
}

/** Broken JSON: 400 without a body on the platform, 422 in 2021. */
const refuseJson = ({ surface }: Received): Refusal =>
  refuse(surface === 'spine-session' ? 422 : 400, 'INVALID_FHIR_STRUCTURE', 'The body is not JSON');

function refuseUnknownPath({ surface, isMethodWrong, speech }: Received): Refusal {
  if (isMethodWrong && surface === 'spine-session') return refuse(405, '');
  return refuse(404, speech.fhir === 'r4' ? 'REC_NOT_FOUND' : '');
}

/** The check order of contract.md section 14.2 up to the operation, which goes on with it. */
async function answerCall(
  received: Received,
  desk: Desk,
  { pas, letterFault }: Pick<Before, 'pas' | 'letterFault'>,
): Promise<Answer> {
  const { match, surface, headers, request } = received;
  if (match === null || surface === null) return refuseUnknownPath(received);
  const { operation, route } = match;
  const { fhir, isBeforeOnBehalfOf = false, isPinned = false } = operation;
  const caller = authorise({
    surface,
    fhir,
    permission: route.permission,
    isBeforeOnBehalfOf,
    headers,
    desk,
  });
  if ('isRefusal' in caller) return caller;
  const refusal =
    checkMediaTypes(operation, surface, headers, received.bodyText !== '') ??
    (isPinned ? checkIfMatch(headers) : null);
  if (refusal) return refusal;
  if (operation.consumes !== null && received.isBodyBroken) return refuseJson(received);
  return operation.answer({
    surface,
    base: received.base,
    params: match.params,
    query: new URL(request.url).searchParams,
    headers,
    body: received.body,
    bytes: received.bytes,
    caller,
    pas,
    letterFault,
    desk,
  });
}

/** A booking that met a 504, whoever made it, permits a deferral for it (contract.md section 10). */
function noteSilence(received: Received, desk: Desk, status: number): void {
  const serviceId = textAt(received.body, 'participant', 0, 'actor', 'identifier', 'value');
  if (received.id !== 'A016' || status !== 504 || received.ubrn === null || serviceId === undefined) return;
  desk.world.recordSilence(received.ubrn, serviceId);
}

function createDesk(options: TrainingServiceOptions): Desk {
  const { clock, seed } = options;
  const credentials = createCredentials(clock, options.credentialLifetimeMs ?? 3_600_000);
  return {
    clock,
    credentials,
    sessions: createSpineSessions(clock, credentials, options.sessionIdleMs ?? 1_800_000),
    world: createWorld({
      seed,
      clock,
      size: options.size ?? 320,
      bookingVersionStep: options.bookingVersionStep ?? 2,
    }),
    letters: createLetterMaker(options.fontDirectory),
    files: createFileStore(clock),
    pasDelayMs: options.pasDelayMs ?? 120_000,
  };
}

/** Builds the service; its world follows from the seed and the clock's present instant. */
export function createTrainingService(options: TrainingServiceOptions): TrainingService {
  const { clock } = options;
  const desk = createDesk(options);
  const faults = createFaults();
  const calls = createCallLog();
  const isWithinRate = options.enforceRateLimit === true ? createRateLimit(clock) : () => true;

  const reply = async (received: Received): Promise<Reply> => {
    const { surface, ubrn, body, speech } = received;
    const struck: StruckCall = { desk, speech, ubrn, body };
    const effects = faults.strike({ id: received.id, surface, ubrn });
    const before = await strikeBefore(struck, effects);
    if (before.reply) return before.reply;
    const answer: Answer =
      surface === 'api-platform' && !isWithinRate()
        ? { ...refuse(429, speech.fhir === 'r4' ? 'TOO_MANY_REQUESTS' : ''), isFromGateway: true }
        : await answerCall(received, desk, before);
    const framed = isRefusal(answer)
      ? {
          ...frameRefusal(answer, speech, clock.nowMs()),
          isFromGateway: answer.isFromGateway,
        }
      : answer;
    return strikeAfter(struck, effects, framed);
  };

  return {
    world: desk.world,
    faults,
    calls,
    clock,
    async handle(request) {
      const received = await receive(request, desk.world);
      const { id, surface, ubrn } = received;
      const correlationId = request.headers.get('x-correlation-id') ?? '';
      const note = calls.begin({
        id,
        surface,
        method: request.method,
        ubrn,
        atMs: clock.nowMs(),
        correlationId,
      });
      try {
        const answered = await reply(received);
        noteSilence(received, desk, answered.status);
        note({ status: answered.status });
        return toResponse(answered, received, randomUUID());
      } catch (error) {
        if (error instanceof ConnectionDropped) {
          note({ dropped: error.phase });
          throw error;
        }
        note({ status: 500, defect: error });
        return toResponse({ status: 500 }, received, randomUUID());
      }
    },
  };
}
