import type { Worklist, WorklistKind } from '../../contract/channels/worklist.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { codedOf, codedOrNull } from '../../contract/coded.ts';
import { toIso } from '../../contract/london-time.ts';
import type { NhsNumber, Ubrn } from '../../contract/identifiers.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a008FetchWorklist } from '../../ers/operations/a008-fetch-worklist.ts';
import type { WorklistEntry } from '../../ers/model.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import { PROVIDER_ALL, REFERRER_ALL } from '../../ers/roles.ts';
import type { ReadCache } from '../read-cache/read-cache.ts';
import type { Desk } from '../session/session.ts';

const PROVIDER_LISTS: readonly WorklistKind[] = ['APPOINTMENT_SLOT_ISSUES', 'REFERRALS_FOR_REVIEW'];

/** Roles that may read a list (contract.md section 3). */
export function rolesForList(kind: WorklistKind): readonly string[] {
  return PROVIDER_LISTS.includes(kind) ? PROVIDER_ALL : REFERRER_ALL;
}

export interface WorklistFeature {
  /** The list as e-RS gives it; where e-RS is not reached, as it was read last, with its age. */
  readonly fetch: (input: { kind: WorklistKind; isReread?: boolean }) => Promise<Outcome<Worklist>>;
  /** True when the referral stood in a list shown in this session: it may be opened without a second identifier. */
  readonly isListed: (ubrn: string) => boolean;
  /** Referrals of a patient in the lists read in this session. */
  readonly ubrnsOf: (nhsNumber: NhsNumber) => Ubrn[];
  readonly forget: () => void;
}

/** Reads the lists of A008, and keeps which referrals they showed. */
export function createWorklist(deps: {
  client: () => ErsClient;
  clock: Clock;
  desk: () => Desk | null;
  cache: ReadCache;
  isOffline: () => boolean;
}): WorklistFeature {
  const listed = new Map<Ubrn, NhsNumber | null>();

  const show = (worklist: Worklist): Outcome<Worklist> => {
    worklist.rows.forEach((row) => listed.set(row.ubrn as Ubrn, row.nhsNumber as NhsNumber | null));
    return ok(worklist);
  };

  function recall(desk: Desk, kind: WorklistKind): Outcome<Worklist> | null {
    const kept = deps.cache.recall(desk, 'worklist', kind);
    return kept === null ? null : show({ ...kept.value, isRemembered: true });
  }

  return {
    async fetch({ kind, isReread = false }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      if (!rolesForList(kind).includes(desk.businessFunction))
        return fail('forbidden', 'role-has-no-such-list');
      const known = deps.isOffline() && !isReread ? recall(desk, kind) : null;
      if (known !== null) return known;
      const answer = toOutcome(await deps.client().call(a008FetchWorklist, { kind }, { urgency: 'clerk' }));
      if (!answer.ok && !isUnreached(answer.problem)) return answer;
      // A list that comes after its reader has gone is not shown, and opens nothing to the next one (hazard 1).
      if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
      if (!answer.ok) return recall(desk, kind) ?? answer;
      const worklist: Worklist = {
        kind,
        rows: answer.value.entries.map(toRow),
        unreadable: answer.value.unreadable,
        readAt: toIso(deps.clock.nowMs()),
        isRemembered: false,
        organisation: desk.organisation,
        businessFunction: desk.businessFunction,
      };
      deps.cache.remember(desk, 'worklist', kind, worklist, worklist.readAt);
      return show(worklist);
    },
    isListed: (ubrn) => listed.has(ubrn as Ubrn),
    ubrnsOf: (nhsNumber) => [...listed].flatMap(([ubrn, number]) => (number === nhsNumber ? [ubrn] : [])),
    forget: () => listed.clear(),
  };
}

function toRow(entry: WorklistEntry): Worklist['rows'][number] {
  const { ubrn, nhsNumber, context, created, lastUpdated, contactBy, letterDue, appointmentStart } = entry;
  const codes = {
    priority: codedOf(entry.priority),
    status: codedOrNull(entry.status),
    reason: codedOrNull(entry.reason),
  };
  return { ubrn, nhsNumber, ...codes, context, created, lastUpdated, contactBy, letterDue, appointmentStart };
}
