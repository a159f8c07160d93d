/** Cancel referral (A036): an end state, so it is asked for twice over and never waits in the queue (hazard 10). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { CancelAnswer, ReferralCancelReview } from '../../contract/channels/cancellation.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { isTriageReferral } from '../../ers/referral-facts.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { Review } from '../booking/reviews.ts';
import type { CancelReferralIntent } from '../outbox/record-schemas.ts';
import type { ReferenceData } from '../read-cache/reference-data.ts';
import { bookedAppointment, serviceOf, viewReviewed } from './panel.ts';
import { objectionToReason, referralReasons, type OfferedReason } from './reasons.ts';
import { initialsOf, objectionToSecondPerson } from './second-person.ts';

const GATE = 'canCancelReferral';
const OTHERWISE = 'ring-back-instead';

export interface CancelReferral {
  readonly review: (input: { ubrn: string }) => Promise<Outcome<ReferralCancelReview>>;
  readonly commit: (input: RequestInput<'cancellation/commit-referral'>) => Outcome<CancelAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

export interface CancelReferralDesk extends ReviewDesk {
  readonly referenceData: Pick<ReferenceData, 'read'>;
  readonly needsSecondPerson: boolean;
  readonly userName: () => string;
}

interface Subject {
  readonly reasons: readonly OfferedReason[];
}

export function createCancelReferral(deps: CancelReferralDesk): CancelReferral {
  const reviews = deps.createReviews<Subject>();

  async function review({ ubrn }: { ubrn: string }): Promise<Outcome<ReferralCancelReview>> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    if (deps.isOffline()) return fail('offline', OTHERWISE);
    const { desk, open } = begun.value;
    if (serviceOf(open) === '') return fail('rejected', 'no-service-known');
    const [offered, set] = await Promise.all([
      deps.askActions(open, 'CANCEL_REFERRAL', OTHERWISE),
      deps.referenceData.read('REFERRAL-CANCELLATION-REASON'),
    ]);
    const now = deps.goOn(begun.value);
    if (!now.ok) return now;
    if (!offered.ok) return offered;
    if (!set.ok) return deps.readProblem(set.problem, OTHERWISE);
    const hasAppointment = bookedAppointment(now.value) !== null;
    const reasons = referralReasons(set.value.set, {
      businessFunction: desk.businessFunction,
      nowMs: deps.clock.nowMs(),
      hasAppointment,
      isTriage: isTriageReferral(now.value.referral),
    });
    if (reasons.length === 0) return fail('rejected', 'no-reason-offered');
    const made = reviews.add(now.value, { reasons });
    return ok({
      ...viewReviewed(made),
      reasons: reasons.slice(0, 100).map(({ system: _system, ...shown }) => shown),
      cancelsAppointment: hasAppointment,
      needsSecondPerson: deps.needsSecondPerson,
    });
  }

  /** What is missing of the panel's questions; the patient's digits come last. */
  function objectionToInput(
    { open, subject }: Review<Subject>,
    input: RequestInput<'cancellation/commit-referral'>,
  ): string | null {
    const { ubrn } = open.referral;
    const ofReason = objectionToReason(subject.reasons, input);
    if (ofReason !== null) return ofReason;
    if (input.ubrnDigits !== ubrn.slice(-4)) {
      deps.auditRefusal(ubrn, 'wrong-ubrn-digits');
      return 'wrong-ubrn-digits';
    }
    if (!deps.needsSecondPerson) return null;
    const ofPerson = objectionToSecondPerson(input.secondPerson, deps.userName());
    if (ofPerson !== null) deps.auditRefusal(ubrn, ofPerson);
    return ofPerson;
  }

  const commit = (input: RequestInput<'cancellation/commit-referral'>): Outcome<CancelAnswer> =>
    deps.commit(reviews, input, {
      gate: GATE,
      otherwise: OTHERWISE,
      objectionTo(found) {
        const missing = objectionToInput(found, input);
        return missing === null ? null : fail('invalid-input', missing);
      },
      intentOf: (found) => ok(intentOf(deps, found, input)),
      ask({ desk, outbox }, intent) {
        if (deps.needsSecondPerson)
          deps.auditRefusal(intent.ubrn, `second-person-${initialsOf(input.secondPerson)}`);
        return outbox.ask(desk, intent);
      },
    });

  return { review, commit, close: reviews.drop, forget: reviews.clear };
}

function intentOf(
  deps: ReviewDesk,
  { open, subject }: Review<Subject>,
  { reasonCode, comment }: RequestInput<'cancellation/commit-referral'>,
): CancelReferralIntent {
  const booked = bookedAppointment(open);
  const {
    system = '',
    code = '',
    display = '',
  } = subject.reasons.find((reason) => reason.code === reasonCode) ?? {};
  return {
    action: 'cancel-referral',
    ...deps.targetOf(open, serviceOf(open)),
    intentId: randomUUID(),
    reason: { system, code, display },
    comment,
    appointmentId: booked === null ? null : open.referral.appointmentId,
    start: booked?.start ?? null,
  };
}
