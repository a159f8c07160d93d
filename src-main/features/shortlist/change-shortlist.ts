/** Changing the shortlist (A031), with the hard stop on what e-RS may drop without saying so (hazard 14). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { ShortlistAnswer, ShortlistChangeReview } from '../../contract/channels/shortlist.ts';
import { codedOf } from '../../contract/coded.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { ServiceRecord } from '../../ers/model.ts';
import { carriedOver, type CarriedOver } from '../../ers/operations/a031-change-shortlist.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { Review } from '../booking/reviews.ts';
import type { ChangeShortlistIntent } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';
import { fetchServices } from './read-services.ts';

const GATE = 'canChangeShortlist';
const OTHERWISE = 'needs-connection';

type Listed = ShortlistChangeReview['after'][number];

/** A task that must not be forgotten once the shortlist has changed. */
export interface RequirementTask {
  readonly kind: 'ask-requirement-again';
  readonly ubrn: string;
  readonly nhsNumber: string;
  readonly note: string;
  readonly dueAt: null;
  readonly source: string;
}

export interface ChangeShortlist {
  readonly review: (
    input: RequestInput<'shortlist/review-change'>,
  ) => Promise<Outcome<ShortlistChangeReview>>;
  readonly commit: (input: RequestInput<'shortlist/commit-change'>) => Outcome<ShortlistAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

interface Subject {
  readonly after: readonly Listed[];
  readonly carried: CarriedOver;
}

export function createChangeShortlist(
  deps: ReviewDesk & { readonly addTask: (task: RequirementTask) => Outcome<unknown> },
): ChangeShortlist {
  const reviews = deps.createReviews<Subject>();

  async function review({
    ubrn,
    serviceIds,
  }: RequestInput<'shortlist/review-change'>): Promise<Outcome<ShortlistChangeReview>> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    if (deps.isOffline()) return fail('offline', OTHERWISE);
    const { open } = begun.value;
    const objection = objectionToList(open, serviceIds);
    if (objection !== null) return fail('invalid-input', objection);
    const [offered, services] = await Promise.all([
      deps.askActions(open, 'CHANGE_SHORTLIST', OTHERWISE),
      fetchServices(deps.client(), serviceIds),
    ]);
    const now = deps.goOn(begun.value);
    if (!now.ok) return now;
    if (!offered.ok) return offered;
    if (!services.ok) return deps.readProblem(services.problem, OTHERWISE);
    const after = listOf(now.value, serviceIds, services.value);
    if (!after.ok) return after;
    // Without its own search criteria e-RS would search by others (contract.md A031).
    const carried = carriedOver(now.value.referral);
    if (carried === null) return fail('rejected', 'no-search-criteria');
    return ok(viewReview(reviews.add(now.value, { after: after.value, carried })));
  }

  const commit = (input: RequestInput<'shortlist/commit-change'>): Outcome<ShortlistAnswer> =>
    deps.commit(reviews, input, {
      gate: GATE,
      otherwise: OTHERWISE,
      objectionTo({ open }) {
        const { additionalRequirements } = open.referral;
        const isNoted = additionalRequirements.every(({ code }) => input.notedRequirements.includes(code));
        const requirements = additionalRequirements.length;
        return isNoted ? null : fail('rejected', 'requirements-not-noted', { requirements });
      },
      intentOf: (found) => ok(intentOf(deps, found)),
      ask({ desk, outbox }, intent, { open }) {
        const asked = outbox.ask(desk, intent);
        if (asked.ok) noteRequirements(open, intent.intentId);
        return asked;
      },
    });

  /** Each is asked for again in e-RS by a person: the API cannot, and does not say that it was dropped. */
  function noteRequirements({ referral }: OpenReferral, intentId: string): void {
    const { ubrn, nhsNumber } = referral;
    for (const { code, display } of referral.additionalRequirements) {
      const task = { kind: 'ask-requirement-again', ubrn, nhsNumber, dueAt: null } as const;
      const added = deps.addTask({ ...task, note: display || code, source: `${intentId} ${code}` });
      if (!added.ok) deps.auditRefusal(ubrn, 'task-not-kept');
    }
  }

  return { review, commit, close: reviews.drop, forget: reviews.clear };
}

function objectionToList({ referral }: OpenReferral, serviceIds: readonly string[]): string | null {
  if (new Set(serviceIds).size < serviceIds.length) return 'DUPLICATE_SERVICE';
  const before = referral.shortlist.map(({ serviceId }) => serviceId as string);
  const isSame = before.length === serviceIds.length && before.every((id, i) => id === serviceIds[i]);
  // After a cancelled appointment the same list again is what makes the referral bookable (contract.md section 9).
  return isSame && referral.state?.code === 'NOT_BOOKED' ? 'NO_CHANGES_DETECTED' : null;
}

/** The new list with the services' own names; only those that e-RS knows can be on it. */
function listOf(
  { view }: OpenReferral,
  serviceIds: readonly string[],
  services: readonly ServiceRecord[],
): Outcome<Listed[]> {
  const listed = serviceIds.flatMap((serviceId): Listed[] => {
    const service = services.find((candidate) => candidate.id === serviceId);
    const name = service?.name || view.shortlist.find((entry) => entry.serviceId === serviceId)?.name;
    return service === undefined
      ? []
      : [{ serviceId, name: (name ?? '').slice(0, 200), bookable: service.bookable }];
  });
  return listed.length === serviceIds.length ? ok(listed) : fail('rejected', 'service-not-found');
}

function viewReview({
  reviewId,
  open,
  subject,
  question,
  attemptsLeft,
}: Review<Subject>): ShortlistChangeReview {
  const { ubrn, version, additionalRequirements } = open.referral;
  return {
    reviewId,
    ubrn,
    version,
    before: open.view.shortlist,
    after: [...subject.after],
    requirements: additionalRequirements.map(codedOf),
    identityQuestion: question,
    attemptsLeft,
  };
}

function intentOf(deps: ReviewDesk, { open, subject }: Review<Subject>): ChangeShortlistIntent {
  const { after, carried } = subject;
  const [first] = after;
  return {
    action: 'change-shortlist',
    ...deps.targetOf(open, first?.serviceId ?? ''),
    serviceName: first?.name ?? '',
    intentId: randomUUID(),
    services: after.map(({ serviceId, name }) => ({ serviceId, name })),
    ...carried,
  };
}
