import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAccessCode, maskRun } from '../../../src-renderer/features/letters/access-code-finder.ts';
import { decodeBase64 } from '../../../src-renderer/app/decode-base64.ts';
import { readLines } from '../../../src-renderer/app/pdf/page-text.ts';
import { makeLetterPage as page } from './letter-fakes.ts';

const hidden = (...lines: (string | readonly string[])[]) => {
  const made = page(...lines);
  return [...findAccessCode([made]).runs].map((run) => run.text);
};

describe('findAccessCode', () => {
  it.each([
    ['in one run with its label', ['Access code: ABCD EFGH'], ['Access code: ABCD EFGH']],
    ['with a dash and digits', ['Your access code is AB12-CD34'], ['Your access code is AB12-CD34']],
    ['to the right of its label', [['Access code', 'WXYZ 2345']], ['WXYZ 2345']],
    ['in pieces to the right', [['Password:', 'WXYZ', '2345']], ['WXYZ', '2345']],
    ['on the next line', ['Your access code', 'K7PQ MN42'], ['K7PQ MN42']],
  ])('finds it %s', (_where, lines, expected) => {
    expect(hidden(...lines)).toEqual(expected);
  });

  it('leaves sentences that only speak of it alone', () => {
    const text = ['You will need your UBRN and your access code', 'to log in and see your details there.'];
    const made = page(...text, 'Access code: ABCD EFGH', 'Page 2 of 2');
    expect([...findAccessCode([made]).runs].map((run) => run.text)).toEqual(['Access code: ABCD EFGH']);
  });

  it('hides every other place of the same code, on every page and in pieces', () => {
    const first = page('Please keep ABCDEFGH safe.', ['ABCD', 'EFGH']);
    const second = page('Access code: ABCD EFGH');
    const { runs } = findAccessCode([first, second]);
    expect([...runs].map((run) => run.text).sort()).toEqual(
      ['ABCD', 'Access code: ABCD EFGH', 'EFGH', 'Please keep ABCDEFGH safe.'].sort(),
    );
  });

  it('covers the whole last page when it cannot tell where the code is', () => {
    const place = findAccessCode([page('Dear patient'), page('Log in with your letter')]);
    expect([place.isFound, [...place.wholePages]]).toEqual([false, [1]]);
    expect([...findAccessCode([page()]).wholePages]).toEqual([0]);
    expect([...findAccessCode([]).wholePages]).toEqual([]);
  });

  it('finds every code of the letters’ alphabet', () => {
    const group = fc.array(fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZ23456789'), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(group, group, (a, b) => {
        const code = `${a.join('')} ${b.join('')}`;
        expect(hidden('UBRN: 0000 4900 0001', `Access code: ${code}`)).toEqual([`Access code: ${code}`]);
        expect(hidden(['Access code', code])).toEqual([code]);
      }),
    );
  });

  it('masks the code and leaves its label readable', () => {
    const [run] = page('Access code: ABCD EFGH').runs;
    const [bare] = page('ABCD EFGH').runs;
    if (run === undefined || bare === undefined) throw new Error('no runs');
    expect(maskRun(run)).toBe('Access code: ••••••••');
    expect(maskRun(bare)).toBe('••••••••');
  });
});

it('reads lines from the top, each from the left, whatever the order of the runs', () => {
  const made = page(['left', 'right'], 'below');
  const lines = readLines({ ...made, runs: [...made.runs].reverse() });
  expect(lines.map((line) => line.map((run) => run.text))).toEqual([['left', 'right'], ['below']]);
});

it('decodes base64 to bytes', () => {
  expect([...decodeBase64(btoa('%PDF\u00ff'))]).toEqual([37, 80, 68, 70, 255]);
});
