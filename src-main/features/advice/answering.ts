/** A provider's answer or question (A026), and making a referral of the request (A027). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { AdviceAnswer, AnswerReview, ConversionReview } from '../../contract/channels/advice.ts';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { ReviewFile } from '../../contract/channels/cancellation.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { HeldFile } from '../cancellation/panel-tools.ts';
import type { ConvertAdviceIntent, SendAdviceIntent, UploadFileIntent } from '../outbox/record-schemas.ts';
import type { AskableOutbox } from '../booking/writing-desk.ts';
import type { Desk } from '../session/session.ts';
import { longestText, type AdviceDesk } from './advice-desk.ts';
import type { AdviceReading, OpenAdvice } from './advice-reading.ts';
import { createAdviceReviews, type AdviceReview } from './advice-reviews.ts';
import { serviceNameOf } from './advice-view.ts';

type Gate = 'canAnswer' | 'canConvert';
type Refusal = ReturnType<typeof fail>;

const LONGEST_COMMENT = 2000;
const KNOWN_MESSAGES = 1000;
const PRIORITY_CODES = ['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'] as const;

export interface Answering {
  readonly reviewAnswer: (input: { readonly ubrn: string }) => Outcome<AnswerReview>;
  readonly commitAnswer: (input: RequestInput<'advice/commit-answer'>) => Outcome<AdviceAnswer>;
  readonly reviewConversion: (input: { readonly ubrn: string }) => Outcome<ConversionReview>;
  readonly commitConversion: (input: RequestInput<'advice/commit-conversion'>) => Outcome<AdviceAnswer>;
  readonly addFile: (input: RequestInput<'advice/add-file'>) => Outcome<ReviewFile>;
  readonly removeFile: (input: RequestInput<'advice/remove-file'>) => Outcome<Record<string, never>>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

/** The request as the panel showed it: its version is the pin. */
interface Subject {
  readonly open: OpenAdvice;
  readonly gate: Gate;
  files: readonly HeldFile[];
}

