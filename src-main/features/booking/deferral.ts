import { randomUUID } from 'node:crypto';
import type { DeferralAnswer, DeferralReasonName, DeferralReview } from '../../contract/channels/booking.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock } from '../../app/ports.ts';
import type { DeferIntent } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';
import { searchTermsOf } from './search-terms.ts';
import { commitReview } from './commit-review.ts';
import { atWritingDesk, type WritingDesk } from './writing-desk.ts';
import { createReviews, type Review } from './reviews.ts';

/** Evidence older than this is made again before anything else (safety.md, table of pins). */
const EVIDENCE_MS = 120_000;
const MAX_COMMENT = 1000;

/** Evidence that main itself gathered (contract.md section 10). */
export interface DeferralEvidence {
  readonly reason: DeferralReasonName;
  readonly slotId: string | null;
  readonly slotStart: string | null;
  /** Null when offline: it is gathered before sending. */
  readonly at: string | null;
}

export interface DeferralFeature {
  readonly review: (input: { ubrn: string; serviceId: string }) => Outcome<DeferralReview>;
  readonly commit: (input: { reviewId: string; digits: string; comment: string }) => Outcome<DeferralAnswer>;
  readonly forget: () => void;
}

interface Dependencies extends WritingDesk {
  readonly clock: Clock;
  /** A refused booking or a silent provider, while fresh. */
  readonly refusalOf: (
    ubrn: string,
    serviceId: string,
  ) => {
    readonly reason: DeferralReasonName;
    readonly slotId: string | null;
    readonly slotStart: string | null;
    readonly at: number;
  } | null;
  /** The latest search that proves that there are no slots. */
  readonly emptySearchOf: (
    ubrn: string,
    serviceId: string,
  ) => { readonly readAt: string; readonly readAtMonoMs: number } | null;
  /** How many free slots a search of this sitting has found there, and when. */
  readonly foundAt: (
    ubrn: string,
    serviceId: string,
  ) => { readonly slots: number; readonly readAt: string } | null;
}

interface Subject {
  readonly serviceId: string;
  readonly evidence: DeferralEvidence;
}

/** Defers to the provider, on evidence and after the patient's own digits (screens.md section 5, hazard 9). */
export function createDeferral(deps: Dependencies): DeferralFeature {
  const reviews = createReviews<Subject>();

  function evidenceFor(ubrn: string, serviceId: string): Outcome<DeferralEvidence> {
    const none = { slotId: null, slotStart: null };
    if (deps.isOffline()) return ok({ reason: 'NO_SLOTS_AT_SERVICE', ...none, at: null });
    const refusal = deps.refusalOf(ubrn, serviceId);
    if (refusal !== null) return ok({ ...refusal, at: toIso(refusal.at) });
    const empty = deps.emptySearchOf(ubrn, serviceId);
    if (empty !== null && deps.clock.monotonicMs() - empty.readAtMonoMs <= EVIDENCE_MS)
      return ok({ reason: 'NO_SLOTS_AT_SERVICE', ...none, at: empty.readAt });
    const found = deps.foundAt(ubrn, serviceId);
    if (found !== null && found.slots > 0) return fail('rejected', 'slots-available', { ...found });
    return fail('rejected', empty === null ? 'search-first' : 'evidence-expired');
  }

  function review({ ubrn, serviceId }: { ubrn: string; serviceId: string }): Outcome<DeferralReview> {
    return atWritingDesk(deps, ({ outbox }) => {
      const open = deps.opened(ubrn);
      if (open === null) return fail('invalid-input', 'referral-not-open');
      const entry = open.view.shortlist.find((candidate) => candidate.serviceId === serviceId);
      if (entry === undefined) return fail('invalid-input', 'service-not-on-shortlist');
      if (outbox.isUnsettled(ubrn)) return fail('rejected', 'booking-not-settled');
      if (open.view.canBook !== null) return fail('rejected', open.view.canBook);
      // Only directly bookable services can be deferred to (contract.md section 10).
      if (entry.bookable === 'indirectly' || entry.bookable === 'triage')
        return fail('rejected', 'service-not-deferrable');
      const evidence = evidenceFor(ubrn, serviceId);
      if (!evidence.ok) return evidence;
      return ok(viewReview(reviews.add(open, { serviceId, evidence: evidence.value })));
    });
  }

  const commit = (input: Parameters<DeferralFeature['commit']>[0]): Outcome<DeferralAnswer> =>
    commitReview(deps, reviews, input, {
      gate: 'canBook',
      intentOf: (found) => intentOf(found, input.comment),
      ask: ({ desk, outbox }, intent) => outbox.ask(desk, intent),
    });

  function intentOf({ open, subject }: Review<Subject>, comment: string): Outcome<DeferIntent> {
    const terms = searchTermsOf(open);
    if (!terms.ok) return terms;
    return ok({
      action: 'defer',
      ...deps.targetOf(open, subject.serviceId),
      intentId: randomUUID(),
      ...terms.value,
      reason: subject.evidence.reason,
      slotId: subject.evidence.slotId,
      slotStart: subject.evidence.slotStart,
      comment,
    });
  }

  return { review, commit, forget: () => reviews.clear() };
}

function viewReview({ reviewId, open, subject, question, attemptsLeft }: Review<Subject>): DeferralReview {
  const { evidence, serviceId } = subject;
  return {
    reviewId,
    ubrn: open.referral.ubrn,
    version: open.referral.version,
    serviceId,
    serviceName: nameOf(open, serviceId),
    reason: evidence.reason,
    evidenceAt: evidence.at,
    isOffline: evidence.at === null,
    slotStart: evidence.slotStart,
    isTwoWeekWait: open.referral.priority.code === 'TWO_WEEK_WAIT',
    otherServices: open.view.shortlist
      .filter((entry) => entry.serviceId !== serviceId)
      .map((entry) => ({ serviceId: entry.serviceId, name: entry.name })),
    identityQuestion: question,
    attemptsLeft,
    maxComment: MAX_COMMENT,
  };
}

const nameOf = (open: OpenReferral, serviceId: string) =>
  open.view.shortlist.find((entry) => entry.serviceId === serviceId)?.name ?? '';
