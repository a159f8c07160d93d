import { Type, type Static } from 'typebox';
import { count, instant, none, oneOf, orNull, sdsUserId, strict, text } from '../schema.ts';

/** A role the user may work in: a business function at an organisation (A030 or A001). */
const roleChoice = strict({
  roleId: text(80),
  businessFunction: text(60),
  organisation: text(10),
  organisationName: orNull(text(120)),
  /** What this role may do at the desk (screens.md section 12). */
  canOpen: Type.Boolean(),
  canBook: Type.Boolean(),
  canReadLetters: Type.Boolean(),
  canCancelLater: Type.Boolean(),
  canCancel: Type.Boolean(),
  canCancelReferral: Type.Boolean(),
  canChangeShortlist: Type.Boolean(),
  /** The role acts for a clinician, who must be chosen. */
  needsClinician: Type.Boolean(),
});

/** A clinician for whom a clinician's admin acts; e-RS gives ids only (A040), the label is the site's. */
const practitioner = strict({ userId: sdsUserId, label: text(120) });

const sessionState = strict({
  /**
   * `choosing-clinician`: a clinician's admin says for whom before anything else (contract.md section 2.1).
   * `ended`: the session is over, the seat is kept for the same person to sign in again where they were.
   */
  status: oneOf(['signed-out', 'choosing-role', 'choosing-clinician', 'signed-in', 'locked', 'ended']),
  user: orNull(strict({ userId: text(20), name: text(120) })),
  roles: Type.Array(roleChoice),
  role: orNull(roleChoice),
  /** For whom this person acts; null for every role but a clinician's admin. */
  onBehalfOf: orNull(practitioner),
  /** Why the session is over: a call found it dead, its time is up, the card is gone (contract.md section 2.4). */
  endedReason: orNull(text(60)),
});

/** What runs out at this desk, in milliseconds from now; null where nothing does soon. */
const deskTimes = strict({
  /** The session's end, once it is near and cannot be put off without the person. */
  endsInMs: orNull(count),
  /** The lock of a desk that nobody uses, once it is near. */
  locksInMs: orNull(count),
  /** A session that was left waits for its last call to come back before it is closed. */
  isClosing: Type.Boolean(),
});

/** The PIN that opens this desk's lock; it is of this person and this machine, and sends nothing. */
const deskPin = strict({
  /** `unavailable`: this desk cannot keep one, as writes are off. */
  status: oneOf(['unavailable', 'none', 'set']),
  attemptsLeft: count,
});

/** What the page was doing for its person, in words of its own; main keeps it in memory and never reads it. */
const draft = Type.String({ maxLength: 200_000 });
const pin = Type.String({ pattern: '^\\d{4,8}$' });

const environment = strict({
  id: oneOf(['training', 'sandbox', 'integration', 'live']),
  name: text(40),
  dialect: oneOf(['api-platform', 'spine-session']),
  host: oneOf(['electron', 'chromium', 'test']),
  version: text(20),
});

const connection = strict({
  /** `portal`: something between the desk and e-RS answers with a page of its own (a captive portal). */
  status: oneOf(['online', 'offline', 'portal', 'unknown']),
  since: orNull(instant),
  pausedUntil: orNull(instant),
});

export const requests = {
  'session/read-state': { input: none, output: sessionState },
  'session/sign-in': { input: none, output: sessionState },
  'session/choose-role': { input: strict({ roleId: text(80) }), output: sessionState },
  /** For whom the chosen role may act (A040). */
  'session/read-clinicians': {
    input: none,
    output: strict({ clinicians: Type.Array(practitioner, { maxItems: 500 }) }),
  },
  'session/choose-clinician': { input: strict({ userId: sdsUserId }), output: sessionState },
  'session/sign-out': { input: none, output: sessionState },
  'session/lock': { input: none, output: sessionState },
  /**
   * Gives the locked desk back to its person, or goes on where the session had ended: the provider says who it is.
   * Another person gets a desk of their own, and nothing of the first one's.
   */
  'session/unlock': { input: none, output: sessionState },
  /** Opens the lock for the person who is signed in; nothing is sent. Five wrong PINs end the session. */
  'session/unlock-with-pin': { input: strict({ pin }), output: sessionState },
  'session/read-pin': { input: none, output: deskPin },
  'session/set-pin': { input: strict({ pin }), output: deskPin },
  'session/remove-pin': { input: none, output: deskPin },
  'session/read-times': { input: none, output: deskTimes },
  /** Somebody uses the desk: a key or the pointer, and nothing of what was typed. */
  'session/note-activity': { input: none, output: none },
  /** Keeps what the page was doing while it is locked away; for this person alone, in this sitting. */
  'session/keep-draft': { input: strict({ userId: text(20), draft }), output: none },
  /** Gives it back, once. */
  'session/take-draft': { input: none, output: strict({ draft: orNull(draft) }) },
  'session/read-environment': { input: none, output: environment },
  /** Opens one of the desk's fixed addresses in the system's browser; no address crosses a process (attack S19). */
  'session/open-link': { input: strict({ id: oneOf(['ers-web-app', 'service-desk']) }), output: none },
  'session/read-connection': { input: none, output: connection },
};

export const pushes = {
  'session/changed': sessionState,
  'session/connection-changed': connection,
  'session/times-changed': deskTimes,
};

export type RoleChoice = Static<typeof roleChoice>;
export type SessionState = Static<typeof sessionState>;
export type Environment = Static<typeof environment>;
export type Connection = Static<typeof connection>;
export type Practitioner = Static<typeof practitioner>;
export type DeskTimes = Static<typeof deskTimes>;
export type DeskPin = Static<typeof deskPin>;
