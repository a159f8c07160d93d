import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowReactive, shallowRef } from 'vue';
import type {
  AdviceDraft,
  AdviceList,
  AdviceRow,
  AdviceView,
  AnswerReview,
  ConversionReview,
} from '../../../src-main/contract/channels/advice.ts';
import type { ReviewFile } from '../../../src-main/contract/channels/cancellation.ts';
import type { AttachmentFile } from '../../../src-main/contract/channels/attachments.ts';
import { ok, type Outcome, type Problem } from '../../../src-main/contract/outcome.ts';
import { priorityWords } from '../../app/words/priority-words.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from '../booking/booking.store.ts';
import { createReviewDesk } from '../booking/review-desk.store.ts';
import { noteMainInstant } from '../referral/main-clock.ts';

type Action = 'send-advice' | 'convert-advice';
type OpenReview =
  | ({ readonly action: 'send-advice' } & AnswerReview)
  | ({ readonly action: 'convert-advice' } & ConversionReview);

export type AnswerFields = Pick<AdviceDraft, 'outcome' | 'recommendation' | 'priority' | 'text' | 'comment'>;

const NOTHING: AnswerFields = { outcome: '', recommendation: '', priority: '', text: '', comment: '' };
const KIND = { 'send-advice': 'answer', 'convert-advice': 'conversion' } as const;

/** The list, the opened request with its conversation, and the answer or conversion that is being made. */
export const useAdviceStore = defineStore('advice', () => {
  const ask = useBridge().requests;
  const list = shallowRef<AdviceList | null>(null);
  const listProblem = shallowRef<Problem | null>(null);
  const isListing = ref(false);
  const selectedUbrn = ref<string | null>(null);
  const view = shallowRef<AdviceView | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isReading = ref(false);
  const draft = reactive<AnswerFields>({ ...NOTHING });
  /** Requests whose panel was opened in this sitting, so that a text is read back once only. */
  const drafted = new Set<string>();
  const files = createFiles(() => desk.review.value?.reviewId ?? null);
  let run = 0;

  const rows = computed(() => inOrder(list.value));
  const selectedIndex = computed(() => rows.value.findIndex(({ ubrn }) => ubrn === selectedUbrn.value));

  const desk = createReviewDesk<Action, OpenReview>({
    actions: ['send-advice', 'convert-advice'],
    closeAtMain: (reviewId) => ask['advice/close-review']({ reviewId }),
    onOpen: () => undefined,
    onClose: ({ ubrn }, action) => {
      void keepDraft(ubrn, action);
      files.list.splice(0);
      Object.assign(draft, NOTHING);
    },
    onDone({ ubrn, action }) {
      if (ubrn !== null && (action === 'send-advice' || action === 'convert-advice'))
        void ask['advice/discard-draft']({ ubrn, kind: KIND[action] });
    },
  });

  async function readList(): Promise<boolean> {
    const mine = ++run;
    isListing.value = true;
    const answer = await ask['advice/fetch-list']({});
    if (mine !== run) return false;
    isListing.value = false;
    listProblem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return false;
    noteMainInstant(answer.value.readAt);
    list.value = answer.value;
    if (selectedIndex.value === -1) selectedUbrn.value = rows.value[0]?.ubrn ?? null;
    return true;
  }

  function select(index: number): void {
    const at = Math.min(Math.max(index, 0), rows.value.length - 1);
    selectedUbrn.value = rows.value[at]?.ubrn ?? null;
  }

  async function take(ubrn: string, reading: Promise<Outcome<AdviceView>>): Promise<boolean> {
    const mine = ++run;
    isReading.value = true;
    problem.value = null;
    const answer = await reading;
    if (mine !== run) return false;
    isReading.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return false;
    }
    // A request of another UBRN is never shown (hazard 1).
    if (answer.value.ubrn !== ubrn) return false;
    noteMainInstant(answer.value.readAt);
    view.value = answer.value;
    return true;
  }

  function open(ubrn: string, secondIdentifier: string | null = null): Promise<boolean> {
    if (view.value?.ubrn !== ubrn) view.value = null;
    return take(ubrn, ask['advice/open']({ ubrn, secondIdentifier }));
  }

  const reread = (ubrn: string): Promise<boolean> => take(ubrn, ask['advice/reread']({ ubrn }));

  async function close(): Promise<void> {
    run++;
    const shut = view.value;
    view.value = problem.value = null;
    isReading.value = false;
    await desk.closeReview();
    if (shut !== null) await ask['advice/close']({ ubrn: shut.ubrn });
  }

  /** Puts what was typed before into the fields, also before a lock or a restart. */
  async function fillDraft(ubrn: string, action: Action, review: AnswerReview): Promise<void> {
    const answer = await ask['advice/read-draft']({ ubrn, kind: KIND[action] });
    if (desk.review.value?.reviewId !== review.reviewId) return;
    fillIn(draft, answer.ok ? answer.value.draft : null, review.priority);
    drafted.add(`${action} ${ubrn}`);
  }

  async function keepDraft(ubrn: string, action: Action): Promise<void> {
    if (!drafted.has(`${action} ${ubrn}`)) return;
    const kept = { ubrn, kind: KIND[action], ...draft };
    await ask['advice/save-draft']({ ...kept, specialty: '', referrer: '', isConversionAuthorised: false });
  }

  async function openPanel(ubrn: string, action: Action): Promise<void> {
    Object.assign(draft, NOTHING);
    await desk.open(ubrn, action, async () =>
      action === 'send-advice'
        ? withAction(await ask['advice/review-answer']({ ubrn }), { action })
        : withAction(await ask['advice/review-conversion']({ ubrn }), { action }),
    );
    const review = desk.review.value;
    if (review !== null) await fillDraft(ubrn, action, review);
  }

  const commit = (digits: string): Promise<CommitResult> =>
    desk.commit(async (shown) => {
      const { reviewId } = shown;
      const guidance = draft.text.trim();
      const priority = draft.priority || shown.priority;
      if (shown.action === 'convert-advice')
        return ask['advice/commit-conversion']({
          ...{ reviewId, digits, guidance, priority },
          comment: draft.comment.trim(),
        });
      const outcome = draft.outcome || 'RETURN_TO_REFERRER_WITH_ADVICE';
      const isQuestion = outcome === 'REQUIRE_FURTHER_INFORMATION';
      const recommendation = isQuestion ? null : draft.recommendation || null;
      return ask['advice/commit-answer']({ reviewId, digits, outcome, recommendation, guidance, priority });
    });

  function forget(): void {
    run++;
    desk.forget();
    list.value = listProblem.value = view.value = problem.value = null;
    selectedUbrn.value = null;
    isListing.value = isReading.value = false;
    drafted.clear();
    files.list.splice(0);
    Object.assign(draft, NOTHING);
  }

  return {
    ...desk,
    ...{ list, listProblem, isListing, rows, selectedUbrn, selectedIndex, view, isReading, draft },
    /** Why the request could not be read; `problem` of the desk is why no panel could be made. */
    readProblem: problem,
    ...{ readList, select, openRequest: open, reread, close },
    ...{ files: files.list, addFile: files.add, removeFile: files.remove },
    ...{ ...FILE_READS, openPanel, keepDraft, commit, forget },
  };
});

