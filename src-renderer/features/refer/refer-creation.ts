import { computed, ref, shallowRef } from 'vue';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ReferForm, ReferReview } from '../../../src-main/contract/channels/refer.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from '../booking/booking.store.ts';
import { isDeferralUnsettled } from '../booking/deferral-words.ts';
import { noteMainInstant } from '../referral/main-clock.ts';

/** Asks main; null for a problem, and for an answer that nobody waits for any more. */
type Request = <T>(send: () => Promise<Outcome<T>>) => Promise<T | null>;

/** The review of the referral in the making, and what became of it: a part of the store. */
export function createCreation(request: Request) {
  const ask = useBridge().requests;
  const review = shallowRef<ReferReview | null>(null);
  const item = shallowRef<OutboxItem | null>(null);
  const isCommitting = ref(false);
  /** The clerk has looked at the referrals that are alike. */
  const isAnother = ref(false);
  const isUnsettled = computed(() => item.value !== null && isDeferralUnsettled(item.value));

  useBridge().pushes['outbox/item-changed']((next) => {
    if (next.intentId !== item.value?.intentId || next.updatedAt < item.value.updatedAt) return;
    noteMainInstant(next.updatedAt);
    item.value = next;
  });

  /** Makes the review; nothing is sent. */
  async function openReview(searchId: string, form: ReferForm, reminderDays: number): Promise<void> {
    isAnother.value = false;
    const { shortlist, letterIntention } = form;
    const serviceIds = shortlist.map(({ serviceId }) => serviceId);
    review.value = await request(() =>
      ask['refer/review']({ searchId, serviceIds, letterIntention, reminderDays }),
    );
  }

  async function closeReview(): Promise<void> {
    const open = review.value;
    review.value = null;
    isAnother.value = false;
    if (open !== null) await ask['refer/close-review']({ reviewId: open.reviewId });
  }

  /** Commits with the digits that the patient spoke. Pressed twice it sends once. */
  async function commit(digits: string): Promise<CommitResult> {
    const open = review.value;
    if (open === null || isCommitting.value) return { kind: 'busy' };
    const { reviewId } = open;
    isCommitting.value = true;
    const answer = await ask['refer/commit']({ reviewId, digits, isAnother: isAnother.value });
    isCommitting.value = false;
    // The person has left, or the panel was closed, meanwhile: what became of it is in the outbox.
    if (review.value?.reviewId !== reviewId) return { kind: 'busy' };
    if (!answer.ok) return { kind: 'problem', problem: answer.problem };
    if (answer.value.kind === 'wrong-digits' && answer.value.attemptsLeft > 0) return answer.value;
    review.value = null;
    if (answer.value.kind === 'wrong-digits') return { kind: 'closed' };
    item.value = answer.value.item;
    return { kind: 'started' };
  }

  /** Looks now what became of it; the problem when that cannot be asked. */
  async function readBack(): Promise<Problem | null> {
    const shown = item.value;
    if (shown === null || !shown.may.readBack) return null;
    const answer = await ask['outbox/read-back']({ intentId: shown.intentId });
    if (!answer.ok) return answer.problem;
    if (item.value?.intentId === shown.intentId) item.value = answer.value;
    return null;
  }

  function forgetCreation(): void {
    review.value = item.value = null;
    isCommitting.value = isAnother.value = false;
  }

  return {
    ...{ review, item, isCommitting, isAnother, isUnsettled },
    ...{ openReview, closeReview, commit, readBack, forgetCreation },
  };
}
