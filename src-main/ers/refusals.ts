/**
 * What a refusal asks of the client (contract.md section 13). Each operation names its own codes; the table here
 * holds the codes that mean the same everywhere, and an unknown code falls back on its HTTP status.
 */

/**
 * - `reread`: load the referral again, show it, let the clerk decide anew.
 * - `tell`: explain, no retry.
 * - `fix`: a fault of ours or of the input; log it.
 * - `ask-again`: the input needs another value from the clerk.
 * - `new-search`: search services or slots again.
 * - `may-defer`: search again; the refusal also allows deferral (contract.md section 10).
 * - `unknown-outcome`: read back before anything else.
 * - `sign-in`: credentials are missing or dead.
 * - `wait`: locked, limited or down; later again.
 * - `block-patient`: explain, and no further attempt for this patient in this session.
 */
export type RefusalAction =
  | 'reread'
  | 'tell'
  | 'fix'
  | 'ask-again'
  | 'new-search'
  | 'may-defer'
  | 'unknown-outcome'
  | 'sign-in'
  | 'wait'
  | 'block-patient';

/** Codes with one meaning in every operation. */
export const COMMON_REFUSALS: Readonly<Record<string, RefusalAction>> = {
  CONFLICTING_VALUES: 'fix',
  DUPLICATE_FILENAME: 'tell',
  FIELD_NOT_PERMITTED: 'ask-again',
  FORBIDDEN: 'tell',
  HISTORY_NOT_SUPPORTED: 'reread',
  INAPPROPRIATE_VALUE: 'reread',
  INVALID_CODE: 'fix',
  INVALID_FHIR_STRUCTURE: 'fix',
  INVALID_REQUEST_STATE: 'reread',
  INVALID_REQUEST_TYPE: 'tell',
  INVALID_STATE: 'reread',
  INVALID_VALUE: 'fix',
  MISSING_HEADER: 'fix',
  MISSING_PARAMETER: 'fix',
  MISSING_VALUE: 'fix',
  NO_ACCESS: 'sign-in',
  NO_RELATIONSHIP: 'tell',
  NO_SUCH_CLINICIAN: 'tell',
  NO_SUCH_LOCATION: 'tell',
  NO_SUCH_REQUEST: 'tell',
  NO_SUCH_SERVICE: 'reread',
  NO_SUCH_SPECIALTY: 'tell',
  NOT_AUTHORISED: 'tell',
  PATIENT_ERROR: 'block-patient',
  PATIENT_SENSITIVE: 'block-patient',
  REFERENCE_NOT_FOUND: 'reread',
  REFERRAL_LOCKED: 'wait',
  SERVICE_UNAVAILABLE: 'tell',
  SYSTEM_UNAVAILABLE: 'wait',
  TECHNICAL_ERROR: 'reread',
  UNABLE_TO_CANCEL_APPOINTMENT: 'reread',
  UNEXPECTED_FIELD: 'fix',
  VALUE_IS_REQUIRED: 'ask-again',
  VERSION_CONFLICT: 'reread',
};

const BY_STATUS: Readonly<Record<number, RefusalAction>> = {
  401: 'sign-in',
  403: 'tell',
  404: 'tell',
  409: 'reread',
  410: 'tell',
  416: 'new-search',
  422: 'reread',
  423: 'wait',
  429: 'wait',
  503: 'wait',
};

/** The action for a refusal: the operation's own meaning, the common one, or that of the HTTP status. */
export function actionForRefusal(
  operation: { readonly kind: 'read' | 'write'; readonly refusals?: Readonly<Record<string, RefusalAction>> },
  code: string,
  status: number,
): RefusalAction {
  const named = lookUp(operation.refusals, code) ?? lookUp(COMMON_REFUSALS, code) ?? BY_STATUS[status];
  if (named !== undefined) return named;
  if (status >= 500) return operation.kind === 'write' ? 'unknown-outcome' : 'wait';
  return 'fix';
}

/** Own entries only: a code such as `constructor` is no entry. */
function lookUp(
  table: Readonly<Record<string, RefusalAction>> | undefined,
  code: string,
): RefusalAction | undefined {
  return table !== undefined && Object.hasOwn(table, code) ? table[code] : undefined;
}
