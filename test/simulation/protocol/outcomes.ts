/** Outcomes of calls as the e-RS client gives them, made once. */
import type { ErsOutcome, ReplyFacts, UnreadableReason } from '../../../src-main/ers/outcome.ts';

const factsOf = (status: number): ReplyFacts => ({
  status,
  correlationId: '',
  transactionId: '',
  etagVersion: null,
  durationMs: 0,
  receivedAtMs: 0,
});

const FACTS_OF_SUCCESS = factsOf(200);

export const success = <T>(value: T): ErsOutcome<T> => ({ kind: 'success', value, facts: FACTS_OF_SUCCESS });

export const refused = (
  code: string,
  status: number,
  retryAfterMs: number | null = null,
): ErsOutcome<never> => ({
  kind: 'refused',
  code,
  codes: code === '' ? [] : [code],
  retryAfterMs,
  facts: factsOf(status),
});

export const limited = (retryAfterMs: number): ErsOutcome<never> => ({
  kind: 'rate-limited',
  retryAfterMs,
  facts: factsOf(429),
});

export const unreadable = (reason: UnreadableReason): ErsOutcome<never> => ({
  kind: 'unreadable',
  reason,
  status: 200,
  correlationId: '',
});

export const NOT_SENT: ErsOutcome<never> = {
  kind: 'not-sent',
  reason: 'connection-refused',
  correlationId: '',
};
export const LOST: ErsOutcome<never> = { kind: 'lost', reason: 'reset', correlationId: '' };
export const NOT_IN_DIALECT: ErsOutcome<never> = { kind: 'not-in-dialect', operation: 'A016' };
export const SESSION_ENDED: ErsOutcome<never> = { kind: 'unauthorised', code: '', facts: factsOf(401) };
export const HTML = unreadable('html');
export const BAD_JSON = unreadable('bad-json');
export const WRONG_SHAPE = unreadable('wrong-shape');

/** Refusals by status, without a code of e-RS. */
export const STATUS = {
  400: refused('', 400),
  403: refused('', 403),
  404: refused('', 404),
  406: refused('', 406),
  409: refused('', 409),
  412: refused('', 412),
  415: refused('', 415),
  423: refused('', 423),
  500: refused('', 500),
  503: refused('', 503),
  504: refused('', 504),
} as const;
