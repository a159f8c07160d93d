import { describe, expect, it } from 'vitest';
import { a011CreateReferral } from '../../src-main/ers/operations/a011-create-referral.ts';
import { a012MaintainReferralLetter } from '../../src-main/ers/operations/a012-maintain-referral-letter.ts';
import { a013AcceptReferral } from '../../src-main/ers/operations/a013-accept-referral.ts';
import { a014RejectReferral } from '../../src-main/ers/operations/a014-reject-referral.ts';
import { a016BookOrDeferAppointment } from '../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { a020UploadFile } from '../../src-main/ers/operations/a020-upload-file.ts';
import { a021CreateReferralAndSendForTriage } from '../../src-main/ers/operations/a021-create-referral-and-send-for-triage.ts';
import { a022CancelAppointmentActionLater } from '../../src-main/ers/operations/a022-cancel-appointment-action-later.ts';
import { a026SendAdviceResponse } from '../../src-main/ers/operations/a026-send-advice-response.ts';
import { a027ConvertAdviceToReferral } from '../../src-main/ers/operations/a027-convert-advice-to-referral.ts';
import { a028RecordReviewOutcome } from '../../src-main/ers/operations/a028-record-review-outcome.ts';
import { a031ChangeShortlist } from '../../src-main/ers/operations/a031-change-shortlist.ts';
import { a034CancelAppointment } from '../../src-main/ers/operations/a034-cancel-appointment.ts';
import { a036CancelReferral } from '../../src-main/ers/operations/a036-cancel-referral.ts';
import { a044CreateAdviceRequest } from '../../src-main/ers/operations/a044-create-advice-request.ts';
import {
  ANSWER_REFUSALS,
  CONVERSION_REFUSALS,
  REQUEST_REFUSALS,
} from '../../src-renderer/features/advice/advice-refusals.ts';
import { DEFER_REFUSALS } from '../../src-renderer/features/booking/deferral-code-words.ts';
import { APPOINTMENT_REFUSALS } from '../../src-renderer/features/cancellation/appointment-code-words.ts';
import { LATER_REFUSALS } from '../../src-renderer/features/cancellation/later-code-words.ts';
import { REFERRAL_REFUSALS } from '../../src-renderer/features/cancellation/referral-code-words.ts';
import { UPLOAD_REFUSALS } from '../../src-renderer/features/cancellation/upload-code-words.ts';
import {
  CREATION_CODE_WORDS,
  LETTER_CODE_WORDS,
} from '../../src-renderer/features/refer/refer-code-words.ts';
import {
  ACCEPT_REFUSALS,
  OUTCOME_REFUSALS,
  REJECT_REFUSALS,
} from '../../src-renderer/features/review/review-code-words.ts';
import {
  CHANGE_REFUSALS,
  TRIAGE_REFUSALS,
} from '../../src-renderer/features/shortlist/shortlist-code-words.ts';

const WHAT_TO_PRESS =
  /F\d+|Ctrl\+|Alt\+|Ring the provider|Do not try again|web application|another|Rename|same key|Sign in/;
/** Worded together as "there are free slots now: F7". */
const OF_FREE_SLOTS = ['SLOTS_CURRENTLY_AVAILABLE', 'THIS_SLOT_IS_AVAILABLE'];
const BARE = ['http-400', 'http-404', 'http-409', 'http-412', 'http-423', 'http-403', 'http-401', 'http-429'];

describe.each([
  ['defer', a016BookOrDeferAppointment, DEFER_REFUSALS],
  ['send for triage', a016BookOrDeferAppointment, TRIAGE_REFUSALS],
  ['cancel later', a022CancelAppointmentActionLater, LATER_REFUSALS],
  ['cancel appointment', a034CancelAppointment, APPOINTMENT_REFUSALS],
  ['cancel referral', a036CancelReferral, REFERRAL_REFUSALS],
  ['change the shortlist', a031ChangeShortlist, CHANGE_REFUSALS],
  ['make a referral', a011CreateReferral, CREATION_CODE_WORDS],
  ['make a referral and send it for triage', a021CreateReferralAndSendForTriage, CREATION_CODE_WORDS],
  ['replace the letters', a012MaintainReferralLetter, LETTER_CODE_WORDS],
  ['upload a file', a020UploadFile, UPLOAD_REFUSALS],
  ['accept', a013AcceptReferral, ACCEPT_REFUSALS],
  ['reject', a014RejectReferral, REJECT_REFUSALS],
  ['record an outcome', a028RecordReviewOutcome, OUTCOME_REFUSALS],
  ['answer a request for advice', a026SendAdviceResponse, ANSWER_REFUSALS],
  ['convert a request for advice', a027ConvertAdviceToReferral, CONVERSION_REFUSALS],
  ['ask for advice', a044CreateAdviceRequest, REQUEST_REFUSALS],
] as const)('%s', (action, { refusals = {} }, words) => {
  const left = action === 'defer' ? OF_FREE_SLOTS : [];
  const codes = [...Object.keys(refusals), ...BARE].filter((code) => !left.includes(code));

  it.each(codes)('words %s with what to do next', (code) => {
    expect(words[code]?.meaning ?? '').not.toBe('');
    expect(words[code]?.next ?? '').toMatch(WHAT_TO_PRESS);
  });
});
