import type { BookingState, BookingStateName } from '../../contract/channels/booking.ts';
import type { OutboxSummary } from '../../contract/channels/outbox.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Audit, Clock, Log, Storage } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Desk } from '../session/session.ts';
import { allowsDeferral, TERMINAL_STATES, type IntentState } from './book-protocol.ts';
import type { IntentChange, IntentOwner, IntentStore, StoredIntent } from './intent-store.ts';
import type { BookIntent } from './record-schemas.ts';
import { resumeBooking, runBooking, type BookingRun } from './run-booking.ts';

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
}

interface Dependencies {
  readonly store: IntentStore;
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  readonly client: () => ErsClient;
  readonly desk: () => Desk | null;
  /** The person whose session lives, locked or not. */
  readonly sessionUserId: () => string | null;
  readonly auditHost: string;
  readonly onBooking: (state: BookingState) => void;
  readonly onSummary: (summary: OutboxSummary) => void;
}

const STATE_NAMES: Readonly<Record<IntentState, BookingStateName>> = {
  QUEUED: 'preflight',
  PREFLIGHT: 'preflight',
  SENDING: 'sending',
  RECONCILING: 'unknown',
  APPLIED: 'booked',
  REJECTED: 'refused',
  NEEDS_CLERK: 'needs-clerk',
};

const CONFLICT_CODES = ['changed-before-sending', 'changed-meanwhile', 'slot-changed'];

const ownerOf = ({ userId, organisation, businessFunction, onBehalfOf }: Desk): IntentOwner => ({
  userId,
  organisation,
  businessFunction,
  onBehalfOf,
});

/** Every write of the product goes through here: first on disk, then sent once, then read back. */
export function createOutbox(deps: Dependencies): Outbox {
  const { store } = deps;
  const running = new Set<string>();

  const view = (stored: StoredIntent, nextCheckAtMs?: number): BookingState => ({
    intentId: stored.intent.intentId,
    ubrn: stored.intent.ubrn,
    state: nameOf(stored.state, stored.code),
    code: stored.code,
    correlationId: stored.correlationId,
    serviceName: stored.intent.serviceName,
    start: stored.intent.start,
    clinicianId: stored.intent.clinicianId,
    sentAt: stored.sentAt,
    nextCheckAt: nextCheckAtMs === undefined ? null : toIso(nextCheckAtMs),
    appointmentId: stored.appointmentId,
    mayDefer: allowsDeferral(stored.state, stored.code),
    updatedAt: stored.updatedAt,
  });

  const auditRow = (
    owner: IntentOwner,
    intent: BookIntent,
    state: string,
    code: string,
    correlationId: string,
  ) =>
    deps.audit.append({
      type: `Booking ${state}`,
      method: 'POST',
      resource: 'Appointment',
      ubrn: intent.ubrn,
      nhsNumber: intent.nhsNumber,
      userId: owner.userId,
      onBehalfOf: owner.onBehalfOf,
      organisation: owner.organisation,
      businessFunction: owner.businessFunction,
      correlationId,
      host: deps.auditHost,
      outcome: code,
      facts: { intentId: intent.intentId, pinnedVersion: intent.pinnedVersion, slotId: intent.slotId },
    });

  const summary = (): OutboxSummary => {
    const desk = deps.desk();
    const counts = desk === null ? { open: 0, unknown: 0 } : store.count(ownerOf(desk));
    return { ...counts, canWrite: true, writesOffReason: null };
  };

  const show = (owner: IntentOwner, intentId: string, nextCheckAtMs?: number) => {
    const stored = store.read(owner, intentId);
    // What belongs to another person is recorded, not shown (attack S38).
    if (stored === null || deps.desk()?.userId !== owner.userId) return;
    deps.onBooking(view(stored, nextCheckAtMs));
    deps.onSummary(summary());
  };

  function runOf(owner: IntentOwner, intent: BookIntent): BookingRun {
    return {
      client: deps.client,
      clock: deps.clock,
      record: (change: IntentChange, nextCheckAtMs) => {
        assertNotSettled(store.read(owner, intent.intentId)?.state);
        const correlationId = change.correlationId ?? '';
        store.change(owner, intent.intentId, change, () =>
          auditRow(owner, intent, change.state, change.code, correlationId),
        );
        show(owner, intent.intentId, nextCheckAtMs);
      },
      mayAct: () => isSamePerson(deps.desk(), owner),
      mayRead: () => deps.sessionUserId() === owner.userId,
    };
  }

  function start(owner: IntentOwner, intent: BookIntent, work: typeof runBooking): void {
    if (running.has(intent.intentId)) return;
    running.add(intent.intentId);
    work(runOf(owner, intent), intent)
      // The disk failed under a running intent: what is on disk says enough for the next start to read back.
      .catch((error: unknown) => deps.log.write('error', 'intent-stopped', { reason: reasonOf(error) }))
      .finally(() => running.delete(intent.intentId));
  }

  return {
    book(desk, intent) {
      const owner = ownerOf(desk);
      if (store.isBusy(intent.ubrn)) return fail('rejected', 'booking-not-settled');
      try {
        store.add(owner, intent, () => auditRow(owner, intent, 'QUEUED', '', ''));
      } catch (error) {
        return fail('writes-off', `not-saved-${reasonOf(error)}`);
      }
      const stored = store.read(owner, intent.intentId);
      if (stored === null) return fail('writes-off', 'not-saved-unreadable');
      start(owner, intent, runBooking);
      return ok(view(stored));
    },
    stateOf(desk, ubrn) {
      const stored = store.newestFor(ownerOf(desk), ubrn);
      return stored === null ? null : view(stored);
    },
    async readBack(desk, intentId) {
      const owner = ownerOf(desk);
      const stored = store.read(owner, intentId);
      if (stored === null) return fail('not-found', 'no-such-intent');
      // A run that a fault of ours stopped left its row as it was: the clerk's key takes it up again.
      if (stored.state === 'RECONCILING' || stored.state === 'SENDING')
        start(owner, stored.intent, resumeBooking);
      return ok(view(stored));
    },
    isUnsettled: (ubrn) => store.isBusy(ubrn),
    summary,
    resume(desk) {
      const owner = ownerOf(desk);
      for (const stored of store.unsettled(owner)) start(owner, stored.intent, resumeBooking);
      deps.onSummary(summary());
    },
    settleInterrupted() {
      deps.storage.run(
        `UPDATE intent SET state = 'REJECTED', code = 'interrupted-before-sending', updated_at = ?
         WHERE state IN ('QUEUED', 'PREFLIGHT')`,
        toIso(deps.clock.nowMs()),
      );
    },
  };
}

function nameOf(state: IntentState, code: string): BookingStateName {
  if (state === 'NEEDS_CLERK' && CONFLICT_CODES.includes(code)) return 'conflict';
  if (state === 'RECONCILING' && code === 'accepted') return 'confirming';
  return STATE_NAMES[state];
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

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}
