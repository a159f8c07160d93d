import type { App } from 'electron';
import type { Log } from '../../../app/ports.ts';

/** Nothing outside opens a referral or a file in the desk: it registers no scheme, and takes no address. */
export function ignoreDeepLinks(electron: App, log: Log): void {
  const ignore = (event: { preventDefault(): void }) => {
    event.preventDefault();
    log.write('warn', 'deep-link-ignored');
  };
  electron.on('open-url', ignore);
  electron.on('open-file', ignore);
}
