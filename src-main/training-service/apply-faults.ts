/** What each fault does before and after a call is handled. */
import { ConnectionDropped } from './connection-dropped.ts';
import type { FaultEffect } from './faults.ts';
import type { LetterFault } from './letters/letter-faults.ts';
import { refuse, type Desk, type Reply } from './service-types.ts';
import { spoilReply } from './spoil-reply.ts';
import { frameRefusal, type Speech } from './wire/frame-refusal.ts';
import { listAt, textAt } from './wire/read-body.ts';
import { wait } from './wait.ts';
import type { PasBehaviour } from './world/model.ts';

export interface StruckCall {
  readonly desk: Desk;
  readonly speech: Speech;
  readonly ubrn: string | null;
  /** The parsed body, where there is one. */
  readonly body: unknown;
}

/** The code that the contract gives to a status by itself (section 13). */
const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_VALUE',
  401: 'NO_ACCESS',
  403: 'FORBIDDEN',
  422: 'INVALID_VALUE',
  502: 'PAS_RESPONDED_WITH_ERROR',
  503: 'SYSTEM_UNAVAILABLE',
  504: 'PAS_NOT_RESPONDING',
};

const R4_CODES: Readonly<Record<number, string>> = {
  400: 'REC_BAD_REQUEST',
  401: 'ACCESS_DENIED',
  403: 'REC_FORBIDDEN',
  404: 'REC_NOT_FOUND',
  429: 'TOO_MANY_REQUESTS',
  500: 'REC_SERVER_ERROR',
  503: 'REC_UNAVAILABLE',
};

function statusReply(call: StruckCall, effect: Extract<FaultEffect, { kind: 'status' }>): Reply {
  const { status, body, headers = {} } = effect;
  if (typeof body === 'string') return { status, headers, text: body };
  if (body === null) return { status, headers };
  const codes = call.speech.fhir === 'r4' ? R4_CODES : CODES;
  const refusal = refuse(status, effect.code ?? codes[status] ?? '');
  const reply = frameRefusal(refusal, call.speech, call.desk.clock.nowMs());
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function takeSlots({ desk, body }: StruckCall): void {
  for (const slot of listAt(body, 'slot')) {
    const id = textAt(slot, 'reference')?.replace(/^Slot\//, '') ?? '';
    if (desk.world.slots.find(id)) desk.world.takeSlot(id);
  }
}

function moveWorld(call: StruckCall, effect: FaultEffect): void {
  const { world, credentials, sessions } = call.desk;
  const isKnown = (ubrn: string): boolean =>
    world.findReferral(ubrn) !== undefined || world.findAdvice(ubrn) !== undefined;
  const ubrn = call.ubrn !== null && isKnown(call.ubrn) ? call.ubrn : null;
  if (effect.kind === 'slot-taken') takeSlots(call);
  if (effect.kind === 'lock' && ubrn !== null) world.lock(ubrn, effect.forMs);
  if (effect.kind === 'version-bump' && ubrn !== null) world.touch(ubrn);
  if (effect.kind === 'expire-credentials') credentials.revokeAll();
  if (effect.kind === 'end-sessions') sessions.endAll();
}

export interface Before {
  /** A reply in place of the service's own, or null. */
  readonly reply: Reply | null;
  readonly pas: PasBehaviour | null;
  readonly letterFault: LetterFault | null;
}

/** Strikes before the call is handled. Throws `ConnectionDropped`. */
export async function strikeBefore(call: StruckCall, effects: readonly FaultEffect[]): Promise<Before> {
  let reply: Reply | null = null;
  let pas: PasBehaviour | null = null;
  let letterFault: LetterFault | null = null;
  for (const effect of effects) {
    moveWorld(call, effect);
    if (effect.kind === 'delay' && effect.at !== 'after') await wait(call.desk.clock, effect.ms);
    if (effect.kind === 'refuse-connection') throw new ConnectionDropped('refused');
    if (effect.kind === 'drop-before') throw new ConnectionDropped('before');
    if (effect.kind === 'pas') pas = effect.behaviour;
    if (effect.kind === 'letter') letterFault = effect.fault;
    if (effect.kind === 'html-200') {
      reply = {
        status: 200,
        text: '<!DOCTYPE html><title>Sign in to the network</title>',
        contentType: 'text/html',
      };
    }
    if (effect.kind === 'rate-limit') {
      const seconds = effect.retryAfterSeconds;
      reply = { status: 429, headers: seconds === undefined ? {} : { 'Retry-After': String(seconds) } };
    }
    if (effect.kind === 'status' && effect.commits !== true) reply = statusReply(call, effect);
  }
  return { reply, pas, letterFault };
}

/** Strikes after the call was handled. Throws `ConnectionDropped`. */
export async function strikeAfter(
  call: StruckCall,
  effects: readonly FaultEffect[],
  answer: Reply,
): Promise<Reply> {
  let reply = answer;
  for (const effect of effects) {
    switch (effect.kind) {
      case 'delay':
        if (effect.at === 'after') await wait(call.desk.clock, effect.ms);
        break;
      case 'drop-after':
        throw new ConnectionDropped('after');
      case 'status':
        if (effect.commits === true) reply = statusReply(call, effect);
        break;
      case 'truncated-json':
      case 'wrong-bundle-type':
      case 'unknown-state-code':
      case 'slot-end-before-start':
      case 'repeated-slots':
      case 'huge-body':
      case 'not-a-pdf':
      case 'cut-file':
        reply = spoilReply(reply, effect.kind);
        break;
      default:
        break;
    }
  }
  return reply;
}
