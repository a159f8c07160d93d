import { randomUUID } from 'node:crypto';
import type { ErsClient } from '../ers/client.ts';

/** The client, and who each call under way was made for. */
export interface AttributedCalls<Caller> {
  readonly client: ErsClient;
  /** The caller of a call that is being reported; null when the call did not come through here. */
  readonly callerOf: (correlationId: string) => Caller | null;
}

/**
 * Notes at the start of every call whose it is: its reply may come when the desk is locked, in another role or
 * another person's, and neither the audit nor the session may take it for theirs.
 */
export function attributeCalls<Caller>(
  client: () => ErsClient,
  callerNow: () => Caller,
): AttributedCalls<Caller> {
  const callers = new Map<string, Caller>();
  return {
    client: {
      get dialect() {
        return client().dialect;
      },
      async call(operation, input, options = {}) {
        const correlationId = options.correlationId ?? randomUUID();
        callers.set(correlationId, callerNow());
        try {
          return await client().call(operation, input, { ...options, correlationId });
        } finally {
          callers.delete(correlationId);
        }
      },
    },
    callerOf: (correlationId) => callers.get(correlationId) ?? null,
  };
}
