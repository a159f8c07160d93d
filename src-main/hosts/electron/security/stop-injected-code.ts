import { CONTENT_SECURITY_POLICY } from '../../response-headers.ts';

/** What every answer to a page says: our own scripts only, and no text becomes code (checklist 7, S01, S03, S04). */
export const STOP_INJECTED_CODE = { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } as const;
