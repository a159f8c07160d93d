import type { PageRequest } from './page-protocol.ts';

/** The request in a message of the page; null when it is too long, no JSON, or no request. Never throws. */
export function readPageRequest(payload: unknown, maxLength: number): PageRequest | null {
  if (typeof payload !== 'string' || payload.length > maxLength) return null;
  let message: unknown;
  try {
    message = JSON.parse(payload);
  } catch {
    return null;
  }
  if (!Array.isArray(message) || message.length !== 3) return null;
  const [id, channel, input] = message as unknown[];
  const isRequest = Number.isSafeInteger(id) && Number(id) > 0 && typeof channel === 'string';
  return isRequest ? [Number(id), channel, input] : null;
}
