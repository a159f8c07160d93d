/** May a key open the panel of an action: true, or the reason in words. Main decides; here are only its words. */
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import { gateWords } from '../referral/gate-words.ts';

type Gate = true | string;
type Verdict =
  | 'canCancelLater'
  | 'canCancelAppointment'
  | 'canCancelReferral'
  | 'canChangeShortlist'
  | 'canSendForTriage'
  | 'canAccept'
  | 'canReject'
  | 'canRecordReview';

/** What this desk has under way for the referral on show: nothing else is done to it meanwhile. */
export interface Unsettled {
  readonly booking: boolean;
  readonly deferral: boolean;
  readonly other: boolean;
}

export function writeGate(view: ReferralView | null, verdict: Verdict, unsettled: Unsettled): Gate {
  if (view === null) return 'the referral has not been read';
  if (unsettled.booking) return gateWords('booking-not-settled');
  if (unsettled.deferral) return gateWords('deferral-not-settled');
  if (unsettled.other) return gateWords('action-not-settled');
  const code = view[verdict];
  return code === null ? true : gateWords(code);
}
