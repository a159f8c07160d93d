/** The services of a referral: what they say of themselves, other ones, and triage (contract.md A031, A033, A035, A016). */
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { OpenReferral } from '../referral/referral.ts';
import { createChangeShortlist, type RequirementTask } from './change-shortlist.ts';
import { readServices } from './read-services.ts';
import { createSendForTriage } from './send-for-triage.ts';

type Channel =
  | 'shortlist/read-services'
  | 'shortlist/review-change'
  | 'shortlist/commit-change'
  | 'shortlist/review-triage'
  | 'shortlist/commit-triage'
  | 'shortlist/close-review';

type Answer<T> = Outcome<T> | Promise<Outcome<T>>;

export interface ShortlistFeature {
  readonly handlers: { readonly [C in Channel]: (input: RequestInput<C>) => Answer<RequestOutput<C>> };
  readonly forget: () => void;
}

export type ShortlistDesk = ReviewDesk & {
  readonly allOpened: () => readonly OpenReferral[];
  readonly addTask: (task: RequirementTask) => Outcome<unknown>;
};

export function createShortlist(deps: ShortlistDesk): ShortlistFeature {
  const change = createChangeShortlist(deps);
  const triage = createSendForTriage(deps);
  return {
    handlers: {
      'shortlist/read-services': ({ serviceIds }) => readServices(deps, serviceIds),
      'shortlist/review-change': change.review,
      'shortlist/commit-change': change.commit,
      'shortlist/review-triage': triage.review,
      'shortlist/commit-triage': triage.commit,
      'shortlist/close-review': ({ reviewId }) => {
        change.close(reviewId);
        triage.close(reviewId);
        return ok({});
      },
    },
    forget() {
      change.forget();
      triage.forget();
    },
  };
}
