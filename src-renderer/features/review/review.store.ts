import { defineStore } from 'pinia';
import { reactive, ref, shallowReactive, shallowRef } from 'vue';
import type { ReviewFile } from '../../../src-main/contract/channels/cancellation.ts';
import type {
  Acceptance,
  OutcomeReview,
  Rejection,
  ReviewOutcomeCode,
} from '../../../src-main/contract/channels/review.ts';
import { ok, type Outcome, type Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from '../booking/booking.store.ts';
import { createReviewDesk } from '../booking/review-desk.store.ts';

export type ReviewAction = 'accept-referral' | 'reject-referral' | 'record-review';
export type PriorityCode = OutcomeReview['priorities'][number];

/** The open review with its action. */
export type OpenReview =
  | ({ readonly action: 'accept-referral' } & Acceptance)
  | ({ readonly action: 'reject-referral' } & Rejection)
  | ({ readonly action: 'record-review' } & OutcomeReview);

/** What the clerk fills in; Esc keeps it. What must be confirmed afresh each time is not kept. */
interface Draft {
  comment: string;
  reasonCode: string;
  priority: PriorityCode | null;
}
interface Confirmations {
  isCancelledInPas: boolean | null;
  isKnownAlive: boolean;
}

const NO_DRAFT: Draft = { comment: '', reasonCode: '', priority: null };
const NOT_CONFIRMED: Confirmations = { isCancelledInPas: null, isKnownAlive: false };

/** The review of a referral by its provider: the decision that is being made, and what became of those made. */
export const useReviewStore = defineStore('review', () => {
  const ask = useBridge().requests;
  const draft = reactive<Draft & Confirmations>({ ...NO_DRAFT, ...NOT_CONFIRMED });
  const files = shallowReactive<ReviewFile[]>([]);
  const drafts = new Map<string, Draft>();
  /** The referral under review: its decisions are on show while its files are read. */
  const underReview = ref<string | null>(null);
  /** What has been opened of it in this sitting, by referral; replaced whole, so that no UBRN stays after a lock (S37). */
  const seen = shallowRef<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  /** Which outcome an item of A028 recorded. */
  const outcomes = shallowReactive(new Map<string, ReviewOutcomeCode>());
  /** Rejected with "Cancelled in PAS? No". */
  const notInPas = shallowReactive(new Set<string>());
  /** The outcome asked for, from the key on. */
  const wanted = ref<ReviewOutcomeCode | null>(null);
  const keyOf = (review: OpenReview) =>
    `${review.ubrn} ${review.action === 'record-review' ? review.outcome : review.action}`;

  const desk = createReviewDesk<ReviewAction, OpenReview>({
    actions: ['accept-referral', 'reject-referral', 'record-review'],
    closeAtMain: (reviewId) => ask['review/close']({ reviewId }),
    onOpen: (review) => Object.assign(draft, drafts.get(keyOf(review)) ?? NO_DRAFT, NOT_CONFIRMED),
    onClose(review) {
      const { comment, reasonCode, priority } = draft;
      drafts.set(keyOf(review), { comment, reasonCode, priority });
      Object.assign(draft, NO_DRAFT, NOT_CONFIRMED);
      files.splice(0);
    },
    onDone({ ubrn }) {
      [...drafts.keys()].filter((key) => key.startsWith(`${ubrn} `)).forEach((key) => drafts.delete(key));
    },
  });

  const openAcceptance = (ubrn: string) =>
    desk.open(ubrn, 'accept-referral', async () =>
      withAction(await ask['review/review-acceptance']({ ubrn }), { action: 'accept-referral' as const }),
    );
  const openRejection = (ubrn: string) =>
    desk.open(ubrn, 'reject-referral', async () =>
      withAction(await ask['review/review-rejection']({ ubrn }), { action: 'reject-referral' as const }),
    );
  const openOutcome = (ubrn: string, outcome: ReviewOutcomeCode) => {
    wanted.value = outcome;
    return desk.open(
      ubrn,
      'record-review',
      async () =>
        withAction(await ask['review/review-outcome']({ ubrn, outcome }), {
          action: 'record-review' as const,
        }),
      (answered) => answered.action === 'record-review' && answered.outcome === outcome,
    );
  };

  /** Gives a file to the open review; the problem when it is not taken. */
  async function addFile(name: string, content: string): Promise<Problem | null> {
    const open = desk.review.value;
    if (open === null) return null;
    const { reviewId } = open;
    const answer = await ask['review/add-file']({ reviewId, name, content, description: '' });
    if (!answer.ok) return answer.problem;
    if (desk.review.value?.reviewId === reviewId) files.push(answer.value);
    return null;
  }

  async function removeFile(fileId: string): Promise<Problem | null> {
    const open = desk.review.value;
    if (open === null) return null;
    const answer = await ask['review/remove-file']({ reviewId: open.reviewId, fileId });
    if (!answer.ok) return answer.problem;
    const at = files.findIndex((file) => file.fileId === fileId);
    if (at >= 0) files.splice(at, 1);
    return null;
  }

  const commit = (digits: string): Promise<CommitResult> =>
    desk.commit(async (open) => {
      const { reviewId } = open;
      const comment = draft.comment.trim();
      const { reasonCode, priority, isCancelledInPas, isKnownAlive } = draft;
      switch (open.action) {
        case 'accept-referral':
          return ask['review/commit-acceptance']({ reviewId, digits });
        case 'reject-referral': {
          const answer = await ask['review/commit-rejection']({
            ...{ reviewId, digits, reasonCode, comment },
            isCancelledInPas: open.asksPas ? isCancelledInPas : null,
          });
          if (answer.ok && answer.value.kind === 'started' && open.asksPas && isCancelledInPas === false)
            notInPas.add(answer.value.item.intentId);
          return answer;
        }
        case 'record-review': {
          const answer = await ask['review/commit-outcome']({
            ...{ reviewId, digits, comment, isKnownAlive },
            priority: open.priorities.length === 0 ? null : priority,
          });
          if (answer.ok && answer.value.kind === 'started')
            outcomes.set(answer.value.item.intentId, open.outcome);
          return answer;
        }
      }
    });

  function noteSeen(ubrn: string, place: string): void {
    const places = new Set([...(seen.value.get(ubrn) ?? []), place]);
    seen.value = new Map(seen.value).set(ubrn, places);
  }

  function forget(): void {
    desk.forget();
    [drafts, outcomes, notInPas].forEach((kept) => kept.clear());
    seen.value = new Map();
    underReview.value = wanted.value = null;
    files.splice(0);
    Object.assign(draft, NO_DRAFT, NOT_CONFIRMED);
  }

  return {
    ...desk,
    ...{ draft, files, underReview, seen, outcomes, notInPas, wanted },
    ...{ openAcceptance, openRejection, openOutcome, addFile, removeFile, commit, noteSeen, forget },
  };
});

function withAction<T extends object, A extends object>(answer: Outcome<T>, action: A): Outcome<T & A> {
  return answer.ok ? ok({ ...answer.value, ...action }) : answer;
}
