import { computed, watch } from 'vue';
import { announce } from '../../app/status-line.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useTasksStore } from '../tasks/tasks.store.ts';
import { useDeferralStore } from './deferral.store.ts';
import { deferralWords, isDeferralUnsettled } from './deferral-words.ts';

/** Follows the deferral of the referral on show: says each new state and reads the referral again once it is settled. */
export function useFollowDeferral(ubrn: () => string) {
  const store = useDeferralStore();
  const referral = useReferralStore();
  const tasks = useTasksStore();
  const deferral = computed(() => store.itemOf(ubrn()));
  /** While main keeps the task of it; where the tasks cannot be read, by the priority alone. */
  const mustRing = computed(() => {
    if (deferral.value === null) return false;
    const isKnown = tasks.isRead && tasks.problem === null;
    if (isKnown)
      return tasks.tasks.some((task) => task.kind === 'ring-provider-today' && task.ubrn === ubrn());
    return referral.view?.ubrn === ubrn() && referral.view.priority.code === 'TWO_WEEK_WAIT';
  });

  watch(deferral, (now, before) => {
    if (now === null || now.intentId !== before?.intentId || now.state === before.state) return;
    announce(`${deferralWords(now, mustRing.value).heading}.`);
    if (!isDeferralUnsettled(now) && referral.view?.ubrn === now.ubrn) void referral.rereadReferral();
  });

  return { deferral, mustRing };
}
