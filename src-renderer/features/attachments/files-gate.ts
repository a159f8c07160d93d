import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import { gateWords } from '../referral/gate-words.ts';

/** May files of this referral be opened: true, or the reason in words. A restricted record stays shut (hazard 15). */
export function filesGate(view: ReferralView | null): true | string {
  if (view === null) return 'the referral has not been read';
  const isRestricted = view.patient?.isSensitive === true || view.patientProblem === 'restricted';
  return isRestricted ? gateWords('patient-sensitive') : true;
}
