import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { DeferIntent } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';

/** For whom and with which priority e-RS looks for slots: what A016 without a slot is judged by (contract.md A015). */
export function searchTermsOf({
  referral,
}: OpenReferral): Outcome<Pick<DeferIntent, 'commissioningOrg' | 'priority'>> {
  const { commissioningOrg, priority } = referral;
  if (commissioningOrg === null) return fail('rejected', 'no-commissioning-organisation');
  const { code } = priority;
  if (code !== 'ROUTINE' && code !== 'URGENT' && code !== 'TWO_WEEK_WAIT')
    return fail('rejected', 'unknown-priority');
  return ok({ commissioningOrg, priority: code });
}
