import type { Intent } from '../record-schemas.ts';
import { acceptReferral } from './accept-referral.ts';
import type { ActionDriver, ActionRun } from './action-driver.ts';
import { book } from './book.ts';
import { cancelAppointment } from './cancel-appointment.ts';
import { cancelLater } from './cancel-later.ts';
import { cancelReferral } from './cancel-referral.ts';
import { changeShortlist } from './change-shortlist.ts';
import { convertAdvice } from './convert-advice.ts';
import { createAndTriage, createReferral } from './create-referral.ts';
import { defer } from './defer.ts';
import { letter } from './letter.ts';
import { maintainLetter } from './maintain-letter.ts';
import { recordReview } from './record-review.ts';
import { rejectReferral } from './reject-referral.ts';
import { requestAdvice } from './request-advice.ts';
import { sendAdvice } from './send-advice.ts';
import { sendForTriage } from './send-for-triage.ts';
import { uploadFile } from './upload-file.ts';

type AnyDriver = ActionDriver<Intent>;

const DRIVERS: { readonly [A in Intent['action']]: ActionDriver<Extract<Intent, { action: A }>> } = {
  book,
  defer,
  'cancel-later': cancelLater,
  'cancel-appointment': cancelAppointment,
  'cancel-referral': cancelReferral,
  'change-shortlist': changeShortlist,
  'send-for-triage': sendForTriage,
  'upload-file': uploadFile,
  letter,
  'create-referral': createReferral,
  'create-and-triage': createAndTriage,
  'maintain-letter': maintainLetter,
  'accept-referral': acceptReferral,
  'reject-referral': rejectReferral,
  'record-review': recordReview,
  'send-advice': sendAdvice,
  'convert-advice': convertAdvice,
  'request-advice': requestAdvice,
};

/** The driver of an intent's action, narrowed to that intent. */
export function driverOf(run: ActionRun<Intent>): AnyDriver {
  // The table above proves that a driver takes the intents of its own action; TypeScript cannot follow the pair.
  return DRIVERS[run.intent.action] as unknown as AnyDriver;
}
