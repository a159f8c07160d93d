/** Why an item stands where it stands: words for the codes of the outbox and of e-RS (contract.md section 13). */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { ERS_CODE_WORDS } from '../../app/words/ers-code-words.ts';
import { OWN_CODE_WORDS } from '../../app/words/own-code-words.ts';
import { ANSWER_REFUSALS, CONVERSION_REFUSALS, REQUEST_REFUSALS } from '../advice/advice-refusals.ts';
import { refusalWords } from '../booking/booking-code-words.ts';
import { DEFER_REFUSALS } from '../booking/deferral-code-words.ts';
import { APPOINTMENT_REFUSALS } from '../cancellation/appointment-code-words.ts';
import type { CodeWords } from '../cancellation/code-words.ts';
import { LATER_REFUSALS } from '../cancellation/later-code-words.ts';
import { REFERRAL_REFUSALS } from '../cancellation/referral-code-words.ts';
import { UPLOAD_REFUSALS } from '../cancellation/upload-code-words.ts';
import { CREATION_CODE_WORDS, LETTER_CODE_WORDS } from '../refer/refer-code-words.ts';
import { ACCEPT_REFUSALS, OUTCOME_REFUSALS, REJECT_REFUSALS } from '../review/review-code-words.ts';
import { CHANGE_REFUSALS, TRIAGE_REFUSALS } from '../shortlist/shortlist-code-words.ts';

export interface ReasonWords {
  /** For a line of the list. */
  readonly short: string;
  readonly meaning: string;
  /** What to do about it, where the meaning does not say so itself. */
  readonly next?: string;
}

const words = (short: string, meaning: string): ReasonWords => ({ short, meaning });

const LOCKED = words(
  'Someone else works on the referral',
  'Someone else is working on this referral in e-RS. The desk tries again a few times, then leaves it to you.',
);
const TOO_MANY = words(
  'Too many requests at once',
  'Every desk of the site shares one limit. The desk pauses and then goes on by itself.',
);
const SESSION = words('Your e-RS session ended', 'It is kept until you sign in again in the same role.');
const NO_RIGHT = words(
  'Not allowed in your role',
  'e-RS does not allow this in your role or workgroup. Alt+R changes the role.',
);
const CUT_OFF = words('No connection', 'e-RS could not be reached. Nothing was sent.');
const STOPPED = words(
  'The desk stopped while it was sent',
  'The desk was closed or lost power after it was sent. It reads the referral until it knows.',
);

