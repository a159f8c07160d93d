import { describe, expect, it } from 'vitest';
import { plainTextOf } from '../../../src-main/ers/fhir/plain-text.ts';

describe('the text of a message', () => {
  it.each([
    ['<a href="https://a.example/x">the pathway</a>', 'the pathway (https://a.example/x)'],
    ["<A HREF='https://a.example/x' target=_blank>the pathway</A>", 'the pathway (https://a.example/x)'],
    ['<a href="https://a.example/">https://a.example/</a>', 'https://a.example/'],
    ['<a href="https://a.example/?a=1&amp;b=2">x</a>', 'x (https://a.example/?a=1&b=2)'],
    ['see <a href="javascript:alert(1)">here</a> now', 'see here (javascript:alert(1)) now'],
  ])('writes a link out: %s', (text, plain) => expect(plainTextOf(text)).toBe(plain));

  it.each(['K <3 and Na >130', '<script>alert(1)</script>', 'a &lt; b', 'if <40 % then <a> or <b>'])(
    'takes nothing else away: %s',
    (text) => expect(plainTextOf(text)).toBe(text),
  );

  it('shows nothing that turns or hides what is read, and keeps its lines', () => {
    expect(plainTextOf('one\r\ntwo\u202e\u200b\tthree ')).toBe('one\ntwo\tthree');
  });

  it('takes no time over hostile text', () => {
    expect(plainTextOf('<a href="'.repeat(5_000)).length).toBe(9 * 5_000);
  });
});
