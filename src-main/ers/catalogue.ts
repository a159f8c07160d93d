/** The operations of this client by their catalogue id: for the command line, the conformance run and the training service. */
import type { Operation } from './operation.ts';
import { a001CreateProfessionalSession } from './operations/a001-create-professional-session.ts';
import { a002SelectRole } from './operations/a002-select-role.ts';
import { a003DeleteSession } from './operations/a003-delete-session.ts';
import { a004RetrieveReferenceData } from './operations/a004-retrieve-reference-data.ts';
import { a005RetrieveReferral } from './operations/a005-retrieve-referral.ts';
import { a006RetrieveAttachment } from './operations/a006-retrieve-attachment.ts';
import { a007GenerateClinicalInformation } from './operations/a007-generate-clinical-information.ts';
import { a008FetchWorklist } from './operations/a008-fetch-worklist.ts';
import { a010SearchServicesForPatient } from './operations/a010-search-services-for-patient.ts';
import { a011CreateReferral } from './operations/a011-create-referral.ts';
import { a012MaintainReferralLetter } from './operations/a012-maintain-referral-letter.ts';
import { a013AcceptReferral } from './operations/a013-accept-referral.ts';
import { a014RejectReferral } from './operations/a014-reject-referral.ts';
import { a015RetrieveAppointmentSlots } from './operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from './operations/a016-book-or-defer-appointment.ts';
import { a019GeneratePatientLetter } from './operations/a019-generate-patient-letter.ts';
import { a020UploadFile } from './operations/a020-upload-file.ts';
import { a021CreateReferralAndSendForTriage } from './operations/a021-create-referral-and-send-for-triage.ts';
import { a022CancelAppointmentActionLater } from './operations/a022-cancel-appointment-action-later.ts';
import { a023FetchAdviceWorklist } from './operations/a023-fetch-advice-worklist.ts';
import { a024RetrieveAdviceRequest } from './operations/a024-retrieve-advice-request.ts';
import { a025RetrieveAdviceConversation } from './operations/a025-retrieve-advice-conversation.ts';
import { a026SendAdviceResponse } from './operations/a026-send-advice-response.ts';
import { a027ConvertAdviceToReferral } from './operations/a027-convert-advice-to-referral.ts';
import { a028RecordReviewOutcome } from './operations/a028-record-review-outcome.ts';
import { a029RetrieveAvailableActions } from './operations/a029-retrieve-available-actions.ts';
import { a030RetrieveBusinessFunctions } from './operations/a030-retrieve-business-functions.ts';
import { a031ChangeShortlist } from './operations/a031-change-shortlist.ts';
import { a032ChangeShortlistAndSendForTriage } from './operations/a032-change-shortlist-and-send-for-triage.ts';
import { a033RetrieveHealthcareService } from './operations/a033-retrieve-healthcare-service.ts';
import { a034CancelAppointment } from './operations/a034-cancel-appointment.ts';
import { a035SearchHealthcareServices } from './operations/a035-search-healthcare-services.ts';
import { a036CancelReferral } from './operations/a036-cancel-referral.ts';
import { a037CheckServiceVersion } from './operations/a037-check-service-version.ts';
import { a038RetrieveAppointment } from './operations/a038-retrieve-appointment.ts';
import { a040RetrieveOnBehalfOfPractitioners } from './operations/a040-retrieve-on-behalf-of-practitioners.ts';
import { a041SearchServiceRequest } from './operations/a041-search-service-request.ts';
import { a042RetrieveAttachment } from './operations/a042-retrieve-attachment.ts';
import { a043GenerateAdviceOverview } from './operations/a043-generate-advice-overview.ts';
import { a044CreateAdviceRequest } from './operations/a044-create-advice-request.ts';
import { pdsReadPatient } from './operations/pds-read-patient.ts';

/** An operation whose input was read by its own `readRequest`, so that the types fit by construction. */
export type AnyOperation = Operation<unknown, unknown>;

const OPERATIONS = [
  a001CreateProfessionalSession,
  a002SelectRole,
  a003DeleteSession,
  a004RetrieveReferenceData,
  a005RetrieveReferral,
  a006RetrieveAttachment,
  a007GenerateClinicalInformation,
  a008FetchWorklist,
  a010SearchServicesForPatient,
  a011CreateReferral,
  a012MaintainReferralLetter,
  a013AcceptReferral,
  a014RejectReferral,
  a015RetrieveAppointmentSlots,
  a016BookOrDeferAppointment,
  a019GeneratePatientLetter,
  a020UploadFile,
  a021CreateReferralAndSendForTriage,
  a022CancelAppointmentActionLater,
  a023FetchAdviceWorklist,
  a024RetrieveAdviceRequest,
  a025RetrieveAdviceConversation,
  a026SendAdviceResponse,
  a027ConvertAdviceToReferral,
  a028RecordReviewOutcome,
  a029RetrieveAvailableActions,
  a030RetrieveBusinessFunctions,
  a031ChangeShortlist,
  a032ChangeShortlistAndSendForTriage,
  a033RetrieveHealthcareService,
  a034CancelAppointment,
  a035SearchHealthcareServices,
  a036CancelReferral,
  a037CheckServiceVersion,
  a038RetrieveAppointment,
  a040RetrieveOnBehalfOfPractitioners,
  a041SearchServiceRequest,
  a042RetrieveAttachment,
  a043GenerateAdviceOverview,
  a044CreateAdviceRequest,
  pdsReadPatient,
];

export const catalogue: ReadonlyMap<string, AnyOperation> = new Map(
  OPERATIONS.map((operation) => [operation.id, operation as unknown as AnyOperation]),
);
