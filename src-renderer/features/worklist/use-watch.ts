import { countOf } from '../../app/format.ts';
import { isOutboxOpen } from '../../app/panels.ts';
import { announce } from '../../app/status-line.ts';
import { problemWords } from '../../app/words/problem-words.ts';
import { currentPane, currentScreen } from '../../keyboard/scopes.ts';
import { useOutboxItemsStore } from '../outbox/outbox-items.store.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useTasksStore } from '../tasks/tasks.store.ts';
import { useWorklistStore } from './worklist.store.ts';

/** Above this main takes no more at once (contract, lists/set-watched). */
const MOST_WATCHED_AT_ONCE = 200;

/** Ctrl+M, and which referral a key means that works on every screen. */
export function useWatch() {
  const store = useWorklistStore();
  const tasks = useTasksStore();
  const items = useOutboxItemsStore();
  const referral = useReferralStore();

  /** The referral that a key means which works on every screen: the chosen row or action, elsewhere the open referral. */
  function meantUbrn(): string | null {
    if (isOutboxOpen.value) return items.selected?.ubrn ?? null;
    const isInList = currentPane() === 'worklist' || currentScreen() === 'worklist';
    if (!isInList) return referral.ubrn;
    return (tasks.isShown ? tasks.selected?.ubrn : store.selectedRow()?.ubrn) ?? null;
  }

  function watchTargets(): readonly string[] {
    const isInList = currentPane() === 'worklist' && !tasks.isShown && !isOutboxOpen.value;
    if (isInList && store.marked.size > 0) return [...store.marked];
    const ubrn = meantUbrn();
    return ubrn === null ? [] : [ubrn];
  }

  /** Puts the marked referrals, or the meant one, on Watch; takes them off when all of them are there. */
  async function toggleWatch(): Promise<void> {
    const ubrns = watchTargets();
    if (ubrns.length > MOST_WATCHED_AT_ONCE)
      return announce(`Watch: ${MOST_WATCHED_AT_ONCE} referrals at once at most.`, 'refused');
    const isWatched = !ubrns.every((ubrn) => store.watched.has(ubrn));
    const problem = await store.setWatched(ubrns, isWatched);
    if (problem !== null) return announce(`Watch: ${problemWords(problem).title}.`, 'refused');
    const count = countOf(ubrns.length, 'referral');
    announce(isWatched ? `${count} put on Watch.` : `${count} taken off Watch.`);
  }

  return { meantUbrn, watchTargets, toggleWatch };
}

export type Watch = ReturnType<typeof useWatch>;
