/** Schema of a line of the print log on disk: strict, checked whenever it is opened. */
import { Type, type Static } from 'typebox';
import { PRINT_STATES } from '../../../contract/channels/letters.ts';
import {
  count,
  instant,
  nhsNumber,
  oneOf,
  orNull,
  strict,
  text,
  ubrn,
  uuid,
} from '../../../contract/schema.ts';

const printRecord = strict({
  printId: uuid,
  /** The batch that it was printed in; null when the clerk printed it alone. */
  batchId: orNull(uuid),
  userId: text(20),
  userName: text(120),
  organisation: text(10),
  businessFunction: text(60),
  onBehalfOf: text(20),
  ubrn,
  nhsNumber,
  printer: text(127),
  pages: count,
  copies: count,
  isLarge: Type.Boolean(),
  /** Version of the referral that the letter was made of. */
  version: count,
  /** What the letter tells the patient, as a digest: the same letter in a later version has the same. */
  stand: text(64),
  /** SHA-256 of the PDF, hexadecimal. */
  hash: text(64),
  appointmentStart: orNull(instant),
  reason: text(300),
  isReadByClerk: Type.Boolean(),
  isPhoned: Type.Boolean(),
  state: oneOf(PRINT_STATES),
  code: text(60),
  /** What the printer calls the job; empty until it has taken it. */
  jobId: text(200),
  at: instant,
  /** Sheets that the printer says it has done; null where it does not say. */
  sheetsReported: orNull(count),
  sheetsCounted: orNull(count),
  /** Since when the referral is another than the letter says; null while it is not. */
  supersededAt: orNull(instant),
});

export const printSchemas = { printRecord };

export type PrintRecord = Static<typeof printRecord>;
