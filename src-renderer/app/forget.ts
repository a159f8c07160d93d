import type { PiniaPlugin } from 'pinia';

const forgetters = new Set<() => void>();
const refreshers = new Set<() => void>();
let isDeskLeft = false;

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

/**
 * A listener that hears nothing from `forgetPatientData` on until `takeDesk`: the window is locked before main has
 * heard of it, and what main still tells would fill the emptied stores again (safety.md S37).
 */
export function onlyAtDesk<T>(listener: (told: T) => void): (told: T) => void {
  return (told) => {
    if (!isDeskLeft) listener(told);
  };
}

/** Somebody is at the desk again: what main tells is heard. */
export function takeDesk(): void {
  isDeskLeft = false;
}

/** Empties every store that holds patient data. */
export function forgetPatientData(): void {
  isDeskLeft = true;
  forgetters.forEach((forget) => forget());
  refreshers.forEach((refresh) => refresh());
}
