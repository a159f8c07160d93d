/**
 * The identifiers of the field as branded strings, each made only by its parser (contract.md section 4.1).
 * They stay strings everywhere: leading zeros matter.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A referral's Unique Booking Reference Number: 12 digits, no check digit. */
export type Ubrn = Branded<'Ubrn'>;
/** A patient's NHS number: 10 digits, the last a modulus 11 check digit. */
export type NhsNumber = Branded<'NhsNumber'>;
/** An organisation's ODS code. */
export type OdsCode = Branded<'OdsCode'>;
/** A user's or clinician's SDS id: 12 digits. */
export type SdsUserId = Branded<'SdsUserId'>;
/** An e-RS service id: digits. */
export type ServiceId = Branded<'ServiceId'>;
/** The id of an appointment slot as A015 gave it. */
export type SlotId = Branded<'SlotId'>;
/** The real id of an appointment (never the literal `appointment` of a contained one). */
export type AppointmentId = Branded<'AppointmentId'>;

/** Why a text is not an NHS number; the words for it live in the renderer. */
export type NhsNumberFault = 'length' | 'characters' | 'check-digit';

const SEPARATORS = /[\s\-\u2010-\u2015.]/g;

/** Takes the blanks and dashes out that people and scanners put between groups of digits. */
export function stripSeparators(text: string): string {
  return text.replace(SEPARATORS, '');
}

/** A UBRN from what a person or a scanner typed (blanks and dashes allowed); null when it is none. */
export function parseUbrn(text: string): Ubrn | null {
  const digits = stripSeparators(text);
  return /^\d{12}$/.test(digits) ? (digits as Ubrn) : null;
}

/** True when the tenth digit is the modulus 11 check digit of the first nine. */
export function hasValidCheckDigit(tenDigits: string): boolean {
  const sum = [...tenDigits.slice(0, 9)].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(tenDigits[9]);
}

/** An NHS number as a person typed it, checked by modulus 11; a fault says why not. */
export function parseTypedNhsNumber(
  text: string,
): { ok: true; nhsNumber: NhsNumber } | { ok: false; fault: NhsNumberFault } {
  const digits = stripSeparators(text);
  if (!/^\d*$/.test(digits)) return { ok: false, fault: 'characters' };
  if (digits.length !== 10) return { ok: false, fault: 'length' };
  if (!hasValidCheckDigit(digits)) return { ok: false, fault: 'check-digit' };
  return { ok: true, nhsNumber: digits as NhsNumber };
}

/**
 * An NHS number as the service sent it: digits only. Its check digit is not asked for,
 * because published samples fail it (contract.md section 16).
 */
export function parseServedNhsNumber(text: unknown): NhsNumber | null {
  return typeof text === 'string' && /^\d{10,11}$/.test(text) ? (text as NhsNumber) : null;
}

/** An ODS code: 3 to 10 letters or digits, upper case. */
export function parseOdsCode(text: unknown): OdsCode | null {
  return typeof text === 'string' && /^[A-Z0-9]{2,10}$/.test(text) ? (text as OdsCode) : null;
}

/** A 12-digit SDS user id. */
export function parseSdsUserId(text: unknown): SdsUserId | null {
  return typeof text === 'string' && /^\d{12}$/.test(text) ? (text as SdsUserId) : null;
}

/** An e-RS service id: 1 to 12 digits. */
export function parseServiceId(text: unknown): ServiceId | null {
  return typeof text === 'string' && /^\d{1,12}$/.test(text) ? (text as ServiceId) : null;
}

/** A slot id: a FHIR id. */
export function parseSlotId(text: unknown): SlotId | null {
  return typeof text === 'string' && /^[A-Za-z0-9\-.]{1,64}$/.test(text) ? (text as SlotId) : null;
}

/** A real appointment id: a FHIR id, but never the literal `appointment` (contract.md section 16). */
export function parseAppointmentId(text: unknown): AppointmentId | null {
  const isFhirId = typeof text === 'string' && /^[A-Za-z0-9\-.]{1,64}$/.test(text);
  return isFhirId && text !== 'appointment' ? (text as AppointmentId) : null;
}

const NO_BREAK_SPACE = '\u00a0';

/** A UBRN in groups of four, joined by no-break spaces so that it never wraps. */
export function formatUbrn(ubrn: string): string {
  return ubrn.replace(/^(\d{4})(\d{4})(\d{4})$/, `$1${NO_BREAK_SPACE}$2${NO_BREAK_SPACE}$3`);
}

/** An NHS number as 3-3-4, joined by no-break spaces so that it never wraps. */
export function formatNhsNumber(nhsNumber: string): string {
  return nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, `$1${NO_BREAK_SPACE}$2${NO_BREAK_SPACE}$3`);
}
