/** Turns the bytes of a reply into what the operation was promised, or says why that cannot be (attacks S22, S34). */
import type { UnreadableReason } from '../outcome.ts';

export const MAX_REPLY_BYTES = 8 * 1024 * 1024;
const MAX_DEPTH = 64;
/** A reader of PDF looks for the end mark in the last kilobyte. */
const PDF_TAIL_BYTES = 1024;

export type Parsed =
  { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly reason: UnreadableReason };

const bad = (reason: UnreadableReason): Parsed => ({ ok: false, reason });

/** The media type without its parameters, in lower case. */
export function mediaTypeOf(headers: Readonly<Record<string, string>>): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

const JSON_TYPE = /^application\/(?:json|[a-z0-9.+-]+\+json|json\+fhir)$/;

/** True when the reply calls itself JSON. */
export function isJsonType(headers: Readonly<Record<string, string>>): boolean {
  return JSON_TYPE.test(mediaTypeOf(headers));
}

/** JSON with the right type, size and depth. A captive portal's page is told apart: it comes with status 200. */
export function parseJson(headers: Readonly<Record<string, string>>, body: Uint8Array): Parsed {
  if (isHtml(headers, body)) return bad('html');
  if (!isJsonType(headers)) return bad('wrong-content-type');
  if (body.length > MAX_REPLY_BYTES) return bad('too-large');
  if (isTooDeep(body)) return bad('too-deep');
  try {
    return { ok: true, json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return bad('bad-json');
  }
}

/** A whole PDF: its type, its first bytes, and its end mark, so that a cut one is never printed. */
export function checkPdf(headers: Readonly<Record<string, string>>, body: Uint8Array): Parsed {
  if (isHtml(headers, body)) return bad('html');
  if (mediaTypeOf(headers) !== 'application/pdf') return bad('wrong-content-type');
  if (body.length > MAX_REPLY_BYTES) return bad('too-large');
  const latin1 = new TextDecoder('latin1');
  const hasStart = latin1.decode(body.subarray(0, 5)) === '%PDF-';
  const hasEnd = latin1.decode(body.subarray(-PDF_TAIL_BYTES)).includes('%%EOF');
  return hasStart && hasEnd ? { ok: true, json: null } : bad('not-a-pdf');
}

/**
 * A file of any kind. A web page is one only when it is named as a file: e-RS takes `htm` files, and a portal's page
 * has no Content-Disposition.
 */
export function checkFile(headers: Readonly<Record<string, string>>, body: Uint8Array): Parsed {
  if (isHtml(headers, body) && headers['content-disposition'] === undefined) return bad('html');
  return body.length > MAX_REPLY_BYTES ? bad('too-large') : { ok: true, json: null };
}

/** True for a web page, by its type or by its first character: e-RS never sends one. */
export function isHtml(headers: Readonly<Record<string, string>>, body: Uint8Array): boolean {
  const type = mediaTypeOf(headers);
  if (type === 'text/html' || type === 'application/xhtml+xml') return true;
  const start = new TextDecoder('latin1').decode(body.subarray(0, 64));
  return /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html)/i.test(start);
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/** True when lists and objects nest deeper than FHIR ever does; told without parsing. */
export function isTooDeep(body: Uint8Array): boolean {
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === QUOTE) i = endOfString(body, i);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
  }
  return false;
}

/** The index of the quote that ends the string which starts at `start`. */
function endOfString(body: Uint8Array, start: number): number {
  let i = start + 1;
  while (i < body.length && body[i] !== QUOTE) i += body[i] === BACKSLASH ? 2 : 1;
  return i;
}
