/** Reads a body with an operation, as the client does after a success status. */
import type { DialectName, Read, SuccessReply } from '../../../src-main/ers/operation.ts';

/** An operation as far as its reading goes. */
interface Readable<O> {
  read(reply: SuccessReply, dialect: DialectName): Read<O>;
}

export const UBRN = '000000123456';

export function readWith<O>(
  operation: Readable<O>,
  json: unknown,
  dialect: DialectName = 'api-platform',
): Read<O> {
  return operation.read({ status: 200, headers: {}, json, bytes: new Uint8Array() }, dialect);
}

export function valueOf<O>(operation: Readable<O>, json: unknown): O {
  const answer = readWith(operation, json);
  if (!answer.ok) throw new Error(`not readable: ${answer.reason}`);
  return answer.value;
}

export const WRONG = { ok: false, reason: 'wrong-shape' };
