import type { Ubrn } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome, type ProblemKind } from '../../contract/outcome.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Referral, ReferenceSet } from '../../ers/model.ts';
import { a005RetrieveReferral } from '../../ers/operations/a005-retrieve-referral.ts';
import { a038RetrieveAppointment } from '../../ers/operations/a038-retrieve-appointment.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { contactByDate } from './contact-by-date.ts';

/** What came of working a contact-by date out; `later`: it could not be asked now. */
export type ContactBy =
  { readonly kind: 'date'; readonly day: string } | { readonly kind: 'none' } | { readonly kind: 'later' };

interface Dependencies {
  readonly client: () => ErsClient;
  readonly readReference: (set: string) => Promise<Outcome<{ readonly set: ReferenceSet }>>;
}

/** After these it is asked again; every other problem means that there is no date to be had. */
const PASSING: readonly ProblemKind[] = [
  'offline',
  'unavailable',
  'rate-limited',
  'locked',
  'bad-reply',
  'session-ended',
  'not-signed-in',
];

const DAYS_BY_ACTION = {
  defer: 'deferToProviderContactDays',
  'send-for-triage': 'triageContactDays',
} as const;

/**
 * The day on or before which the provider contacts the patient of a deferral or a triage that is done: from the
 * `created` of its appointment, and the days that A004 gives to the referral's priority as it is now (contract.md
 * section 11). 2021 has no such set: there is no date there.
 */
export async function readContactBy(
  deps: Dependencies,
  ubrn: string,
  action: keyof typeof DAYS_BY_ACTION,
): Promise<ContactBy> {
  const input = { ubrn: ubrn as Ubrn };
  const read = toOutcome(await deps.client().call(a005RetrieveReferral, input, { urgency: 'read-back' }));
  if (!read.ok) return ofProblem(read.problem.kind);
  const created = await readCreated(deps, read.value);
  if (!created.ok) return ofProblem(created.problem.kind);
  const reference = await deps.readReference('PRIORITY');
  if (!reference.ok) return ofProblem(reference.problem.kind);
  const concept = reference.value.set.concepts.find(({ code }) => code === read.value.priority.code);
  const days = Number(concept?.properties[DAYS_BY_ACTION[action]]?.[0] ?? NaN);
  if (!Number.isInteger(days) || days < 0) return { kind: 'none' };
  return { kind: 'date', day: contactByDate(created.value, days) };
}

/** When the deferral was made: the appointment inside the referral may leave that out. */
async function readCreated(deps: Dependencies, referral: Referral): Promise<Outcome<string>> {
  const { appointment, appointmentId } = referral;
  // Something else has come of it since: then nobody waits for a contact.
  if (appointment?.status !== 'proposed') return fail('rejected', 'not-deferred-any-more');
  if (appointment.created !== null) return ok(appointment.created);
  if (appointmentId === null) return fail('rejected', 'no-appointment-id');
  const read = toOutcome(
    await deps.client().call(a038RetrieveAppointment, { appointmentId }, { urgency: 'read-back' }),
  );
  if (!read.ok) return read;
  return read.value.created === null ? fail('rejected', 'no-creation-date') : ok(read.value.created);
}

const ofProblem = (kind: ProblemKind): ContactBy => ({ kind: PASSING.includes(kind) ? 'later' : 'none' });
