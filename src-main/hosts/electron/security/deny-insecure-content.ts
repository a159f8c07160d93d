import type { WebPreferences } from 'electron';

/** Nothing that came without encryption runs in a window (checklist 8). */
export const DENY_INSECURE_CONTENT = {
  allowRunningInsecureContent: false,
} as const satisfies WebPreferences;
