import { computed, watch } from 'vue';
import { announce } from '../../app/status-line.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useDeferralStore } from './deferral.store.ts';
import { deferralWords, isDeferralUnsettled } from './deferral-words.ts';

/** Follows the deferral of the referral on show: says each new state and reads the referral again once it is settled. */
export function useFollowDeferral(ubrn: () => string) {
  const store = useDeferralStore();
  const referral = useReferralStore();
  const deferral = computed(() => store.itemOf(ubrn()));
  const isTwoWeekWait = computed(
    () =>
      deferral.value !== null &&
      (store.isTwoWeekWait(deferral.value) ||
        (referral.view?.ubrn === ubrn() && referral.view.priority.code === 'TWO_WEEK_WAIT')),
  );

  watch(deferral, (now, before) => {
    if (now === null || now.intentId !== before?.intentId || now.state === before.state) return;
    announce(`${deferralWords(now, isTwoWeekWait.value).heading}.`);
    if (!isDeferralUnsettled(now) && referral.view?.ubrn === now.ubrn) void referral.rereadReferral();
  });

  return { deferral, isTwoWeekWait };
}
