/** What a feature with review panels needs of the desk; every panel of every write opens and closes alike. */
import type { ReferralView } from '../../contract/channels/referral.ts';
import { fail, ok, type Outcome, type Problem } from '../../contract/outcome.ts';
import type { Coded } from '../../contract/schema.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a029RetrieveAvailableActions } from '../../ers/operations/a029-retrieve-available-actions.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';
import { commitReview, type Commitment, type Committed } from './commit-review.ts';
import { createReviews, type Reviews } from './reviews.ts';
import { searchTermsOf } from './search-terms.ts';
import { atWritingDesk, type AtWritingDesk, type WritingDesk } from './writing-desk.ts';

/** What main itself says against an action on an open referral (`referral/gates.ts`). */
export type Gate = {
  [K in keyof ReferralView]: K extends `can${string}` ? K : never;
}[keyof ReferralView];

/** A panel is being made for this person and this referral. */
export interface Begun {
  readonly desk: Desk;
  readonly open: OpenReferral;
}

/** Why nothing more can be read or sent now, in the words of the action. */
export type WithoutConnection = 'ring-back-instead' | 'needs-connection';

export interface ReviewDesk extends WritingDesk {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly atDesk: <T>(work: (at: AtWritingDesk) => Outcome<T>) => Outcome<T>;
  readonly createReviews: <Subject>() => Reviews<Subject>;
  /** The open referral, when nothing stands against the action. */
  readonly begin: (ubrn: string, gate: Gate) => Outcome<Begun>;
  /** After reading: the referral as it is open now, if it is still that person's and of the same version. */
  readonly goOn: (begun: Begun) => Outcome<OpenReferral>;
  /** Commits a panel: one way for every write. */
  readonly commit: <Subject, Asked>(
    reviews: Reviews<Subject>,
    input: { readonly reviewId: string; readonly digits: string },
    how: Commitment<Subject, Asked>,
  ) => Outcome<Committed>;
  readonly searchTermsOf: typeof searchTermsOf;
  /** A read that did not come: without a connection the clerk is told what to do instead. */
  readonly readProblem: (problem: Problem, otherwise: WithoutConnection) => ReturnType<typeof fail>;
  /** Asks A029 afresh; fails unless it offers the action (contract.md A029: never kept). */
  readonly askActions: (
    open: OpenReferral,
    wanted: string,
    otherwise: WithoutConnection,
  ) => Promise<Outcome<null>>;
}

function readProblem(problem: Problem, otherwise: WithoutConnection): ReturnType<typeof fail> {
  if (isUnreached(problem)) return fail('offline', otherwise, problem.facts, problem.correlationId);
  return { ok: false, problem };
}

export function createReviewDesk(writing: WritingDesk & Pick<ReviewDesk, 'client' | 'clock'>): ReviewDesk {
  const atDesk = <T>(work: (at: AtWritingDesk) => Outcome<T>) => atWritingDesk(writing, work);

  async function askActions(
    { referral }: OpenReferral,
    wanted: string,
    otherwise: WithoutConnection,
  ): Promise<Outcome<null>> {
    const { ubrn, version } = referral;
    const asked = await writing
      .client()
      .call(a029RetrieveAvailableActions, { ubrn, version }, { urgency: 'clerk' });
    const answer: Outcome<readonly Coded[]> = toOutcome(asked);
    if (answer.ok)
      return answer.value.some(({ code }) => code === wanted)
        ? ok(null)
        : fail('rejected', 'action-not-offered');
    // An older version than the current one has no actions: somebody else was here.
    return answer.problem.code === 'HISTORY_NOT_SUPPORTED'
      ? fail('conflict', 'changed-meanwhile')
      : readProblem(answer.problem, otherwise);
  }

  return {
    ...writing,
    atDesk,
    createReviews,
    askActions,
    readProblem,
    searchTermsOf,
    commit: (reviews, input, how) => commitReview(writing, reviews, input, how),
    begin: (ubrn, gate) =>
      atDesk(({ desk, outbox }) => {
        const open = writing.opened(ubrn);
        if (open === null) return fail('invalid-input', 'referral-not-open');
        if (outbox.isUnsettled(ubrn)) return fail('rejected', 'booking-not-settled');
        const reason = open.view[gate];
        if (reason === null) return ok({ desk, open });
        return fail(reason === 'ring-back-instead' ? 'offline' : 'rejected', reason);
      }),
    goOn({ desk, open }) {
      if (writing.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
      const now = writing.opened(open.referral.ubrn);
      if (now === null) return fail('expired', 'review-closed');
      return now.referral.version === open.referral.version ? ok(now) : fail('conflict', 'changed-meanwhile');
    },
  };
}
