/**
 * What the patient has already: nothing keeps e-RS from making the same referral twice, so the clerk is shown it before
 * (safety.md, "Proof and pin of every write"). The list of what awaits booking is asked afresh; the spine dialect has none.
 */
import type { KnownReferral } from '../../contract/channels/refer.ts';
import type { NhsNumber } from '../../contract/identifiers.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { WorklistEntry } from '../../ers/model.ts';
import { a008FetchWorklist } from '../../ers/operations/a008-fetch-worklist.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { ReferDesk } from './refer-desk.ts';

export interface KnownReferrals {
  readonly known: readonly KnownReferral[];
  /** False where the list could not be had. */
  readonly isComplete: boolean;
}

/** What a list of e-RS, or of the desk, says of a referral. */
type Row = Pick<WorklistEntry, 'context' | 'status' | 'created'> & { readonly ubrn: string };

/** `specialties` are the codes of those that are asked for now. */
export async function readKnown(
  deps: ReferDesk,
  nhsNumber: NhsNumber,
  specialties: readonly string[],
): Promise<Outcome<KnownReferrals>> {
  const asked = await deps
    .client()
    .call(a008FetchWorklist, { kind: 'AWAITING_BOOKING' }, { urgency: 'clerk' });
  const answer = asked.kind === 'not-in-dialect' ? null : toOutcome(asked);
  if (answer !== null && !answer.ok) return deps.readProblem(answer.problem, 'needs-connection');
  const listed = answer?.value.entries.filter((entry) => entry.nhsNumber === nhsNumber) ?? [];
  const rows = new Map<string, Row>(listed.map((entry) => [entry.ubrn, entry]));
  for (const ubrn of deps.ubrnsOf(nhsNumber))
    if (!rows.has(ubrn)) rows.set(ubrn, deps.rowOf(ubrn) ?? { ubrn, ...UNKNOWN });
  return ok({
    known: [...rows.values()].map((row) => view(row, specialties)),
    isComplete: answer !== null,
  });
}

const UNKNOWN = { context: '', status: null, created: null };

/** The context is `SPECIALTY/CLINIC_TYPE` (contract.md A008). */
function view({ ubrn, context, status, created }: Row, specialties: readonly string[]): KnownReferral {
  return {
    ubrn,
    context: context.slice(0, 200),
    status: (status?.display || status?.code || '').slice(0, 200),
    created,
    isAlike: specialties.includes(context.split('/')[0] ?? ''),
  };
}
