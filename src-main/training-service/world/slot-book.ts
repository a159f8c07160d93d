/** The slots of every service, made when first asked for, and who has taken which. */
import { fromLondon } from '../../contract/london-time.ts';
import type { Priority, Service, Slot, SlotPlan } from './model.ts';
import { createClinicClock, listClockChangeDays, listNightStarts, listWeekdays } from './slot-times.ts';

const MINUTE = 60_000;

export interface SlotFilter {
  /** Slots kept for urgent referrals suit urgent and two-week-wait ones only. */
  readonly priority?: Priority;
  readonly clinicianId?: string;
}

export interface SlotBook {
  find(slotId: string): Slot | undefined;
  /** Free means: not taken, and not begun. */
  isFree(slot: Slot): boolean;
  /** Free slots of a service, the earliest first. */
  listFree(serviceId: string, filter?: SlotFilter): Slot[];
  take(slotId: string): void;
  release(slotId: string): void;
}

/** True when a referral of that priority may be booked into the slot. */
export function isSlotFor(slot: Slot, priority: Priority): boolean {
  return !slot.isForUrgent || priority !== 'ROUTINE';
}

interface RawSlot {
  readonly startMs: number;
  readonly minutes: number;
  readonly lane: number;
  readonly isDummy: boolean;
}

function listDays(plan: SlotPlan, anchorMs: number): string[] {
  const days = new Set(listWeekdays(anchorMs, plan.weeks));
  if (plan.hasClockChangeWeeks) for (const day of listClockChangeDays(anchorMs)) days.add(day);
  return [...days].sort();
}

function layOut(plan: SlotPlan, anchorMs: number): RawSlot[] {
  const clinic = createClinicClock();
  const days = listDays(plan, anchorMs);
  const raw: RawSlot[] = [];
  const total = plan.total ?? days.length * plan.slotsPerDay;
  const perDay = Math.floor(total / days.length);
  const longDays = total % days.length;
  days.forEach((day, d) => {
    const count = perDay + (d < longDays ? 1 : 0);
    const steps = Math.ceil(count / plan.lanes.length);
    for (let i = 0; i < count; i++) {
      const startMs = clinic(day, Math.floor(i / plan.lanes.length), steps, plan.minutes);
      raw.push({ startMs, minutes: plan.minutes, lane: i % plan.lanes.length, isDummy: false });
    }
    if (plan.hasDummySlots && d % 2 === 0) {
      raw.push({ startMs: fromLondon(day, 7, 0), minutes: 5, lane: 0, isDummy: true });
    }
  });
  if (plan.hasNightSlots) {
    for (const startMs of listNightStarts(anchorMs))
      raw.push({ startMs, minutes: 30, lane: 0, isDummy: false });
  }
  return raw.sort((a, b) => a.startMs - b.startMs || a.lane - b.lane);
}

function makeSlots(service: Service, anchorMs: number): Slot[] {
  const plan = service.slots;
  if (plan === null) return [];
  return layOut(plan, anchorMs).map((raw, i) => {
    const lane = plan.lanes[raw.lane];
    return {
      id: `${service.id}${String(i + 1).padStart(5, '0')}`,
      serviceId: service.id,
      scheduleId: lane?.scheduleId ?? service.id,
      clinicianId: lane?.clinicianId ?? null,
      startMs: raw.startMs,
      endMs: raw.startMs + raw.minutes * MINUTE,
      isForUrgent: plan.urgentEvery !== undefined && i % plan.urgentEvery === 0,
      isDummy: raw.isDummy,
    };
  });
}

/** Gives the slots of `services`, laid out from `anchorMs` on; `nowMs` decides which have begun. */
export function createSlotBook(
  services: readonly Service[],
  anchorMs: number,
  nowMs: () => number,
): SlotBook {
  const made = new Map<string, Slot[]>();
  const taken = new Set<string>();
  const slotsOf = (serviceId: string): Slot[] => {
    const known = made.get(serviceId);
    if (known) return known;
    const service = services.find((one) => one.id === serviceId);
    const slots = service ? makeSlots(service, anchorMs) : [];
    made.set(serviceId, slots);
    return slots;
  };
  const isFree = (slot: Slot): boolean => !taken.has(slot.id) && slot.startMs > nowMs();
  return {
    find(slotId) {
      const number = Number(slotId.slice(-5));
      const slot = slotsOf(slotId.slice(0, -5))[number - 1];
      return slot?.id === slotId ? slot : undefined;
    },
    isFree,
    listFree(serviceId, filter = {}) {
      return slotsOf(serviceId).filter(
        (slot) =>
          isFree(slot) &&
          (filter.priority === undefined || isSlotFor(slot, filter.priority)) &&
          (filter.clinicianId === undefined || slot.clinicianId === filter.clinicianId),
      );
    },
    take: (slotId) => void taken.add(slotId),
    release: (slotId) => void taken.delete(slotId),
  };
}
