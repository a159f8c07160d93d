/** Recording the outcome of a review (A028): accepted, to be booked by the provider, or returned with advice. */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { ReviewFile } from '../../contract/channels/cancellation.ts';
import type { OutcomeReview, ReviewAnswer, ReviewOutcomeCode } from '../../contract/channels/review.ts';
import { codedOf } from '../../contract/coded.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { judgeAlive } from '../../ers/judge-alive.ts';
import type { Review } from '../booking/reviews.ts';
import type { HeldFile } from '../cancellation/panel-tools.ts';
import type { RecordReviewIntent, UploadFileIntent } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { JudgingDesk } from './judging-desk.ts';

const GATE = 'canRecordReview';
const OTHERWISE = 'needs-connection';
const PRIORITY_CODES = ['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'] as const;
const RETURN = 'RETURN_TO_REFERRER_WITH_ADVICE';

type CommitInput = RequestInput<'review/commit-outcome'>;

export interface RecordingOutcome {
  readonly review: (input: RequestInput<'review/review-outcome'>) => Promise<Outcome<OutcomeReview>>;
  readonly addFile: (input: RequestInput<'review/add-file'>) => Outcome<ReviewFile>;
  readonly removeFile: (input: RequestInput<'review/remove-file'>) => Outcome<Record<string, never>>;
  readonly commit: (input: CommitInput) => Promise<Outcome<ReviewAnswer>>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

interface Subject {
  readonly outcome: ReviewOutcomeCode;
  readonly asksAlive: boolean;
  files: readonly HeldFile[];
}

export function createRecordingOutcome(deps: JudgingDesk): RecordingOutcome {
  const { tools } = deps;
  const reviews = deps.createReviews<Subject>();

  const askAlive = async ({ referral }: OpenReferral) =>
    judgeAlive(await deps.readPatient(referral.nhsNumber), referral.nhsNumber);

  async function review({
    ubrn,
    outcome,
  }: RequestInput<'review/review-outcome'>): Promise<Outcome<OutcomeReview>> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    if (deps.isOffline()) return fail('offline', OTHERWISE);
    const { open } = begun.value;
    if (tools.serviceOf(open) === '') return fail('rejected', 'no-service-known');
    const [offered, alive] = await Promise.all([
      deps.askActions(open, 'RECORD_REVIEW_OUTCOME', OTHERWISE),
      askAlive(open),
    ]);
    const now = deps.goOn(begun.value);
    if (!now.ok) return now;
    if (!alive.ok) return refuse(ubrn, alive);
    if (!offered.ok) return offered;
    // One panel at a time holds files.
    reviews.clear();
    return ok(view(reviews.add(now.value, { outcome, asksAlive: alive.value.asksPerson, files: [] })));
  }

  function view(made: Review<Subject>): OutcomeReview {
    const { outcome, asksAlive } = made.subject;
    return {
      ...tools.viewReviewed(made),
      onBehalfOf: deps.onBehalfOf(),
      isOffline: false,
      outcome,
      priority: codedOf(made.open.referral.priority),
      priorities: outcome === RETURN ? [] : [...PRIORITY_CODES],
      asksAlive,
      maxFiles: tools.mostFiles,
    };
  }

  /** What PDS says against it goes into the record of what was done here. */
  function refuse(ubrn: string, refused: ReturnType<typeof fail>): ReturnType<typeof fail> {
    deps.auditRefusal(ubrn, refused.problem.code);
    return refused;
  }

  function withReview<T>(reviewId: string, work: (found: Review<Subject>) => Outcome<T>): Outcome<T> {
    return deps.atDesk(() => {
      const found = reviews.get(reviewId);
      return found === null ? fail('expired', 'review-closed') : work(found);
    });
  }

  function addFile({ reviewId, ...given }: RequestInput<'review/add-file'>): Outcome<ReviewFile> {
    return withReview(reviewId, ({ open, subject }) => {
      const attached = open.referral.attachments.map(({ title }) => title);
      const around = { dialect: deps.client().dialect, attached, held: subject.files };
      const judged = tools.judgeFile(given, around);
      if (!judged.ok) return judged;
      subject.files = [...subject.files, judged.value];
      return ok(tools.viewFile(judged.value));
    });
  }

  function removeFile({ reviewId, fileId }: RequestInput<'review/remove-file'>) {
    return withReview(reviewId, ({ subject }) => {
      subject.files = subject.files.filter((file) => file.fileId !== fileId);
      return ok({});
    });
  }

  /** Asks PDS once more: the panel may have been open for long. */
  async function commit(input: CommitInput): Promise<Outcome<ReviewAnswer>> {
    const found = withReview(input.reviewId, (open) => ok(open));
    if (!found.ok) return found;
    if (deps.isOffline()) return fail('offline', OTHERWISE);
    const { ubrn } = found.value.open.referral;
    const alive = await askAlive(found.value.open);
    if (!alive.ok) {
      reviews.drop(input.reviewId);
      return refuse(ubrn, alive);
    }
    return deps.commit(reviews, input, {
      gate: GATE,
      otherwise: OTHERWISE,
      objectionTo({ subject }) {
        const missing = objectionToInput(subject, input);
        return missing === null ? null : fail('invalid-input', missing);
      },
      intentOf: (review) => ok(intentsOf(deps, review, input)),
      ask({ desk, outbox }, { uploads, intent }, { subject }) {
        if (subject.asksAlive) deps.auditRefusal(ubrn, 'alive-looked-up-elsewhere');
        return uploads.length === 0 ? outbox.ask(desk, intent) : outbox.askWithFiles(desk, uploads, intent);
      },
    });
  }

  return { review, addFile, removeFile, commit, close: reviews.drop, forget: reviews.clear };
}

/** A priority exactly where A028 takes one, the advice on a return, and a person's word where PDS has none. */
function objectionToInput({ outcome, asksAlive }: Subject, input: CommitInput): string | null {
  if (outcome === RETURN && input.comment.trim() === '') return 'comment-missing';
  if (outcome === RETURN && input.priority !== null) return 'priority-not-permitted';
  if (outcome !== RETURN && input.priority === null) return 'priority-missing';
  return asksAlive && !input.isKnownAlive ? 'alive-not-confirmed' : null;
}

/** The uploads in their order, then the outcome that names them. */
function intentsOf(
  { targetOf, tools }: JudgingDesk,
  { open, subject }: Review<Subject>,
  { comment, priority }: CommitInput,
): { readonly uploads: readonly UploadFileIntent[]; readonly intent: RecordReviewIntent } {
  const target = targetOf(open, tools.serviceOf(open));
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
  const intent: RecordReviewIntent = {
    action: 'record-review',
    ...target,
    intentId: randomUUID(),
    outcome: subject.outcome,
    comment,
    priority,
    ...(named.length === 0 ? {} : { uploads: named }),
  };
  return { uploads, intent };
}
