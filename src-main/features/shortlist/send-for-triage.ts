/** Sending for triage (A016 TRIAGE): to a triage service of the shortlist, without evidence (contract.md section 10). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { ShortlistAnswer, TriageReview } from '../../contract/channels/shortlist.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { Review } from '../booking/reviews.ts';
import type { SendForTriageIntent } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';

const GATE = 'canSendForTriage';
const OTHERWISE = 'needs-connection';
const MAX_COMMENT = 1000;

export interface SendForTriage {
  readonly review: (input: RequestInput<'shortlist/review-triage'>) => Promise<Outcome<TriageReview>>;
  readonly commit: (input: RequestInput<'shortlist/commit-triage'>) => Outcome<ShortlistAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

interface Subject {
  readonly serviceId: string;
}

export function createSendForTriage(deps: ReviewDesk): SendForTriage {
  const reviews = deps.createReviews<Subject>();

  async function review({
    ubrn,
    serviceId,
  }: RequestInput<'shortlist/review-triage'>): Promise<Outcome<TriageReview>> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    if (deps.isOffline()) return fail('offline', OTHERWISE);
    const { open } = begun.value;
    const entry = open.view.shortlist.find((candidate) => candidate.serviceId === serviceId);
    if (entry === undefined) return fail('invalid-input', 'service-not-on-shortlist');
    if (entry.bookable !== 'triage') return fail('rejected', 'service-not-triage');
    const offered = await deps.askActions(open, 'CREATE_APPOINTMENT', OTHERWISE);
    const now = deps.goOn(begun.value);
    if (!now.ok) return now;
    if (!offered.ok) return offered;
    return ok(viewReview(reviews.add(now.value, { serviceId })));
  }

  const commit = (input: RequestInput<'shortlist/commit-triage'>): Outcome<ShortlistAnswer> =>
    deps.commit(reviews, input, {
      gate: GATE,
      otherwise: OTHERWISE,
      intentOf: (found) => intentOf(deps, found, input.comment),
      ask: ({ desk, outbox }, intent) => outbox.ask(desk, intent),
    });

  return { review, commit, close: reviews.drop, forget: reviews.clear };
}

const nameOf = ({ view }: OpenReferral, serviceId: string) =>
  view.shortlist.find((entry) => entry.serviceId === serviceId)?.name ?? '';

function viewReview({ reviewId, open, subject, question, attemptsLeft }: Review<Subject>): TriageReview {
  const { ubrn, version } = open.referral;
  const { serviceId } = subject;
  return {
    reviewId,
    ubrn,
    version,
    serviceId,
    serviceName: nameOf(open, serviceId),
    maxComment: MAX_COMMENT,
    identityQuestion: question,
    attemptsLeft,
  };
}

function intentOf(
  deps: ReviewDesk,
  { open, subject }: Review<Subject>,
  comment: string,
): Outcome<SendForTriageIntent> {
  const terms = deps.searchTermsOf(open);
  if (!terms.ok) return terms;
  return ok({
    action: 'send-for-triage',
    ...deps.targetOf(open, subject.serviceId),
    intentId: randomUUID(),
    ...terms.value,
    comment,
  });
}
