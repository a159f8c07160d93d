/** What is recorded of a patient, as a table for a subject access request: every field of every row. Pure. */
import { formatStaffDay, londonParts } from '../../contract/london-time.ts';
import type { AuditRow } from '../../contract/channels/audit.ts';
import type { CsvColumn } from '../../app/csv.ts';
import type { ReadEntry } from './audit-log.ts';
import { namedFacts, otherFacts } from './entry-kinds.ts';

const pad = (value: number) => String(value).padStart(2, '0');

/** `Tue 05-Jan-2027 14:30:05 GMT`. */
export function formatUkInstant(iso: string): string {
  if (iso === '') return '';
  const { date, hour, minute, zone } = londonParts(iso);
  return `${formatStaffDay(date)} ${pad(hour)}:${pad(minute)}:${iso.slice(17, 19)} ${zone}`;
}

/** `2027-01-05 14:30:05.123`, the form of contract.md section 12. */
const formatUtc = (iso: string) => iso.replace('T', ' ').replace('Z', '');

/** In groups: a spreadsheet takes twelve digits for a quantity, and drops zeros that lead. */
const grouped = (digits: string) => digits.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');
const groupedNhsNumber = (digits: string) => digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');

export const AUDIT_COLUMNS: readonly CsvColumn<AuditRow>[] = [
  ['Row', ({ seq }) => seq],
  ['Event type', ({ method }) => method],
  ['Audit type', ({ type }) => type],
  ['Resource type', ({ resource }) => resource],
  ['Date and time (UTC)', ({ at }) => formatUtc(at)],
  ['Date and time (UK)', ({ at }) => formatUkInstant(at)],
  ['Outcome', ({ outcome }) => outcome],
  ['Failed', ({ isFailed }) => (isFailed ? 'yes' : 'no')],
  ['UUID', ({ userId }) => grouped(userId)],
  ['OBO UUID', ({ onBehalfOf }) => grouped(onBehalfOf)],
  ['UBRN', ({ ubrn }) => grouped(ubrn)],
  ['NHS number', ({ nhsNumber }) => groupedNhsNumber(nhsNumber)],
  ['Session ID', ({ sessionId }) => sessionId],
  ['Organisation code', ({ organisation }) => organisation],
  ['Organisation name', ({ organisationName }) => organisationName],
  ['Business function', ({ businessFunction }) => businessFunction],
  ['ASID', ({ asid }) => grouped(asid)],
  ['FQDN', ({ host }) => host],
  ['Attachment ID', ({ attachmentId }) => attachmentId],
  ['Attachment type', ({ attachmentType }) => attachmentType],
  ['File name', ({ fileName }) => fileName],
  ['Correlation ID', ({ correlationId }) => correlationId],
  ['Action ID', ({ intentId }) => intentId],
  ['Version before', ({ versionBefore }) => versionBefore],
  ['Version after', ({ versionAfter }) => versionAfter],
  ['Asked for at (UTC)', ({ askedAt }) => formatUtc(askedAt)],
  ['Sent at (UTC)', ({ sentAt }) => formatUtc(sentAt)],
  ['Other facts', ({ facts }) => facts.map(({ name, value }) => `${name}: ${value}`).join('; ')],
];

/** An entry as it is shown; whatever its length on disk, it fits the contract. */
export function rowOf({ seq, at, isFailed, entry }: ReadEntry): AuditRow {
  const named = namedFacts(entry.facts);
  return {
    ...{ seq, at, isFailed, method: entry.method },
    type: entry.type.slice(0, 120),
    resource: entry.resource.slice(0, 60),
    userId: entry.userId.slice(0, 20),
    onBehalfOf: entry.onBehalfOf.slice(0, 20),
    ubrn: entry.ubrn.slice(0, 12),
    nhsNumber: entry.nhsNumber.slice(0, 11),
    sessionId: entry.sessionId.slice(0, 60),
    organisation: entry.organisation.slice(0, 10),
    organisationName: entry.organisationName.slice(0, 120),
    businessFunction: entry.businessFunction.slice(0, 60),
    asid: entry.asid.slice(0, 100),
    host: entry.host.slice(0, 200),
    correlationId: entry.correlationId.slice(0, 80),
    outcome: entry.outcome.slice(0, 200),
    attachmentId: named.attachmentId.slice(0, 200),
    attachmentType: named.attachmentType.slice(0, 100),
    fileName: named.fileName.slice(0, 255),
    intentId: named.intentId.slice(0, 40),
    versionBefore: named.versionBefore.slice(0, 20),
    versionAfter: named.versionAfter.slice(0, 20),
    askedAt: named.askedAt.slice(0, 30),
    sentAt: named.sentAt.slice(0, 30),
    facts: otherFacts(entry.facts)
      .slice(0, 40)
      .map(({ name, value }) => ({ name: name.slice(0, 60), value: value.slice(0, 500) })),
  };
}
