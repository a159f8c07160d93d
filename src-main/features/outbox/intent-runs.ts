import type { Audit, Clock, Log } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Desk } from '../session/session.ts';
import { TERMINAL_STATES, type IntentState } from './book-protocol.ts';
import { bookingEntry } from './booking-entry.ts';
import { NOT_SENT, UNSENT_STATES } from './booking-view.ts';
import type { IntentOwner, IntentStore, StoredIntent } from './intent-store.ts';
import type { BookIntent } from './record-schemas.ts';
import { resumeBooking, runBooking, type BookingRun } from './run-booking.ts';

const RETRY_AFTER_FAULT_MS = 30_000;

export interface IntentRuns {
  /** Sends a new intent. */
  readonly begin: (owner: IntentOwner, intent: BookIntent) => void;
  /** Goes on with an intent that nobody works on: what was not sent ends, what may have been sent is read back. */
  readonly takeUp: (owner: IntentOwner, stored: StoredIntent) => void;
  readonly isRunning: (intentId: string) => boolean;
  readonly stop: () => void;
}

/** What a run needs of the application; the outbox has the same and more. */
export interface IntentRunsPorts {
  readonly store: IntentStore;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  readonly client: () => ErsClient;
  readonly desk: () => Desk | null;
  /** Who holds the desk, locked or not. */
  readonly seated: () => Desk | null;
  readonly auditHost: string;
}

interface Dependencies extends IntentRunsPorts {
  /** A step is durable; `state` is null when a run has stopped without one. */
  readonly onRecorded: (
    owner: IntentOwner,
    intentId: string,
    state: IntentState | null,
    nextCheckAtMs?: number,
  ) => void;
}

/** Runs intents, one run for each, and takes up again those that a failing disk stopped. */
export function createIntentRuns(deps: Dependencies): IntentRuns {
  const { store } = deps;
  const running = new Set<string>();
  let isStopped = false;

  function runOf(owner: IntentOwner, intent: BookIntent): BookingRun {
    return {
      client: deps.client,
      clock: deps.clock,
      record: (change, nextCheckAtMs) => {
        const before = store.read(owner, intent.intentId);
        assertNotSettled(before?.state);
        const correlationId = change.correlationId ?? before?.correlationId ?? '';
        store.change(owner, intent.intentId, change, () =>
          deps.audit.append(bookingEntry(deps.auditHost, owner, intent, { ...change, correlationId })),
        );
        deps.onRecorded(owner, intent.intentId, change.state, nextCheckAtMs);
      },
      mayAct: () => isSamePerson(deps.desk(), owner),
      mayRead: () => isSamePerson(deps.seated(), owner),
    };
  }

  function start(owner: IntentOwner, intent: BookIntent, work: typeof runBooking): void {
    if (running.has(intent.intentId)) return;
    running.add(intent.intentId);
    work(runOf(owner, intent), intent)
      .catch((error: unknown) => deps.log.write('error', 'intent-stopped', { reason: reasonOf(error) }))
      .finally(() => {
        running.delete(intent.intentId);
        settleLater(owner, intent.intentId);
      });
  }

  /** A run that the disk stopped is shown for what it is, and taken up again when the disk may have recovered. */
  function settleLater(owner: IntentOwner, intentId: string): void {
    if (isStopped || !isLeftOpen(owner, intentId)) return;
    deps.onRecorded(owner, intentId, null);
    deps.clock.schedule(RETRY_AFTER_FAULT_MS, () => {
      if (isStopped || running.has(intentId) || !isSamePerson(deps.seated(), owner)) return;
      try {
        const stored = store.read(owner, intentId);
        if (stored !== null) takeUp(owner, stored);
      } catch (error) {
        deps.log.write('error', 'intent-not-taken-up', { reason: reasonOf(error) });
        settleLater(owner, intentId);
      }
    });
  }

  /** True when the same person is there and the row says that more is to do, or cannot be read to say so. */
  function isLeftOpen(owner: IntentOwner, intentId: string): boolean {
    if (!isSamePerson(deps.seated(), owner)) return false;
    try {
      const stored = store.read(owner, intentId);
      return stored !== null && !TERMINAL_STATES.includes(stored.state);
    } catch {
      // The disk has failed: ask again later.
      return true;
    }
  }

  function takeUp(owner: IntentOwner, { intent, state }: StoredIntent): void {
    if (running.has(intent.intentId) || TERMINAL_STATES.includes(state)) return;
    if (UNSENT_STATES.includes(state)) start(owner, intent, async (run) => run.record(NOT_SENT));
    else start(owner, intent, resumeBooking);
  }

  return {
    begin: (owner, intent) => start(owner, intent, runBooking),
    takeUp,
    isRunning: (intentId) => running.has(intentId),
    stop: () => void (isStopped = true),
  };
}

function isSamePerson(desk: Desk | null, owner: IntentOwner): boolean {
  return (
    desk !== null &&
    desk.userId === owner.userId &&
    desk.organisation === owner.organisation &&
    desk.businessFunction === owner.businessFunction &&
    desk.onBehalfOf === owner.onBehalfOf
  );
}

/** Stays on in production: a settled intent never changes again (I1). */
function assertNotSettled(state: IntentState | undefined): void {
  if (state === undefined || TERMINAL_STATES.includes(state)) throw new Error('A settled intent was changed');
}

/** The name of a fault for log and answer; never its text, which may quote what was being handled. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}
