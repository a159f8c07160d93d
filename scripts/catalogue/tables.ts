/** The catalogue as text: for a terminal, and as the table of the README. */
import { catalogueRows, type CatalogueRow } from './rows.ts';

const COLUMNS: readonly (readonly [keyof CatalogueRow, string])[] = [
  ['id', 'id'],
  ['name', 'name'],
  ['spine', '2021 (spine-session)'],
  ['platform', 'platform (api-platform)'],
  ['roles', 'roles'],
  ['status', 'status'],
  ['screen', 'screen'],
];

/** Columns of one width each. */
export function catalogueAsText(): string {
  const rows = [COLUMNS.map(([, title]) => title), ...cells()];
  const widths = COLUMNS.map((_column, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A Markdown table; paths as code. */
export function catalogueAsMarkdown(): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const isPath = (at: number) => COLUMNS[at]?.[0] === 'spine' || COLUMNS[at]?.[0] === 'platform';
  const body = cells().map((row) =>
    row.map((cell, at) => (isPath(at) && cell !== '–' ? `\`${cell}\`` : cell)),
  );
  return [COLUMNS.map(([, title]) => title), COLUMNS.map(() => '---'), ...body].map(line).join('\n');
}

const cells = (): string[][] => catalogueRows().map((row) => COLUMNS.map(([key]) => row[key]));
