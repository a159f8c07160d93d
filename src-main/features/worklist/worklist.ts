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
import { PROVIDER_ALL, REFERRER_ALL } from '../../ers/roles.ts';
import type { Desk } from '../session/session.ts';

const PROVIDER_LISTS: readonly WorklistKind[] = ['APPOINTMENT_SLOT_ISSUES', 'REFERRALS_FOR_REVIEW'];

/** Roles that may read a list (contract.md section 3). */
export function rolesForList(kind: WorklistKind): readonly string[] {
  return PROVIDER_LISTS.includes(kind) ? PROVIDER_ALL : REFERRER_ALL;
}

export interface WorklistFeature {
  readonly fetch: (input: { kind: WorklistKind }) => Promise<Outcome<Worklist>>;
  /** True when the referral stood in a list read in this session: it may be opened without a second identifier. */
  readonly isListed: (ubrn: string) => boolean;
  /** Referrals of a patient in the lists read in this session. */
  readonly ubrnsOf: (nhsNumber: NhsNumber) => Ubrn[];
  readonly forget: () => void;
}

/** Reads the lists of A008 and remembers which referrals they showed. */
export function createWorklist(deps: {
  client: () => ErsClient;
  clock: Clock;
  desk: () => Desk | null;
}): WorklistFeature {
  const listed = new Map<Ubrn, NhsNumber | null>();

  return {
    async fetch({ kind }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      if (!rolesForList(kind).includes(desk.businessFunction))
        return fail('forbidden', 'role-has-no-such-list');
      const answer = toOutcome(await deps.client().call(a008FetchWorklist, { kind }, { urgency: 'clerk' }));
      if (!answer.ok) return answer;
      // A list that comes after its reader has gone is not shown, and opens nothing to the next one (hazard 1).
      if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
      answer.value.entries.forEach((entry) => listed.set(entry.ubrn, entry.nhsNumber));
      return ok({
        kind,
        rows: answer.value.entries.map(toRow),
        unreadable: answer.value.unreadable,
        readAt: toIso(deps.clock.nowMs()),
        organisation: desk.organisation,
        businessFunction: desk.businessFunction,
      });
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
