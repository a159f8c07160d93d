import { toIso } from '../../contract/london-time.ts';
import type { Clock, Log } from '../../app/ports.ts';
import type { IntentStore } from './intent-store.ts';
import { reasonOf } from './reason-of.ts';

/** Settled intents are kept this long for the clerk to look up; the audit trail keeps their story. */
const KEPT_SETTLED_MS = 30 * 24 * 3_600_000;
const EVERY_MS = 24 * 3_600_000;

/** Removes old settled intents now and once a day; the returned function ends that. */
export function keepTidy({ store, clock, log }: { store: IntentStore; clock: Clock; log: Log }): () => void {
  let cancel = () => {};
  const prune = () => {
    try {
      const count = store.prune(toIso(clock.nowMs() - KEPT_SETTLED_MS));
      if (count > 0) log.write('info', 'outbox-pruned', { count });
    } catch (error) {
      log.write('error', 'outbox-not-pruned', { reason: reasonOf(error) });
    }
    cancel = clock.schedule(EVERY_MS, prune);
  };
  prune();
  return () => cancel();
}
