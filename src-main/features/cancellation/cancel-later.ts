/** Cancel, action later (A022): the provider's own cancellation, with files that go up ahead of it (screens.md section 7). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { CancelAnswer, LaterReview, ReviewFile } from '../../contract/channels/cancellation.ts';
import type { Practitioner } from '../../contract/channels/session.ts';
import { codedOf } from '../../contract/coded.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { isIndirectlyBooked } from '../../ers/referral-facts.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { Review } from '../booking/reviews.ts';
import type { CancelLaterIntent, UploadFileIntent } from '../outbox/record-schemas.ts';
import { bookedAppointment, serviceOf, viewReviewed } from './panel.ts';
import { judgeFile, MOST_FILES, viewFile, type HeldFile } from './review-files.ts';

const GATE = 'canCancelLater';
const PRIORITY_CODES = ['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'] as const;

export interface CancelLater {
  readonly review: (input: { ubrn: string }) => Outcome<LaterReview>;
  readonly addFile: (input: RequestInput<'cancellation/add-file'>) => Outcome<ReviewFile>;
  readonly removeFile: (input: RequestInput<'cancellation/remove-file'>) => Outcome<Record<string, never>>;
  readonly commit: (input: RequestInput<'cancellation/commit-later'>) => Outcome<CancelAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

interface Subject {
  readonly asksPas: boolean;
  files: readonly HeldFile[];
}

export function createCancelLater(
  deps: ReviewDesk & { readonly onBehalfOf: () => Practitioner | null },
): CancelLater {
  const reviews = deps.createReviews<Subject>();

  function review({ ubrn }: { ubrn: string }): Outcome<LaterReview> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    const { open } = begun.value;
    const booked = bookedAppointment(open);
    if (booked === null) return fail('rejected', 'not-booked');
    if (booked.serviceId === null) return fail('rejected', 'no-service-known');
    // One panel at a time holds files.
    reviews.clear();
    const asksPas = isIndirectlyBooked(booked, open.services);
    const made = reviews.add(open, { asksPas, files: [] });
    return ok({
      ...viewReviewed(made),
      onBehalfOf: deps.onBehalfOf(),
      asksPas,
      priority: codedOf(open.referral.priority),
      priorities: [...PRIORITY_CODES],
      isOffline: deps.isOffline() || open.isRemembered,
      maxFiles: MOST_FILES,
    });
  }

  function withReview<T>(reviewId: string, work: (review: Review<Subject>) => Outcome<T>): Outcome<T> {
    return deps.atDesk(() => {
      const found = reviews.get(reviewId);
      return found === null ? fail('expired', 'review-closed') : work(found);
    });
  }

  function addFile({ reviewId, ...given }: RequestInput<'cancellation/add-file'>): Outcome<ReviewFile> {
    return withReview(reviewId, ({ open, subject }) => {
      const attached = open.referral.attachments.map(({ title }) => title);
      const around = { dialect: deps.client().dialect, attached, held: subject.files };
      const judged = judgeFile(given, around);
      if (!judged.ok) return judged;
      subject.files = [...subject.files, judged.value];
      return ok(viewFile(judged.value));
    });
  }

  function removeFile({ reviewId, fileId }: RequestInput<'cancellation/remove-file'>) {
    return withReview(reviewId, ({ subject }) => {
      subject.files = subject.files.filter((file) => file.fileId !== fileId);
      return ok({});
    });
  }

  const commit = (input: RequestInput<'cancellation/commit-later'>): Outcome<CancelAnswer> =>
    deps.commit(reviews, input, {
      gate: GATE,
      objectionTo({ subject }) {
        const missing = objectionToInput(subject, input);
        return missing === null ? null : fail('invalid-input', missing);
      },
      intentOf: (found) => ok(intentsOf(deps, found, input)),
      ask({ desk, outbox }, { uploads, intent }) {
        const asked = outbox.askWithFiles(desk, uploads, intent);
        return asked.ok ? asked : withSaved(asked);
      },
    });

  return {
    review,
    addFile,
    removeFile,
    commit,
    close: reviews.drop,
    forget: reviews.clear,
  };
}

/** The flag goes exactly where the contract wants it (contract.md A022, hazard 11): asked without a default. */
function objectionToInput(
  { asksPas }: Subject,
  { comment, isCancelledInPas }: RequestInput<'cancellation/commit-later'>,
): string | null {
  if (comment.trim() === '') return 'comment-missing';
  if (asksPas && isCancelledInPas === null) return 'pas-answer-missing';
  return !asksPas && isCancelledInPas !== null ? 'pas-answer-not-permitted' : null;
}

/** The uploads in their order, then the cancellation that names them. */
function intentsOf(
  deps: ReviewDesk,
  { open, subject }: Review<Subject>,
  { comment, priority, isCancelledInPas }: RequestInput<'cancellation/commit-later'>,
): { readonly uploads: readonly UploadFileIntent[]; readonly intent: CancelLaterIntent } {
  const target = deps.targetOf(open, serviceOf(open));
  const files = subject.files.map((file) => ({ ...file, intentId: randomUUID() }));
  const uploads = files.map(({ intentId, name, mediaType, content }): UploadFileIntent => ({
    action: 'upload-file',
    ...target,
    intentId,
    name,
    mediaType,
    content,
  }));
  const named = files.map(({ intentId, name, description }) => ({ intentId, name, description }));
  return {
    uploads,
    intent: {
      action: 'cancel-later',
      ...target,
      intentId: randomUUID(),
      comment,
      priority: priority === open.referral.priority.code ? null : priority,
      isCancelledInPas,
      start: bookedAppointment(open)?.start ?? null,
      ...(named.length === 0 ? {} : { uploads: named }),
    },
  };
}

/** The cancellation and its files are written down together: nothing of it is saved. */
function withSaved(asked: Extract<Outcome<unknown>, { ok: false }>): ReturnType<typeof fail> {
  const { kind, code, facts, correlationId } = asked.problem;
  return fail(kind, code, { ...facts, saved: 0 }, correlationId);
}
