/** The print log as CSV (RFC 4180), of which no spreadsheet takes a cell for a formula. Pure. */
import { formatStaffDateTime } from '../../../contract/london-time.ts';
import { sheetsOf, type PrintRecord } from './print-record.ts';

const COLUMNS: readonly (readonly [string, (record: PrintRecord) => string | number])[] = [
  ['Printed at (UTC)', ({ at }) => at],
  ['Printed at (UK time)', ({ at }) => formatStaffDateTime(at)],
  ['User id', ({ userId }) => userId],
  ['User', ({ userName }) => userName],
  ['Role', ({ businessFunction }) => businessFunction],
  ['Organisation', ({ organisation }) => organisation],
  ['UBRN', ({ ubrn }) => ubrn],
  ['NHS number', ({ nhsNumber }) => nhsNumber],
  ['Printer', ({ printer }) => printer],
  ['Pages', ({ pages }) => pages],
  ['Copies', ({ copies }) => copies],
  ['Sheets expected', sheetsOf],
  ['Sheets counted', ({ sheetsCounted }) => sheetsCounted ?? ''],
  ['State', ({ state }) => state],
  ['Code', ({ code }) => code],
  ['Reason', ({ reason }) => reason],
  ['Version', ({ version }) => version],
  ['SHA-256', ({ hash }) => hash],
  ['Superseded at (UTC)', ({ supersededAt }) => supersededAt ?? ''],
  ['Print id', ({ printId }) => printId],
];

/** What a spreadsheet would take for a formula begins with one of these. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell: harmless to a spreadsheet, and quoted where it must be. */
export function csvCell(value: string | number): string {
  const text = String(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** With a byte order mark, by which spreadsheets know the letters of names. */
export function printLogCsv(records: readonly PrintRecord[]): string {
  const lines = [
    COLUMNS.map(([title]) => csvCell(title)),
    ...records.map((record) => COLUMNS.map(([, read]) => csvCell(read(record)))),
  ];
  return `\ufeff${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}
