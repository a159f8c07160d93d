/** Accepting a booked referral (A013): the appointment stays, the review is closed. */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { Acceptance, ReviewAnswer } from '../../contract/channels/review.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Review } from '../booking/reviews.ts';
import type { AcceptReferralIntent } from '../outbox/record-schemas.ts';
import type { JudgingDesk } from './judging-desk.ts';

const GATE = 'canAccept';

export interface Accepting {
  readonly review: (input: { ubrn: string }) => Outcome<Acceptance>;
  readonly commit: (input: RequestInput<'review/commit-acceptance'>) => Outcome<ReviewAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

export function createAccepting(deps: JudgingDesk): Accepting {
  const { tools } = deps;
  const reviews = deps.createReviews<null>();

  function review({ ubrn }: { ubrn: string }): Outcome<Acceptance> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    const { open } = begun.value;
    if (tools.serviceOf(open) === '') return fail('rejected', 'no-service-known');
    return ok({
      ...tools.viewReviewed(reviews.add(open, null)),
      onBehalfOf: deps.onBehalfOf(),
      isOffline: deps.isOffline() || open.isRemembered,
    });
  }

  function intentOf({ open }: Review<null>): AcceptReferralIntent {
    return {
      action: 'accept-referral',
      ...deps.targetOf(open, tools.serviceOf(open)),
      intentId: randomUUID(),
      appointmentId: open.referral.appointmentId,
      start: tools.bookedAppointment(open)?.start ?? null,
    };
  }

  const commit = (input: RequestInput<'review/commit-acceptance'>): Outcome<ReviewAnswer> =>
    deps.commit(reviews, input, {
      gate: GATE,
      intentOf: (found) => ok(intentOf(found)),
      ask: ({ desk, outbox }, intent) => outbox.ask(desk, intent),
    });

  return { review, commit, close: reviews.drop, forget: reviews.clear };
}
