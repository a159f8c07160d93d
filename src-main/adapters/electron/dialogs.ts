/** Native dialogs and fixed links over Electron. No address ever comes from a page (safety.md, checklist 15, S19). */
import { dialog, shell } from 'electron';
import type { Dialogs } from '../../app/ports.ts';
import { fail, ok } from '../../contract/outcome.ts';

const LINKS: ReadonlyMap<string, string> = new Map([
  ['ers-web-app', 'https://ebs.ncrs.nhs.uk/'],
  ['service-desk', 'https://digital.nhs.uk/services/e-referral-service'],
]);

const QUIT = 1;

/** The dialogs port of the Electron host. */
export function createElectronDialogs(): Dialogs {
  return {
    async openLink(id) {
      const url = LINKS.get(id);
      if (!url) return fail('invalid-input', 'unknown-link');
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
