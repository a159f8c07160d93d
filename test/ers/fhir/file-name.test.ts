import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFileName } from '../../../src-main/ers/fhir/file-name.ts';

test.each([
  [
    'attachment; filename="000000123456_Appointment_Confirmation_Summary_20270101120000.pdf"',
    '000000123456_Appointment_Confirmation_Summary_20270101120000.pdf',
  ],
  ['attachment; filename=plain.pdf', 'plain.pdf'],
  ['inline;FILENAME=f.txt; size=3', 'f.txt'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="..\\\\..\\\\evil.exe"', 'evil.exe'],
  ['attachment; filename="letter\u202efdp.exe"', 'letterfdp.exe'],
  ['attachment; filename="a\u0000b\nc\u200bd.pdf"', 'abcd.pdf'],
  ['attachment; filename="..."', ''],
  ['attachment; filename="con.pdf"', ''],
  ['attachment; filename="C:letter.pdf"', 'Cletter.pdf'],
  ['attachment', ''],
  ['', ''],
])('%j gives %j', (disposition, name) => expect(readFileName(disposition)).toBe(name));

test('no name is a path, hidden, or longer than a file system bears', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const name = readFileName(`attachment; filename="${text}"`);
      expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}]|^\./u);
      expect(name.length).toBeLessThanOrEqual(120);
    }),
  );
});
