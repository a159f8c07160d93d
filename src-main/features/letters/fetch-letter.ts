import { createHash, randomUUID } from 'node:crypto';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { LetterCheck } from '../../contract/channels/letters.ts';
import type { NhsNumber, Ubrn } from '../../contract/identifiers.ts';
import { londonDate, londonParts, toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome, type ProblemKind } from '../../contract/outcome.ts';
import { addWorkingDays } from '../../contract/working-days.ts';
import type { Clock, PdfPageText, PdfReader } from '../../app/ports.ts';
import type { CallOptions, ErsClient } from '../../ers/client.ts';
import type { LetterFile, Referral } from '../../ers/model.ts';
import { a005RetrieveReferral } from '../../ers/operations/a005-retrieve-referral.ts';
import { a019GeneratePatientLetter } from '../../ers/operations/a019-generate-patient-letter.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { Desk } from '../session/session.ts';
import { checkLetter, type KnownReferral, type LetterFindings } from './check/check-letter.ts';
import { findFileFault } from './check/letter-file.ts';
import type { HeldLetter } from './held-letters.ts';

/** The clerk waits for a single letter; the letters of a batch come when nobody else calls. */
export type FetchUrgency = NonNullable<CallOptions['urgency']>;

export interface FetchingDesk {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly pdfReader: PdfReader;
  readonly readPatient: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  /** True while a write of this referral is not settled: no letter for it (invariant I11). */
  readonly isUnsettled: (ubrn: string) => boolean;
  /** Why no letter may be fetched; null or a code of `canReadLetter`. */
  readonly reasonAgainst: (
    referral: Referral,
    patient: Outcome<PatientDetails>,
    can: Desk['can'],
  ) => string | null;
  /** When this desk printed a letter of this version. */
  readonly printedAt: (ubrn: Ubrn, version: string) => string | null;
  /** A referral was read from e-RS just now. */
  readonly onRead: (referral: Referral) => void;
}

/** A clerk can still post a letter that is to arrive three working days before. */
const POSTING_DAYS = 3;
/** Where there is no record of the patient, there is nobody to compare an addressee with. */
const NO_RECORD: readonly ProblemKind[] = ['not-found', 'not-in-dialect'];
const UNNAMED: LetterCheck = { what: 'name', result: 'missing', inLetter: '', expected: '' };

/**
 * Reads the referral, then the letter: so the letter is of the version that was read, or of a later one that the
 * reading before the print will show (hazard 8). It lives in memory only (contract.md A019).
 */
export function createLetterFetcher(
  deps: FetchingDesk,
): (ubrn: Ubrn, urgency: FetchUrgency) => Promise<Outcome<HeldLetter>> {
  const { client, clock } = deps;

  /** Asked again after every wait: the desk may have changed hands, and a booking may have begun (I11, hazard 8). */
  function objection(desk: Desk, ubrn: Ubrn): ReturnType<typeof fail> | null {
    if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
    return deps.isUnsettled(ubrn) ? fail('rejected', 'booking-not-settled') : null;
  }

  async function readPages(pdf: Uint8Array): Promise<Outcome<readonly PdfPageText[] | null>> {
    const fault = findFileFault(pdf);
    if (fault !== null) return fail('bad-reply', fault);
    const read = await deps.pdfReader.readText(pdf);
    // A desk that cannot read letters leaves the reading to its clerk.
    if (!read.ok)
      return read.problem.kind === 'unavailable' ? ok(null) : fail('bad-reply', codeOf(read.problem.code));
    return read.value.length === 0 ? fail('bad-reply', 'letter-without-pages') : read;
  }

  function hold(referral: Referral, file: LetterFile, read: Reading): HeldLetter {
    const { ubrn, nhsNumber } = referral;
    const version = String(referral.version);
    const appointmentStart = bookedStart(referral);
    return {
      letterId: randomUUID(),
      ...{ ubrn, nhsNumber, version, appointmentStart },
      bytes: file.pdf,
      hash: createHash('sha256').update(file.pdf).digest('hex'),
      pages: read.pages?.length ?? countPages(file.pdf),
      kind: kindOf(file),
      readAt: toIso(clock.nowMs()),
      ...findingsOf(referral, file, read),
      needsPhone: appointmentStart !== null && isSoon(appointmentStart, londonDate(clock.nowMs())),
      initials: initialsOf(read.patient),
      printedAt: deps.printedAt(ubrn, version),
    };
  }

  return async (ubrn, urgency) => {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    if (!desk.can.canReadLetters) return fail('forbidden', 'role-cannot-read-letters');
    if (deps.isUnsettled(ubrn)) return fail('rejected', 'booking-not-settled');
    const referral = toOutcome(await client().call(a005RetrieveReferral, { ubrn }, { urgency }));
    if (!referral.ok) return referral;
    const patient = await deps.readPatient(referral.value.nhsNumber);
    const early = objection(desk, ubrn);
    if (early !== null) return early;
    deps.onRead(referral.value);
    const reason = deps.reasonAgainst(referral.value, patient, desk.can);
    if (reason !== null) return fail('rejected', reason);
    const file = toOutcome(await client().call(a019GeneratePatientLetter, { ubrn }, { urgency }));
    if (!file.ok) return file;
    const pages = await readPages(file.value.pdf);
    const late = objection(desk, ubrn);
    if (late !== null) return late;
    return pages.ok ? ok(hold(referral.value, file.value, { pages: pages.value, patient })) : pages;
  };
}

