import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ShortlistChangeReview, TriageReview } from '../../../src-main/contract/channels/shortlist.ts';
import type { ShortlistedService } from '../../../src-main/contract/channels/referral.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from '../booking/booking.store.ts';
import { createReviewDesk } from '../booking/review-desk.store.ts';

export type ShortlistAction = 'change-shortlist' | 'send-for-triage';

export type OpenShortlist =
  | ({ readonly action: 'change-shortlist' } & ShortlistChangeReview)
  | ({ readonly action: 'send-for-triage' } & TriageReview);

/** What the clerk is preparing before main makes the review: the new order, or which triage service. */
export type Preparing = 'order' | 'triage-service';

/** The shortlist being changed, the review of a change or a triage, and what became of them in this sitting. */
export const useShortlistStore = defineStore('shortlist', () => {
  const ask = useBridge().requests;
  const preparing = shallowRef<{ readonly ubrn: string; readonly what: Preparing } | null>(null);
  /** The new order by referral; Esc keeps it. Replaced whole, so that no UBRN stays after a lock (S37). */
  const orders = shallowRef<ReadonlyMap<string, readonly ShortlistedService[]>>(new Map());
  const noted = ref<readonly string[]>([]);
  const comment = ref('');
  const comments = new Map<string, string>();

  const desk = createReviewDesk<ShortlistAction, OpenShortlist>({
    actions: ['change-shortlist', 'send-for-triage'],
    closeAtMain: (reviewId) => ask['shortlist/close-review']({ reviewId }),
    onOpen({ ubrn }) {
      noted.value = [];
      comment.value = comments.get(ubrn) ?? '';
    },
    onClose({ ubrn }, action) {
      if (action === 'send-for-triage') comments.set(ubrn, comment.value);
      noted.value = [];
      comment.value = '';
    },
    onDone({ ubrn, action }) {
      if (ubrn === null) return;
      if (action === 'change-shortlist')
        orders.value = new Map([...orders.value].filter(([of]) => of !== ubrn));
      else comments.delete(ubrn);
    },
  });

  function keepOrder(ubrn: string, order: readonly ShortlistedService[]): void {
    orders.value = new Map(orders.value).set(ubrn, order);
  }

  /** Puts the order or the choice of a triage service on show; any review closes. */
  async function prepare(ubrn: string, what: Preparing): Promise<void> {
    await closeReview();
    preparing.value = { ubrn, what };
  }

  async function closeReview(): Promise<void> {
    preparing.value = null;
    await desk.closeReview();
  }

  /** Makes the review of a new order; nothing is sent. */
  function openChange(ubrn: string, serviceIds: readonly string[]): Promise<void> {
    preparing.value = null;
    return desk.open(ubrn, 'change-shortlist', async () => {
      const answer = await ask['shortlist/review-change']({ ubrn, serviceIds: [...serviceIds] });
      return answer.ok ? ok({ action: 'change-shortlist' as const, ...answer.value }) : answer;
    });
  }

  /** Makes the review of sending for triage; nothing is sent. */
  function openTriage(ubrn: string, serviceId: string): Promise<void> {
    preparing.value = null;
    return desk.open(ubrn, 'send-for-triage', async () => {
      const answer = await ask['shortlist/review-triage']({ ubrn, serviceId });
      return answer.ok ? ok({ action: 'send-for-triage' as const, ...answer.value }) : answer;
    });
  }

  const commit = (digits: string): Promise<CommitResult> =>
    desk.commit((open) => {
      const { reviewId } = open;
      return open.action === 'change-shortlist'
        ? ask['shortlist/commit-change']({ reviewId, digits, notedRequirements: [...noted.value] })
        : ask['shortlist/commit-triage']({ reviewId, digits, comment: comment.value.trim() });
    });

  const lookUp = (serviceId: string) => ask['shortlist/read-services']({ serviceIds: [serviceId] });

  function forget(): void {
    desk.forget();
    preparing.value = null;
    orders.value = new Map();
    comments.clear();
    noted.value = [];
    comment.value = '';
  }

  return {
    ...desk,
    ...{ preparing, orders, noted, comment, comments },
    ...{ keepOrder, prepare, closeReview, openChange, openTriage, commit, lookUp, forget },
  };
});
