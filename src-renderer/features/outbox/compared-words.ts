/** The three columns of a conflict in words: main gives facts and codes, the clerk reads dates and words. */
import type { ComparedLine } from '../../../src-main/contract/channels/outbox.ts';
import { formatNhsNumber } from '../../../src-main/contract/identifiers.ts';
import { formatStaffDateTime, parseInstant } from '../../../src-main/contract/london-time.ts';
import { spellCode } from '../../app/words/code-words.ts';

const WHAT: Readonly<Record<ComparedLine['what'], string>> = {
  version: 'Version',
  state: 'State',
  appointment: 'Appointment',
  service: 'Service',
  time: 'Time',
  clinician: 'Clinician',
  priority: 'Priority',
  shortlist: 'Shortlist',
  patient: 'Patient',
  reason: 'Reason',
  comment: 'Comment',
};

const CODE = /^[A-Z0-9]+(_[A-Z0-9]+)+$/;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

export function comparedTitle(what: ComparedLine['what']): string {
  return WHAT[what];
}

/** One value: an instant as a staff date, a code spelled out, an NHS number in groups; else as it came. */
export function comparedValue(value: string): string {
  if (INSTANT.test(value) && parseInstant(value) !== null) return formatStaffDateTime(value);
  if (CODE.test(value)) return spellCode(value);
  return /^\d{10}$/.test(value) ? formatNhsNumber(value) : value;
}
