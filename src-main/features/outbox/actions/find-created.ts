/**
 * The duplicate check of a referral whose reply was lost (safety.md, "Proof and pin of every write"): A041 wants a UBRN,
 * and there is none. So the list of what awaits booking is searched for the patient, and each referral that the clerk was
 * not shown is read: the one whose pathway starts at our moment is ours. The spine dialect has neither that list nor that
 * moment: there only a person can look.
 */
import { isSameInstant } from '../../../contract/london-time.ts';
import type { Ubrn } from '../../../contract/identifiers.ts';
import type { Referral } from '../../../ers/model.ts';
import { a005RetrieveReferral } from '../../../ers/operations/a005-retrieve-referral.ts';
import { a008FetchWorklist } from '../../../ers/operations/a008-fetch-worklist.ts';
import type { Unreached } from '../protocol/findings.ts';
import type { CreateAndTriageIntent, CreateReferralIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionRun } from './action-driver.ts';
import { unreadTruth } from './outcomes.ts';

export type NewReferralIntent = CreateReferralIntent | CreateAndTriageIntent;

export type Found =
  | { readonly kind: 'ours'; readonly ubrn: string }
  /** One for this patient at one of these services that the clerk did not see. */
  | { readonly kind: 'similar' }
  | { readonly kind: 'none' }
  | Unreached;

/** More new referrals of one patient than this a person must look through. */
const MOST_READ = 10;

export async function findCreated(run: ActionRun<NewReferralIntent>): Promise<Found> {
  const { intent, client, urgency } = run;
  const list = await client.call(a008FetchWorklist, { kind: 'AWAITING_BOOKING' }, { urgency });
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (list.kind === 'not-in-dialect') return { kind: 'none' };
  if (list.kind !== 'success') return unreadTruth(list);
  const candidates = list.value.entries
    .filter(({ nhsNumber, ubrn }) => nhsNumber === intent.nhsNumber && !intent.known.includes(ubrn))
    .map(({ ubrn }) => ubrn);
  let isSimilar = candidates.length > MOST_READ;
  for (const ubrn of candidates.slice(0, MOST_READ)) {
    const read = await client.call(a005RetrieveReferral, { ubrn: ubrn as Ubrn }, { urgency });
    if (!run.mayGoOn()) return PERSON_LEFT;
    if (read.kind !== 'success') return unreadTruth(read);
    const news = compareCreated(read.value, intent);
    if (news === 'ours') return { kind: 'ours', ubrn };
    isSimilar ||= news === 'similar';
  }
  return { kind: isSimilar ? 'similar' : 'none' };
}

/** What a referral is to the one that was asked for: itself, one like it, or another. */
export function compareCreated(referral: Referral, intent: NewReferralIntent): 'ours' | 'similar' | 'other' {
  const { nhsNumber, pathwayStart, shortlist } = referral;
  if (nhsNumber !== intent.nhsNumber) return 'other';
  if (pathwayStart !== null && isSameInstant(pathwayStart, intent.pathwayStart)) return 'ours';
  const isAtService = intent.services.some(({ serviceId }) =>
    shortlist.some((entry) => entry.serviceId === serviceId),
  );
  return isAtService ? 'similar' : 'other';
}
