import type { WebPreferences } from 'electron';

/** The same-origin policy holds in every window (checklist 6, attack S17). */
export const KEEP_ORIGINS_APART = { webSecurity: true } as const satisfies WebPreferences;
