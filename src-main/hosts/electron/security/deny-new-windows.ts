import type { WebContents } from 'electron';
import type { Log } from '../../../app/ports.ts';

/** No page opens a window, whatever it asks for (checklist 14, attack S14). */
export function denyNewWindows(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(() => {
    log.write('warn', 'window-denied');
    return { action: 'deny' };
  });
}
