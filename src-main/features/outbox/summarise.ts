import type { OutboxSummary } from '../../contract/channels/outbox.ts';
import type { Clock } from '../../app/ports.ts';
import { isPastDayEnd } from './day-end.ts';
import type { IntentStore } from './intent-store.ts';
import { reasonOf } from './reason-of.ts';
import type { IntentOwner } from './record-schemas.ts';

const NOTHING = {
  open: 0,
  unknown: 0,
  needsClerk: 0,
  waiting: 0,
  drain: null,
  isPastDayEnd: false,
  colleagues: 0,
} as const;

/** The outbox in figures, counted on disk (I13); writes are off while the disk cannot be asked. */
export function summarise(
  {
    store,
    clock,
    dayEndHour,
  }: {
    readonly store: IntentStore;
    readonly clock: Clock;
    readonly dayEndHour?: () => number | undefined;
  },
  owner: IntentOwner | null,
  drain: () => OutboxSummary['drain'],
): OutboxSummary {
  if (owner === null) return { ...NOTHING, canWrite: true, writesOffReason: null };
  try {
    const counts = store.count(owner);
    return {
      ...counts,
      drain: drain(),
      isPastDayEnd: counts.open > 0 && isPastDayEnd(clock, dayEndHour?.()),
      colleagues: store.countColleagues(owner),
      canWrite: true,
      writesOffReason: null,
    };
  } catch (error) {
    return { ...NOTHING, canWrite: false, writesOffReason: reasonOf(error).slice(0, 40) };
  }
}

/** The summary where there is no outbox at all. */
export const withoutOutbox = (reason: string): OutboxSummary => ({
  ...NOTHING,
  canWrite: false,
  writesOffReason: reason,
});
