/** What was done with a referral at this desk, in words: calls by their audit type, and the desk's own events. */
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import { spellCode } from '../../app/words/code-words.ts';

const CALLS: Readonly<Record<string, string>> = {
  'API Book Appointment': 'Booking or deferral',
  'API Cancel Appointment': 'Cancelling the appointment',
  'API Cancel Appointment, Action Later': 'Cancelling the appointment, to be acted on later',
  'API Cancel Referral': 'Cancelling the referral',
  'API Change Shortlist': 'Changing the shortlist',
  'API Generate Patient Letter': 'Letter',
  'API Retrieve Clinical Attachment': 'Attachment',
  'API Retrieve Clinical Information': 'Clinical information',
};
/** Calls that only read say so; what came of a write the outbox and the referral itself tell. */
const READINGS = [
  'API Generate Patient Letter',
  'API Retrieve Clinical Attachment',
  'API Retrieve Clinical Information',
];

const OUTCOMES: Readonly<Record<string, string>> = {
  lost: 'NO ANSWER',
  'not-sent': 'NOT sent',
  'rate-limited': 'too many requests, NOT done',
  unauthorised: 'refused: the session had ended',
  unreadable: 'an answer that could not be used',
  refused: 'refused',
};

const EVENTS: Readonly<Record<string, string>> = {
  'access-code-shown': 'Access code shown',
  'attachment-saved': 'Attachment saved outside the desk',
  'birth-date-not-known': 'Opening refused: PDS holds no date of birth',
  'read-back-for-colleague': 'Read back for a colleague',
  'task-not-kept': 'A task could not be kept',
  'wrong-identity-digits': 'The patient’s digits were wrong',
  'wrong-second-identifier': 'Opening refused: wrong second identifier',
  'wrong-ubrn-digits': 'The digits of the UBRN were wrong',
};
const LOCAL = 'Local event';

/** One line of the history; an unknown deed is shown as it came. */
export function historyWords({ what, code }: ReferralView['history'][number]): string {
  if (what === LOCAL) return eventWords(code);
  const call = CALLS[what];
  if (call === undefined) return code === '' ? what : `${what} (${code})`;
  if (code === 'success') return READINGS.includes(what) ? `${call} read` : `${call}: taken by e-RS`;
  return `${call}: ${OUTCOMES[code] ?? `refused (${code})`}`;
}

function eventWords(code: string): string {
  if (code.startsWith('second-person-'))
    return `Second person: ${code.slice('second-person-'.length).toUpperCase()}`;
  return EVENTS[code] ?? spellCode(code.replaceAll('-', '_'));
}
