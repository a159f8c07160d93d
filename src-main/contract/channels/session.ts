import { Type, type Static } from 'typebox';
import { instant, none, oneOf, orNull, sdsUserId, strict, text } from '../schema.ts';

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
  /** `choosing-clinician`: a clinician's admin says for whom before anything else (contract.md section 2.1). */
  status: oneOf(['signed-out', 'choosing-role', 'choosing-clinician', 'signed-in', 'locked']),
  user: orNull(strict({ userId: text(20), name: text(120) })),
  roles: Type.Array(roleChoice),
  role: orNull(roleChoice),
  /** For whom this person acts; null for every role but a clinician's admin. */
  onBehalfOf: orNull(practitioner),
  /** Set when a call found the session dead (contract.md section 2.4). */
  endedReason: orNull(text(60)),
});

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
  'session/unlock': { input: none, output: sessionState },
  'session/read-environment': { input: none, output: environment },
  'session/read-connection': { input: none, output: connection },
};

export const pushes = {
  'session/changed': sessionState,
  'session/connection-changed': connection,
};

export type RoleChoice = Static<typeof roleChoice>;
export type SessionState = Static<typeof sessionState>;
export type Environment = Static<typeof environment>;
export type Connection = Static<typeof connection>;
export type Practitioner = Static<typeof practitioner>;
