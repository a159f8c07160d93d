/** A page whose process died comes back by itself; main, the session and the outbox have lived on. */
import type { WebContents } from 'electron';
import type { Clock, Log } from '../../app/ports.ts';
import { APP_URL } from './origin.ts';

/** A page that dies so often in so short a time would die again. */
const MOST_DEATHS = 3;
const WITHIN_MS = 60_000;

export interface ReviveOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly log: Log;
  /** Called when the page cannot be kept alive. */
  onLost(): void;
}

/** Loads the page anew each time its process is gone, unless it was ended on purpose. */
export function revivePage(contents: WebContents, { clock, log, onLost }: ReviveOptions): void {
  let deaths: readonly number[] = [];
  contents.on('render-process-gone', (_event, { reason }) => {
    log.write('error', 'renderer-gone', { reason });
    if (reason === 'clean-exit' || contents.isDestroyed()) return;
    const nowMs = clock.monotonicMs();
    deaths = [...deaths.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs];
    if (deaths.length > MOST_DEATHS) return onLost();
    contents
      .loadURL(APP_URL)
      .then(() => log.write('info', 'renderer-back'))
      .catch(() => log.write('error', 'renderer-not-back'));
  });
  contents.on('unresponsive', () => log.write('warn', 'renderer-unresponsive'));
}
