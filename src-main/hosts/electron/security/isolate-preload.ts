import type { WebPreferences } from 'electron';

/** The preload has a world of its own: a page cannot change what it works with (checklist 3, attack S09). */
export const ISOLATE_PRELOAD = { contextIsolation: true } as const satisfies WebPreferences;

/**
 * Asserts at run time, in the preload itself, that it is isolated and sandboxed; throws where it is not, and the page
 * then has no bridge at all.
 */
export function assertIsolated(worker: Pick<NodeJS.Process, 'contextIsolated' | 'sandboxed'>): void {
  if (worker.contextIsolated !== true || worker.sandboxed !== true)
    throw new Error('The preload is not isolated');
}
