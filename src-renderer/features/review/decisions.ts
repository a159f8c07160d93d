/** What a provider may decide on a referral, each with what main says of it now. */
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import { writeGate, type Unsettled } from '../cancellation/write-gates.ts';

export type DecisionId = 'accept' | 'reject' | 'book-later' | 'return' | 'cancel-later';

export interface Decision {
  readonly id: DecisionId;
  readonly title: string;
  /** What follows from it, in a line. */
  readonly effect: string;
  readonly gate: true | string;
}

const TEXTS: readonly (Omit<Decision, 'gate'> & {
  readonly verdict: 'canAccept' | 'canReject' | 'canRecordReview' | 'canCancelLater';
})[] = [
  {
    id: 'accept',
    title: 'Accept',
    effect: 'The appointment stays; the referral leaves the review list.',
    verdict: 'canAccept',
  },
  {
    id: 'reject',
    title: 'Reject',
    effect: 'The appointment is cancelled now; the referral goes back to the referrer.',
    verdict: 'canReject',
  },
  {
    id: 'book-later',
    title: 'Accept, to be booked',
    effect: 'The provider books it later, at the priority that you give it.',
    verdict: 'canRecordReview',
  },
  {
    id: 'return',
    title: 'Return with advice',
    effect: 'The referral goes back to the referrer with your advice. Nothing is booked.',
    verdict: 'canRecordReview',
  },
  {
    id: 'cancel-later',
    title: 'Cancel, action later',
    effect: 'The appointment is cancelled now; the admin team acts on your comment (Shift+F9).',
    verdict: 'canCancelLater',
  },
];

export function decisionsFor(view: ReferralView | null, unsettled: Unsettled): readonly Decision[] {
  return TEXTS.map(({ verdict, ...text }) => ({ ...text, gate: writeGate(view, verdict, unsettled) }));
}

/** True when something may be decided; else the reason that says most: that of the side on which the referral is. */
export function reviewGate(view: ReferralView | null, decisions: readonly Decision[]): true | string {
  if (decisions.some(({ gate }) => gate === true)) return true;
  const wanted: DecisionId = view?.appointment?.status === 'proposed' ? 'book-later' : 'reject';
  return decisions.find(({ id }) => id === wanted)?.gate ?? 'the referral has not been read';
}
