/** What advice and guidance needs of the rest of the desk. Functions of other features are handed over, not imported. */
import type { Clock } from '../../app/ports.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { ReferralView } from '../../contract/channels/referral.ts';
import type { NhsNumber } from '../../contract/identifiers.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { AdviceRequest } from '../../ers/advice-model.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { AttachmentRecord, FileReply } from '../../ers/model.ts';
import type { ErsOutcome } from '../../ers/outcome.ts';
import type { AttachmentInput } from '../attachments/attachments.ts';
import type { JudgedFile } from '../attachments/judge-file.ts';
import type { PanelTools } from '../cancellation/panel-tools.ts';
import type { IdentityQuestion } from '../booking/identity-question.ts';
import type { WritingDesk } from '../booking/writing-desk.ts';
import type { KeptRecords } from '../kept-records/kept-records.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { SeenReferral } from '../outbox/record-schemas.ts';
import type { ReferenceData } from '../read-cache/reference-data.ts';
import type { Specialty } from '../worklist/specialties.ts';
import type { ReferenceSet } from '../../ers/model.ts';
import type { Practitioner } from '../../contract/channels/session.ts';

export interface AdviceDesk extends Pick<
  WritingDesk,
  'desk' | 'outbox' | 'writesOffReason' | 'isOffline' | 'auditRefusal'
> {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly readPatient: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  readonly referenceData: Pick<ReferenceData, 'read'>;
  readonly fetchFile: (file: AttachmentRecord, about: AttachmentInput) => Promise<ErsOutcome<FileReply>>;
  readonly kept: () => KeptRecords;
  readonly onBehalfOf: () => Practitioner | null;
  /** The line of the outbox in which what has no UBRN yet stands. */
  readonly lineOfPatient: (nhsNumber: string) => string;
  /** Writes of the line that went out and on which a person decides now. */
  readonly leftToClerk: (line: string) => ReturnType<Outbox['leftToClerk']>;
  readonly tools: AdviceTools;
}

/** What other features lend. */
export interface AdviceTools extends Pick<PanelTools, 'viewFile' | 'mostFiles'> {
  readonly judgeUpload: PanelTools['judgeFile'];
  readonly judgeFile: (bytes: Uint8Array) => JudgedFile;
  readonly judgePatient: (
    answer: Outcome<PatientDetails>,
    nhsNumber: string,
  ) => Pick<ReferralView, 'patient' | 'patientProblem'>;
  readonly isSecondIdentifier: (typed: string, nhsNumber: string, birthDate: string | null) => boolean;
  readonly questionFor: (patient: PatientDetails | null) => IdentityQuestion;
  readonly expectedDigits: (
    question: IdentityQuestion,
    nhsNumber: string,
    patient: PatientDetails | null,
  ) => string;
  readonly seenOfAdvice: (request: AdviceRequest, readAt: string) => SeenReferral;
  readonly specialtiesOf: (set: ReferenceSet, nowMs: number) => Specialty[];
}

/** The longest text of a conversation (contract.md section 4.6). */
export const longestText = (client: ErsClient): number => (client.dialect === 'api-platform' ? 8000 : 2000);
