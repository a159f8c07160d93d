/** What other clinicians of a provider do to a referral that is reviewed. For tests and training drills. */
import {
  acceptAfterReview,
  recordOutcome,
  rejectAfterReview,
  type ChangeContext,
  type ReviewOutcome,
} from './changes.ts';
import type { Referral } from './model.ts';
import type { ProviderSystems } from './provider-systems.ts';

export interface Reviewers {
  /** Another clinician accepts the booked referral (A013). */
  acceptByAnother(ubrn: string): void;
  /** Another clinician rejects it (A014). */
  rejectByAnother(ubrn: string, reasonCode?: string, comment?: string): void;
  /** Another clinician records the outcome of its review (A028), with the referral's own priority. */
  recordReviewByAnother(ubrn: string, outcome: ReviewOutcome, comment: string): void;
}

/** Each throws RangeError where it does not fit the referral. */
export function createReviewers(parts: {
  readonly context: ChangeContext;
  readonly systems: ProviderSystems;
  need(ubrn: string): Referral;
}): Reviewers {
  const { context, systems, need } = parts;
  return {
    acceptByAnother: (ubrn) => acceptAfterReview(need(ubrn), context),
    rejectByAnother(ubrn, code = 'SERVICE_INAPPROPRIATE', comment = '') {
      const referral = need(ubrn);
      const reason = { set: 'APPOINTMENT-CANCELLATION-REASON', code } as const;
      rejectAfterReview(referral, { reason, comment }, context);
      systems.removeFromPas(referral.appointment?.serviceId ?? '', ubrn);
    },
    recordReviewByAnother: (ubrn, outcome, comment) =>
      recordOutcome(need(ubrn), { outcome, comment, priority: null, attachments: [] }, context),
  };
}
