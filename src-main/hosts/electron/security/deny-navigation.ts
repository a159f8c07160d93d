import type { WebContents } from 'electron';
import type { Log } from '../../../app/ports.ts';
import { isAppUrl } from '../origin.ts';

/** Keeps a window, and each frame in it, on the interface's own origin (checklist 13, attack S13). */
export function denyNavigation(contents: WebContents, log: Log): void {
  const stop = (event: { preventDefault(): void }, url: string, reason: string) => {
    if (isAppUrl(url)) return;
    event.preventDefault();
    log.write('warn', 'navigation-denied', { reason });
  };
  contents.on('will-navigate', (event) => stop(event, event.url, 'navigate'));
  contents.on('will-frame-navigate', (event) => stop(event, event.url, 'frame'));
  contents.on('will-redirect', (event) => stop(event, event.url, 'redirect'));
}