export function createAnswering(deps: AdviceDesk, reading: Pick<AdviceReading, 'opened'>): Answering {
  const reviews = createAdviceReviews<Subject>(deps);

  function begin(ubrn: string, gate: Gate): Outcome<AnswerReview> {
    const objection = objectToBeginning(ubrn, gate);
    if (objection !== null) return objection;
    const open = reading.opened(ubrn);
    if (open === null) return fail('invalid-input', 'advice-not-open');
    const { request, patient } = open;
    // One panel at a time holds files.
    reviews.clear();
    const review = reviews.add({ ubrn, nhsNumber: request.nhsNumber, patient }, { open, gate, files: [] });
    return ok({
      reviewId: review.reviewId,
      ubrn,
      version: request.version,
      serviceName: serviceNameOf(request),
      onBehalfOf: deps.onBehalfOf(),
      isOffline: deps.isOffline(),
      priority: PRIORITY_CODES.find((code) => code === request.priority.code) ?? 'ROUTINE',
      maxText: longestText(deps.client()),
      maxFiles: deps.tools.mostFiles,
      identityQuestion: review.question,
      attemptsLeft: review.attemptsLeft,
    });
  }

  function objectToBeginning(ubrn: string, gate: Gate): Refusal | null {
    if (deps.desk() === null) return fail('not-signed-in', 'not-signed-in');
    const outbox = deps.outbox();
    if (outbox === null) return fail('writes-off', deps.writesOffReason());
    const open = reading.opened(ubrn);
    if (open === null) return fail('invalid-input', 'advice-not-open');
    if (outbox.isUnsettled(ubrn)) return fail('rejected', 'advice-not-settled');
    const reason = open.view[gate];
    return reason === null ? null : fail('rejected', reason);
  }

  /** A newer reading of the same request is not what the panel showed. */
  function objectionNow({ ubrn, subject }: AdviceReview<Subject>): Refusal | null {
    const now = reading.opened(ubrn);
    if (now === null) return fail('expired', 'review-closed');
    if (now.request.version !== subject.open.request.version) return fail('conflict', 'changed-meanwhile');
    const reason = now.view[subject.gate];
    return reason === null ? null : fail('rejected', reason);
  }

  const textObjection = (text: string): string | null => {
    if (text.trim() === '') return 'guidance-missing';
    return text.length > longestText(deps.client()) ? 'text-too-long' : null;
  };

  const targetOf = ({ open: { request, view } }: Subject) => ({
    intentId: randomUUID(),
    ubrn: request.ubrn,
    pinnedVersion: request.version,
    nhsNumber: request.nhsNumber,
    serviceId: request.service?.id ?? '',
    serviceName: serviceNameOf(request),
    isUrgent: request.priority.code !== 'ROUTINE',
    saw: deps.tools.seenOfAdvice(request, view.readAt),
  });

  const commitAnswer = (input: RequestInput<'advice/commit-answer'>): Outcome<AdviceAnswer> =>
    reviews.commit(input, {
      objectionNow,
      objectionTo() {
        const missing = textObjection(input.guidance) ?? objectionToRecommendation(input);
        return missing === null ? null : fail('invalid-input', missing);
      },
      ask({ desk, outbox }, { subject }) {
        const { outcome, recommendation, guidance, priority } = input;
        const known = subject.open.conversation.messages.map(({ id }) => id).slice(-KNOWN_MESSAGES);
        const intent: SendAdviceIntent = {
          action: 'send-advice',
          ...targetOf(subject),
          ...{ outcome, recommendation, guidance, priority },
          knownMessages: known,
        };
        return askFor({ desk, outbox }, intent, subject);
      },
    });

  const commitConversion = (input: RequestInput<'advice/commit-conversion'>): Outcome<AdviceAnswer> =>
    reviews.commit(input, {
      objectionNow,
      objectionTo() {
        const missing =
          textObjection(input.guidance) ?? (input.comment.trim() === '' ? 'comment-missing' : null);
        return missing === null ? null : fail('invalid-input', missing);
      },
      ask({ desk, outbox }, { subject }) {
        const { guidance, comment, priority } = input;
        const intent: ConvertAdviceIntent = {
          action: 'convert-advice',
          ...targetOf(subject),
          ...{ guidance, comment, priority },
        };
        return askFor({ desk, outbox }, intent, subject);
      },
    });

  function addFile({ reviewId, ...given }: RequestInput<'advice/add-file'>): Outcome<ReviewFile> {
    const found = reviews.get(reviewId);
    if (!found.ok) return found;
    const { subject } = found.value;
    const { request, conversation } = subject.open;
    const attached = [request, ...conversation.messages].flatMap(({ attachments }) => attachments);
    const judged = deps.tools.judgeUpload(given, {
      dialect: deps.client().dialect,
      attached: attached.map(({ title }) => title),
      held: subject.files,
    });
    if (!judged.ok) return judged;
    subject.files = [...subject.files, judged.value];
    return ok(deps.tools.viewFile(judged.value));
  }

  function removeFile({ reviewId, fileId }: RequestInput<'advice/remove-file'>) {
    const found = reviews.get(reviewId);
    if (!found.ok) return found;
    found.value.subject.files = found.value.subject.files.filter((file) => file.fileId !== fileId);
    return ok({});
  }

  return {
    addFile,
    removeFile,
    reviewAnswer: ({ ubrn }) => begin(ubrn, 'canAnswer'),
    commitAnswer,
    reviewConversion({ ubrn }) {
      const begun = begin(ubrn, 'canConvert');
      return begun.ok ? ok({ ...begun.value, maxComment: LONGEST_COMMENT }) : begun;
    },
    commitConversion,
    close: reviews.drop,
    forget: reviews.clear,
  };
}

/** Advice comes with a recommendation, a question without (contract.md section 7, A026). */
function objectionToRecommendation({
  outcome,
  recommendation,
}: Pick<RequestInput<'advice/commit-answer'>, 'outcome' | 'recommendation'>): string | null {
  const isQuestion = outcome === 'REQUIRE_FURTHER_INFORMATION';
  if (isQuestion) return recommendation === null ? null : 'recommendation-not-permitted';
  return recommendation === null ? 'recommendation-missing' : null;
}

/** The answer with its files: the uploads in their order, then the write that names them. */
function askFor(
  { desk, outbox }: { readonly desk: Desk; readonly outbox: AskableOutbox },
  intent: SendAdviceIntent | ConvertAdviceIntent,
  { files }: Subject,
): Outcome<OutboxItem> {
  if (files.length === 0) return outbox.ask(desk, intent);
  const { ubrn, pinnedVersion, nhsNumber, serviceId, serviceName, isUrgent, saw } = intent;
  const target = { ubrn, pinnedVersion, nhsNumber, serviceId, serviceName, isUrgent, saw };
  const held = files.map((file) => ({ ...file, intentId: randomUUID() }));
  const uploads = held.map(({ intentId, name, mediaType, content }): UploadFileIntent => ({
    action: 'upload-file',
    of: 'advice',
    ...{ ...target, intentId, name, mediaType, content },
  }));
  const named = held.map(({ intentId, name, description }) => ({ intentId, name, description }));
  return outbox.askWithFiles(desk, uploads, { ...intent, uploads: named });
}
