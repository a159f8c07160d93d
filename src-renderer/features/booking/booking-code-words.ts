/** Words per code of a booking that did not come to `booked` (contract.md sections 6 and 13). */
interface CodeWords {
  readonly meaning: string;
  readonly tellPatient: string;
  readonly next: string;
}

const ANOTHER_TIME = 'That time has gone. Shall we look for another?';
const NOT_BOOKED = 'Your appointment is not booked.';
const RING_BACK = 'Your appointment is not booked. We will ring you back.';

const words = (meaning: string, tellPatient: string, next: string): CodeWords => ({
  meaning,
  tellPatient,
  next,
});

const CHANGED_STATE = words(
  'The referral is in another state than it was: it may be booked, deferred, triaged or cancelled already.',
  NOT_BOOKED,
  'F5 reads the referral again and shows its state.',
);
const NEW_SEARCH = words(
  'The slot does not suit this referral or its service.',
  NOT_BOOKED,
  'F7 searches again with the referral as it is now.',
);
const OUR_FAULT = words(
  'The desk asked in a way that e-RS does not take. This is a fault of the desk, not yours.',
  RING_BACK,
  'Do not try again. Call the service desk and quote the correlation id.',
);
const NO_RIGHT = words(
  'Your role or workgroup may not book this referral.',
  RING_BACK,
  'Alt+R chooses another role, or pass the referral on.',
);
const PATIENT_RECORD = words(
  "e-RS cannot use this patient's record. It says: do not attempt again.",
  RING_BACK,
  "Do not try again. Follow your office's procedure for restricted records.",
);

const SEND_AGAIN = 'Shift+F7 reviews the slot again.';
const LOCKED = words(
  'Someone else is working on this referral in e-RS; it was not booked.',
  NOT_BOOKED,
  `Wait about 10 seconds, then ${SEND_AGAIN}`,
);
const TOO_MANY = words(
  'Too many requests at once: every desk of the site shares one limit. It was not booked.',
  NOT_BOOKED,
  `Wait a moment, then ${SEND_AGAIN}`,
);
const SESSION_ENDED = words(
  'Your e-RS session ended before the booking was made.',
  NOT_BOOKED,
  `Sign in again, open the referral, then choose the slot afresh.`,
);

const REFUSALS: Readonly<Record<string, CodeWords>> = {
  SLOT_NOT_AVAILABLE: words(
    'The slot has gone: someone else took it.',
    ANOTHER_TIME,
    'Choose one of the next slots below, or F7 to search again.',
  ),
  PAS_RESPONDED_WITH_ERROR: words(
    "The provider's system refused the slot. e-RS shows the referral as unbooked.",
    ANOTHER_TIME,
    'Choose one of the next slots below, or F7 to search again.',
  ),
  PAS_NOT_RESPONDING: words(
    "The provider's system did not answer. e-RS shows the referral as unbooked.",
    RING_BACK,
    'Ring the provider before you book again.',
  ),
  INAPPROPRIATE_SLOT: NEW_SEARCH,
  INAPPROPRIATE_VALUE: words(
    'Something of the booking does not fit the referral any more, such as its shortlist.',
    NOT_BOOKED,
    'F5 reads the referral again.',
  ),
  INVALID_REQUEST_STATE: CHANGED_STATE,
  INVALID_STATE: words(
    'The service cannot be booked directly now.',
    NOT_BOOKED,
    'F5 reads the referral again; choose another service of the shortlist.',
  ),
  SERVICE_UNAVAILABLE: words(
    'The service has been withdrawn.',
    NOT_BOOKED,
    'F7 chooses another service of the shortlist.',
  ),
  REFERENCE_NOT_FOUND: words(
    'e-RS does not know the referral or the slot any more.',
    NOT_BOOKED,
    'F5 reads the referral again.',
  ),
  'not-sent': words(
    'e-RS could not be reached; nothing was sent.',
    NOT_BOOKED,
    `Check the network, then ${SEND_AGAIN}`,
  ),
  'interrupted-before-sending': words(
    'The desk was closed before anything was sent.',
    NOT_BOOKED,
    'F7 searches the slots again.',
  ),
  'session-ended': SESSION_ENDED,
  'http-401': SESSION_ENDED,
  'rate-limited': TOO_MANY,
  'http-429': TOO_MANY,
  'http-423': LOCKED,
  REFERRAL_LOCKED: LOCKED,
  NO_RELATIONSHIP: NO_RIGHT,
  FORBIDDEN: NO_RIGHT,
  'http-403': NO_RIGHT,
  PATIENT_ERROR: PATIENT_RECORD,
  PATIENT_SENSITIVE: PATIENT_RECORD,
  MISSING_VALUE: OUR_FAULT,
  INVALID_VALUE: OUR_FAULT,
  INVALID_CODE: OUR_FAULT,
  INVALID_FHIR_STRUCTURE: OUR_FAULT,
  'http-400': OUR_FAULT,
  'http-406': OUR_FAULT,
  'http-412': OUR_FAULT,
  'http-415': OUR_FAULT,
  'not-in-dialect': OUR_FAULT,
  'http-404': words('e-RS does not know this referral any more.', NOT_BOOKED, 'F5 reads the referral again.'),
  SLOTS_CURRENTLY_AVAILABLE: words('The service has free slots.', NOT_BOOKED, 'F7 shows the fresh slots.'),
  THIS_SLOT_IS_AVAILABLE: words('The slot is free.', NOT_BOOKED, 'F7 shows the fresh slots.'),
};

