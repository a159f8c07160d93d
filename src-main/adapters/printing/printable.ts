/** What may be given to a printer at all. */
import type { PrintRequest } from '../../app/ports.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';

const PDF_START = Buffer.from('%PDF-', 'latin1');
const MOST_COPIES = 99;

/**
 * Refuses what no printer may be given: a queue that does not look "prints" garbage and says that it is completed
 * (devices.md section 4). Problem `invalid-input`, code `not-a-pdf` or `wrong-copies`.
 */
export function checkPrintable({ pdf, copies }: Pick<PrintRequest, 'pdf' | 'copies'>): Outcome<void> {
  const isPdf = Buffer.from(pdf.subarray(0, PDF_START.length)).equals(PDF_START);
  if (!isPdf) return fail('invalid-input', 'not-a-pdf');
  const isCount = Number.isInteger(copies) && copies >= 1 && copies <= MOST_COPIES;
  return isCount ? ok(undefined) : fail('invalid-input', 'wrong-copies', { most: MOST_COPIES });
}
