import { announce } from '../../app/status-line.ts';
import { problemWords } from '../../app/words/problem-words.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBookingStore } from '../booking/booking.store.ts';
import { useDeferralStore } from '../booking/deferral.store.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
import { useCancellationStore } from './cancellation.store.ts';
import { useWriteGates } from './use-write-gates.ts';

export type GateName = keyof ReturnType<typeof useWriteGates>['gates']['value'];

/** The way into every panel: waits for the referral, asks the gate, and closes what else is open. */
export function useBegin(ubrn: () => string) {
  const referral = useReferralStore();
  const booking = useBookingStore();
  const deferral = useDeferralStore();
  const cancellation = useCancellationStore();
  const shortlist = useShortlistStore();
  const { gates } = useWriteGates(ubrn);

  const isBeingRead = () => referral.isLoading && referral.view?.ubrn !== ubrn();
  /** The gate, or true while the referral is still being read: `begin` waits for it and looks again. */
  const gateOf = (name: GateName): true | string => (isBeingRead() ? true : gates.value[name]);

  async function begin(title: string, gate: GateName, open: (mine: string) => Promise<void>): Promise<void> {
    const mine = ubrn();
    if (isBeingRead()) await referral.whenLoaded();
    if (mine !== ubrn()) return;
    const answer = gates.value[gate];
    if (answer !== true) return announce(`${title}: ${answer}`, 'refused');
    const isOfShortlist = gate === 'shortlist' || gate === 'triage';
    await Promise.all([
      booking.closeReview(),
      deferral.closeReview(),
      isOfShortlist ? cancellation.closeReview() : shortlist.closeReview(),
    ]);
    await open(mine);
  }

  return { begin, gateOf };
}

/** Says in the status line why a panel could not be opened. */
export function sayProblem(problem: Problem | null): void {
  if (problem !== null) announce(`${problemWords(problem).title}.`, 'refused');
}
