/** Words of the audit trail. */
import type { AuditRow, ClockDrift, TrailStatusView } from '../../../src-main/contract/channels/audit.ts';
import { formatNhsNumber, formatUbrn } from '../../../src-main/contract/identifiers.ts';
import { formatClock, formatStaffDate, londonParts } from '../../../src-main/contract/london-time.ts';
import { countOf } from '../../app/format.ts';
import { roleName } from '../../app/words/role-words.ts';

/** `23-Nov-2026 10:42:10 GMT`: the UK's time, with its zone always. */
export function ukTime(iso: string): string {
  const { date, zone } = londonParts(iso);
  return `${formatStaffDate(date)} ${formatClock(iso)} ${zone}`;
}

/** `2026-11-23 10:42:10.123`, as it is kept. */
export const utcTime = (iso: string): string => iso.replace('T', ' ').replace('Z', '');

type FindingKind = TrailStatusView['findings'][number]['kind'];

const FINDING_WORDS: Readonly<Record<FindingKind, (row: string) => string>> = {
  changed: (row) => `Row ${row} was changed, moved or put in.`,
  missing: (row) => `Row ${row} is missing.`,
  'not-of-the-chain': (row) => `Row ${row} does not belong to the trail.`,
  'cut-short': (row) => `The end was cut off: row ${row} and what followed are gone.`,
  'rolled-back': (row) =>
    `An older database was put back: row ${row} and what followed are not what was written.`,
  'seal-missing': (row) =>
    `The seal of the end is gone: nobody can say whether rows from ${row} on were cut off.`,
  'seal-damaged': (row) =>
    `The seal of the end does not fit: nobody can say whether rows from ${row} on were cut off.`,
};

export interface StatusWords {
  readonly tone: 'plain' | 'bad';
  readonly title: string;
  readonly lines: readonly string[];
}

/** How the trail stands, and what to do where it is not whole. */
export function statusWords(status: TrailStatusView): StatusWords {
  const { state, rows, checkedAt, findings, isSealRead, keptDays } = status;
  const kept = `Kept for ${keptDays} days.`;
  const counted = rows.toLocaleString('en-GB');
  if (state === 'broken')
    return {
      tone: 'bad',
      title: 'The trail is not whole',
      lines: [
        ...findings.map(({ kind, seq }) => FINDING_WORDS[kind](seq.toLocaleString('en-GB'))),
        'You can go on working. Call the service desk, who will want the computer’s backups.',
      ],
    };
  if (state === 'checking') return { tone: 'plain', title: 'The trail is being checked', lines: [kept] };
  if (state === 'not-checked' || checkedAt === null)
    return { tone: 'plain', title: 'The trail was not checked yet', lines: [`F9 checks it now. ${kept}`] };
  const seal = isSealRead
    ? []
    : ['The keyring did not give its seal: whether the end is there cannot be said.'];
  return {
    tone: 'plain',
    title: `The trail is whole: ${counted} ${rows === 1 ? 'entry' : 'entries'}, checked ${formatClock(checkedAt)}`,
    lines: [kept, ...seal],
  };
}

/** How far a clock is off, as far as whole seconds let one say it; null while nothing is wrong with it. */
export function driftWords({ status, lowestMs, highestMs }: ClockDrift): string | null {
  if (status !== 'off' || lowestMs === null || highestMs === null) return null;
  const isFast = lowestMs > 0;
  const leastMs = isFast ? lowestMs : -highestMs;
  const seconds = Math.floor(leastMs / 1_000);
  const amount = seconds >= 120 ? countOf(Math.floor(seconds / 60), 'minute') : countOf(seconds, 'second');
  const least = leastMs < 1_000 ? 'more than a quarter of a second' : `at least ${amount}`;
  return `This computer’s clock is ${least} ${isFast ? 'fast' : 'slow'}`;
}

const ubrnWords = (ubrn: string) => (ubrn === '' ? '' : formatUbrn(ubrn));
const numberWords = (number: string) => (number === '' ? '' : formatNhsNumber(number));
const timeWords = (iso: string) => (iso === '' ? '' : `${ukTime(iso)} (${utcTime(iso)} UTC)`);

/** `Referring Clinician Admin, R69`. */
export function placeWords({ businessFunction, organisation, organisationName }: AuditRow): string {
  if (businessFunction === '') return '';
  return `${roleName(businessFunction)}, ${organisationName || organisation}`;
}

export const whoWords = ({ userId }: Pick<AuditRow, 'userId'>): string => userId || 'Nobody signed in';

export interface DetailLine {
  readonly title: string;
  readonly text: string;
}

/** Every field of an entry, those left out that say nothing. */
export function detailLines(row: AuditRow): readonly DetailLine[] {
  const place = [row.organisation, row.organisationName].filter((text) => text !== '').join(' ');
  const lines: readonly (readonly [string, string])[] = [
    ['Row', row.seq.toLocaleString('en-GB')],
    ['Audit type', row.type],
    ['Event type', row.method],
    ['Resource type', row.resource],
    ['Time in the UK', ukTime(row.at)],
    ['Time in UTC', utcTime(row.at)],
    ['Outcome', row.outcome],
    ['User id (UUID)', row.userId],
    ['On behalf of (OBO UUID)', row.onBehalfOf],
    ['Business function', row.businessFunction],
    ['Organisation', place],
    ['UBRN', ubrnWords(row.ubrn)],
    ['NHS number', numberWords(row.nhsNumber)],
    ['Session id', row.sessionId],
    ['ASID', row.asid],
    ['Host (FQDN)', row.host],
    ['Correlation id', row.correlationId],
    ['Action id', row.intentId],
    ['Version before', row.versionBefore],
    ['Version after', row.versionAfter],
    ['Asked for at', timeWords(row.askedAt)],
    ['Sent at', timeWords(row.sentAt)],
    ['Attachment id', row.attachmentId],
    ['Attachment type', row.attachmentType],
    ['File name', row.fileName],
    ...row.facts.map(({ name, value }) => [name, value] as const),
  ];
  return lines.flatMap(([title, text]) => (text === '' ? [] : [{ title, text }]));
}

/** `12 entries of your own`, `100 entries so far`. */
export function countWords(count: number, hasMore: boolean, isOwnOnly: boolean): string {
  const entries = countOf(count, 'entry', 'entries');
  return `${entries}${isOwnOnly ? ' of your own' : ''}${hasMore ? ' so far: more come as you go down' : ''}`;
}