/** The outbox's own codes (safety.md, "Protocol") and the reasons for which a clerk takes an item back. */
const OWN: Readonly<Record<string, ReasonWords>> = {
  'action-not-offered': words(
    'e-RS does not offer this action now',
    'e-RS does not list this among the actions for the referral as it is now. Nothing was sent.',
  ),
  'already-booked': words(
    'The referral is booked already',
    'The referral has an appointment by now, made by someone else or elsewhere. Nothing was sent.',
  ),
  accepted: words('Accepted, being read back', 'e-RS accepted it; the desk checks that it is there.'),
  'accepted-not-found': words(
    'Accepted, but not found',
    'e-RS accepted it, but reading the referral again does not show it. Ring the provider.',
  ),
  'changed-before-sending': words(
    'The referral changed before sending',
    'Someone or something changed the referral after your review. Nothing was sent for a version that you had not seen.',
  ),
  'changed-meanwhile': words(
    'The referral changed meanwhile',
    'After it was sent, the referral is not as you reviewed it and does not show your action.',
  ),
  'check-failed': words(
    'The check before sending failed',
    'The referral could not be read well enough to check it. Nothing more was sent.',
  ),
  'confirm-needed': words(
    'Waits for your Ctrl+Enter',
    'It had to wait, and it cancels what is live, so it needs your word once more.',
  ),
  'done-elsewhere': words('You withdrew it: done elsewhere', 'You took it back: it was done elsewhere.'),
  'echo-differs': words(
    'The answer did not fit the question',
    'e-RS answered with something other than was asked. The desk reads the referral until it knows.',
  ),
  edited: words('Replaced: the comment was changed', 'An action with a changed comment took its place.'),
  'evidence-expired': words(
    'The reason to defer is too old',
    'What spoke for the deferral was found too long ago. Search the slots again, then defer afresh.',
  ),
  expired: words(
    'Too old to be sent by itself',
    'More than 15 minutes passed, or the desk slept or was started again. It needs one Ctrl+Enter of yours.',
  ),
  'file-not-readable': words(
    'The file cannot be opened',
    'The desk cannot open its copy of the file any more. Withdraw it, then attach the file again in a new review.',
  ),
  interrupted: STOPPED,
  'interrupted-before-sending': words(
    'The desk was closed before sending',
    'The desk was closed before anything was sent.',
  ),
  'letter-ready': words(
    'Ready to be printed',
    'The booking is proven. Enter opens the referral, F9 there fetches the letter afresh for printing.',
  ),
  locked: LOCKED,
  'http-423': LOCKED,
  'made-in-error': words('You withdrew it: made in error', 'You took it back: it was made in error.'),
  'next-wish': words(
    'The slot has gone, trying the next',
    'The slot was taken by someone else. The desk tries the next one that the patient named.',
  ),
  'no-connection': CUT_OFF,
  'no-number-yet': words('no UBRN yet', 'e-RS has given it no UBRN that the desk knows of.'),
  offline: CUT_OFF,
  'not-sent': CUT_OFF,
  'not-booked-any-more': words(
    'The appointment is not there any more',
    'The referral has no booked appointment by now. Nothing was sent.',
  ),
  'not-confirmed': words(
    'Nobody knows whether it is there',
    'It was sent, but e-RS shows a file only once it is attached. Ctrl+Enter sends the file again, Del takes it back.',
  ),
  'not-done': words(
    'e-RS shows that it was not done',
    'It was sent, but e-RS shows the referral as you had reviewed it. Nothing has changed there.',
  ),
  'not-done-provider-may-differ': words(
    'Not in e-RS; the provider may differ',
    'e-RS does not show it. The provider’s system may hold it all the same: ring the provider first.',
  ),
  'not-on-shortlist': words(
    'The service is not on the shortlist',
    'The service is not on the shortlist of the referral any more. Nothing was sent.',
  ),
  other: words('You withdrew it', 'You took it back.'),
  'patient-declined': words('You withdrew it: patient declined', 'You took it back: the patient declined.'),
  'person-left': words(
    'You were not there',
    'The desk was locked or signed out before it was sent. It goes on when you are back.',
  ),
  'rate-limited': TOO_MANY,
  'http-429': TOO_MANY,
  'read-back-failed': words(
    'It could not be read back',
    'The referral could not be read again. It may or may not have been done.',
  ),
  'read-back-refused': words(
    'e-RS did not let it be read back',
    'e-RS refused to show the referral. It may or may not have been done.',
  ),
  'record-not-readable': words(
    'The record cannot be opened',
    'The desk cannot open this record any more, so it does not know whose it is. It is kept and never sent. What was asked for at that time may stand in Alt+U: look there, see in e-RS whether it was done, and call the service desk. Then Del takes it off this list.',
  ),
  redone: words('Replaced by a new review', 'A new action for the same referral took its place.'),
  'refused-as-stale': words(
    'e-RS called it out of date',
    'e-RS refused it as out of date, yet the referral is as you reviewed it.',
  ),
  'reply-lost': words(
    'No answer came',
    'It was sent, but no answer came back. The desk reads the referral until it knows. It is not sent again meanwhile.',
  ),
  'session-ended': SESSION,
  'http-401': SESSION,
  'http-403': NO_RIGHT,
  FORBIDDEN: NO_RIGHT,
  'slots-available': words(
    'There are free slots now',
    'Slots were found just before sending, so the referral was not deferred. Enter opens it: offer the patient a slot.',
  ),
  'slot-changed': words(
    'The slot has changed',
    'The slot has another time or clinician than you reviewed. Nothing was sent.',
  ),
  'too-many-sends': words('Sent four times in vain', 'It was sent four times, and e-RS shows nothing of it.'),
  'upload-not-done': words(
    'A file of it was not uploaded',
    'It names a file that e-RS does not have: the file has a row of its own in the outbox, which says why (F12). Review it afresh and attach the file again.',
  ),
};

const CREATION = {
  'confirm-needed': words(
    'Waits for your Ctrl+Enter',
    'It had to wait, and another desk may have referred the patient meanwhile, so it needs your word once more.',
  ),
  'not-confirmed': words(
    'Nobody knows whether it was created',
    'It was sent, no usable answer came, and the desk found no such referral. Look for the patient in e-RS. If it is there, Del takes this row back; only if it is not, Ctrl+Enter sends it once more.',
  ),
  'refused-as-stale': words(
    'e-RS called it out of date',
    'e-RS refused it as out of date, though there was nothing yet that could be. The desk looked for it and found no such referral.',
  ),
  'similar-referral': words(
    'There is a referral like it',
    'The patient has a new referral to one of these services that was not there when you reviewed. Look at it first: it may be this one, made by another desk or by this row. Del takes this row back.',
  ),
  'changed-meanwhile': words(
    'e-RS answered with another patient’s referral',
    'The number that e-RS gave belongs to another patient. Look for the patient in e-RS and call the service desk.',
  ),
} as const;

