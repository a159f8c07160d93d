import type { IdentityQuestion } from '../booking/identity-question.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { WorklistRow } from '../../contract/channels/worklist.ts';
import type { NhsNumber } from '../../contract/identifiers.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { PanelTools } from '../cancellation/panel-tools.ts';
import type { KeptRecords } from '../kept-records/kept-records.ts';
import type { ReferenceData } from '../read-cache/reference-data.ts';

/** What referring needs of the desk, besides what every review panel does. */
export interface ReferDesk extends ReviewDesk {
  readonly tools: PanelTools;
  /** PDS, asked afresh. */
  readonly readPatient: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  readonly referenceData: Pick<ReferenceData, 'read'>;
  readonly kept: () => Pick<KeptRecords, 'load' | 'put' | 'remove' | 'isKept'>;
  /** Referrals of a patient that this desk's lists show. */
  readonly ubrnsOf: (nhsNumber: NhsNumber) => readonly string[];
  readonly rowOf: (ubrn: string) => WorklistRow | null;
  /** The digits that a clerk asks the patient for, and those that answer. */
  readonly identity: {
    readonly questionFor: (patient: PatientDetails | null) => IdentityQuestion;
    readonly expectedDigits: (
      question: IdentityQuestion,
      nhsNumber: string,
      patient: PatientDetails | null,
    ) => string;
  };
  /** The line of the outbox in which what a patient has no UBRN for yet stands. */
  readonly lineOfPatient: (nhsNumber: string) => string;
  /** The site's labels of clinicians, by their user id. */
  readonly clinicians: Readonly<Record<string, string>>;
}
