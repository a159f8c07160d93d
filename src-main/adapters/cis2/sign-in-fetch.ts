/** How the sign-in's own calls leave this machine: by the same authorities, certificate and proxy as those to e-RS. */
import type { CustomFetch } from 'openid-client';
import { createConnector, type ConnectionOptions } from '../node/undici-connector.ts';

/** Tokens and keys are small; what is longer is not an answer to a sign-in. */
const MOST_BYTES = 1024 * 1024;
/** Answers that have no body, and may be given none. */
const WITHOUT_BODY: readonly number[] = [101, 103, 204, 205, 304];

/**
 * A `fetch` for openid-client. No redirect is followed, no connection kept: a sign-in makes a handful of calls a day.
 * Rejects as `fetch` does when the way is not there. undici is loaded at the first call.
 */
export function createSignInFetch(options: ConnectionOptions): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const undici = await import('undici');
    const { connect } = createConnector(undici, options);
    const agent = new undici.Agent({ connect, allowH2: false });
    try {
      const reply = await undici.fetch(url, {
        ...{ method, headers: { ...headers }, body: body ?? null, redirect: 'manual', dispatcher: agent },
        ...(signal === undefined ? {} : { signal }),
      });
      const bytes = await readCapped(reply.body);
      return new Response(WITHOUT_BODY.includes(reply.status) ? null : bytes, {
        status: reply.status,
        headers: [...reply.headers],
      });
    } finally {
      await agent.destroy();
    }
  };
}

async function readCapped(body: AsyncIterable<Uint8Array> | null): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new TypeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
