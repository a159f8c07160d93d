import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { Practitioner } from '../../contract/channels/session.ts';
import type { NhsNumber } from '../../contract/identifiers.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { PanelTools } from '../cancellation/panel-tools.ts';
import type { ReferenceData } from '../read-cache/reference-data.ts';

/** What judging a referral needs of the desk, besides what every review panel does. */
export interface JudgingDesk extends ReviewDesk {
  readonly tools: PanelTools;
  readonly referenceData: Pick<ReferenceData, 'read'>;
  /** For whom the person at the desk acts. */
  readonly onBehalfOf: () => Practitioner | null;
  /** PDS, asked afresh. */
  readonly readPatient: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
}
