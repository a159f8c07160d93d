import type { Session } from 'electron';
import type { Log } from '../../../app/ports.ts';

/** The interface downloads nothing: letters are saved by main alone. */
export function denyDownloads(session: Session, log: Log): void {
  session.on('will-download', (event) => {
    event.preventDefault();
    log.write('warn', 'download-denied');
  });
}
