import { computed } from 'vue';
import type { WorklistFilter } from '../../../src-main/contract/channels/worklist.ts';
import { formatClock } from '../../../src-main/contract/london-time.ts';
import { countOf } from '../../app/format.ts';
import { focusPane } from '../../app/panes.ts';
import { announce } from '../../app/status-line.ts';
import { problemWords } from '../../app/words/problem-words.ts';
import { readAtWords } from '../referral/as-of-words.ts';
import { useSessionStore } from '../session/session.store.ts';
import { useTasksStore } from '../tasks/tasks.store.ts';
import { isLocalList, isProviderList, type ListKind } from './list-kinds.ts';
import { listWords, mayReadList, narrowingWords } from './list-words.ts';
import { useWorklistStore } from './worklist.store.ts';

/** `12 of 87 referrals`; the number alone when all are shown. */
function shownOf(shown: number, all: number): string {
  const words = countOf(all, 'referral');
  return shown === all ? words : `${shown.toLocaleString('en-GB')} of ${words}`;
}

/** What the keys of the lists do, and what is said of it. */
export function useListDeeds() {
  const store = useWorklistStore();
  const tasks = useTasksStore();
  const session = useSessionStore();

  const businessFunction = computed(() => session.role?.businessFunction ?? '');
  const countWords = computed(() => shownOf(store.rows.length, store.current.rows.length));

  /** Said after the count of a list that e-RS did not give now. */
  function ageWords(): string {
    const { reading } = store.current;
    return reading?.isRemembered ? `, as of ${readAtWords(reading)}` : '';
  }

  function sayList(): void {
    const { problem } = store.current;
    announce(
      problem
        ? problemWords(problem).title
        : `${listWords(store.kind).title}: ${countWords.value}${ageWords()}.`,
    );
  }

  async function chooseList(kind: ListKind): Promise<void> {
    const allowed = mayReadList(listWords(kind), businessFunction.value);
    if (allowed !== true) return announce(allowed, 'refused');
    tasks.isShown = false;
    await store.showList(kind);
    // The tasks had the keys and are gone with them.
    if (document.activeElement === document.body) focusPane('worklist');
    sayList();
  }

  /** What a reading took away: the selected referral, or marked ones. */
  function lossWords(selectedBefore: string | null): string {
    const isGone = selectedBefore !== null && store.selectedRow() === null;
    const lost = store.dropLostMarks();
    const gone = isGone ? ' The referral you had selected is no longer in this list.' : '';
    return lost > 0 ? `${gone} ${countOf(lost, 'marked row')} no longer in this list.` : gone;
  }

  async function reread(): Promise<void> {
    if (tasks.isShown) return tasks.read();
    const before = store.selectedUbrn;
    await store.fetchList(store.kind, true);
    const { problem, reading } = store.current;
    if (problem) return announce(`Not read again: ${problemWords(problem).title}.`, 'refused');
    if (reading === null) return;
    const { title } = listWords(store.kind);
    if (reading.isRemembered) {
      return announce(`Not read again: e-RS cannot be reached. ${title}${ageWords()}.`, 'refused');
    }
    announce(`${title}: ${countWords.value}, read ${formatClock(reading.readAt)}.${lossWords(before)}`);
  }

  async function narrow(filter: WorklistFilter | null): Promise<void> {
    const { kind } = store;
    if (isLocalList(kind) || !isProviderList(kind)) return;
    await store.narrowList(kind, filter);
    const { problem } = store.current;
    if (problem) return announce(`Not read: ${problemWords(problem).title}.`, 'refused');
    const part = filter === null ? 'the whole list' : narrowingWords(filter);
    announce(`${listWords(kind).title}, ${part}: ${countWords.value}.`);
  }

  return {
    ...{ businessFunction, countWords, chooseList, reread, narrow },
    sayList,
  };
}

export type ListDeeds = ReturnType<typeof useListDeeds>;
