/** The print log as a table. Pure. */
import { toCsv, type CsvColumn } from '../../../app/csv.ts';
import { formatStaffDateTime } from '../../../contract/london-time.ts';
import { sheetsOf, type PrintRecord } from './print-record.ts';

const COLUMNS: readonly CsvColumn<PrintRecord>[] = [
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

export const printLogCsv = (records: readonly PrintRecord[]): string => toCsv(COLUMNS, records);
