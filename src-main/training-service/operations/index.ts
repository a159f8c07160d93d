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
import { findSlots } from './a015-find-slots.ts';
import { bookOrDefer } from './a016-book-or-defer.ts';
import { generateLetter } from './a019-generate-letter.ts';
import { uploadFile } from './a020-upload-file.ts';
import { cancelForActionLater } from './a022-cancel-action-later.ts';
import { listActions } from './a029-list-actions.ts';
import { listRoles } from './a030-list-roles.ts';
import { changeShortlist } from './a031-change-shortlist.ts';
import { readService } from './a033-read-service.ts';
import { cancelAppointment } from './a034-cancel-appointment.ts';
import { searchServices } from './a035-search-services.ts';
import { cancelReferral } from './a036-cancel-referral.ts';
import { readAppointment } from './a038-read-appointment.ts';
import { listPractitioners } from './a040-list-practitioners.ts';
import { giveFile, locateAttachment } from './a042-locate-attachment.ts';
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
  findSlots,
  bookOrDefer,
  generateLetter,
  uploadFile,
  cancelForActionLater,
  listActions,
  listRoles,
  changeShortlist,
  readService,
  cancelAppointment,
  searchServices,
  cancelReferral,
  readAppointment,
  listPractitioners,
  locateAttachment,
  giveFile,
  readPatient,
  issueToken,
  issueTicket,
  signOut,
];
