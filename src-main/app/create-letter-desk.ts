/** The letters of the desk: fetched, checked, held, and printed. */
import { createLetters, type LettersFeature } from '../features/letters/letters.ts';
import { reasonNotToReadLetter } from '../features/referral/gates.ts';
import { judgePatient } from '../features/referral/referral-view.ts';
import { createPrintingDesk, type PrintingDesk } from './create-printing.ts';
import type { Reads } from './create-reads.ts';

type Parts = Omit<Parameters<typeof createPrintingDesk>[0], 'letters' | 'reads'> & {
  readonly reads: Pick<Reads, 'referral' | 'patient'>;
};

export interface LetterDesk {
  readonly letters: LettersFeature;
  readonly printing: PrintingDesk;
}

/** `records` is null until the records are open, and where they cannot be: then letters are shown, and not printed. */
export function createLetterDesk(parts: Parts): LetterDesk {
  const { ports, client, desk, reads, records } = parts;
  const printing = createPrintingDesk({ ...parts, letters: () => letters });
  const letters = createLetters({
    clock: ports.clock,
    pdfReader: ports.pdfReader,
    client,
    desk,
    opened: reads.referral.opened,
    readPatient: reads.patient.readDetails,
    isUnsettled: (ubrn) => records()?.outbox.isUnsettled(ubrn) ?? false,
    reasonAgainst: (referral, patient, can) =>
      reasonNotToReadLetter({ referral, can, ...judgePatient(patient, referral.nhsNumber) }),
    printedAt: (ubrn, version) => printing.printedAt(ubrn, version),
    onRead: (referral) => printing.noteRead(referral),
    auditUnmask: (ubrn) => parts.audit(ubrn, 'access-code-shown'),
  });
  return { letters, printing };
}
