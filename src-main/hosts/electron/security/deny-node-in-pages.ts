import type { WebPreferences } from 'electron';

/** No page, worker or frame gets anything of Node (checklist 2). */
export const DENY_NODE_IN_PAGES = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
} as const satisfies WebPreferences;
