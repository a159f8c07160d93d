import { fail, type Outcome } from '../../contract/outcome.ts';
import type { Desk } from '../session/session.ts';
import type { IntentStore } from './intent-store.ts';
import type { Outbox } from './outbox.ts';

/** Somebody is signed in and unlocked, and writes are on. */
export interface AtDesk {
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly store: IntentStore;
}

export interface OutboxDesk {
  readonly desk: () => Desk | null;
  readonly outbox: () => Outbox | null;
  readonly store: () => IntentStore | null;
  readonly writesOffReason: () => string;
}

export type RunAtDesk = <T>(work: (at: AtDesk) => Outcome<T>) => Outcome<T>;

/** Makes the function that runs a key's work where it may run, and says what is missing where it may not. */
export function createRunAtDesk(ports: OutboxDesk): RunAtDesk {
  return (work) => {
    const [desk, outbox, store] = [ports.desk(), ports.outbox(), ports.store()];
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    if (outbox === null || store === null) return fail('writes-off', ports.writesOffReason());
    return work({ desk, outbox, store });
  };
}