/** What is read afresh and never kept here. */
const FILE_READS = {
  readOverview: (ubrn: string): Promise<Outcome<AttachmentFile>> =>
    useBridge().requests['advice/read-overview']({ ubrn }),
  readFile: (ubrn: string, messageId: string, index: number): Promise<Outcome<AttachmentFile>> =>
    useBridge().requests['advice/read-file']({ ubrn, messageId, index }),
};

/** The files of the open panel: main holds what they are. */
function createFiles(reviewOf: () => string | null) {
  const list = shallowReactive<ReviewFile[]>([]);

  async function add(name: string, content: string): Promise<Problem | null> {
    const reviewId = reviewOf();
    if (reviewId === null) return null;
    const answer = await useBridge().requests['advice/add-file']({
      reviewId,
      name,
      content,
      description: '',
    });
    if (!answer.ok) return answer.problem;
    if (reviewOf() === reviewId) list.push(answer.value);
    return null;
  }

  async function remove(fileId: string): Promise<Problem | null> {
    const reviewId = reviewOf();
    if (reviewId === null) return null;
    const answer = await useBridge().requests['advice/remove-file']({ reviewId, fileId });
    if (!answer.ok) return answer.problem;
    const at = list.findIndex((file) => file.fileId === fileId);
    if (at >= 0) list.splice(at, 1);
    return null;
  }

  return { list, add, remove };
}

/** What was kept, where nothing was typed while it was being read. */
function fillIn(draft: AnswerFields, kept: AnswerFields | null, priority: AnswerReview['priority']): void {
  const before = kept ?? NOTHING;
  Object.assign(draft, {
    outcome: draft.outcome || before.outcome || 'RETURN_TO_REFERRER_WITH_ADVICE',
    recommendation: draft.recommendation || before.recommendation,
    priority: draft.priority || before.priority || priority,
    text: draft.text || before.text,
    comment: draft.comment || before.comment,
  });
}

/** A provider's: urgent ones first, then the oldest; a referrer's own: the newest first, as main gives them. */
function inOrder(list: AdviceList | null): readonly AdviceRow[] {
  if (list === null || list.source === 'own') return list?.rows ?? [];
  const rank = (row: AdviceRow) => priorityWords(row.priority).rank;
  const since = (row: AdviceRow) => row.firstRequested ?? '';
  return list.rows.toSorted((a, b) => rank(a) - rank(b) || since(a).localeCompare(since(b)));
}

function withAction<T extends object, A extends object>(answer: Outcome<T>, action: A): Outcome<T & A> {
  return answer.ok ? ok({ ...answer.value, ...action }) : answer;
}
