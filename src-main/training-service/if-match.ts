/** The pin of a write: `If-Match: W/"n"` (contract.md sections 2.1 and 4.5). */
import { refuse, type Call, type Refusal } from './service-types.ts';

const VERSION_TAG = /^W\/"(\d{1,9})"$/;

/** 412 without the header; 400 for one that names no version, which no source settles. */
export function checkIfMatch(headers: Headers): Refusal | null {
  const tag = headers.get('if-match');
  if (tag === null) return refuse(412, 'MISSING_HEADER', 'If-Match');
  return VERSION_TAG.test(tag) ? null : refuse(400, 'INVALID_VALUE', 'If-Match');
}

/** The version of a call that passed `checkIfMatch`. */
export function pinnedVersion(call: Call): number {
  return Number(VERSION_TAG.exec(call.headers.get('if-match') ?? '')?.[1] ?? NaN);
}
