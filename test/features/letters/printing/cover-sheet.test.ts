import { expect, it } from 'vitest';
import { createPdfReader } from '../../../../src-main/adapters/node/pdf-reader.ts';
import { coverLines, makeCoverSheet } from '../../../../src-main/features/letters/printing/cover-sheet.ts';

const lettersOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ initials: 'AŁ', ubrn: String(100_000_001_000 + index) }));

it('is one page with the count, the initials and four digits of each, who and when, and no more of a patient', async () => {
  const reader = createPdfReader({ log: { write: () => undefined } });
  for (const count of [1, 200]) {
    const letters = lettersOf(count);
    const at = '2026-11-23T14:30:00.000Z';
    const cover = { at, userName: 'CLERK, Carol', printer: 'Front desk', letters, environment: 'TRAINING' };
    const read = await reader.readText(await makeCoverSheet(cover));
    if (!read.ok) throw new Error(read.problem.code);
    expect(read.value).toHaveLength(1);
    const text = read.value[0]?.lines.join('\n') ?? '';
    expect(text).toContain(`${count} letters asked for`);
    expect(text).toContain('Mon 23-Nov-2026 14:30, CLERK, Carol, Front desk');
    expect(text).toContain('TRAINING');
    coverLines(letters).forEach((line) =>
      expect(text.replaceAll(/\s+/g, ' ')).toContain(line.replaceAll(/\s+/g, ' ')),
    );
    expect(text).not.toContain(letters[0]?.ubrn);
  }
  await reader.close();
});
