/** The letters of an open referral (A012): the whole set is replaced, so the panel says of each whether it stays. */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { LetterReview, PresentLetter, ReferAnswer } from '../../contract/channels/refer.ts';
import type { ReviewFile } from '../../contract/channels/cancellation.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { lettersOf } from '../../ers/operations/a012-maintain-referral-letter.ts';
import type { Review } from '../booking/reviews.ts';
import type { HeldFile } from '../cancellation/panel-tools.ts';
import type { MaintainLetterIntent, UploadFileIntent } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { ReferDesk } from './refer-desk.ts';

const GATE = 'canMaintainLetter';
const MOST_LETTERS = 50;

export interface Letters {
  readonly review: (input: { ubrn: string }) => Outcome<LetterReview>;
  readonly addFile: (input: RequestInput<'refer/add-letter'>) => Outcome<ReviewFile>;
  readonly removeFile: (input: RequestInput<'refer/remove-letter'>) => Outcome<Record<string, never>>;
  readonly commit: (input: RequestInput<'refer/commit-letters'>) => Outcome<ReferAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

interface Subject {
  readonly letters: readonly PresentLetter[];
  readonly lost: number;
  files: readonly HeldFile[];
}

export function createLetters(deps: ReferDesk): Letters {
  const { tools } = deps;
  const reviews = deps.createReviews<Subject>();

  function review({ ubrn }: { ubrn: string }): Outcome<LetterReview> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    const { open } = begun.value;
    if (serviceOf(open) === '') return fail('rejected', 'no-service-known');
    // One panel at a time holds files.
    reviews.clear();
    const made = reviews.add(open, { ...presentLetters(open), files: [] });
    const { reviewId, subject, question, attemptsLeft } = made;
    return ok({
      ...{ reviewId, ubrn, version: open.referral.version, attemptsLeft },
      letters: [...subject.letters],
      lost: subject.lost,
      isOffline: deps.isOffline() || open.isRemembered,
      maxFiles: tools.mostFiles,
      identityQuestion: question,
    });
  }

  function withReview<T>(reviewId: string, work: (review: Review<Subject>) => Outcome<T>): Outcome<T> {
    return deps.atDesk(() => {
      const found = reviews.get(reviewId);
      return found === null ? fail('expired', 'review-closed') : work(found);
    });
  }

  const addFile = ({ reviewId, ...given }: RequestInput<'refer/add-letter'>): Outcome<ReviewFile> =>
    withReview(reviewId, ({ open, subject }) => {
      // A letter that goes may come again under its name: whether it goes is known at the commit.
      const others = open.referral.attachments.filter(({ type }) => type.code !== 'REFERRER');
      const attached = others.map(({ title }) => title);
      const around = { dialect: deps.client().dialect, attached, held: subject.files };
      const judged = tools.judgeFile(given, around);
      if (!judged.ok) return judged;
      subject.files = [...subject.files, judged.value];
      return ok(tools.viewFile(judged.value));
    });

  const removeFile = ({ reviewId, fileId }: RequestInput<'refer/remove-letter'>) =>
    withReview(reviewId, ({ subject }) => {
      subject.files = subject.files.filter((file) => file.fileId !== fileId);
      return ok({});
    });

  const commit = (input: RequestInput<'refer/commit-letters'>): Outcome<ReferAnswer> =>
    deps.commit(reviews, input, {
      gate: GATE,
      objectionTo({ subject }) {
        const objection = objectionToKeeps(subject, input.keeps);
        return objection === null ? null : fail('invalid-input', objection);
      },
      intentOf: (found) => ok(intentsOf(deps, found, input.keeps)),
      ask({ desk, outbox }, { uploads, intent }) {
        return outbox.askWithFiles(desk, uploads, intent);
      },
    });

  return { review, addFile, removeFile, commit, close: reviews.drop, forget: reviews.clear };
}

/** The service that has the referral, or the first that it is to go to. */
const serviceOf = ({ referral }: OpenReferral) =>
  referral.appointment?.serviceId ?? referral.shortlist[0]?.serviceId ?? '';

function presentLetters({ referral }: OpenReferral): Pick<Subject, 'letters' | 'lost'> {
  const all = lettersOf(referral);
  const letters = all.flatMap(({ documentId, title, description, bytes }): PresentLetter[] =>
    documentId === null
      ? []
      : [{ documentId, name: title.slice(0, 255), description: description.slice(0, 200), bytes }],
  );
  return {
    letters: letters.slice(0, MOST_LETTERS),
    lost: all.length - Math.min(letters.length, MOST_LETTERS),
  };
}

/** At least one letter, a change, and no name twice (contract.md section 7, A012). */
function objectionToKeeps({ letters, files }: Subject, keeps: readonly string[]): string | null {
  const kept = letters.filter(({ documentId }) => keeps.includes(documentId));
  if (kept.length < new Set(keeps).size) return 'letter-not-there';
  if (kept.length + files.length === 0) return 'letter-missing';
  if (files.length === 0 && kept.length === letters.length) return 'NO_CHANGES_DETECTED';
  const names = [...kept, ...files].map(({ name }) => name.toLowerCase());
  return new Set(names).size < names.length ? 'DUPLICATE_FILENAME' : null;
}

/** The uploads in their order, then the write that names them. */
function intentsOf(
  deps: ReferDesk,
  { open, subject }: Review<Subject>,
  keeps: readonly string[],
): { readonly uploads: readonly UploadFileIntent[]; readonly intent: MaintainLetterIntent } {
  const target = deps.targetOf(open, serviceOf(open));
  const files = subject.files.map((file) => ({ ...file, intentId: randomUUID() }));
  const uploads = files.map(({ intentId, name, mediaType, content }): UploadFileIntent => ({
    action: 'upload-file',
    ...target,
    ...{ intentId, name, mediaType, content },
  }));
  const named = files.map(({ intentId, name, description }) => ({ intentId, name, description }));
  return {
    uploads,
    intent: {
      action: 'maintain-letter',
      ...target,
      intentId: randomUUID(),
      keeps: subject.letters
        .filter(({ documentId }) => keeps.includes(documentId))
        .map(({ documentId, name, description }) => ({ documentId, name, description })),
      ...(named.length === 0 ? {} : { uploads: named }),
    },
  };
}
