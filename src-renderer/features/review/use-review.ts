import { computed, nextTick } from 'vue';
import { useRouter } from 'vue-router';
import { openReferral } from '../../app/open-referral.ts';
import { focusPane } from '../../app/panes.ts';
import { announce } from '../../app/status-line.ts';
import { useBookingStore } from '../booking/booking.store.ts';
import { useDeferralStore } from '../booking/deferral.store.ts';
import { useCancellationStore } from '../cancellation/cancellation.store.ts';
import { sayProblem } from '../cancellation/use-begin.ts';
import { useDeeds } from '../cancellation/use-deeds.ts';
import { useWriteGates } from '../cancellation/use-write-gates.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
import { useWorklistStore } from '../worklist/worklist.store.ts';
import { decisionsFor, reviewGate, type DecisionId } from './decisions.ts';
import { useReviewStore } from './review.store.ts';

const REVIEWING: Readonly<Record<Exclude<DecisionId, 'cancel-later'>, string>> = {
  accept: 'Reviewing the acceptance. NOT ACCEPTED.',
  reject: 'Reviewing the rejection. NOT REJECTED.',
  'book-later': 'Reviewing the outcome. NOT RECORDED.',
  return: 'Reviewing the outcome. NOT RECORDED.',
};

/** What the keys of a review do: begin it, open the panel of a decision, go on to the next referral of the list. */
export function useReview(ubrn: () => string) {
  const store = useReviewStore();
  const referral = useReferralStore();
  const worklist = useWorklistStore();
  const router = useRouter();
  const { unsettledNow } = useWriteGates(ubrn);
  const deeds = useDeeds(ubrn);
  const others = [useBookingStore(), useDeferralStore(), useCancellationStore(), useShortlistStore()];

  const view = computed(() => (referral.view?.ubrn === ubrn() ? referral.view : null));
  const decisions = computed(() => decisionsFor(view.value, unsettledNow.value));
  const isBeingRead = () => referral.isLoading && view.value === null;
  const gate = (): true | string => (isBeingRead() ? true : reviewGate(view.value, decisions.value));

  async function begin(): Promise<void> {
    const mine = ubrn();
    if (isBeingRead()) await referral.whenLoaded();
    if (mine !== ubrn()) return;
    const answer = gate();
    if (answer !== true) return announce(`Review: ${answer}`, 'refused');
    await Promise.all(others.map((other) => other.closeReview()));
    store.underReview = mine;
    await nextTick();
    focusPane('detail');
    announce('Review: arrows, then Enter, choose a decision; Ctrl+O its files. NOTHING DECIDED.');
  }

  async function choose(id: DecisionId): Promise<void> {
    if (id === 'cancel-later') {
      store.underReview = null;
      return deeds.cancelLater();
    }
    announce(REVIEWING[id]);
    await openPanel(id);
    sayProblem(store.problem);
  }

  function openPanel(id: Exclude<DecisionId, 'cancel-later'>): Promise<void> {
    const mine = ubrn();
    if (id === 'accept') return store.openAcceptance(mine);
    if (id === 'reject') return store.openRejection(mine);
    const outcome = id === 'return' ? 'RETURN_TO_REFERRER_WITH_ADVICE' : 'ACCEPT_REFER_BOOK_LATER';
    return store.openOutcome(mine, outcome);
  }

  /** The next row of the list that is on show, by its place: opened and, where it can be judged, in review at once. */
  async function reviewNext(): Promise<void> {
    const at = worklist.selectedIndex + 1;
    if (worklist.rows.length === 0) return announce('Next referral: the list is empty.', 'refused');
    if (at >= worklist.rows.length)
      return announce('Next referral: this was the last of the list. F5 there reads it again.', 'refused');
    worklist.moveSelection(1);
    const next = worklist.selectedRow()?.ubrn;
    if (next === undefined) return;
    await openReferral(router, next);
    await nextTick();
    if (ubrn() === next) await begin();
  }

  return { decisions, gate, begin, choose, reviewNext, view };
}
