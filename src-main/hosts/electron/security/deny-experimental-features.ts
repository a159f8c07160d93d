import type { WebPreferences } from 'electron';

/** No experiment of the browser is on in a window (checklist 9). */
export const DENY_EXPERIMENTAL_FEATURES = { experimentalFeatures: false } as const satisfies WebPreferences;
