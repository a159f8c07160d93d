import type { useOutboxStore } from '../features/outbox/outbox.store.ts';
import { mustAskBeforeLeaving } from '../features/outbox/outbox-words.ts';
import type { useSessionStore } from '../features/session/session.store.ts';
import type { Command } from '../keyboard/command-registry.ts';
import { ANYWHERE } from '../keyboard/scopes.ts';
import { copyText } from './copy-text.ts';
import { currentProblem, problemDetails } from './current-problem.ts';
import { cyclePanes } from './panes.ts';
import { closeOutbox, isOutboxOpen, openOutbox, type PanelName } from './panels.ts';
import { announce } from './status-line.ts';

interface Deeds {
  readonly session: ReturnType<typeof useSessionStore>;
  readonly outbox: ReturnType<typeof useOutboxStore>;
  showPanel(name: PanelName): void;
}

/** The keys that work on every screen of the desk (screens.md section 0). */
export function frameCommands({ session, outbox, showPanel }: Deeds): Command[] {
  const always = (id: string, title: string, key: string, run: () => void | Promise<void>): Command => ({
    id: `frame.${id}`,
    title,
    keys: [key],
    scope: ANYWHERE,
    available: () => true,
    run,
  });
  /** Right after a role is taken nobody knows yet what is open: it is read first. Null when the desk went meanwhile. */
  const mustAsk = async () => {
    if (outbox.summary === null) await outbox.read();
    return session.status === 'signed-in' ? mustAskBeforeLeaving(outbox.summary) : null;
  };
  return [
    always('help', 'Help for this screen', 'F1', () => showPanel('help')),
    always('keys', 'All keys', 'Shift+F1', () => showPanel('keys')),
    {
      ...always('find', 'Find a UBRN or an NHS number', 'F2', () => showPanel('find')),
      available: () =>
        session.role?.canOpen === true || 'your role cannot open referrals. Alt+R changes the role.',
    },
    always('next-pane', 'Next pane', 'F6', () => cyclePanes(1)),
    always('previous-pane', 'Previous pane', 'Shift+F6', () => cyclePanes(-1)),
    always('outbox', 'Outbox', 'F12', () => (isOutboxOpen.value ? closeOutbox() : openOutbox())),
    always('palette', 'Commands', 'Ctrl+K', () => showPanel('palette')),
    always('role', 'Change role', 'Alt+R', async () => {
      const isAsked = await mustAsk();
      if (isAsked !== null) showPanel(isAsked ? 'leave-by-role-change' : 'role');
    }),
    always('desk-pin', 'Desk PIN', 'Alt+P', () => showPanel('desk-pin')),
    always('settings', 'Settings', 'Ctrl+,', () => showPanel('settings')),
    { ...always('lock', 'Lock now', 'Ctrl+L', () => session.lock()), inPanels: true },
    {
      ...always('copy-problem', 'Copy the details of the problem', 'Ctrl+Shift+C', copyProblem),
      inPanels: true,
      available: () => currentProblem.value !== null || 'no problem is on show.',
    },
    always('sign-out', 'Sign out', 'Ctrl+Shift+L', async () => {
      const isAsked = await mustAsk();
      if (isAsked === true) showPanel('leave-by-sign-out');
      if (isAsked === false) await session.signOut();
    }),
  ];
}

function copyProblem(): void {
  if (currentProblem.value === null) return;
  const isCopied = copyText(problemDetails(currentProblem.value));
  announce(
    isCopied ? 'Details copied for the service desk.' : 'The details could not be copied: read them out.',
  );
}
