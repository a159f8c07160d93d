/** Replies as a client must never take them: cut, of the wrong type, of absurd size (contract.md section 14.7). */
import type { Spoiling } from './faults.ts';
import type { Json, JsonObject, Reply } from './service-types.ts';

const HUGE = 10 * 1024 * 1024 + 1;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rewrites every object of a JSON value, the inner ones first. */
function rewrite(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((one: Json) => rewrite(one, change));
  if (!isObject(value)) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, rewrite(one, change)] as const);
  return change(Object.fromEntries(inner));
}

const rewriteReply = (reply: Reply, change: (object: JsonObject) => JsonObject): Reply => {
  if (reply.json === undefined) return reply;
  const json = rewrite(reply.json, change);
  return isObject(json) ? { ...reply, json } : reply;
};

const nameUnknownState = (object: JsonObject): JsonObject =>
  typeof object.system === 'string' && object.system.endsWith('eRS-ReferralState-1')
    ? { ...object, code: 'STATE_OF_A_LATER_RELEASE', display: 'State of a later release' }
    : object;

const swapTimes = (object: JsonObject): JsonObject =>
  object.resourceType === 'Slot' && object.start !== undefined && object.end !== undefined
    ? { ...object, start: object.end, end: object.start }
    : object;

function repeatEntries(reply: Reply): Reply {
  const { json } = reply;
  if (!json || !Array.isArray(json.entry)) return reply;
  const entry: readonly Json[] = json.entry;
  return { ...reply, json: { ...json, entry: [...entry, ...entry] } };
}

function mistype(reply: Reply): Reply {
  const { json } = reply;
  if (!json) return reply;
  const wrong: JsonObject = json.type === undefined ? { resourceType: 'Basic' } : { type: 'batch-response' };
  return { ...reply, json: { ...json, ...wrong } };
}

function inflate(reply: Reply): Reply {
  if (reply.bytes) {
    const bytes = new Uint8Array(reply.bytes.byteLength + HUGE);
    bytes.set(reply.bytes);
    return { ...reply, bytes, headers: { ...reply.headers, 'Content-Length': String(bytes.byteLength) } };
  }
  return { ...reply, json: { ...reply.json, text: { div: 'x'.repeat(HUGE) } } };
}

function truncate(reply: Reply): Reply {
  if (!reply.json) return reply;
  const { json, ...rest } = reply;
  const text = JSON.stringify(json);
  return { ...rest, text: text.slice(0, Math.floor(text.length / 2)) };
}

/** A page in place of the file, under the file's own content type. */
function replaceFile(reply: Reply): Reply {
  const { status, headers = {} } = reply;
  const page = '<!DOCTYPE html><title>Proxy</title><p>Please log in.';
  const { 'Content-Length': _length, ...others } = headers;
  return { status, headers: others, text: page, contentType: 'application/pdf' };
}

/** The first part of the file, as if that were all of it. */
function cutFile(reply: Reply): Reply {
  if (!reply.bytes) return reply;
  const bytes = reply.bytes.subarray(0, Math.floor(reply.bytes.byteLength * 0.6));
  return { ...reply, bytes, headers: { ...reply.headers, 'Content-Length': String(bytes.byteLength) } };
}

/** The reply, spoilt in one way; a reply to which the way does not apply stays as it is. */
export function spoilReply(reply: Reply, way: Spoiling): Reply {
  switch (way) {
    case 'truncated-json':
      return truncate(reply);
    case 'wrong-bundle-type':
      return mistype(reply);
    case 'unknown-state-code':
      return rewriteReply(reply, nameUnknownState);
    case 'slot-end-before-start':
      return rewriteReply(reply, swapTimes);
    case 'repeated-slots':
      return repeatEntries(reply);
    case 'huge-body':
      return inflate(reply);
    case 'not-a-pdf':
      return reply.bytes ? replaceFile(reply) : reply;
    case 'cut-file':
      return cutFile(reply);
  }
}
