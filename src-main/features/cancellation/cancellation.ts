/** The three cancellations, each with its own panel: A022, A034 and A036 (screens.md sections 7 and 8). */
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { Practitioner } from '../../contract/channels/session.ts';
import { createCancelAppointment } from './cancel-appointment.ts';
import { createCancelLater } from './cancel-later.ts';
import { createCancelReferral, type CancelReferralDesk } from './cancel-referral.ts';

type Channel =
  | 'cancellation/review-later'
  | 'cancellation/add-file'
  | 'cancellation/remove-file'
  | 'cancellation/commit-later'
  | 'cancellation/review-appointment'
  | 'cancellation/commit-appointment'
  | 'cancellation/review-referral'
  | 'cancellation/commit-referral'
  | 'cancellation/close-review';

type Answer<T> = Outcome<T> | Promise<Outcome<T>>;

export interface CancellationFeature {
  readonly handlers: { readonly [C in Channel]: (input: RequestInput<C>) => Answer<RequestOutput<C>> };
  /** Closes every panel; the files that were given go with it. */
  readonly forget: () => void;
}

export type CancellationDesk = CancelReferralDesk & {
  /** For whom the person at the desk acts. */
  readonly onBehalfOf: () => Practitioner | null;
};

export function createCancellation(deps: CancellationDesk): CancellationFeature {
  const later = createCancelLater(deps);
  const appointment = createCancelAppointment(deps);
  const referral = createCancelReferral(deps);
  const all = [later, appointment, referral];
  return {
    handlers: {
      'cancellation/review-later': later.review,
      'cancellation/add-file': later.addFile,
      'cancellation/remove-file': later.removeFile,
      'cancellation/commit-later': later.commit,
      'cancellation/review-appointment': appointment.review,
      'cancellation/commit-appointment': appointment.commit,
      'cancellation/review-referral': referral.review,
      'cancellation/commit-referral': referral.commit,
      'cancellation/close-review': ({ reviewId }) => {
        all.forEach((panel) => panel.close(reviewId));
        return ok({});
      },
    },
    forget: () => all.forEach((panel) => panel.forget()),
  };
}
