import type { ListedName, PatientDetails } from '../../contract/channels/patient.ts';
import type { NhsNumber, Ubrn } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock, PatientDirectory } from '../../app/ports.ts';
import { isUnreached } from '../../ers/reach.ts';
import type { ReadCache } from '../read-cache/read-cache.ts';
import type { Desk } from '../session/session.ts';

export { createPdsDirectory } from './pds-directory.ts';

const KEEP_MS = 10 * 60_000;
const MAX_KEPT = 500;

export interface PatientFeature {
  /**
   * Details of one patient, asked afresh. Where the directory cannot be reached: those that were last shown, whose
   * `readAt` says so, or the problem.
   */
  readonly readDetails: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  readonly readNames: (input: { nhsNumbers: string[] }) => Promise<Outcome<{ names: ListedName[] }>>;
  readonly forget: () => void;
}

interface Dependencies {
  readonly directory: PatientDirectory;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly cache: ReadCache;
  readonly isOffline: () => boolean;
  readonly ubrnsOf: (nhsNumber: NhsNumber) => readonly Ubrn[];
}

/**
 * Reads patients lazily; names of list rows are kept for ten minutes in memory, without addresses. What is remembered
 * beyond that is for the time offline only, and never of a patient whose record is restricted (hazard 15).
 */
export function createPatient(deps: Dependencies): PatientFeature {
  const { cache } = deps;
  const kept = new Map<string, { readonly listed: ListedName; readonly atMs: number }>();

  const keep = (listed: ListedName): ListedName => {
    kept.set(listed.nhsNumber, { listed, atMs: deps.clock.monotonicMs() });
    const oldest = kept.size > MAX_KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return listed;
  };

  /** A record that is restricted now may have been read before it was. */
  function forgetRestricted(desk: Desk, nhsNumber: NhsNumber): void {
    cache.forget(desk, 'patient', nhsNumber);
    cache.forget(desk, 'listed-name', nhsNumber);
    deps.ubrnsOf(nhsNumber).forEach((ubrn) => cache.forget(desk, 'referral', ubrn));
  }

  const isRestricted = (answer: Outcome<PatientDetails>): boolean =>
    answer.ok ? answer.value.isSensitive : answer.problem.kind === 'forbidden';

  function recallName(desk: Desk, nhsNumber: string): ListedName | null {
    const listed = cache.recall(desk, 'listed-name', nhsNumber);
    if (listed !== null) return listed.value;
    const details = cache.recall(desk, 'patient', nhsNumber)?.value;
    return details === undefined ? null : { nhsNumber, name: details.name, birthDate: details.birthDate };
  }

  async function readName(desk: Desk, nhsNumber: NhsNumber): Promise<ListedName> {
    const unnamed = { nhsNumber, name: null, birthDate: null };
    const known = kept.get(nhsNumber);
    if (known && deps.clock.monotonicMs() - known.atMs < KEEP_MS) return known.listed;
    if (deps.isOffline()) return recallName(desk, nhsNumber) ?? unnamed;
    const answer = await deps.directory.read(nhsNumber, 'refresh');
    const isStillHere = deps.desk()?.sitting === desk.sitting;
    if (isRestricted(answer)) forgetRestricted(desk, nhsNumber);
    if (answer.ok) {
      const { name, birthDate, isSensitive, readAt } = answer.value;
      const listed = { nhsNumber, name, birthDate };
      if (isStillHere && !isSensitive && name !== null)
        cache.remember(desk, 'listed-name', nhsNumber, listed, readAt);
      return keep(listed);
    }
    if (isStillHere && isUnreached(answer.problem)) return recallName(desk, nhsNumber) ?? unnamed;
    // A settled "no such record" is kept; a passing fault is asked again.
    const isSettled = answer.problem.kind === 'not-found' || answer.problem.kind === 'forbidden';
    return isSettled ? keep(unnamed) : unnamed;
  }

  async function readDetails(nhsNumber: NhsNumber): Promise<Outcome<PatientDetails>> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    const recall = () => cache.recall(desk, 'patient', nhsNumber);
    if (deps.isOffline()) {
      const known = recall();
      return known === null ? fail('offline', 'no-remembered-details') : ok(known.value);
    }
    const answer = await deps.directory.read(nhsNumber, 'clerk');
    if (isRestricted(answer)) forgetRestricted(desk, nhsNumber);
    if (answer.ok || !isUnreached(answer.problem) || deps.desk()?.sitting !== desk.sitting) return answer;
    const known = recall();
    return known === null ? answer : ok(known.value);
  }

  return {
    readDetails,
    async readNames({ nhsNumbers }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      const asked = [...new Set(nhsNumbers)];
      const names = await Promise.all(asked.map((nhsNumber) => readName(desk, nhsNumber as NhsNumber)));
      if (deps.desk()?.sitting === desk.sitting) return ok({ names });
      kept.clear();
      return fail('not-signed-in', 'not-signed-in');
    },
    forget: () => kept.clear(),
  };
}
