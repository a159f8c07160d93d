import type { OpenReferral } from '../referral/referral.ts';
import { seenOf } from './compare-view.ts';
import type { BookIntent } from './record-schemas.ts';

/** Two-week-wait and urgent referrals go before others. */
const isUrgent = (priorityCode: string) => priorityCode !== 'ROUTINE';

/** What every intent for an open referral has: the pin is the version that the clerk saw (safety.md step 1). */
export function intentTarget(
  { referral, services, view }: OpenReferral,
  serviceId: string,
): Pick<
  BookIntent,
  'ubrn' | 'pinnedVersion' | 'nhsNumber' | 'serviceId' | 'serviceName' | 'isUrgent' | 'saw'
> {
  const entry = referral.shortlist.find((candidate) => candidate.serviceId === serviceId);
  const service = services.find((candidate) => candidate.id === serviceId);
  return {
    ubrn: referral.ubrn,
    pinnedVersion: referral.version,
    nhsNumber: referral.nhsNumber,
    serviceId,
    serviceName: (entry?.name || service?.name || '').slice(0, 200),
    isUrgent: isUrgent(referral.priority.code),
    saw: seenOf(referral, view.readAt),
  };
}
