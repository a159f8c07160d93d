/** The end of a desk, the same in every host: the session is given back, within a bound, and everything is put away. */
import type { App } from '../app/create-app.ts';
import type { Ports } from '../app/ports.ts';

/**
 * So long a window that is closed waits for the last call and for A003. An operating system that shuts down gives about
 * as much; what was not answered by then stays in the outbox as it is, and the next start reads it back.
 */
export const LEAVE_MS = 5_000;

/** Never rejects: nothing that goes wrong here may keep the process. */
export async function stopDesk(
  app: Pick<App, 'leave' | 'stop'>,
  { clock, log }: Pick<Ports, 'clock' | 'log'>,
) {
  const note = (event: string) => (error: unknown) =>
    log.write('error', event, { reason: error instanceof Error ? error.name : typeof error });
  await new Promise<void>((resolve) => {
    const cancel = clock.schedule(LEAVE_MS, () => {
      log.write('warn', 'session-not-given-back', { reason: 'no-time' });
      resolve();
    });
    app
      .leave()
      .catch(note('leave-failed'))
      .finally(() => {
        cancel();
        resolve();
      });
  });
  await app.stop().catch(note('stop-failed'));
}