/** Why e-RS said no, and what to do; an unknown code is shown as it came. */
export function refusalWords(code: string): CodeWords {
  const fallback = `e-RS refused the booking${code === '' ? '' : ` (code ${code})`}.`;
  return (
    REFUSALS[code] ??
    words(
      fallback,
      NOT_BOOKED,
      'F5 reads the referral again. Quote the correlation id to the service desk if it happens again.',
    )
  );
}

const CUT_OFF = 'e-RS cannot be reached. The booking is queued at this desk; nothing was sent.';
const WAITS: Readonly<Record<string, string>> = {
  'no-connection': CUT_OFF,
  'not-sent': CUT_OFF,
  offline: CUT_OFF,
  locked: 'Someone else is working on this referral in e-RS; the desk tries again in a few seconds.',
  'rate-limited': 'Too many requests at once: the desk pauses, then goes on by itself.',
  'http-429': 'Too many requests at once: the desk pauses, then goes on by itself.',
  'http-423': 'Someone else is working on this referral in e-RS; the desk tries again in a few seconds.',
  REFERRAL_LOCKED: 'Someone else is working on this referral in e-RS; the desk tries again in a few seconds.',
};

/** Why a booking waits before it is sent. Waiting for the connection it may outlive the clerk's word (screens.md section 4). */
export function waitingWords(code: string): CodeWords & { readonly heading: string } {
  const meaning =
    WAITS[code] ?? `The booking waits${code === '' ? '' : ` (code ${code})`}; nothing was sent.`;
  if (meaning === CUT_OFF) {
    return {
      heading: 'NOT BOOKED: queued, waiting for the connection',
      ...words(
        `${CUT_OFF} Once it is back the desk checks referral and slot, then sends by itself if you are still signed in here and no more than 15 minutes have passed. Otherwise it asks you first.`,
        'Your appointment is not booked: our line to the booking system is down. We have noted the time you asked for and will ring you as soon as we know.',
        'F12 opens the outbox. Esc goes on with another patient.',
      ),
    };
  }
  return {
    heading: 'NOT BOOKED yet: waiting',
    ...words(
      meaning,
      'Your appointment is not booked yet.',
      'F12 opens the outbox. The booking is not made until this panel says Booked.',
    ),
  };
}

