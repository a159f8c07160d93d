/** Advice and guidance: the provider's list, conversations, answers, conversions, and a referrer's requests. */
import type { RequestChannel, RequestInput, RequestOutput } from '../../contract/channels.ts';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import { parseUbrn } from '../../contract/identifiers.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { Intent } from '../outbox/record-schemas.ts';
import type { AdviceDesk } from './advice-desk.ts';
import { createAdviceDrafts } from './advice-drafts.ts';
import { createAdviceFiles } from './advice-files.ts';
import { createAdviceReading } from './advice-reading.ts';
import { rowOfIntent } from './advice-view.ts';
import { createAnswering } from './answering.ts';
import { createRequesting } from './requesting.ts';

type Channel = Extract<RequestChannel, `advice/${string}`>;
type Answer<T> = Outcome<T> | Promise<Outcome<T>>;

export interface AdviceFeature {
  /** What became of a request that was made here: it comes onto its person's own list. */
  readonly followItem: (item: OutboxItem, intent: Intent) => void;
  readonly handlers: { readonly [C in Channel]: (input: RequestInput<C>) => Answer<RequestOutput<C>> };
  /** Everything that a person had: lists, what was open, panels, drafts in memory. */
  readonly forget: () => void;
}

export function createAdvice(deps: AdviceDesk): AdviceFeature {
  const reading = createAdviceReading(deps);
  const files = createAdviceFiles(deps, reading);
  const answering = createAnswering(deps, reading);
  const requesting = createRequesting(deps, reading.rowsOf);
  const drafts = createAdviceDrafts(deps);
  return {
    followItem(item, intent) {
      const desk = deps.desk();
      const ubrn = parseUbrn(item.ubrn ?? '');
      if (intent.action === 'request-advice' && item.state === 'done' && ubrn !== null && desk !== null)
        reading.noteMade(desk, rowOfIntent(ubrn, intent, item.updatedAt));
    },
    handlers: {
      'advice/fetch-list': reading.fetchList,
      'advice/open': reading.open,
      'advice/reread': reading.reread,
      'advice/close': reading.close,
      'advice/read-overview': files.readOverview,
      'advice/read-file': files.readFile,
      'advice/review-answer': answering.reviewAnswer,
      'advice/commit-answer': answering.commitAnswer,
      'advice/review-conversion': answering.reviewConversion,
      'advice/commit-conversion': answering.commitConversion,
      'advice/find-patient': requesting.findPatient,
      'advice/read-specialties': requesting.readSpecialties,
      'advice/search-services': requesting.search,
      'advice/review-request': requesting.review,
      'advice/commit-request': requesting.commit,
      'advice/add-file': answering.addFile,
      'advice/remove-file': answering.removeFile,
      'advice/close-review'({ reviewId }) {
        answering.close(reviewId);
        requesting.close(reviewId);
        return ok({});
      },
      'advice/save-draft': drafts.save,
      'advice/read-draft': drafts.read,
      'advice/discard-draft': drafts.discard,
    },
    forget: () => [reading, answering, requesting, drafts].forEach((part) => part.forget()),
  };
}
