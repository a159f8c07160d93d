import { fail, ok } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { AppSettings, Clock, PatientDirectory } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { pdsReadPatient } from '../../ers/operations/pds-read-patient.ts';
import { toOutcome } from '../../ers/problem-of.ts';

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
