/** Nothing odd leaves: header values, paths and queries are checked before they are used (attack S35). */
import type { WireRequest } from '../../app/ports.ts';

const HEADER_NAME = /^[A-Za-z0-9_-]{1,80}$/;
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]{0,4094}[\x21-\x7e])?$/;
/** RFC 3986 path characters; `$` stands for itself in the names of operations. */
const PATH = /^(?:\/(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+$/;
const HAS_DOT_SEGMENT = /(?:^|\/)\.{1,2}(?:\/|$)/;
// Control characters and lone surrogates have no place in a query.
const ODD_TEXT = /[\p{Cc}\p{Cs}]/u;

export type RequestFault = 'bad-header' | 'bad-path' | 'bad-query';

/** Null for a request that may be sent. */
export function findRequestFault(
  request: Pick<WireRequest, 'headers' | 'path' | 'query'>,
): RequestFault | null {
  const isBadHeader = ([name, value]: [string, string]) =>
    !HEADER_NAME.test(name) || typeof value !== 'string' || !HEADER_VALUE.test(value);
  if (Object.entries(request.headers).some(isBadHeader)) return 'bad-header';
  if (!PATH.test(request.path) || HAS_DOT_SEGMENT.test(request.path)) return 'bad-path';
  const isBadText = (text: string) => typeof text !== 'string' || ODD_TEXT.test(text);
  return request.query.some((pair) => pair.some(isBadText)) ? 'bad-query' : null;
}

const CORRELATION_ID = /^[A-Za-z0-9-]{8,64}$/;

/** A correlation id that is safe in headers, logs and audit. */
export function isCorrelationId(text: string): boolean {
  return CORRELATION_ID.test(text);
}
