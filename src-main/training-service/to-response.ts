/** The last step: bytes and the headers that every reply has (contract.md sections 2.2 and 2.3). */
import { producedType } from './media-types.ts';
import type { Received } from './receive.ts';
import type { Reply } from './service-types.ts';

function contentType(reply: Reply, received: Received): string {
  const operation = received.match?.operation;
  return reply.contentType ?? (operation ? producedType(operation) : 'text/plain');
}

function ownHeaders(
  reply: Reply,
  { surface, headers }: Received,
  transactionId: string,
): Record<string, string> {
  const correlationId = headers.get('x-correlation-id');
  if (surface === 'spine-session') return { X_ERS_TRANSACTION_ID: transactionId };
  return {
    ...(correlationId === null ? {} : { 'X-Correlation-ID': correlationId }),
    // A fault of the gateway itself has no transaction of e-RS.
    ...(reply.isFromGateway === true ? {} : { 'X-Request-ID': `${transactionId}-1` }),
  };
}

/** Turns a reply into a response. */
export function toResponse(reply: Reply, received: Received, transactionId: string): Response {
  const body = reply.bytes ?? reply.text ?? (reply.json === undefined ? null : JSON.stringify(reply.json));
  const headers = new Headers({ ...reply.headers, ...ownHeaders(reply, received, transactionId) });
  if (body !== null) headers.set('Content-Type', contentType(reply, received));
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return new Response(bytes === null ? null : new Uint8Array(bytes), { status: reply.status, headers });
}
