import type { WebContents } from 'electron';
import type { Log } from '../../../app/ports.ts';

/** No `<webview>` is ever attached , whatever put it into a page (checklist 12, attack S21). */
export function denyWebviews(contents: WebContents, log: Log): void {
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.write('warn', 'webview-denied');
  });
}