interface Reading {
  readonly pages: readonly PdfPageText[] | null;
  readonly patient: Outcome<PatientDetails>;
}

/** The reader's codes as those of a letter. */
const CODES: Readonly<Record<string, string>> = {
  'pdf-encrypted': 'letter-encrypted',
  'pdf-with-script': 'letter-with-script',
  'pdf-too-slow': 'letter-too-slow',
};
const codeOf = (code: string) => CODES[code] ?? 'letter-not-readable';

function findingsOf(referral: Referral, file: LetterFile, { pages, patient }: Reading): LetterFindings {
  if (pages === null) return { verdict: 'not-checked', checks: [] };
  const { verdict, checks } = checkLetter(pages, knownOf(referral, file, patient));
  // PDS could not be asked: to whom the letter goes is for the clerk to compare.
  const isUnnamed = !patient.ok && !NO_RECORD.includes(patient.problem.kind);
  if (!isUnnamed) return { verdict, checks };
  return { verdict: verdict === 'matches' ? 'not-checked' : verdict, checks: [...checks, UNNAMED] };
}

function knownOf(referral: Referral, file: LetterFile, patient: Outcome<PatientDetails>): KnownReferral {
  const { ubrn, nhsNumber } = referral;
  const name = patient.ok ? patient.value.name : null;
  const address = patient.ok ? patient.value.address : [];
  return {
    ...{ ubrn, nhsNumber },
    appointment: { start: bookedStart(referral), isBooked: isBooked(referral), kind: kindOf(file) },
    addressee: name === null ? null : { name, address },
  };
}

const isBooked = ({ appointment }: Referral) => appointment?.status === 'booked';
const bookedStart = (referral: Referral) =>
  isBooked(referral) ? (referral.appointment?.start ?? null) : null;

/** `123_Appointment_Confirmation_Summary_20260105143000.pdf` says what it is in its middle. */
const kindOf = ({ fileName }: LetterFile) => /^\d+_([A-Za-z_]{1,80})_\d{14}\.pdf$/.exec(fileName)?.[1] ?? '';

/** True when the appointment is to come, and fewer than three working days away. */
function isSoon(start: string, today: string): boolean {
  const { date } = londonParts(start);
  return date >= today && date < addWorkingDays(today, POSTING_DAYS);
}

function initialsOf(patient: Outcome<PatientDetails>): string {
  const name = patient.ok ? patient.value.name : null;
  return [name?.given ?? '', name?.family ?? '']
    .map((part) => [...part.trim()][0] ?? '')
    .join('')
    .toUpperCase();
}

/** Pages as the PDF's page tree states them; 0 when the tree is compressed and cannot be seen here. */
function countPages(pdf: Uint8Array): number {
  const text = Buffer.from(pdf).toString('latin1');
  return Math.max(0, ...[...text.matchAll(/\/Count\s+(\d{1,4})/g)].map((match) => Number(match[1])));
}
