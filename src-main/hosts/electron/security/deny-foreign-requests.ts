import type { Session } from 'electron';
import type { Log } from '../../../app/ports.ts';
import { APP_ORIGIN, isAppUrl } from '../origin.ts';

/** What a page may load: the interface, and what it made itself. Developer tools exist in development only. */
function isAllowed(url: string, isPackaged: boolean): boolean {
  if (isAppUrl(url) || url.startsWith(`blob:${APP_ORIGIN}/`) || url.startsWith('data:')) return true;
  return !isPackaged && url.startsWith('devtools://');
}

/** Cancels every other request of the session before it leaves (checklist 1, attack S15). */
export function denyForeignRequests(session: Session, isPackaged: boolean, log: Log): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isAllowed(details.url, isPackaged);
    if (cancel) log.write('warn', 'foreign-request-aborted', { reason: details.resourceType });
    answer({ cancel });
  });
}
