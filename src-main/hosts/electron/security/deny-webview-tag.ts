import type { WebPreferences } from 'electron';

/** The element `<webview>`, and every plugin, is unknown to a page (checklist 11, attack S21). */
export const DENY_WEBVIEW_TAG = { webviewTag: false, plugins: false } as const satisfies WebPreferences;