/** A booking whose Ctrl+Enter has lost its force: it goes no further without the clerk. */
export function expiredWords(wasSent: boolean): CodeWords & { readonly heading: string } {
  return {
    heading: wasSent
      ? 'NOT CONFIRMED: too old to be sent again by itself'
      : 'NOT BOOKED: too old to be sent by itself',
    ...words(
      `More than 15 minutes passed, or the desk slept or was started again, so it is not sent without you. ${wasSent ? 'An earlier try was not taken.' : 'Nothing was sent.'}`,
      RING_BACK,
      'F12 opens the outbox. Ask the patient whether the time still suits, then send it there with Ctrl+Enter or take it back with Del.',
    ),
  };
}

/** A booking that the clerk took back. */
export const WITHDRAWN: CodeWords & { readonly heading: string } = {
  heading: 'NOT BOOKED: taken back',
  ...words(
    'You took this booking back in the outbox. It is not sent.',
    NOT_BOOKED,
    'F7 searches the slots again. F12 opens the outbox.',
  ),
};

const RING_FIRST = 'Your appointment is not confirmed. We will ring the clinic and then you.';
const LOOK_AGAIN = 'F5 reads the referral again. Look at what changed, then F7 to choose and book afresh.';

/** What changed under a booking: before it was sent nothing is booked, afterwards nobody can tell from e-RS alone. */
export function conflictWords(code: string): CodeWords & { readonly heading: string } {
  switch (code) {
    case 'slot-changed':
      return {
        heading: 'NOT BOOKED: the slot has changed',
        ...words(
          'The slot has another time or clinician than you reviewed; nothing was sent.',
          ANOTHER_TIME,
          LOOK_AGAIN,
        ),
      };
    case 'changed-meanwhile':
      return {
        heading: 'NOT CONFIRMED: the referral has changed meanwhile',
        ...words(
          'After the booking was sent, the referral is not as you reviewed it and does not show our booking.',
          RING_FIRST,
          'F5 reads the referral again. Look at its state before anything else.',
        ),
      };
    default:
      return {
        heading: 'NOT BOOKED: the referral has changed',
        ...words(
          'Someone or something changed the referral after your review. Nothing was sent for a version that you had not seen.',
          NOT_BOOKED,
          LOOK_AGAIN,
        ),
      };
  }
}

const notSent = (heading: string, meaning: string): CodeWords & { readonly heading: string } => ({
  heading: `NOT BOOKED: ${heading}`,
  ...words(
    `${meaning} Nothing was sent.`,
    RING_BACK,
    'F12 opens the outbox: Ctrl+Enter there sends it after the same checks, Del takes it back.',
  ),
});

/** What needs a person although nothing of it ever went out. */
const UNSENT: Readonly<Record<string, CodeWords & { readonly heading: string }>> = {
  'confirm-needed': notSent('it waits for your word', 'It needs one more Ctrl+Enter of yours.'),
  'check-failed': notSent(
    'it could not be checked',
    'The referral could not be read well enough to check it.',
  ),
  locked: notSent('the referral is locked', 'Someone else keeps working on this referral in e-RS.'),
  'rate-limited': notSent(
    'e-RS takes no more requests',
    'Too many requests at once, several times in a row.',
  ),
};

/** What a person has to settle; only words that the read-back supports. */
export function attentionWords(
  code: string,
  ubrn: string,
  when: string,
  wasSent: boolean,
): CodeWords & { readonly heading: string } {
  const unsent = UNSENT[code];
  if (unsent !== undefined && !wasSent) return unsent;
  const ring = `Ring the provider: do they hold UBRN ${ubrn} for ${when}? F5 checks e-RS again.`;
  if (code === 'read-back-failed') {
    return {
      heading: 'NOT CONFIRMED: the desk could not find out',
      ...words('The referral could not be read back. The booking may or may not be there.', RING_FIRST, ring),
    };
  }
  return {
    heading: "NOT CONFIRMED: e-RS shows no booking, the provider's system may differ",
    ...words(
      "e-RS shows the referral as unbooked. The provider's system may hold the slot all the same.",
      RING_FIRST,
      ring,
    ),
  };
}
