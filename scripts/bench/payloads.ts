/** What the local service answers: invented patients, shaped as the published examples (contract.md section 6). */
import type { NhsNumber, SdsUserId, ServiceId, SlotId, Ubrn } from '../../src-main/contract/identifiers.ts';
import type { BookInput } from '../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { bookedAppointment, referralBody } from '../../test/ers/payloads.ts';

export const UBRN = '000000123456' as Ubrn;
export const SLOTS_PER_PAGE = 100;
export const SLOT_PAGES = 50;

const SERVICE = '11000' as ServiceId;
const CLINICIAN = '021600556514' as SdsUserId;
const FIRST_SLOT_MS = Date.UTC(2027, 6, 12, 8);
const SLOT_MS = 15 * 60_000;
const iso = (ms: number) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toString({ fractionalSecondDigits: 3 });
