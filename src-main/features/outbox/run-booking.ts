/** Drives one booking through its protocol: preflight, durable send, read-back (safety.md, "Protocol"). */
import { randomUUID } from 'node:crypto';
import type { SdsUserId, ServiceId, SlotId, NhsNumber, Ubrn } from '../../contract/identifiers.ts';
import { isSameInstant, toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a005RetrieveReferral } from '../../ers/operations/a005-retrieve-referral.ts';
import { a015RetrieveAppointmentSlots } from '../../ers/operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from '../../ers/operations/a016-book-or-defer-appointment.ts';
import { SLOT_PAGE_SIZE } from '../../contract/limits.ts';
import {
  classifyAnswer,
  judgeReadBack,
  readBackDelay,
  UNREACHED_RETRY_MS,
  type Answer,
  type Verdict,
} from './book-protocol.ts';
import { isEchoOf, readBackBooking } from './read-back.ts';
import type { BookIntent } from './record-schemas.ts';
import type { IntentChange } from './intent-store.ts';

export interface BookingRun {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  /** Makes a step durable and shows it. Throws `StorageFault` when it could not be kept. */
  readonly record: (change: IntentChange, nextCheckAtMs?: number) => void;
  /** True while the same person is signed in and unlocked (invariant I7). */
  readonly mayAct: () => boolean;
  /** True while the session lives, locked or not: reading back is allowed then. */
  readonly mayRead: () => boolean;
}

/** Runs an intent from QUEUED to a settled state, or leaves it RECONCILING when reading back must stop. */
export async function runBooking(run: BookingRun, intent: BookIntent): Promise<void> {
  run.record({ state: 'PREFLIGHT', code: '' });
  const objection = await preflight(run, intent);
  if (objection !== null) return run.record(objection);
  if (!run.mayAct()) return run.record({ state: 'REJECTED', code: 'session-ended' });
  const correlationId = randomUUID();
  const sentMs = run.clock.monotonicMs();
  // Durable before the first byte: a crash from here on is an unknown outcome, never a forgotten one (I6).
  run.record({ state: 'SENDING', code: '', correlationId, attempt: 1, sentAt: toIso(run.clock.nowMs()) });
  const reply = await run
    .client()
    .call(a016BookOrDeferAppointment, toRequest(intent), { correlationId, urgency: 'clerk' });
  const answer = classifyAnswer(reply, (appointment) => isEchoOf(appointment, intent));
  if (answer.kind === 'no-effect') return run.record({ state: 'REJECTED', code: answer.code });
  await reconcile(run, intent, answer, sentMs);
}

/** Resumes an intent that a restart or a lost session left unknown; the horizon starts anew (never too early). */
export async function resumeBooking(run: BookingRun, intent: BookIntent): Promise<void> {
  await reconcile(run, intent, { kind: 'unknown', code: 'interrupted' }, run.clock.monotonicMs(), 0);
}

/** Step 2: version and slot as the clerk saw them; null when nothing speaks against sending. */
async function preflight(run: BookingRun, intent: BookIntent): Promise<Verdict | null> {
  const client = run.client();
  const referral = await client.call(
    a005RetrieveReferral,
    { ubrn: intent.ubrn as Ubrn },
    { urgency: 'clerk' },
  );
  if (referral.kind === 'unauthorised') return { state: 'REJECTED', code: 'session-ended' };
  if (referral.kind !== 'success') return { state: 'REJECTED', code: 'not-sent' };
  if (referral.value.version !== intent.pinnedVersion)
    return { state: 'NEEDS_CLERK', code: 'changed-before-sending' };
  if (referral.value.nhsNumber !== intent.nhsNumber)
    return { state: 'NEEDS_CLERK', code: 'changed-before-sending' };
  if (!run.mayAct()) return { state: 'REJECTED', code: 'session-ended' };
  const page = await client.call(a015RetrieveAppointmentSlots, toPageRequest(intent), { urgency: 'clerk' });
  if (page.kind === 'unauthorised') return { state: 'REJECTED', code: 'session-ended' };
  // A slot that is not on its page proves nothing, pages shift; one with other times is another slot (hazard 4).
  const slot =
    page.kind === 'success'
      ? page.value.slots.find((candidate) => candidate.id === intent.slotId)
      : undefined;
  if (slot === undefined) return null;
  const isSame =
    isSameInstant(slot.start, intent.start) &&
    isSameInstant(slot.end, intent.end) &&
    slot.clinicianId === intent.clinicianId;
  return isSame ? null : { state: 'NEEDS_CLERK', code: 'slot-changed' };
}

/** Step 5: reads back at 10, 30, 60, 120 and 205 seconds until the truth is known, then until e-RS can be reached. */
async function reconcile(
  run: BookingRun,
  intent: BookIntent,
  answer: Answer,
  sentMs: number,
  first?: number,
): Promise<void> {
  for (let index = 0; ; index += 1) {
    const elapsed = run.clock.monotonicMs() - sentMs;
    const planned = index === 0 && first !== undefined ? first : readBackDelay(answer, index, elapsed);
    const delay = planned ?? UNREACHED_RETRY_MS;
    const code = answer.kind === 'accepted' ? 'accepted' : answer.code;
    run.record({ state: 'RECONCILING', code }, run.clock.nowMs() + delay);
    if (delay > 0) await sleep(run.clock, delay);
    if (!run.mayRead()) return;
    const { truth, isSessionEnded } = await readBackBooking(run.client(), intent);
    if (isSessionEnded) return;
    const isLast = readBackDelay(answer, index + 1, 0) === null;
    const verdict = judgeReadBack(answer, truth, isLast);
    if (verdict.state === 'RECONCILING') continue;
    const appointmentId = truth.kind === 'our-booking' ? truth.appointmentId : null;
    return run.record({ ...verdict, appointmentId });
  }
}

const sleep = (clock: Clock, ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve));

function toRequest(intent: BookIntent) {
  return {
    use: 'book' as const,
    ubrn: intent.ubrn as Ubrn,
    version: intent.pinnedVersion,
    nhsNumber: intent.nhsNumber as NhsNumber,
    serviceId: intent.serviceId as ServiceId,
    slotId: intent.slotId as SlotId,
    start: intent.start,
    end: intent.end,
    clinicianId: intent.clinicianId as SdsUserId | null,
  };
}

function toPageRequest(intent: BookIntent) {
  return {
    serviceId: intent.serviceId as ServiceId,
    priority: intent.priority as 'ROUTINE' | 'URGENT' | 'TWO_WEEK_WAIT',
    commissioningOrg: intent.commissioningOrg,
    clinicianId: null,
    page: intent.slotPage,
    count: SLOT_PAGE_SIZE,
  };
}
