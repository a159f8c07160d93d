import type { App, WebPreferences } from 'electron';

/** The preference of every window that sandboxes its process (checklist 4). */
export const SANDBOX_PAGES = { sandbox: true } as const satisfies WebPreferences;

/** Sandboxes every renderer, whatever its window says; to be called before Electron is ready (checklist 4). */
export function sandboxPages(electron: Pick<App, 'enableSandbox'>): void {
  electron.enableSandbox();
}
