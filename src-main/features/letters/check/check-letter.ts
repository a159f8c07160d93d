/**
 * Compares what a letter says with what the desk knows (hazard 6; screens.md section 6). Pure: page texts in, verdict
 * out. The access code is read past: it is never part of a check.
 */
import type { LetterCheck, LetterVerdict } from '../../../contract/channels/letters.ts';
import { checkAddressee, type KnownAddressee } from './check-addressee.ts';
import { checkAppointment, type KnownAppointment } from './check-appointment.ts';
import { checkNhsNumber, checkUbrn } from './check-numbers.ts';
import { checkPages } from './check-pages.ts';
import { carries, findNhsNumbers, findUbrns } from './page-numbers.ts';

export interface LetterPage {
  readonly lines: readonly string[];
}

export interface KnownReferral {
  readonly nhsNumber: string;
  readonly ubrn: string;
  readonly appointment: KnownAppointment;
  /** Null when PDS does not know the patient, or is not to be had: then nothing is said of the name. */
  readonly addressee: KnownAddressee | null;
}

export interface LetterFindings {
  readonly verdict: LetterVerdict;
  readonly checks: readonly LetterCheck[];
}

/** `differs` when anything does; `not-checked` when something could not be found; else `matches`. */
export function checkLetter(pages: readonly LetterPage[], known: KnownReferral): LetterFindings {
  const nhsNumbers = pages.map(({ lines }) => findNhsNumbers(lines));
  const ubrns = pages.map(({ lines }) => findUbrns(lines));
  const isOurs = (at: number) =>
    [nhsNumbers[at]].some((page) => page !== undefined && carries(page, known.nhsNumber)) ||
    [ubrns[at]].some((page) => page !== undefined && carries(page, known.ubrn));
  const checks = [
    checkNhsNumber(nhsNumbers, known.nhsNumber),
    checkUbrn(ubrns, known.ubrn),
    ...(known.addressee === null ? [] : checkAddressee(pages[0]?.lines ?? [], known.addressee)),
    ...checkAppointment(pages, known.appointment),
    checkPages(pages.map(({ lines }, at) => ({ lines, isOurs: isOurs(at) }))),
  ];
  return { verdict: judge(checks), checks };
}

function judge(checks: readonly LetterCheck[]): LetterVerdict {
  if (checks.some(({ result }) => result === 'different')) return 'differs';
  return checks.every(({ result }) => result === 'same') ? 'matches' : 'not-checked';
}
