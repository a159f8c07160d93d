/** Tables as CSV (RFC 4180), of which no spreadsheet takes a cell for a formula. Pure. */

/** The title of a column, and what stands in it. */
export type CsvColumn<R> = readonly [title: string, read: (record: R) => string | number];

/** What a spreadsheet would take for a formula begins with one of these. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell: harmless to a spreadsheet, and quoted where it must be. */
export function csvCell(value: string | number): string {
  const text = String(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** By it spreadsheets know the letters of names. */
export const BYTE_ORDER_MARK = '\ufeff';

/** One line of cells with its end. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The whole table, its titles first. */
export function toCsv<R>(columns: readonly CsvColumn<R>[], records: readonly R[]): string {
  const lines = records.map((record) => csvLine(columns.map(([, read]) => read(record))));
  return BYTE_ORDER_MARK + csvLine(columns.map(([title]) => title)) + lines.join('');
}
