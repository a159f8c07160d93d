/** The provider's judgement of a referral: A013, A014 and A028, each with its own panel (docs/screens.md, Review). */
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import { createAccepting } from './accept.ts';
import type { JudgingDesk } from './judging-desk.ts';
import { createRecordingOutcome } from './record-outcome.ts';
import { createRejecting } from './reject.ts';

type Channel =
  | 'review/review-acceptance'
  | 'review/commit-acceptance'
  | 'review/review-rejection'
  | 'review/commit-rejection'
  | 'review/review-outcome'
  | 'review/add-file'
  | 'review/remove-file'
  | 'review/commit-outcome'
  | 'review/close';

type Answer<T> = Outcome<T> | Promise<Outcome<T>>;

export interface ReviewFeature {
  readonly handlers: { readonly [C in Channel]: (input: RequestInput<C>) => Answer<RequestOutput<C>> };
  /** Closes every panel; the files that were given go with it. */
  readonly forget: () => void;
}

export function createReview(deps: JudgingDesk): ReviewFeature {
  const accepting = createAccepting(deps);
  const rejecting = createRejecting(deps);
  const recording = createRecordingOutcome(deps);
  const all = [accepting, rejecting, recording];
  return {
    handlers: {
      'review/review-acceptance': accepting.review,
      'review/commit-acceptance': accepting.commit,
      'review/review-rejection': rejecting.review,
      'review/commit-rejection': rejecting.commit,
      'review/review-outcome': recording.review,
      'review/add-file': recording.addFile,
      'review/remove-file': recording.removeFile,
      'review/commit-outcome': recording.commit,
      'review/close': ({ reviewId }) => {
        all.forEach((panel) => panel.close(reviewId));
        return ok({});
      },
    },
    forget: () => all.forEach((panel) => panel.forget()),
  };
}