const ADVICE = {
  'changed-before-sending': words(
    'The request changed before sending',
    'Someone wrote or changed something after your review. Nothing was sent for a version that you had not seen. Read the conversation again, then answer afresh.',
  ),
  'changed-meanwhile': words(
    'The request changed meanwhile',
    'After it was sent, the request is not as you reviewed it and does not show your action. Read the conversation again.',
  ),
  'conversion-not-authorised': words(
    'The referrer does not allow a referral',
    'The request does not allow you to make a referral of it. Nothing was sent. Send advice instead.',
  ),
  'not-done': words(
    'e-RS shows that it was not done',
    'It was sent, but e-RS shows the request as you had reviewed it. Nothing has changed there.',
  ),
  'refused-as-stale': words(
    'e-RS called it out of date',
    'e-RS refused it as out of date, yet the request is as you reviewed it.',
  ),
} as const;

/** Where an action gives a code of the outbox another meaning. */
const OWN_OF: { readonly [A in OutboxItem['action']]?: Readonly<Record<string, ReasonWords>> } = {
  'create-referral': CREATION,
  'create-and-triage': CREATION,
  'send-advice': ADVICE,
  'convert-advice': {
    ...ADVICE,
    'confirm-needed': words(
      'Waits for your Ctrl+Enter',
      'It had to wait, and it makes a referral, so it needs your word once more.',
    ),
  },
  'request-advice': {
    ...ADVICE,
    'refused-as-stale': words(
      'e-RS called it out of date',
      'e-RS refused it as out of date, though nothing of it was there before. Nothing was asked.',
    ),
    'confirm-needed': CREATION['confirm-needed'],
    'not-confirmed': words(
      'Nobody knows whether it was requested',
      'It was sent, and no usable answer came. A referrer cannot list requests here: ask the service, or look in e-RS. If it is there, Del takes this row back; only if it is not, Ctrl+Enter sends it once more.',
    ),
  },
  'reject-referral': {
    'confirm-needed': words(
      'Waits for your Ctrl+Enter',
      'It had to wait, and it cancels an appointment, so it needs your word once more.',
    ),
  },
};

/** What a refusal means, by the action that was refused. */
const REFUSALS: { readonly [A in OutboxItem['action']]?: Readonly<Record<string, CodeWords>> } = {
  defer: DEFER_REFUSALS,
  'cancel-later': LATER_REFUSALS,
  'cancel-appointment': APPOINTMENT_REFUSALS,
  'cancel-referral': REFERRAL_REFUSALS,
  'change-shortlist': CHANGE_REFUSALS,
  'send-for-triage': TRIAGE_REFUSALS,
  'upload-file': UPLOAD_REFUSALS,
  'create-referral': CREATION_CODE_WORDS,
  'create-and-triage': CREATION_CODE_WORDS,
  'maintain-letter': LETTER_CODE_WORDS,
  'accept-referral': ACCEPT_REFUSALS,
  'reject-referral': REJECT_REFUSALS,
  'record-review': OUTCOME_REFUSALS,
  'send-advice': ANSWER_REFUSALS,
  'convert-advice': CONVERSION_REFUSALS,
  'request-advice': REQUEST_REFUSALS,
};

/** Why, in words; a code that is not known is shown as it came. Null where there is no reason to give. */
export function reasonWords({
  action,
  state,
  code,
}: Pick<OutboxItem, 'action' | 'state' | 'code'>): ReasonWords | null {
  if (code === '') return null;
  const own = OWN_OF[action]?.[code] ?? OWN[code];
  if (own) return own;
  const known = ERS_CODE_WORDS[code] ?? OWN_CODE_WORDS[code];
  const short = known?.title ?? code;
  if (action === 'book' && state === 'refused') return words(short, refusalWords(code).meaning);
  const refusal = REFUSALS[action]?.[code];
  if (refusal !== undefined && state === 'refused')
    return { short, meaning: refusal.meaning, next: refusal.next };
  return known ? words(short, known.meaning) : words(short, `The reason given is the code ${code}.`);
}
