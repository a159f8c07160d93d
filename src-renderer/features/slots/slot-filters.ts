/** Filters over the slots that are loaded; e-RS itself has none but priority and clinician (screens.md, fact 6). */
import type { IndexedSlot, SlotIndex } from './slot-index.ts';

export type DayPart = 'am' | 'pm';

export interface SlotFilters {
  readonly part: DayPart | null;
  /** 1 = Monday … 7 = Sunday; empty means every day. */
  readonly weekdays: readonly number[];
  /** An SDS id, `none` for slots without a named clinician, or null for all. */
  readonly clinician: string | null;
}

export const NO_FILTERS: SlotFilters = { part: null, weekdays: [], clinician: null };
export const NO_CLINICIAN = 'none';

const NOON = 12 * 60;

/** Which half of the day a slot starts in, by London's clocks. */
export function partOfDay(slot: IndexedSlot): DayPart {
  return slot.minuteOfDay < NOON ? 'am' : 'pm';
}

/** True when at least one filter is set. */
export function hasFilters(filters: SlotFilters): boolean {
  return filters.part !== null || filters.weekdays.length > 0 || filters.clinician !== null;
}

/** True when a slot passes every filter that is set. */
export function passesFilters(slot: IndexedSlot, filters: SlotFilters): boolean {
  if (filters.part !== null && partOfDay(slot) !== filters.part) return false;
  if (filters.weekdays.length > 0 && !filters.weekdays.includes(slot.weekday)) return false;
  if (filters.clinician === null) return true;
  return filters.clinician === NO_CLINICIAN
    ? slot.slot.clinicianId === null
    : slot.slot.clinicianId === filters.clinician;
}

/** A clinician of the loaded slots with the letter that stands for the id in the week grid. */
export interface ClinicianLabel {
  readonly id: string;
  readonly letter: string;
}

/** Clinicians of the loaded slots in order of their ids: A, B … Z, then AA, AB …: e-RS gives ids, no names. */
export function listClinicians(index: SlotIndex): readonly ClinicianLabel[] {
  const ids = new Set<string>();
  for (const { slot } of index.slots) if (slot.clinicianId !== null) ids.add(slot.clinicianId);
  return [...ids].sort().map((id, at) => ({ id, letter: letterOf(at) }));
}

function letterOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letterOf(Math.floor(at / 26) - 1) + last;
}
