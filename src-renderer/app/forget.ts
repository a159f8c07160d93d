import type { PiniaPlugin } from 'pinia';

const forgetters = new Set<() => void>();

/**
 * Has every store that owns a `forget()` action run it at a lock, a sign-out and a change of role, so that no
 * patient data stays in the window (safety.md S37; hazard 12).
 */
export const forgetOnLock: PiniaPlugin = ({ store }) => {
  const forget: unknown = Reflect.get(store, 'forget');
  if (typeof forget === 'function') forgetters.add(() => Reflect.apply(forget, store, []));
};

/** Empties every store that holds patient data. */
export function forgetPatientData(): void {
  forgetters.forEach((forget) => forget());
}
