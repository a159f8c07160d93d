import { defineStore } from 'pinia';
import { reactive, shallowReactive } from 'vue';
import type {
  AppointmentCancelReview,
  LaterReview,
  ReferralCancelReview,
  ReviewFile,
} from '../../../src-main/contract/channels/cancellation.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { ok, type Outcome, type Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from '../booking/booking.store.ts';
import { createReviewDesk } from '../booking/review-desk.store.ts';

export type CancelAction = 'cancel-later' | 'cancel-appointment' | 'cancel-referral';
export type PriorityCode = LaterReview['priorities'][number];

/** The open review with its action. */
export type OpenCancellation =
  | ({ readonly action: 'cancel-later' } & LaterReview)
  | ({ readonly action: 'cancel-appointment'; readonly isMove: boolean } & AppointmentCancelReview)
  | ({ readonly action: 'cancel-referral' } & ReferralCancelReview);

/** What the clerk fills in; Esc keeps it. What must be confirmed afresh each time is not kept. */
interface Draft {
  comment: string;
  reasonCode: string;
  priority: PriorityCode | null;
}
interface Confirmations {
  isCancelledInPas: boolean | null;
  ubrnDigits: string;
  secondPerson: string;
}

const NO_DRAFT: Draft = { comment: '', reasonCode: '', priority: null };
const NOT_CONFIRMED: Confirmations = { isCancelledInPas: null, ubrnDigits: '', secondPerson: '' };

/** The open review of a cancellation with its draft, and what became of the cancellations of this sitting. */
export const useCancellationStore = defineStore('cancellation', () => {
  const ask = useBridge().requests;
  const draft = reactive<Draft & Confirmations>({ ...NO_DRAFT, ...NOT_CONFIRMED });
  const files = shallowReactive<ReviewFile[]>([]);
  const drafts = new Map<string, Draft>();
  /** Cancelled later with "Cancelled in PAS? No": the extra worklist is named when it is done. */
  const notInPas = shallowReactive(new Set<string>());
  /** Appointments that were cancelled to make room for another day. */
  const moves = shallowReactive(new Set<string>());
  const keyOf = (ubrn: string, action: string) => `${ubrn} ${action}`;

  const desk = createReviewDesk<CancelAction, OpenCancellation>({
    actions: ['cancel-later', 'cancel-appointment', 'cancel-referral'],
    closeAtMain: (reviewId) => ask['cancellation/close-review']({ reviewId }),
    onOpen: ({ ubrn }, action) =>
      Object.assign(draft, drafts.get(keyOf(ubrn, action)) ?? NO_DRAFT, NOT_CONFIRMED),
    onClose({ ubrn }, action) {
      const { comment, reasonCode, priority } = draft;
      drafts.set(keyOf(ubrn, action), { comment, reasonCode, priority });
      Object.assign(draft, NO_DRAFT, NOT_CONFIRMED);
      files.splice(0);
    },
    onDone: ({ ubrn, action }) => void drafts.delete(keyOf(ubrn ?? '', action)),
  });

  const openLater = (ubrn: string) =>
    desk.open(ubrn, 'cancel-later', async () =>
      withAction(await ask['cancellation/review-later']({ ubrn }), { action: 'cancel-later' as const }),
    );
  /** `isMove`: the patient is to have another day. */
  const openAppointment = (ubrn: string, isMove: boolean) =>
    desk.open(ubrn, 'cancel-appointment', async () =>
      withAction(await ask['cancellation/review-appointment']({ ubrn, isMove }), {
        action: 'cancel-appointment' as const,
        isMove,
      }),
    );
  const openReferral = (ubrn: string) =>
    desk.open(ubrn, 'cancel-referral', async () =>
      withAction(await ask['cancellation/review-referral']({ ubrn }), { action: 'cancel-referral' as const }),
    );

  /** Gives a file to the open review; the problem when it is not taken. */
  async function addFile(name: string, content: string): Promise<Problem | null> {
    const open = desk.review.value;
    if (open === null) return null;
    const answer = await ask['cancellation/add-file']({
      ...{ reviewId: open.reviewId, name, content },
      description: '',
    });
    if (!answer.ok) return answer.problem;
    if (desk.review.value?.reviewId === open.reviewId) files.push(answer.value);
    return null;
  }

  async function removeFile(fileId: string): Promise<Problem | null> {
    const open = desk.review.value;
    if (open === null) return null;
    const answer = await ask['cancellation/remove-file']({ reviewId: open.reviewId, fileId });
    if (!answer.ok) return answer.problem;
    const at = files.findIndex((file) => file.fileId === fileId);
    if (at >= 0) files.splice(at, 1);
    return null;
  }

  const commit = (digits: string): Promise<CommitResult> =>
    desk.commit(async (open) => {
      const { reviewId } = open;
      const comment = draft.comment.trim();
      const { reasonCode, isCancelledInPas, priority, ubrnDigits } = draft;
      switch (open.action) {
        case 'cancel-later': {
          const answer = await ask['cancellation/commit-later']({
            ...{ reviewId, digits, comment, priority },
            isCancelledInPas: open.asksPas ? isCancelledInPas : null,
          });
          note(answer, notInPas, open.asksPas && isCancelledInPas === false);
          return answer;
        }
        case 'cancel-appointment': {
          const answer = await ask['cancellation/commit-appointment']({
            ...{ reviewId, digits, reasonCode, comment },
          });
          note(answer, moves, open.isMove);
          return answer;
        }
        case 'cancel-referral':
          return ask['cancellation/commit-referral']({
            ...{ reviewId, digits, ubrnDigits, reasonCode, comment },
            secondPerson: draft.secondPerson.trim(),
          });
      }
    });

  function note(
    answer: Outcome<{ readonly kind: string; readonly item?: OutboxItem }>,
    set: Set<string>,
    isNoted: boolean,
  ): void {
    if (isNoted && answer.ok && answer.value.item !== undefined) set.add(answer.value.item.intentId);
  }

  function forget(): void {
    desk.forget();
    drafts.clear();
    notInPas.clear();
    moves.clear();
    files.splice(0);
    Object.assign(draft, NO_DRAFT, NOT_CONFIRMED);
  }

  return {
    ...desk,
    ...{ draft, drafts, files, notInPas, moves },
    ...{ openLater, openAppointment, openReferral, addFile, removeFile, commit, forget },
  };
});

function withAction<T extends object, A extends object>(answer: Outcome<T>, action: A): Outcome<T & A> {
  return answer.ok ? ok({ ...answer.value, ...action }) : answer;
}
