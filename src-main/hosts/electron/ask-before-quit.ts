/** Holds a closing window while work is unfinished, until the clerk says so (hazard 2). */
import type { BrowserWindow } from 'electron';
import type { App } from '../../app/create-app.ts';
import type { Dialogs } from '../../app/ports.ts';

const HOST = { isTrusted: true, place: 'host' } as const;

/** How many intents are open; a count that cannot be read is taken for one, so that the clerk is asked. */
async function countOpenItems(app: Pick<App, 'handle'>): Promise<number> {
  const outcome = await app.handle('outbox/read-summary', {}, HOST);
  if (!outcome.ok) return outcome.problem.kind === 'not-signed-in' ? 0 : 1;
  const { open } = outcome.value as { readonly open: number };
  return open;
}

/** Asks before a window closes with open items; without any it closes at once. */
export function askBeforeQuit(window: BrowserWindow, app: Pick<App, 'handle'>, dialogs: Dialogs): void {
  let isAsking = false;
  const ask = async () => {
    const openItems = await countOpenItems(app);
    if (openItems === 0 || (await dialogs.confirmQuit({ openItems }))) window.destroy();
  };
  window.on('close', (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void ask().finally(() => {
      isAsking = false;
    });
  });
}
