import { expect, it } from 'vitest';
import { findFileFault, MAX_LETTER_BYTES } from '../../../../src-main/features/letters/check/letter-file.ts';

const WHOLE = '%PDF-1.7\nwords\n%%EOF';

it.each([
  [null, WHOLE],
  [null, `${WHOLE}\r\n\0 `],
  ['letter-empty', ''],
  ['letter-is-html', '<!DOCTYPE html><title>Proxy</title>'],
  ['letter-is-html', ' \n<html>%PDF-1.7 %%EOF'],
  ['letter-not-a-pdf', 'junk %PDF-1.7 %%EOF'],
  ['letter-cut-short', '%PDF-1.7\nwords'],
  ['letter-cut-short', `${WHOLE}\nthe start of an update`],
  ['letter-with-script', '%PDF-1.7\n<</OpenAction<</S/Launch/F(x)>>>>\n%%EOF'],
  ['letter-with-script', '%PDF-1.7\n<</Names<</JavaScript 1 0 R>>>>\n%%EOF'],
  ['letter-too-large', `%PDF-1.7${' '.repeat(MAX_LETTER_BYTES)}%%EOF`],
])('says %s', (fault, text) => {
  expect(findFileFault(Buffer.from(text, 'latin1'))).toBe(fault);
});
