/** The open writes of a line, and which of them a new one takes the place of. */
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock } from '../../app/ports.ts';
import type { Desk } from '../session/session.ts';
import type { IntentStore, StoredIntent } from './intent-store.ts';
import { standingOf } from './item-view.ts';
import { lineOf } from './line-of.ts';
import { isDesk, ownerKey } from './owner.ts';
import { mayWithdraw, type Standing } from './protocol/machine.ts';
import type { Intent } from './record-schemas.ts';
import { uploadsOf } from './uploads-of.ts';

export interface LineWrites {
  /** Open intents of the line that are writes, whoever made them. */
  writesFor(line: string): readonly StoredIntent[];
  /** What needs the clerk is replaced by a new review of the same; what may still happen is not. */
  replacedBy(desk: Desk, intent: Intent): Outcome<readonly string[]>;
}

export function createLineWrites({
  store,
  clock,
  standing,
}: {
  readonly store: IntentStore;
  readonly clock: Clock;
  /** Where an intent stands in memory; null for one that is settled. */
  readonly standing: (intentId: string) => Standing | null;
}): LineWrites {
  const writesFor = (line: string) =>
    store
      .openFor(line)
      .flatMap((row) => (row.kind === 'stored' && row.stored.intent.action !== 'letter' ? [row.stored] : []));

  return {
    writesFor,
    replacedBy(desk, intent) {
      if (intent.action === 'letter') return ok([]);
      const writes = writesFor(lineOf(intent)).filter((stored) => !goesWith(stored.intent, intent));
      if (writes.some(({ state }) => state !== 'NEEDS_CLERK')) return fail('rejected', 'booking-not-settled');
      const nowMs = clock.monotonicMs();
      const mine = writes.filter((stored) => isDesk(desk, ownerKey(stored.owner)));
      const mayStillHappen = mine.some(
        (stored) => !mayWithdraw(standingOf(stored, standing(stored.intent.intentId), nowMs), nowMs),
      );
      if (mayStillHappen) return fail('rejected', 'may-still-happen');
      return ok(
        mine
          .map((stored) => stored.intent)
          .filter(isReplacedBy(intent))
          .map(idOf),
      );
    },
  };
}

/** A patient's second referral to another service does not take the place of the first. */
const isReplacedBy =
  ({ ubrn, action, serviceId }: Intent) =>
  (earlier: Intent) =>
    ubrn !== '' || (earlier.action === action && earlier.serviceId === serviceId);

const idOf = ({ intentId }: Intent) => intentId;

/** Files stand beside each other, and ahead of the write that names them. */
function goesWith(earlier: Intent, intent: Intent): boolean {
  if (earlier.action !== 'upload-file') return false;
  const isNamed = uploadsOf(intent).some(({ intentId }) => intentId === earlier.intentId);
  return intent.action === 'upload-file' || isNamed;
}
