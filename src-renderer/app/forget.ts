import type { PiniaPlugin } from 'pinia';

const forgetters = new Set<() => void>();
const refreshers = new Set<() => void>();

/**
 * Has every store that owns a `forget()` action run it at a lock, a sign-out and a change of role, so that no
 * patient data stays in the window (safety.md S37; hazard 12).
 */
export const forgetOnLock: PiniaPlugin = ({ store }) => {
  const forget: unknown = Reflect.get(store, 'forget');
  if (typeof forget === 'function') forgetters.add(() => Reflect.apply(forget, store, []));
  // What is computed keeps its last value in memory until somebody reads it again.
  refreshers.add(() => Object.keys(store).forEach((key) => Reflect.get(store, key)));
};

/** Empties every store that holds patient data. */
export function forgetPatientData(): void {
  forgetters.forEach((forget) => forget());
  refreshers.forEach((refresh) => refresh());
}
