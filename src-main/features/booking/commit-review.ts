/** How an open panel becomes an intent: one way for every write of the product (hazard 1). */
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Gate, WithoutConnection } from './review-desk.ts';
import type { Review, Reviews } from './reviews.ts';
import { atWritingDesk, type AtWritingDesk, type WritingDesk } from './writing-desk.ts';

type Refusal = ReturnType<typeof fail>;

/** What is an action's own in its commit; `Asked` is the intent, or the intents, that it asks for. */
export interface Commitment<Subject, Asked> {
  readonly gate: Gate;
  /** What to do instead where there is no connection; absent for what may wait for one. */
  readonly otherwise?: WithoutConnection;
  /** What is wrong with what was filled in: the panel stays open. */
  readonly objectionTo?: (review: Review<Subject>) => Refusal | null;
  /** Pinned to the version that the panel showed; nothing refreshes it later (safety.md, I3). */
  readonly intentOf: (review: Review<Subject>) => Outcome<Asked>;
  readonly ask: (at: AtWritingDesk, asked: Asked, review: Review<Subject>) => Outcome<OutboxItem>;
}

export type Committed =
  | { readonly kind: 'started'; readonly item: OutboxItem }
  | { readonly kind: 'wrong-digits'; readonly attemptsLeft: number };

/**
 * Commits a panel with the patient's digits. Nothing is asked for when it has closed, when a later reading of the
 * referral stands against it (a death, for one: it closes), when something is not filled in, or when the digits are
 * not the patient's (counted, and recorded).
 */
export function commitReview<Subject, Asked>(
  desk: WritingDesk,
  reviews: Reviews<Subject>,
  { reviewId, digits }: { readonly reviewId: string; readonly digits: string },
  how: Commitment<Subject, Asked>,
): Outcome<Committed> {
  return atWritingDesk<Committed>(desk, (at) => {
    const review = reviews.get(reviewId);
    if (review === null) return fail('expired', 'review-closed');
    const objection = objectionNow(desk, review, how);
    if (objection !== null) {
      reviews.drop(reviewId);
      return objection;
    }
    const missing = how.objectionTo?.(review) ?? null;
    if (missing !== null) return missing;
    if (!reviews.isPatient(review, digits)) {
      desk.auditRefusal(review.open.referral.ubrn, 'wrong-identity-digits');
      return ok({ kind: 'wrong-digits', attemptsLeft: review.attemptsLeft });
    }
    const intent = how.intentOf(review);
    if (!intent.ok) return intent;
    // A second press finds no review: one panel, one intent.
    reviews.drop(reviewId);
    const asked = how.ask(at, intent.value, review);
    return asked.ok ? ok({ kind: 'started', item: asked.value }) : asked;
  });
}

/** What stands against it now, whatever stood when the panel opened. */
function objectionNow(
  desk: WritingDesk,
  { open }: Review<unknown>,
  { gate, otherwise }: Pick<Commitment<unknown, unknown>, 'gate' | 'otherwise'>,
): Refusal | null {
  if (otherwise !== undefined && desk.isOffline()) return fail('offline', otherwise);
  const now = desk.opened(open.referral.ubrn);
  if (now === null) return fail('expired', 'review-closed');
  const reason = now.view[gate];
  return reason === null ? null : fail('rejected', reason);
}
