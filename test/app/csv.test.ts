import { describe, expect, it } from 'vitest';
import { csvCell } from '../../src-main/app/csv.ts';

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+44', "'+44"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=a,"b"', '"\'=a,""b"""'],
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['two\nlines', '"two\nlines"'],
    [7, '7'],
    ['', ''],
  ])('%j becomes %j', (value, cell) => expect(csvCell(value)).toBe(cell));
});
