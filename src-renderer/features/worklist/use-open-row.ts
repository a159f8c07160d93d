import { useRouter } from 'vue-router';
import { openReferral } from '../../app/open-referral.ts';
import { announce } from '../../app/status-line.ts';
import { roleName } from '../../app/words/role-words.ts';
import { useSessionStore } from '../session/session.store.ts';
import { useTasksStore } from '../tasks/tasks.store.ts';
import { useWorklistStore } from './worklist.store.ts';

/** Opens a referral of the list or of the tasks on show, or its neighbour. */
export function useOpenRow() {
  const store = useWorklistStore();
  const tasks = useTasksStore();
  const session = useSessionStore();
  const router = useRouter();

  async function open(ubrn: string): Promise<void> {
    if (session.role?.canOpen !== true) {
      return announce(
        `Open: ${roleName(session.role?.businessFunction ?? '')} can read lists but not open a referral. Alt+R changes the role, or pass the UBRN to a colleague.`,
        'refused',
      );
    }
    await openReferral(router, ubrn);
  }

  async function openNeighbour(by: 1 | -1): Promise<void> {
    if (tasks.isShown) tasks.moveSelection(by);
    else store.moveSelection(by);
    const ubrn = tasks.isShown ? tasks.selected?.ubrn : store.selectedRow()?.ubrn;
    if (ubrn !== undefined) await open(ubrn);
  }

  return { open, openNeighbour };
}

export type OpenRow = ReturnType<typeof useOpenRow>;
