/** A new referral: reviewed with the patient's digits, then an intent of the outbox (A011; A021 in the spine dialect). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { ReferAnswer, ReferReview } from '../../contract/channels/refer.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { FoundService } from '../../ers/model.ts';
import type { CreateAndTriageIntent, CreateReferralIntent } from '../outbox/record-schemas.ts';
import type { Desk } from '../session/session.ts';
import { readKnown, type KnownReferrals } from './known-referrals.ts';
import { createPatientReviews, type PatientReview } from './patient-reviews.ts';
import type { ReferDesk } from './refer-desk.ts';
import type { Search } from './service-search.ts';
import { subjectOf, type Subject } from './subject.ts';

const OTHERWISE = 'needs-connection';
const MOST_KNOWN = 50;
/** e-RS takes no moment to come as the pathway's start, and clocks differ. */
const START_BEFORE_MS = 60_000;

/** What the panel shows, and what the intent is made of. */
interface Asked {
  readonly search: Search;
  readonly services: readonly FoundService[];
  readonly letterIntention: ReferReview['letterIntention'];
  readonly reminderDays: number;
  readonly sendsForTriage: boolean;
  readonly known: KnownReferrals;
}

export interface NewReferral {
  readonly review: (
    desk: Desk,
    search: Search,
    input: RequestInput<'refer/review'>,
  ) => Promise<Outcome<ReferReview>>;
  readonly commit: (input: RequestInput<'refer/commit'>) => Outcome<ReferAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

export function createNewReferral(deps: ReferDesk): NewReferral {
  const reviews = createPatientReviews<Asked>(deps);

  async function review(
    desk: Desk,
    search: Search,
    input: RequestInput<'refer/review'>,
  ): Promise<Outcome<ReferReview>> {
    const chosen = chooseServices(search, input, deps.client().dialect === 'spine-session');
    if (!chosen.ok) return chosen;
    const outbox = deps.outbox();
    if (outbox === null) return fail('writes-off', deps.writesOffReason());
    if (deps.isOffline()) return fail('offline', OTHERWISE);
    const { nhsNumber } = search;
    if (outbox.isUnsettled(deps.lineOfPatient(nhsNumber)))
      return fail('rejected', 'new-referral-not-settled');
    const { services } = chosen.value;
    const specialties = services.flatMap(({ specialty }) => (specialty === null ? [] : [specialty.code]));
    const [answer, known] = await Promise.all([
      deps.readPatient(nhsNumber),
      readKnown(deps, nhsNumber, specialties),
    ]);
    if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
    if (!known.ok) return known;
    const subject = allowed(subjectOf(nhsNumber, answer));
    if (!subject.ok) return refuse(subject);
    const asked = { ...chosen.value, search, known: known.value };
    return ok(view(reviews.open(subject.value, asked)));
  }

  /** What stands against the patient goes into the record of what was done here. */
  function refuse(refused: ReturnType<typeof fail>): ReturnType<typeof fail> {
    deps.auditRefusal('', refused.problem.code);
    return deps.readProblem(refused.problem, OTHERWISE);
  }

  const commit = ({ reviewId, digits, isAnother }: RequestInput<'refer/commit'>): Outcome<ReferAnswer> =>
    deps.atDesk<ReferAnswer>(({ desk, outbox }) => {
      const found = reviews.get(reviewId);
      if (found === null) return fail('expired', 'review-closed');
      if (deps.isOffline()) return fail('offline', OTHERWISE);
      if (hasAlike(found) && !isAnother) return fail('invalid-input', 'duplicate-not-answered');
      if (!reviews.isPatient(found, digits)) {
        deps.auditRefusal('', 'wrong-identity-digits');
        return ok({ kind: 'wrong-digits', attemptsLeft: found.attemptsLeft });
      }
      // A second press finds no review: one panel, one intent.
      reviews.drop(reviewId);
      const asked = outbox.ask(desk, intentOf(found, deps.clock.nowMs()));
      return asked.ok ? ok({ kind: 'started', item: asked.value }) : asked;
    });

  return { review, commit, close: reviews.drop, forget: reviews.clear };
}

/** Fails for a patient whom nobody may refer. */
function allowed(read: Outcome<Subject>): Outcome<Subject> {
  return read.ok && read.value.blocked !== null ? fail('rejected', read.value.blocked) : read;
}

type Chosen = Omit<Asked, 'search' | 'known'>;

/** The services in the clerk's order: only what the search found, and what e-RS takes together. */
function chooseServices(
  search: Search,
  { serviceIds, letterIntention, reminderDays }: RequestInput<'refer/review'>,
  isSpine: boolean,
): Outcome<Chosen> {
  if (new Set(serviceIds).size < serviceIds.length) return fail('invalid-input', 'DUPLICATE_SERVICE');
  const services = serviceIds.flatMap((id) => search.services.get(id) ?? []);
  if (services.length < serviceIds.length) return fail('rejected', 'service-not-in-results');
  const triage = services.filter(({ bookable }) => bookable === 'triage').length;
  // 2021: one kind only, and for triage one service (contract.md section 7, A011 and A021).
  if (isSpine && triage > 0 && triage < services.length) return fail('rejected', 'mixed-shortlist');
  if (isSpine && triage > 1) return fail('rejected', 'one-triage-service');
  const sendsForTriage = isSpine && triage === 1;
  const isWithout = letterIntention === 'NOT_INTENDING_TO_ADD';
  if (isWithout && services.some(({ isLetterRequired }) => isLetterRequired))
    return fail('rejected', 'letter-required');
  if (sendsForTriage && isWithout) return fail('rejected', 'letter-required');
  return ok({ services, letterIntention, reminderDays: sendsForTriage ? 0 : reminderDays, sendsForTriage });
}

const hasAlike = ({ asked }: PatientReview<Asked>) => asked.known.known.some(({ isAlike }) => isAlike);

const chosenOf = ({ id, name, bookable }: FoundService) => ({
  serviceId: id,
  name: name.slice(0, 200),
  bookable,
});

function view(review: PatientReview<Asked>): ReferReview {
  const { reviewId, subject, asked, question, attemptsLeft } = review;
  const { search, services, known, letterIntention, reminderDays, sendsForTriage } = asked;
  return {
    ...{ reviewId, letterIntention, reminderDays, sendsForTriage, attemptsLeft },
    nhsNumber: subject.nhsNumber,
    patient: subject.patient,
    services: services.map(chosenOf),
    priority: search.values.priority as ReferReview['priority'],
    referrer: search.referrer,
    known: known.known.slice(0, MOST_KNOWN),
    isKnownComplete: known.isComplete,
    asksOther: hasAlike(review),
    identityQuestion: question,
  };
}

function intentOf(
  { subject, asked }: PatientReview<Asked>,
  nowMs: number,
): CreateReferralIntent | CreateAndTriageIntent {
  const { search, services, known, letterIntention, reminderDays } = asked;
  const listed = services.map(chosenOf).map(({ serviceId, name }) => ({ serviceId, name }));
  return {
    action: asked.sendsForTriage ? 'create-and-triage' : 'create-referral',
    intentId: randomUUID(),
    nhsNumber: subject.nhsNumber,
    serviceId: listed[0]?.serviceId ?? '',
    serviceName: listed[0]?.name ?? '',
    isUrgent: search.values.priority !== 'ROUTINE',
    ...{ ubrn: '', pinnedVersion: 0, saw: null },
    services: listed,
    criteria: search.criteria as CreateReferralIntent['criteria'],
    ...{ letterIntention, reminderDays },
    referringClinician: search.referrer,
    pathwayStart: toIso(nowMs - START_BEFORE_MS),
    known: known.known.map(({ ubrn }) => ubrn).slice(0, 500),
  };
}
