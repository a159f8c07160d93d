/** The open review panels of advice and guidance: the patient's digits are asked for in each (hazard 1). */
import { randomUUID } from 'node:crypto';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { IdentityQuestion } from '../booking/identity-question.ts';
import type { AskableOutbox } from '../booking/writing-desk.ts';
import type { Desk } from '../session/session.ts';
import type { AdviceDesk } from './advice-desk.ts';

const ATTEMPTS = 2;
const KEPT_REVIEWS = 5;

/** Whom a panel is about. */
export interface Person {
  readonly nhsNumber: string;
  readonly patient: PatientDetails | null;
}

export interface AdviceReview<Subject> extends Person {
  readonly reviewId: string;
  /** Empty for a request that has no UBRN yet. */
  readonly ubrn: string;
  readonly subject: Subject;
  readonly question: IdentityQuestion;
  attemptsLeft: number;
}

export type Committed =
  | { readonly kind: 'started'; readonly item: OutboxItem }
  | { readonly kind: 'wrong-digits'; readonly attemptsLeft: number };

type Refusal = ReturnType<typeof fail>;

export interface AdviceCommitment<Subject> {
  /** What stands against it now, whatever stood when the panel opened: the panel closes. */
  readonly objectionNow: (review: AdviceReview<Subject>) => Refusal | null;
  /** What is wrong with what was filled in: the panel stays open. */
  readonly objectionTo: (review: AdviceReview<Subject>) => Refusal | null;
  readonly ask: (
    at: { readonly desk: Desk; readonly outbox: AskableOutbox },
    review: AdviceReview<Subject>,
  ) => Outcome<OutboxItem>;
}

export interface AdviceReviews<Subject> {
  readonly add: (about: Person & { readonly ubrn: string }, subject: Subject) => AdviceReview<Subject>;
  readonly commit: (
    input: { readonly reviewId: string; readonly digits: string },
    how: AdviceCommitment<Subject>,
  ) => Outcome<Committed>;
  /** The open panel, of the person at the desk. */
  readonly get: (reviewId: string) => Outcome<AdviceReview<Subject>>;
  readonly drop: (reviewId: string) => void;
  readonly clear: () => void;
}

/** A panel that closed, that was committed, or that failed twice, cannot be committed. */
export function createAdviceReviews<Subject>(deps: AdviceDesk): AdviceReviews<Subject> {
  const reviews = new Map<string, AdviceReview<Subject>>();

  function isPatient(review: AdviceReview<Subject>, digits: string): boolean {
    const { question, nhsNumber, patient } = review;
    if (digits === deps.tools.expectedDigits(question, nhsNumber, patient)) return true;
    review.attemptsLeft -= 1;
    if (review.attemptsLeft <= 0) reviews.delete(review.reviewId);
    return false;
  }

  function commit(
    { reviewId, digits }: { readonly reviewId: string; readonly digits: string },
    how: AdviceCommitment<Subject>,
  ): Outcome<Committed> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    const outbox = deps.outbox();
    if (outbox === null) return fail('writes-off', deps.writesOffReason());
    const review = reviews.get(reviewId);
    if (review === undefined) return fail('expired', 'review-closed');
    const objection = how.objectionNow(review);
    if (objection !== null) {
      reviews.delete(reviewId);
      return objection;
    }
    const missing = how.objectionTo(review);
    if (missing !== null) return missing;
    if (!isPatient(review, digits)) {
      deps.auditRefusal(review.ubrn, 'wrong-identity-digits');
      return ok({ kind: 'wrong-digits', attemptsLeft: review.attemptsLeft });
    }
    // A second press finds no review: one panel, one intent.
    reviews.delete(reviewId);
    const asked = how.ask({ desk, outbox }, review);
    return asked.ok ? ok({ kind: 'started', item: asked.value }) : asked;
  }

  return {
    add({ ubrn, nhsNumber, patient }, subject) {
      const reviewId = randomUUID();
      const question = deps.tools.questionFor(patient);
      const review = { reviewId, ubrn, nhsNumber, patient, subject, question, attemptsLeft: ATTEMPTS };
      reviews.set(reviewId, review);
      const oldest = reviews.size > KEPT_REVIEWS ? reviews.keys().next().value : undefined;
      if (oldest !== undefined) reviews.delete(oldest);
      return review;
    },
    commit,
    get(reviewId) {
      if (deps.desk() === null) return fail('not-signed-in', 'not-signed-in');
      const review = reviews.get(reviewId);
      return review === undefined ? fail('expired', 'review-closed') : ok(review);
    },
    drop: (reviewId) => void reviews.delete(reviewId),
    clear: () => reviews.clear(),
  };
}
