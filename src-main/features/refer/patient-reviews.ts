/** The open review panel of a referral that does not exist yet: its digits are asked of the patient alone. */
import { randomUUID } from 'node:crypto';
import type { IdentityQuestion } from '../booking/identity-question.ts';
import type { ReferDesk } from './refer-desk.ts';
import type { Subject } from './subject.ts';

const ATTEMPTS = 2;

export interface PatientReview<Asked> {
  readonly reviewId: string;
  readonly subject: Subject;
  readonly asked: Asked;
  readonly question: IdentityQuestion;
  attemptsLeft: number;
}

export interface PatientReviews<Asked> {
  readonly open: (subject: Subject, asked: Asked) => PatientReview<Asked>;
  readonly get: (reviewId: string) => PatientReview<Asked> | null;
  /** True when the digits are the patient's; the panel closes after the second wrong answer. */
  readonly isPatient: (review: PatientReview<Asked>, digits: string) => boolean;
  readonly drop: (reviewId: string) => void;
  readonly clear: () => void;
}

/** One panel at a time. */
export function createPatientReviews<Asked>({
  identity,
}: Pick<ReferDesk, 'identity'>): PatientReviews<Asked> {
  let held: PatientReview<Asked> | null = null;
  const drop = (reviewId: string) => {
    if (held?.reviewId === reviewId) held = null;
  };
  return {
    open(subject, asked) {
      const question = identity.questionFor(subject.patient);
      held = { reviewId: randomUUID(), subject, asked, question, attemptsLeft: ATTEMPTS };
      return held;
    },
    get: (reviewId) => (held?.reviewId === reviewId ? held : null),
    isPatient(review, digits) {
      const { nhsNumber, patient } = review.subject;
      if (digits === identity.expectedDigits(review.question, nhsNumber, patient)) return true;
      review.attemptsLeft -= 1;
      if (review.attemptsLeft <= 0) drop(review.reviewId);
      return false;
    },
    drop,
    clear: () => void (held = null),
  };
}
