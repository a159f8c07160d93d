import { createHmac, createSecretKey } from 'node:crypto';

/** How many tags are remembered: a desk's owner and the referrals of a list, not a history. */
const MOST_TAGS = 256;

/**
 * Makes keyed digests: the same for the same purpose and text, and nothing that one could read back. The last ones are
 * remembered in memory, as every step of a booking asks for the same few.
 */
export function createTags(keyBytes: Uint8Array): (purpose: string, text: string) => Uint8Array {
  const key = createSecretKey(keyBytes);
  const made = new Map<string, Uint8Array>();
  return (purpose, text) => {
    const input = `${purpose}\u0000${text}`;
    const known = made.get(input);
    if (known !== undefined) return known;
    const tag = createHmac('sha256', key).update(input).digest();
    const [oldest] = made.keys();
    if (made.size >= MOST_TAGS && oldest !== undefined) made.delete(oldest);
    made.set(input, tag);
    return tag;
  };
}
