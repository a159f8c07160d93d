import type { ListedName, PatientDetails } from '../../contract/channels/patient.ts';
import type { NhsNumber } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { AppSettings, Clock, PatientDirectory } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { pdsReadPatient } from '../../ers/operations/pds-read-patient.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { Desk } from '../session/session.ts';

/**
 * A `PatientDirectory` over the Personal Demographics Service, with the same token and gate as e-RS calls.
 * A spine session has no such token, so there it answers that there are no details.
 */
export function createPdsDirectory(deps: {
  client: () => ErsClient;
  clock: Clock;
  dialect: AppSettings['dialect'];
}): PatientDirectory {
  return {
    async read(nhsNumber, urgency) {
      if (deps.dialect === 'spine-session') return fail('not-in-dialect', 'no-patient-details-in-dialect');
      const answer = toOutcome(await deps.client().call(pdsReadPatient, { nhsNumber }, { urgency }));
      return answer.ok ? ok({ ...answer.value, readAt: toIso(deps.clock.nowMs()) }) : answer;
    },
  };
}

const KEEP_MS = 10 * 60_000;
const MAX_KEPT = 500;

export interface PatientFeature {
  /** Details of one patient, asked afresh: a banner never shows what is only remembered. */
  readonly readDetails: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  readonly readNames: (input: { nhsNumbers: string[] }) => Promise<Outcome<{ names: ListedName[] }>>;
  readonly forget: () => void;
}

/** Reads patients lazily; names of list rows are remembered for ten minutes, in memory only, without addresses. */
export function createPatient(deps: {
  directory: PatientDirectory;
  clock: Clock;
  desk: () => Desk | null;
}): PatientFeature {
  const kept = new Map<string, { readonly listed: ListedName; readonly atMs: number }>();

  const keep = (listed: ListedName): ListedName => {
    kept.set(listed.nhsNumber, { listed, atMs: deps.clock.monotonicMs() });
    const oldest = kept.size > MAX_KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return listed;
  };

  const readName = async (nhsNumber: string): Promise<ListedName> => {
    const known = kept.get(nhsNumber);
    if (known && deps.clock.monotonicMs() - known.atMs < KEEP_MS) return known.listed;
    const answer = await deps.directory.read(nhsNumber as NhsNumber, 'refresh');
    if (answer.ok) return keep({ nhsNumber, name: answer.value.name, birthDate: answer.value.birthDate });
    const unnamed = { nhsNumber, name: null, birthDate: null };
    // A settled "no such record" is remembered; a passing fault is asked again.
    return answer.problem.kind === 'not-found' || answer.problem.kind === 'forbidden'
      ? keep(unnamed)
      : unnamed;
  };

  return {
    readDetails: (nhsNumber) => deps.directory.read(nhsNumber, 'clerk'),
    async readNames({ nhsNumbers }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      const names = await Promise.all([...new Set(nhsNumbers)].map(readName));
      if (deps.desk()?.sitting === desk.sitting) return ok({ names });
      kept.clear();
      return fail('not-signed-in', 'not-signed-in');
    },
    forget: () => kept.clear(),
  };
}
