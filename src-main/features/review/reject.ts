/** Rejecting a booked referral (A014): its appointment is cancelled, and it goes back to the referrer. */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { Rejection, ReviewAnswer } from '../../contract/channels/review.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { isIndirectlyBooked } from '../../ers/referral-facts.ts';
import type { Review } from '../booking/reviews.ts';
import type { OfferedReason } from '../cancellation/panel-tools.ts';
import type { RejectReferralIntent } from '../outbox/record-schemas.ts';
import type { JudgingDesk } from './judging-desk.ts';

const GATE = 'canReject';
const REASON_SET = 'APPOINTMENT-CANCELLATION-REASON';

export interface Rejecting {
  readonly review: (input: { ubrn: string }) => Promise<Outcome<Rejection>>;
  readonly commit: (input: RequestInput<'review/commit-rejection'>) => Outcome<ReviewAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

interface Subject {
  readonly reasons: readonly OfferedReason[];
  readonly asksPas: boolean;
}

export function createRejecting(deps: JudgingDesk): Rejecting {
  const { tools } = deps;
  const reviews = deps.createReviews<Subject>();

  async function review({ ubrn }: { ubrn: string }): Promise<Outcome<Rejection>> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    const { desk, open } = begun.value;
    const booked = tools.bookedAppointment(open);
    if (booked === null) return fail('rejected', 'not-booked');
    if (booked.serviceId === null) return fail('rejected', 'no-service-known');
    const set = await deps.referenceData.read(REASON_SET);
    const now = deps.goOn(begun.value);
    if (!now.ok) return now;
    if (!set.ok) return deps.readProblem(set.problem, 'needs-connection');
    const reasons = tools.rejectionReasons(set.value.set, {
      businessFunction: desk.businessFunction,
      nowMs: deps.clock.nowMs(),
      dialect: deps.client().dialect,
    });
    if (reasons.length === 0) return fail('rejected', 'no-reason-offered');
    const asksPas = isIndirectlyBooked(booked, now.value.services);
    return ok({
      ...tools.viewReviewed(reviews.add(now.value, { reasons, asksPas })),
      onBehalfOf: deps.onBehalfOf(),
      isOffline: deps.isOffline() || now.value.isRemembered,
      reasons: reasons.slice(0, 100).map(({ system: _system, ...shown }) => shown),
      asksPas,
    });
  }

  /** The flag goes exactly where the contract wants it (contract.md A014, hazard 11): asked without a default. */
  function objectionToInput(
    { reasons, asksPas }: Subject,
    input: RequestInput<'review/commit-rejection'>,
  ): string | null {
    const ofReason = tools.objectionToReason(reasons, input);
    if (ofReason !== null) return ofReason;
    if (asksPas && input.isCancelledInPas === null) return 'pas-answer-missing';
    return !asksPas && input.isCancelledInPas !== null ? 'pas-answer-not-permitted' : null;
  }

  function intentOf(
    { open, subject }: Review<Subject>,
    { reasonCode, comment, isCancelledInPas }: RequestInput<'review/commit-rejection'>,
  ): RejectReferralIntent {
    const found = subject.reasons.find(({ code }) => code === reasonCode);
    const { system = '', code = '', display = '' } = found ?? {};
    return {
      action: 'reject-referral',
      ...deps.targetOf(open, tools.serviceOf(open)),
      intentId: randomUUID(),
      reason: { system, code, display },
      comment,
      isCancelledInPas,
      appointmentId: open.referral.appointmentId,
      start: tools.bookedAppointment(open)?.start ?? null,
    };
  }

  const commit = (input: RequestInput<'review/commit-rejection'>): Outcome<ReviewAnswer> =>
    deps.commit(reviews, input, {
      gate: GATE,
      objectionTo({ subject }) {
        const missing = objectionToInput(subject, input);
        return missing === null ? null : fail('invalid-input', missing);
      },
      intentOf: (found) => ok(intentOf(found, input)),
      ask: ({ desk, outbox }, intent) => outbox.ask(desk, intent),
    });

  return { review, commit, close: reviews.drop, forget: reviews.clear };
}
