import { randomUUID } from 'node:crypto';
import type { ErsClient } from '../ers/client.ts';

/** The client, and who each call under way was made for. */
export interface AttributedCalls<Caller> {
  readonly client: ErsClient;
  /** A client whose calls are this caller's, whoever is there when they are made. */
  readonly clientFor: (caller: Caller) => ErsClient;
  /** The caller of a call that is being reported; null when the call did not come through here. */
  readonly callerOf: (correlationId: string) => Caller | null;
  /** Resolves when no call is under way for such a caller any more; null when none is. */
  readonly whenNoneOf: (isOf: (caller: Caller) => boolean) => Promise<void> | null;
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
  const waiting = new Set<{ readonly isOf: (caller: Caller) => boolean; readonly go: () => void }>();
  const hasSome = (isOf: (caller: Caller) => boolean) => [...callers.values()].some(isOf);

  function end(correlationId: string): void {
    callers.delete(correlationId);
    for (const one of waiting) {
      if (hasSome(one.isOf)) continue;
      waiting.delete(one);
      one.go();
    }
  }

  const attributed = (caller: () => Caller): ErsClient => ({
    get dialect() {
      return client().dialect;
    },
    async call(operation, input, options = {}) {
      const correlationId = options.correlationId ?? randomUUID();
      callers.set(correlationId, caller());
      try {
        return await client().call(operation, input, { ...options, correlationId });
      } finally {
        end(correlationId);
      }
    },
  });

  return {
    client: attributed(callerNow),
    clientFor: (caller) => attributed(() => caller),
    callerOf: (correlationId) => callers.get(correlationId) ?? null,
    whenNoneOf: (isOf) => (hasSome(isOf) ? new Promise((go) => void waiting.add({ isOf, go })) : null),
  };
}
