import { describe, expect, it } from 'vitest';
import { printLogCsv } from '../../../../src-main/features/letters/printing/log-csv.ts';
import type { PrintRecord } from '../../../../src-main/features/letters/printing/print-record.ts';

const record: PrintRecord = {
  ...{ printId: '00000000-0000-4000-8000-000000000001', batchId: null, userId: '555000000101' },
  ...{ userName: 'O’Brien, "Pat"', organisation: 'R69', businessFunction: 'REFERRING_CLINICIAN_ADMIN' },
  ...{
    onBehalfOf: '',
    ubrn: '000000070000',
    nhsNumber: '9000000009',
    printer: '=cmd|calc',
    pages: 2,
    copies: 3,
  },
  ...{
    isLarge: false,
    version: 7,
    stand: '',
    hash: 'ab',
    appointmentStart: null,
    reason: 'other: -1\r\nline',
  },
  ...{ isReadByClerk: false, isPhoned: false, state: 'printed', code: '', jobId: '', sheetsReported: null },
  ...{ at: '2026-06-30T23:30:00.000Z', sheetsCounted: 6, supersededAt: null },
};

describe('the print log as CSV', () => {
  it('has a title line, a line a print, and as many cells in each', () => {
    const csv = printLogCsv([record]);
    expect(csv.startsWith('\ufeffPrinted at (UTC),')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv).toContain('2026-06-30T23:30:00.000Z,Wed 01-Jul-2026 00:30,555000000101,"O’Brien, ""Pat""",');
    expect(csv).toContain(",'=cmd|calc,2,3,6,6,printed,");
    expect(csv).toContain('"other: -1\r\nline"');
    expect(printLogCsv([]).split('\r\n')).toHaveLength(2);
  });
});
