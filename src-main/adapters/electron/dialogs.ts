/** Native dialogs and fixed links over Electron. No address ever comes from a page (safety.md, checklist 15, S19). */
import { dialog, shell } from 'electron';
import type { Dialogs } from '../../app/ports.ts';
import { fail, ok } from '../../contract/outcome.ts';

const QUIT = 1;

/** The dialogs port of the Electron host; `findLink` knows the address of each id, and of nothing else. */
export function createElectronDialogs(findLink: (id: string) => string | null): Dialogs {
  return {
    async openLink(id) {
      const url = findLink(id);
      if (url === null) return fail('invalid-input', 'unknown-link');
      try {
        await shell.openExternal(url);
        return ok(undefined);
      } catch {
        return fail('unavailable', 'no-browser');
      }
    },
    async confirmQuit({ openItems }) {
      const items = openItems === 1 ? '1 action is' : `${openItems} actions are`;
      const { response } = await dialog.showMessageBox({
        type: 'warning',
        title: 'Booking Desk',
        message: `${items} not done`,
        detail:
          'Nothing of it is sent while the desk is closed; it stays in the outbox and may need your Ctrl+Enter ' +
          'when you are back. Tell the patients that it is not done yet. Quit now?',
        buttons: ['Keep working', 'Quit'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      return response === QUIT;
    },
  };
}

/** Says that the page cannot be kept alive; resolves when it was read. */
export async function tellPageLost(): Promise<void> {
  await dialog.showMessageBox({
    type: 'error',
    title: 'Booking Desk',
    message: 'The screen of Booking Desk stopped several times',
    detail:
      'It closes now. Nothing that was queued is lost: start Booking Desk again and look at the outbox first. ' +
      'If it happens again, call your service desk.',
    buttons: ['Close Booking Desk'],
    noLink: true,
  });
}
