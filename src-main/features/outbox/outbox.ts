import type { BookingState } from '../../contract/channels/booking.ts';
import type { OutboxSummary } from '../../contract/channels/outbox.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Storage } from '../../app/ports.ts';
import type { Desk } from '../session/session.ts';
import { bookingEntry } from './booking-entry.ts';
import { viewBooking } from './booking-view.ts';
import { createIntentRuns, reasonOf, type IntentRunsPorts } from './intent-runs.ts';
import type { IntentOwner, StoredIntent } from './intent-store.ts';
import type { BookIntent } from './record-schemas.ts';
import { settleInterrupted } from './settle-interrupted.ts';

export interface Outbox {
  /** Writes the intent down, then starts it. Answers once it is durable, or says that it is not saved. */
  readonly book: (desk: Desk, intent: BookIntent) => Outcome<BookingState>;
  readonly stateOf: (desk: Desk, ubrn: string) => BookingState | null;
  /** Reads back now an outcome that is not known. */
  readonly readBack: (desk: Desk, intentId: string) => Promise<Outcome<BookingState>>;
  /** True while a booking of the referral is not settled, whoever made it. */
  readonly isUnsettled: (ubrn: string) => boolean;
  readonly summary: () => OutboxSummary;
  /** Resumes what a restart or a lost session left unknown (safety.md, fault model). */
  readonly resume: (desk: Desk) => void;
  /** Ends intents that a crash stopped before anything was sent. Called once at start. */
  readonly settleInterrupted: () => void;
  /** Ends the waiting for a disk that failed; what is on disk says enough for the next start. */
  readonly stop: () => void;
}

interface Dependencies extends IntentRunsPorts {
  readonly storage: Storage;
  readonly onBooking: (state: BookingState) => void;
  readonly onSummary: (summary: OutboxSummary) => void;
}

const QUEUED = { state: 'QUEUED', code: '', correlationId: '' } as const;

const ownerOf = ({ userId, organisation, businessFunction, onBehalfOf }: Desk): IntentOwner => ({
  userId,
  organisation,
  businessFunction,
  onBehalfOf,
});

/** Every write of the product goes through here: first on disk, then sent once, then read back. */
export function createOutbox(deps: Dependencies): Outbox {
  const { store } = deps;
  const bookedSinceStart = new Set<string>();

  const summary = (): OutboxSummary => {
    const desk = deps.desk();
    try {
      const counts = desk === null ? { open: 0, unknown: 0 } : store.count(ownerOf(desk));
      return { ...counts, canWrite: true, writesOffReason: null };
    } catch (error) {
      return { open: 0, unknown: 0, canWrite: false, writesOffReason: reasonOf(error).slice(0, 40) };
    }
  };

  /** Shows what is on disk. A row that cannot be read now is not shown: the step it records stands all the same. */
  const show = (owner: IntentOwner, intentId: string, nextCheckAtMs?: number) => {
    // What belongs to another person is recorded, not shown (attack S38).
    if (deps.desk()?.userId !== owner.userId) return;
    try {
      const stored = store.read(owner, intentId);
      if (stored !== null) deps.onBooking(view(stored, nextCheckAtMs));
    } catch (error) {
      deps.log.write('error', 'intent-not-shown', { reason: reasonOf(error) });
    }
    deps.onSummary(summary());
  };

  const runs = createIntentRuns({
    ...deps,
    onRecorded(owner, intentId, state, nextCheckAtMs) {
      if (state === 'APPLIED') bookedSinceStart.add(intentId);
      show(owner, intentId, nextCheckAtMs);
    },
  });
  const view = (stored: StoredIntent, nextCheckAtMs?: number) =>
    viewBooking(stored, runs.isRunning(stored.intent.intentId), nextCheckAtMs);

  return {
    book(desk, intent) {
      const owner = ownerOf(desk);
      try {
        if (store.isBusy(intent.ubrn)) return fail('rejected', 'booking-not-settled');
        const stored = store.add(owner, intent, () =>
          deps.audit.append(bookingEntry(deps.auditHost, owner, intent, QUEUED)),
        );
        runs.begin(owner, intent);
        return ok(view(stored));
      } catch (error) {
        return fail('writes-off', `not-saved-${reasonOf(error)}`);
      }
    },
    stateOf(desk, ubrn) {
      const stored = store.newestFor(ownerOf(desk), ubrn);
      // What was booked before this start may be cancelled since: there e-RS alone says what is booked (hazard 2).
      const isOldNews = stored?.state === 'APPLIED' && !bookedSinceStart.has(stored.intent.intentId);
      return stored === null || isOldNews ? null : view(stored);
    },
    async readBack(desk, intentId) {
      const owner = ownerOf(desk);
      const stored = store.read(owner, intentId);
      if (stored === null) return fail('not-found', 'no-such-intent');
      // A run that a fault of ours stopped left its row as it was: the clerk's key takes it up again.
      runs.takeUp(owner, stored);
      return ok(view(store.read(owner, intentId) ?? stored));
    },
    isUnsettled: (ubrn) => store.isBusy(ubrn),
    summary,
    resume(desk) {
      const owner = ownerOf(desk);
      try {
        store.unsettled(owner).forEach((stored) => runs.takeUp(owner, stored));
      } catch (error) {
        // A disk that fails here must not keep the clerk from reading.
        deps.log.write('error', 'outbox-not-resumed', { reason: reasonOf(error) });
      }
      deps.onSummary(summary());
    },
    settleInterrupted: () => settleInterrupted(deps),
    stop: runs.stop,
  };
}
