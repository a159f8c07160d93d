import type { WebPreferences } from 'electron';
import { DENY_BLINK_FEATURES } from './deny-blink-features.ts';
import { DENY_EXPERIMENTAL_FEATURES } from './deny-experimental-features.ts';
import { DENY_INSECURE_CONTENT } from './deny-insecure-content.ts';
import { DENY_NODE_IN_PAGES } from './deny-node-in-pages.ts';
import { DENY_WEBVIEW_TAG } from './deny-webview-tag.ts';
import { ISOLATE_PRELOAD } from './isolate-preload.ts';
import { KEEP_ORIGINS_APART } from './keep-origins-apart.ts';
import { SANDBOX_PAGES } from './sandbox-pages.ts';

/** Web preferences of every window (safety.md, checklist 2 to 4, 6, 8 to 11): all stated, none left to a default. */
export function hardenWebPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    ...SANDBOX_PAGES,
    ...ISOLATE_PRELOAD,
    ...DENY_NODE_IN_PAGES,
    ...KEEP_ORIGINS_APART,
    ...DENY_INSECURE_CONTENT,
    ...DENY_EXPERIMENTAL_FEATURES,
    ...DENY_BLINK_FEATURES,
    ...DENY_WEBVIEW_TAG,
    navigateOnDragDrop: false,
    // The spelling checker would fetch dictionaries from another host.
    spellcheck: false,
    devTools: !isPackaged,
  };
}
