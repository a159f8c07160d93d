/** What is due today or was due before: from Watch, from the lists of e-RS, from the tasks. Pure. */
import type { LocalRow } from '../../contract/channels/lists.ts';
import type { WorklistRow } from '../../contract/channels/worklist.ts';
import { londonParts } from '../../contract/london-time.ts';
import type { KeptTask } from '../kept-records/kept-records.ts';

const MOST_ROWS = 1000;

export interface DueSources {
  /** `yyyy-mm-dd` in London. */
  readonly today: string;
  readonly now: string;
  readonly watch: readonly LocalRow[];
  readonly listed: readonly WorklistRow[];
  readonly tasks: readonly KeptTask[];
}

/** The longest overdue first; a referral once for each reason. */
export function listDue({ today, now, watch, listed, tasks }: DueSources): LocalRow[] {
  const rows = [
    ...watch.flatMap((row) => (row.due === null ? [] : [{ ...row, reason: 'contact-by' }])),
    ...listed.flatMap((row) => rowsOfListed(row, now)),
    ...tasks.map(rowOfTask),
  ];
  const due = rows.filter((row) => row.due !== null && row.due <= today).sort(byDay);
  const once = new Map<string, LocalRow>();
  for (const row of due) {
    const key = `${row.ubrn} ${row.reason}`;
    if (!once.has(key)) once.set(key, row);
  }
  return [...once.values()].slice(0, MOST_ROWS);
}

function rowsOfListed(
  { ubrn, nhsNumber, priority, context, contactBy, letterDue }: WorklistRow,
  now: string,
) {
  const row = { ubrn, nhsNumber, priority, context, addedAt: now };
  return [
    { ...row, reason: 'contact-by', due: contactBy },
    { ...row, reason: 'letter-due', due: letterDue },
  ];
}

function rowOfTask({ kind, ubrn, nhsNumber, note, dueAt, createdAt }: KeptTask): LocalRow {
  const due = londonParts(dueAt ?? createdAt).date;
  return {
    ubrn,
    nhsNumber,
    priority: null,
    reason: kind,
    context: note.slice(0, 200),
    due,
    addedAt: createdAt,
  };
}

const byDay = (a: LocalRow, b: LocalRow) => (a.due ?? '').localeCompare(b.due ?? '');
