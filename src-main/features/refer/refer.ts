/** Referring a patient (A010, A011, A021) and keeping the referral's letters (A012): docs/screens.md, "Refer a patient". */
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { NhsNumber } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Desk } from '../session/session.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { createLetters } from './letters.ts';
import { createNewReferral } from './new-referral.ts';
import type { ReferDesk } from './refer-desk.ts';
import { createServiceSearch, isAdminOf } from './service-search.ts';
import { objectToIdentifier, readTyped, subjectOf, viewSubject, type Subject } from './subject.ts';

export type { ReferDesk } from './refer-desk.ts';

type Channel =
  | 'refer/read-draft'
  | 'refer/save-draft'
  | 'refer/discard-draft'
  | 'refer/find-patient'
  | 'refer/read-choices'
  | 'refer/search'
  | 'refer/review'
  | 'refer/commit'
  | 'refer/review-letters'
  | 'refer/add-letter'
  | 'refer/remove-letter'
  | 'refer/commit-letters'
  | 'refer/close-review';

type Answer<T> = Outcome<T> | Promise<Outcome<T>>;

export interface ReferFeature {
  readonly handlers: { readonly [C in Channel]: (input: RequestInput<C>) => Answer<RequestOutput<C>> };
  /** An item of the person at the desk has moved: what is made is opened without a second identifier, its draft goes. */
  readonly followItem: (item: OutboxItem) => void;
  readonly isMadeHere: (ubrn: string) => boolean;
  /** Everything in memory; the draft stays sealed for its person. */
  readonly forget: () => void;
}

const CREATIONS: readonly OutboxItem['action'][] = ['create-referral', 'create-and-triage'];

export function createRefer(deps: ReferDesk): ReferFeature {
  const drafts = createDraftKeeper(deps);
  const services = createServiceSearch(deps);
  const creation = createNewReferral(deps);
  const letters = createLetters(deps);
  const made = new Set<string>();
  let subject: Subject | null = null;

  /** Runs the work for a referrer; other roles may refer nobody (contract.md section 3). */
  function asReferrer<T>(work: (desk: Desk) => Answer<T>): Answer<T> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    return desk.can.canBook ? work(desk) : fail('forbidden', 'role-cannot-refer');
  }

  const isStillAt = (desk: Desk) => deps.desk()?.sitting === desk.sitting;

  /** The patient of the draft, who must be one that may be referred. */
  function ofPatient<T>(work: (desk: Desk, nhsNumber: NhsNumber) => Answer<T>): Answer<T> {
    return asReferrer((desk) => {
      if (subject === null) return fail('rejected', 'no-patient');
      return subject.blocked === null ? work(desk, subject.nhsNumber) : fail('rejected', subject.blocked);
    });
  }

  async function readDraft(desk: Desk): Promise<Outcome<RequestOutput<'refer/read-draft'>>> {
    const draft = drafts.read(desk);
    if (draft !== null && subject?.nhsNumber !== draft.nhsNumber) {
      const nhsNumber = draft.nhsNumber as NhsNumber;
      const read = subjectOf(nhsNumber, await deps.readPatient(nhsNumber));
      if (!isStillAt(desk)) return fail('not-signed-in', 'not-signed-in');
      // Without an answer the draft is there all the same; the review asks PDS again.
      subject = read.ok ? read.value : { nhsNumber, patient: null, blocked: null };
    }
    return ok({
      form: draft?.form ?? null,
      savedAt: draft?.savedAt ?? null,
      subject: subject === null ? null : viewSubject(subject),
      isKept: drafts.isKept(),
      needsReferrer: isAdminOf(desk),
      clinicians: labelsOf(deps),
    });
  }

  async function findPatient(
    desk: Desk,
    { text, secondIdentifier }: RequestInput<'refer/find-patient'>,
  ): Promise<Outcome<RequestOutput<'refer/find-patient'>>> {
    const typed = readTyped(text);
    if (!typed.ok) return typed;
    const read = subjectOf(typed.value, await deps.readPatient(typed.value));
    if (!isStillAt(desk)) return fail('not-signed-in', 'not-signed-in');
    if (!read.ok) return deps.readProblem(read.problem, 'needs-connection');
    const objection = objectToIdentifier(read.value, secondIdentifier);
    if (objection !== null) {
      if (secondIdentifier !== null) deps.auditRefusal('', objection.problem.code);
      return objection;
    }
    if (read.value.blocked !== null) deps.auditRefusal('', read.value.blocked);
    // Another patient is another referral: nothing that was found for the last one is for this one.
    services.forget();
    creation.forget();
    subject = read.value;
    return ok(viewSubject(read.value));
  }

  function review(desk: Desk, nhsNumber: NhsNumber, input: RequestInput<'refer/review'>) {
    const search = services.found(input.searchId);
    if (search?.nhsNumber !== nhsNumber) return fail('expired', 'search-again');
    return creation.review(desk, search, input);
  }

  return {
    handlers: {
      'refer/read-draft': () => asReferrer(readDraft),
      'refer/save-draft': ({ form }) =>
        ofPatient((desk, nhsNumber) => {
          drafts.save(desk, nhsNumber, form);
          return ok({ isKept: drafts.isKept() });
        }),
      'refer/discard-draft': () =>
        asReferrer((desk) => {
          drafts.discard(desk);
          subject = null;
          services.forget();
          creation.forget();
          return ok({});
        }),
      'refer/find-patient': (input) => asReferrer((desk) => findPatient(desk, input)),
      'refer/read-choices': () => asReferrer(services.readChoices),
      'refer/search': (input) => ofPatient((desk, nhsNumber) => services.search(desk, nhsNumber, input)),
      'refer/review': (input) => ofPatient((desk, nhsNumber) => review(desk, nhsNumber, input)),
      'refer/commit': (input) => ofPatient(() => creation.commit(input)),
      'refer/review-letters': letters.review,
      'refer/add-letter': letters.addFile,
      'refer/remove-letter': letters.removeFile,
      'refer/commit-letters': letters.commit,
      'refer/close-review': ({ reviewId }) => {
        creation.close(reviewId);
        letters.close(reviewId);
        return ok({});
      },
    },
    followItem({ action, state, ubrn, nhsNumber }) {
      if (!CREATIONS.includes(action) || state !== 'done') return;
      if (ubrn !== null) made.add(ubrn);
      const desk = deps.desk();
      if (desk !== null && drafts.read(desk)?.nhsNumber === nhsNumber) drafts.discard(desk);
    },
    isMadeHere: (ubrn) => made.has(ubrn),
    forget() {
      drafts.forget();
      services.forget();
      creation.forget();
      letters.forget();
      made.clear();
      subject = null;
    },
  };
}

const labelsOf = ({ clinicians }: ReferDesk) =>
  Object.entries(clinicians)
    .filter(([userId]) => /^\d{12}$/.test(userId))
    .map(([userId, label]) => ({ userId, label: label.slice(0, 120) }));
