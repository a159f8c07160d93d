import { ref, shallowRef } from 'vue';
import type { OutboxAction, OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { onlyAtDesk } from '../../app/forget.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from '../referral/main-clock.ts';
import type { CommitResult } from './booking.store.ts';
import { isDeferralUnsettled } from './deferral-words.ts';

const OTHER_REFERRAL: Problem = { kind: 'bad-reply', code: 'other-referral', correlationId: '', facts: {} };

interface Reviewed {
  readonly reviewId: string;
  readonly ubrn: string;
}

type Answer =
  | { readonly kind: 'started'; readonly item: OutboxItem }
  | { readonly kind: 'wrong-digits'; readonly attemptsLeft: number };

/** What a feature with reviews brings along. */
interface Parts<K extends OutboxAction, R extends Reviewed> {
  readonly actions: readonly K[];
  closeAtMain(reviewId: string): Promise<unknown>;
  /** A review is on show: its draft is put into the fields. */
  onOpen(review: R, action: K): void;
  /** The panel closes, by Esc, wrong digits or another patient: the draft is kept. */
  onClose(review: R, action: K): void;
  onDone(item: OutboxItem): void;
}

/**
 * What the panels of every write share: one review at a time, digits that are sent once, and the outbox item that
 * came of it, followed until it is settled. Nothing is worded here.
 */
export function createReviewDesk<K extends OutboxAction, R extends Reviewed>(parts: Parts<K, R>) {
  const review = shallowRef<R | null>(null);
  /** The action whose panel is open, from the key on; null when none is. */
  const action = shallowRef<K | null>(null);
  /** Why no review could be made. */
  const problem = shallowRef<Problem | null>(null);
  const isReviewing = ref(false);
  /** Counts the reviews asked for: each starts with an empty field of digits. */
  const openings = ref(0);
  const isCommitting = ref(false);
  // Replaced whole: of a reactive map every UBRN that was asked for would stay in memory after a lock (S37).
  const items = shallowRef<ReadonlyMap<string, OutboxItem>>(new Map());
  let run = 0;
  /** Grows when the desk is left: an answer to somebody who has gone is not taken in. */
  let generation = 0;

  useBridge().pushes['outbox/item-changed'](onlyAtDesk(takeItem));

  const isMine = (item: OutboxItem): boolean =>
    (parts.actions as readonly OutboxAction[]).includes(item.action);

  /** A newer state of an action of this feature; an older one that arrives late changes nothing. */
  function takeItem(item: OutboxItem): void {
    if (!isMine(item) || item.ubrn === null) return;
    noteMainInstant(item.updatedAt);
    const known = items.value.get(item.ubrn);
    if (known !== undefined && known.updatedAt > item.updatedAt) return;
    items.value = new Map(items.value).set(item.ubrn, item);
    if (item.state === 'done') parts.onDone(item);
  }

  const itemOf = (ubrn: string): OutboxItem | null => items.value.get(ubrn) ?? null;
  const isFrozen = (ubrn: string): boolean => isDeferralUnsettled(itemOf(ubrn));

  /** Makes a review; nothing is sent. A review of another referral is never shown (hazard 1). */
  async function open(
    ubrn: string,
    next: K,
    ask: () => Promise<Outcome<R>>,
    isAsked: (answered: R) => boolean = () => true,
  ): Promise<void> {
    const closing = closeReview();
    const mine = ++run;
    openings.value++;
    action.value = next;
    isReviewing.value = true;
    await closing;
    const answer = await ask();
    const isWanted = mine === run;
    if (isWanted) isReviewing.value = false;
    if (!answer.ok) {
      if (isWanted) refuse(answer.problem);
      return;
    }
    if (isWanted && answer.value.ubrn === ubrn && isAsked(answer.value)) {
      review.value = answer.value;
      parts.onOpen(answer.value, next);
      return;
    }
    if (isWanted) refuse(OTHER_REFERRAL);
    await parts.closeAtMain(answer.value.reviewId);
  }

  function refuse(why: Problem): void {
    problem.value = why;
    action.value = null;
  }

  /** Closes the panel and keeps the draft; main forgets the review. */
  async function closeReview(): Promise<void> {
    run++;
    isReviewing.value = false;
    problem.value = null;
    const shut = review.value;
    drop();
    if (shut !== null) await parts.closeAtMain(shut.reviewId);
  }

  function drop(): void {
    if (review.value !== null && action.value !== null) parts.onClose(review.value, action.value);
    review.value = action.value = null;
  }

  /** Commits with the digits that the patient spoke. Pressed twice it sends once. */
  async function commit(send: (open: R) => Promise<Outcome<Answer>>): Promise<CommitResult> {
    const shown = review.value;
    if (shown === null || isCommitting.value) return { kind: 'busy' };
    const mine = run;
    isCommitting.value = true;
    const answer = await send(shown);
    isCommitting.value = false;
    // The person has left, or the panel was closed, meanwhile: what became of it is in the outbox.
    if (mine !== run) return { kind: 'busy' };
    if (!answer.ok) return { kind: 'problem', problem: answer.problem };
    if (answer.value.kind === 'wrong-digits') {
      const { attemptsLeft } = answer.value;
      if (attemptsLeft > 0) return { kind: 'wrong-digits', attemptsLeft };
      drop();
      return { kind: 'closed' };
    }
    drop();
    takeItem(answer.value.item);
    return { kind: 'started' };
  }

  /** Reads an unknown outcome back now; null when done or when there is nothing to read back. */
  async function readBack(ubrn: string): Promise<Problem | null> {
    const item = itemOf(ubrn);
    if (item === null || !item.may.readBack) return null;
    const started = generation;
    const answer = await useBridge().requests['outbox/read-back']({ intentId: item.intentId });
    if (started !== generation) return null;
    if (!answer.ok) return answer.problem;
    takeItem(answer.value);
    return null;
  }

  function forget(): void {
    run++;
    generation++;
    review.value = problem.value = action.value = null;
    isReviewing.value = isCommitting.value = false;
    items.value = new Map();
  }

  return {
    ...{ review, action, problem, isReviewing, openings, isCommitting, items },
    ...{ itemOf, isFrozen, open, closeReview, commit, readBack, forget },
  };
}
