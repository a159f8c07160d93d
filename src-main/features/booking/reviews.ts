import { randomUUID } from 'node:crypto';
import type { OpenReferral } from '../referral/referral.ts';
import { expectedDigits, questionFor, type IdentityQuestion } from './identity-question.ts';

export const ATTEMPTS = 2;
const KEPT_REVIEWS = 5;

/** What the clerk was shown when the panel opened: the pin of what follows is this version. */
export interface Review<Subject> {
  readonly reviewId: string;
  readonly open: OpenReferral;
  readonly subject: Subject;
  readonly question: IdentityQuestion;
  attemptsLeft: number;
}

export interface Reviews<Subject> {
  readonly add: (open: OpenReferral, subject: Subject) => Review<Subject>;
  readonly get: (reviewId: string) => Review<Subject> | null;
  readonly drop: (reviewId: string) => void;
  /** True when the digits are the patient's; counts a wrong answer, and closes the panel after the second. */
  readonly isPatient: (review: Review<Subject>, digits: string) => boolean;
  readonly clear: () => void;
}

/** Keeps the open review panels. A panel that closed, or that failed twice, cannot be committed (hazard 1). */
export function createReviews<Subject>(): Reviews<Subject> {
  const reviews = new Map<string, Review<Subject>>();
  return {
    add(open, subject) {
      const reviewId = randomUUID();
      const question = questionFor(open.patient);
      const review = { reviewId, open, subject, question, attemptsLeft: ATTEMPTS };
      reviews.set(reviewId, review);
      const oldest = reviews.size > KEPT_REVIEWS ? reviews.keys().next().value : undefined;
      if (oldest !== undefined) reviews.delete(oldest);
      return review;
    },
    get: (reviewId) => reviews.get(reviewId) ?? null,
    drop: (reviewId) => void reviews.delete(reviewId),
    isPatient(review, digits) {
      const { question, open } = review;
      if (digits === expectedDigits(question, open.referral.nhsNumber, open.patient)) return true;
      review.attemptsLeft -= 1;
      if (review.attemptsLeft <= 0) reviews.delete(review.reviewId);
      return false;
    },
    clear: () => reviews.clear(),
  };
}
