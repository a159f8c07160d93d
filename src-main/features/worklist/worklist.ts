import type {
  Worklist,
  WorklistFilter,
  WorklistKind,
  WorklistRow,
} from '../../contract/channels/worklist.ts';
import { fail, ok, type Outcome, type Problem } from '../../contract/outcome.ts';
import { codedOf, codedOrNull } from '../../contract/coded.ts';
import { toIso } from '../../contract/london-time.ts';
import type { NhsNumber, Ubrn } from '../../contract/identifiers.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a008FetchWorklist } from '../../ers/operations/a008-fetch-worklist.ts';
import type { ReferenceSet, WorklistEntry, WorklistReply } from '../../ers/model.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import { PROVIDER_ALL, REFERRER_ALL } from '../../ers/roles.ts';
import type { ReadCache } from '../read-cache/read-cache.ts';
import type { Desk } from '../session/session.ts';
import { createShownLists } from './shown-lists.ts';
import { specialtiesOf, type Specialty } from './specialties.ts';
import { nameOfList, normaliseFilter, PROVIDER_LISTS, toErsFilters } from './worklist-filter.ts';

/** Roles that may read a list (contract.md section 3). */
export function rolesForList(kind: WorklistKind): readonly string[] {
  return PROVIDER_LISTS.includes(kind) ? PROVIDER_ALL : REFERRER_ALL;
}

interface Asked {
  readonly kind: WorklistKind;
  readonly filter?: WorklistFilter | null;
  readonly isReread?: boolean;
}

export interface WorklistFeature {
  /** The list as e-RS gives it; where e-RS is not reached, as it was read last, with its age. */
  readonly fetch: (input: Asked) => Promise<Outcome<Worklist>>;
  readonly readSpecialties: () => Promise<Outcome<{ specialties: Specialty[] }>>;
  /** True when the referral stood in a list shown in this session: it may be opened without a second identifier. */
  readonly isListed: (ubrn: string) => boolean;
  /** The referral as a list of this session showed it last, or null. */
  readonly rowOf: (ubrn: string) => WorklistRow | null;
  /** Referrals of a patient in the lists read in this session. */
  readonly ubrnsOf: (nhsNumber: NhsNumber) => Ubrn[];
  /** True while Referrals for Review, as it was read last, has the referral: A022 is for those (screens.md section 7). */
  readonly isOnReviewList: (ubrn: string) => boolean;
  /** The rows of the lists as they were read last in this session. */
  readonly rows: () => readonly WorklistRow[];
  readonly forget: () => void;
}

/** Reads the lists of A008, and keeps which referrals they showed. */
export function createWorklist(deps: {
  client: () => ErsClient;
  clock: Clock;
  desk: () => Desk | null;
  cache: ReadCache;
  isOffline: () => boolean;
  /** A set of A004: filters by specialty name its code system. */
  readReference: (set: string) => Promise<Outcome<{ readonly set: ReferenceSet }>>;
  /** Lists show other rows now. */
  onShown?: () => void;
}): WorklistFeature {
  const shown = createShownLists();

  const show = (worklist: Worklist): Outcome<Worklist> => {
    shown.show(worklist);
    deps.onShown?.();
    return ok(worklist);
  };

  function recall(desk: Desk, kind: WorklistKind, filter: WorklistFilter | null): Outcome<Worklist> | null {
    const kept = deps.cache.recall(desk, 'worklist', nameOfList(kind, filter));
    return kept === null ? null : show({ ...kept.value, isRemembered: true });
  }

  async function systemOfSpecialties(): Promise<Outcome<string>> {
    const known = await deps.readReference('SPECIALTY');
    return known.ok ? ok(known.value.set.url) : known;
  }

  async function ask(kind: WorklistKind, filter: WorklistFilter | null): Promise<Outcome<WorklistReply>> {
    const filters = filter === null ? null : await toErsFilters(filter, systemOfSpecialties);
    if (filters !== null && !filters.ok) return filters;
    const input = filters === null ? { kind } : { kind, filters: filters.value };
    const answer = toOutcome(await deps.client().call(a008FetchWorklist, input, { urgency: 'clerk' }));
    return answer.ok ? answer : { ok: false, problem: nameTooLarge(answer.problem, kind) };
  }

  return {
    async fetch({ kind, filter: wanted, isReread = false }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      if (!rolesForList(kind).includes(desk.businessFunction))
        return fail('forbidden', 'role-has-no-such-list');
      const filter = normaliseFilter(wanted);
      if (filter !== null && !PROVIDER_LISTS.includes(kind))
        return fail('invalid-input', 'list-takes-no-filter');
      const known = deps.isOffline() && !isReread ? recall(desk, kind, filter) : null;
      if (known !== null) return known;
      const answer = await ask(kind, filter);
      if (!answer.ok && !isUnreached(answer.problem)) return answer;
      // A list that comes after its reader has gone is not shown, and opens nothing to the next one (hazard 1).
      if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
      if (!answer.ok) return recall(desk, kind, filter) ?? answer;
      const worklist: Worklist = {
        kind,
        filter,
        rows: answer.value.entries.map(toRow),
        unreadable: answer.value.unreadable,
        readAt: toIso(deps.clock.nowMs()),
        isRemembered: false,
        organisation: desk.organisation,
        businessFunction: desk.businessFunction,
      };
      deps.cache.remember(desk, 'worklist', nameOfList(kind, filter), worklist, worklist.readAt);
      return show(worklist);
    },
    async readSpecialties() {
      const known = await deps.readReference('SPECIALTY');
      if (!known.ok) return known;
      return ok({ specialties: specialtiesOf(known.value.set, deps.clock.nowMs()).slice(0, 1000) });
    },
    isListed: (ubrn) => shown.rowOf(ubrn) !== null,
    rowOf: shown.rowOf,
    ubrnsOf: shown.ubrnsOf,
    isOnReviewList: (ubrn) => shown.isOnList('REFERRALS_FOR_REVIEW', ubrn),
    rows: shown.rows,
    forget: shown.forget,
  };
}

/** A list over the limit is not delivered: provider lists can be asked for in parts, the others only elsewhere. */
function nameTooLarge(problem: Problem, kind: WorklistKind): Problem {
  if (problem.kind !== 'bad-reply' || problem.code !== 'too-large') return problem;
  return {
    ...problem,
    code: 'list-too-large',
    facts: { ...problem.facts, takesFilter: PROVIDER_LISTS.includes(kind) },
  };
}

function toRow(entry: WorklistEntry): WorklistRow {
  const { ubrn, nhsNumber, context, created, lastUpdated, contactBy, letterDue, appointmentStart } = entry;
  const { serviceId, pathwayStart } = entry;
  const codes = {
    priority: codedOf(entry.priority),
    status: codedOrNull(entry.status),
    reason: codedOrNull(entry.reason),
    referralType: codedOrNull(entry.referralType),
    clinicalInformation: codedOrNull(entry.clinicalInformation),
  };
  return {
    ubrn,
    nhsNumber,
    ...codes,
    context,
    created,
    lastUpdated,
    contactBy,
    letterDue,
    appointmentStart,
    serviceId,
    pathwayStart,
  };
}
