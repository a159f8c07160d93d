import type { App } from 'electron';
import type { Log } from '../../../app/ports.ts';

/** A page's connection with a doubtful certificate ends; nobody can click it through (attack S31). */
export function refuseBadCertificates(electron: App, log: Log): void {
  electron.on('certificate-error', (event, _contents, _url, error, _certificate, answer) => {
    event.preventDefault();
    log.write('warn', 'certificate-refused', { reason: error.slice(0, 60) });
    answer(false);
  });
  // No page ever signs in anywhere, by a certificate or by a password.
  electron.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    (answer as () => void)();
  });
  electron.on('login', (event, _contents, _details, _info, answer) => {
    event.preventDefault();
    answer();
  });
}
