/** Replies as a faulty way, gateway or service gives them: bytes and headers, no more than a socket would bring. */
import type { WireReply } from '../../../src-main/app/ports.ts';
import { refuse, type Surface } from '../../../src-main/training-service/service-types.ts';
import { frameRefusal } from '../../../src-main/training-service/wire/frame-refusal.ts';

export type Reply = WireReply & { readonly kind: 'reply' };

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (reply: Reply) => new TextDecoder().decode(reply.body);

export const NOT_SENT: WireReply = { kind: 'not-sent', reason: 'connection-refused' };
export const LOST: WireReply = { kind: 'lost', reason: 'connection-reset' };

export const PORTAL: Reply = {
  kind: 'reply',
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: bytes('<!DOCTYPE html><title>Sign in to the network</title>'),
};

/** A refusal as the contract frames it, from nowhere. */
export function refusal(
  surface: Surface,
  id: string,
  status: number,
  code: string,
  retryAfterSeconds: number | null = null,
): Reply {
  const framed = frameRefusal(refuse(status, code), { surface, fhir: 'stu3', id }, 0);
  const body = framed.text ?? (framed.json === undefined ? '' : JSON.stringify(framed.json));
  const type = body === '' ? {} : { 'content-type': framed.contentType ?? 'application/fhir+json' };
  const retry = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { kind: 'reply', status, headers: { ...type, ...retry }, body: bytes(body) };
}

/** The body breaks off; an empty one cannot. */
export const truncated = (reply: Reply): Reply => ({
  ...reply,
  body: reply.body.subarray(0, Math.floor(reply.body.length * 0.6)),
});

export const withWrongType = (reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'content-type': 'text/plain' },
});

/** Every mention of one text becomes another: somebody else's UBRN, another slot, another service. */
export const withOther = (reply: Reply, text: string, other: string): Reply =>
  text === '' ? reply : { ...reply, body: bytes(textOf(reply).replaceAll(text, other)) };

export const OTHER_UBRN = '000099999999';
