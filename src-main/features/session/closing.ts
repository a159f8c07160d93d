/** The end of sessions that were left: only after the last call made with each has come back (contract.md 2.4). */
import type { Log, SessionProvider } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a003DeleteSession } from '../../ers/operations/a003-delete-session.ts';

export interface Closing {
  /**
   * Leaves the session that is held now, which the audit still names. Its key is deleted (A003) and, with
   * `isGivenBack`, the provider's credential released, both once nothing is under way any more. Resolves when that is
   * done, or at once where a call has to come back first.
   */
  readonly leave: (sessionKey: string | null, isGivenBack: boolean) => Promise<void>;
  /** Deletes the key of a session that another one of the same person follows, which waits for it. */
  readonly end: (sessionKey: string) => Promise<void>;
  /**
   * Another credential is about to be taken: a release that runs is waited for, one that still waits for a call will
   * not come, as the provider replaces what it held. The next person never waits for the calls of the one before.
   */
  readonly makeWay: () => Promise<void>;
  readonly isClosing: () => boolean;
  /** Resolves once nothing is being closed any more. */
  readonly whenClosed: () => Promise<void>;
}

interface Dependencies {
  readonly provider: SessionProvider;
  readonly log: Log;
  /** A client whose calls are those of whoever holds the desk at this moment, also when they are made later. */
  readonly clientOfNow: () => ErsClient;
  /** Resolves when no call of the session that is held at this moment is under way any more; null when none is. */
  readonly callsReturned: () => Promise<void> | null;
  readonly onChanged: () => void;
}

export function createClosing(deps: Dependencies): Closing {
  let releasing: Promise<void> = Promise.resolve();
  let open = 0;
  let takings = 0;
  const waiting: (() => void)[] = [];

  async function close(
    returned: Promise<void> | null,
    sessionKey: string | null,
    isGivenBack: boolean,
  ): Promise<void> {
    const [client, mine] = [deps.clientOfNow(), takings];
    if (returned !== null) await returned;
    if (sessionKey !== null) await endProfessional(client, deps.log, sessionKey);
    if (!isGivenBack || mine !== takings) return;
    releasing = releasing.then(() => release(deps));
    await releasing;
  }

  async function run(work: Promise<void>): Promise<void> {
    open += 1;
    if (open === 1) deps.onChanged();
    await work;
    open -= 1;
    if (open > 0) return;
    deps.onChanged();
    waiting.splice(0).forEach((go) => go());
  }

  return {
    leave(sessionKey, isGivenBack) {
      const returned = deps.callsReturned();
      const closed = run(close(returned, sessionKey, isGivenBack));
      return returned === null ? closed : Promise.resolve();
    },
    end: (sessionKey) => run(close(deps.callsReturned(), sessionKey, false)),
    makeWay() {
      takings += 1;
      return releasing;
    },
    isClosing: () => open > 0,
    whenClosed: () => (open === 0 ? Promise.resolve() : new Promise((go) => void waiting.push(go))),
  };
}

async function release({ provider, log }: Pick<Dependencies, 'provider' | 'log'>): Promise<void> {
  try {
    await provider.release();
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    log.write('warn', 'credential-not-released', { reason });
  }
}

async function endProfessional(client: ErsClient, log: Log, sessionKey: string): Promise<void> {
  const ended = await client.call(a003DeleteSession, { sessionKey });
  // A session that is gone already answers 403, which is what was wanted (contract.md A003).
  if (ended.kind !== 'success') log.write('info', 'session-delete-not-confirmed', { reason: ended.kind });
}
