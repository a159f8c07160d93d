import { problemWords } from '../../app/words/problem-words.ts';
import { announce } from '../../app/status-line.ts';
import { onlyBookableService } from '../referral/referral-gates.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useBookingStore } from './booking.store.ts';
import { useDeferralStore } from './deferral.store.ts';

/** Shift+F8: the review of a deferral at a service, or the question at which service. */
export function useDefer(ubrn: () => string) {
  const referral = useReferralStore();
  const booking = useBookingStore();
  const deferral = useDeferralStore();

  /** Opens the review; null means the only service that can be deferred to, or else the clerk's choice. */
  async function deferReferral(serviceId: string | null): Promise<void> {
    const mine = ubrn();
    const shortlist = referral.view?.ubrn === mine ? referral.view.shortlist : [];
    const chosen = serviceId ?? onlyBookableService(shortlist)?.serviceId ?? null;
    await booking.closeReview();
    if (chosen === null) {
      announce('Defer: choose the service. NOT DEFERRED.');
      return deferral.askService(mine);
    }
    announce('Reviewing the deferral. NOT DEFERRED.');
    await deferral.openReview(mine, chosen);
    if (deferral.problem !== null) announce(`${problemWords(deferral.problem).title}.`, 'refused');
  }

  return { deferReferral };
}
