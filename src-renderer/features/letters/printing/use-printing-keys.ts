import { useRoute } from 'vue-router';
import { closeOutbox, showPanel } from '../../../app/panels.ts';
import { roleName } from '../../../app/words/role-words.ts';
import type { Command } from '../../../keyboard/command-registry.ts';
import { ANYWHERE } from '../../../keyboard/scopes.ts';
import { useSessionStore } from '../../session/session.store.ts';
import { useTasksStore } from '../../tasks/tasks.store.ts';
import { useWorklistStore } from '../../worklist/worklist.store.ts';
import { useBatchStore } from './batch.store.ts';
import { usePrintStore } from './print.store.ts';

/** Above this main takes no more in one batch (contract, letters/plan-batch). */
const MOST_IN_A_BATCH = 200;
const NOTHING = 'nothing is being printed. Open a letter (F9), or mark rows of a list with Space first.';

const PRINTING_KEYS = {
  worklistKey: {
    ...{ id: 'worklist.print', title: 'Print the letters of the marked rows', keys: ['Ctrl+P'] },
    scope: 'worklist',
  },
  anywhereKey: {
    ...{ id: 'printing.show', title: 'What is being printed', keys: ['Ctrl+P'], scope: ANYWHERE },
  },
  logKey: { ...{ id: 'printing.log', title: 'Print log', keys: ['Ctrl+Shift+P'], scope: ANYWHERE } },
} as const;

async function showLog(): Promise<void> {
  await closeOutbox();
  showPanel('print-log');
}

/** Ctrl+P in the lists and everywhere else but on a letter, and the print log. */
export function usePrintingKeys() {
  const batches = useBatchStore();
  const prints = usePrintStore();
  const worklist = useWorklistStore();
  const tasks = useTasksStore();
  const session = useSessionStore();
  const route = useRoute();

  /** The referrals that Ctrl+P in a list means, in the order of the list: the marked ones, or all of Letters to print. */
  function targets(): readonly string[] {
    if (tasks.isShown) return [];
    const { rows, marked, kind } = worklist;
    const chosen =
      marked.size > 0 ? rows.filter(({ ubrn }) => marked.has(ubrn)) : kind === 'LETTERS_TO_PRINT' ? rows : [];
    return chosen.map(({ ubrn }) => ubrn);
  }

  const hasSomething = () => batches.isOpen || prints.open.length > 0 || batches.batch !== null;

  /** What is under way or to be counted comes first, the last batch last. */
  function showWhatThereIs(): void {
    const job = prints.open[0];
    if (!batches.isOpen && job !== undefined) {
      prints.lookAt(job.ubrn);
      return showPanel('print');
    }
    showPanel('print-batch');
  }

  async function print(): Promise<void> {
    const ubrns = batches.isOpen ? [] : targets();
    if (ubrns.length === 0) return showWhatThereIs();
    showPanel('print-batch');
    await batches.plan(ubrns);
  }

  function mayPrintList(): true | string {
    if (batches.isOpen) return true;
    const { length } = targets();
    if (length > MOST_IN_A_BATCH) return `${MOST_IN_A_BATCH} letters at once at most; ${length} are meant.`;
    if (length === 0)
      return hasSomething() || 'mark rows with Space first. Ctrl+8 shows the letters to print.';
    return (
      session.role?.canReadLetters === true ||
      `${roleName(session.role?.businessFunction ?? '')} cannot fetch letters. Alt+R changes the role.`
    );
  }

  const { worklistKey, anywhereKey, logKey } = PRINTING_KEYS;
  const commands: readonly Command[] = [
    { ...worklistKey, available: mayPrintList, run: print },
    { ...anywhereKey, available: () => hasSomething() || NOTHING, run: showWhatThereIs },
    { ...logKey, available: () => true, run: showLog },
  ];
  /** The referral on the screen, which the print log is narrowed to at first; null in the lists. */
  return { commands, openUbrn: () => String(route.params['ubrn'] ?? '') || null };
}
