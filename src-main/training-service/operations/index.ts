/** Every operation that the training service answers, in catalogue order. */
import type { Operation } from '../service-types.ts';
import { createSession } from './a001-create-session.ts';
import { selectRole } from './a002-select-role.ts';
import { deleteSession } from './a003-delete-session.ts';
import { readReferenceData } from './a004-read-reference-data.ts';
import { readReferral } from './a005-read-referral.ts';
import { readAttachment } from './a006-read-attachment.ts';
import { generateClinicalInformation } from './a007-generate-clinical-information.ts';
import { fetchWorklist } from './a008-fetch-worklist.ts';
import { searchServicesForPatient } from './a010-search-services.ts';
import { createReferral } from './a011-create-referral.ts';
import { maintainLetter } from './a012-maintain-letter.ts';
import { acceptReferral } from './a013-accept-referral.ts';
import { rejectReferral } from './a014-reject-referral.ts';
import { findSlots } from './a015-find-slots.ts';
import { bookOrDefer } from './a016-book-or-defer.ts';
import { generateLetter } from './a019-generate-letter.ts';
import { uploadFile } from './a020-upload-file.ts';
import { createAndSendForTriage } from './a021-create-and-triage.ts';
import { cancelForActionLater } from './a022-cancel-action-later.ts';
import { fetchAdviceWorklist } from './a023-fetch-advice-worklist.ts';
import { readAdvice } from './a024-read-advice.ts';
import { readConversation } from './a025-read-conversation.ts';
import { answerAdvice } from './a026-answer-advice.ts';
import { convertAdvice } from './a027-convert-advice.ts';
import { recordReview } from './a028-record-review.ts';
import { listActions } from './a029-list-actions.ts';
import { listRoles } from './a030-list-roles.ts';
import { changeShortlist } from './a031-change-shortlist.ts';
import { changeShortlistAndSendForTriage } from './a032-change-and-triage.ts';
import { readService } from './a033-read-service.ts';
import { cancelAppointment } from './a034-cancel-appointment.ts';
import { searchServices } from './a035-search-services.ts';
import { cancelReferral } from './a036-cancel-referral.ts';
import { checkServiceVersion } from './a037-check-service.ts';
import { readAppointment } from './a038-read-appointment.ts';
import { listPractitioners } from './a040-list-practitioners.ts';
import { searchRequests } from './a041-search-requests.ts';
import { giveFile, locateAttachment } from './a042-locate-attachment.ts';
import { generateAdviceOverview } from './a043-generate-advice-overview.ts';
import { createAdvice } from './a044-create-advice.ts';
import { DSTU2_OPERATIONS } from '../dstu2/operations.ts';
import { readPatient } from './pds-read-patient.ts';
import { issueTicket, issueToken, signOut } from './training-sign-in.ts';

export const OPERATIONS: readonly Operation[] = [
  createSession,
  selectRole,
  deleteSession,
  readReferenceData,
  readReferral,
  readAttachment,
  generateClinicalInformation,
  fetchWorklist,
  searchServicesForPatient,
  createReferral,
  maintainLetter,
  acceptReferral,
  rejectReferral,
  findSlots,
  bookOrDefer,
  generateLetter,
  uploadFile,
  createAndSendForTriage,
  cancelForActionLater,
  fetchAdviceWorklist,
  readAdvice,
  readConversation,
  answerAdvice,
  convertAdvice,
  recordReview,
  listActions,
  listRoles,
  changeShortlist,
  changeShortlistAndSendForTriage,
  readService,
  cancelAppointment,
  searchServices,
  cancelReferral,
  checkServiceVersion,
  readAppointment,
  listPractitioners,
  searchRequests,
  locateAttachment,
  giveFile,
  generateAdviceOverview,
  createAdvice,
  ...DSTU2_OPERATIONS,
  readPatient,
  issueToken,
  issueTicket,
  signOut,
];
