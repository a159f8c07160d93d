import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSealingKey, open, readKeyId, seal } from '../../../src-main/features/vault/envelope.ts';

const key = makeSealingKey('key-1', randomBytes(32));
const plain = Buffer.from(JSON.stringify({ ubrn: '000000070001', name: 'Łukasz' }));

describe('the sealed envelope', () => {
  it('opens under its key and context, whatever the length', () => {
    for (const length of [0, 1, 254, 255, 256, 257, 5000]) {
      const text = Buffer.alloc(length, 0x80);
      const opened = open([key], 'intent|1', seal(key, 'intent|1', text));
      expect(opened.ok && Buffer.from(opened.plain).equals(text)).toBe(true);
    }
  });

  it('refuses every changed byte', () => {
    const sealed = seal(key, 'intent|1', plain);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(open([key], 'intent|1', changed).ok, `byte ${index}`).toBe(false);
    }
  });

  it('refuses another row, a missing key and a torn record', () => {
    const sealed = seal(key, 'intent|1', plain);
    expect(open([key], 'intent|2', sealed)).toEqual({ ok: false, failure: 'damaged' });
    expect(open([], 'intent|1', sealed)).toEqual({ ok: false, failure: 'key-missing' });
    expect(open([key], 'intent|1', sealed.subarray(0, sealed.length - 1)).ok).toBe(false);
    expect(open([key], 'intent|1', sealed.subarray(0, 40))).toEqual({
      ok: false,
      failure: 'not-an-envelope',
    });
  });

  it('names its key to anyone', () => {
    expect(readKeyId(seal(key, 'intent|1', plain))).toBe('key-1');
    expect(readKeyId(plain)).toBeNull();
    expect(readKeyId(new Uint8Array())).toBeNull();
  });

  it('never gives the same bytes twice and tells little of the length', () => {
    const [a, b] = [seal(key, 'c', plain), seal(key, 'c', plain)];
    expect(Buffer.from(a).equals(b)).toBe(false);
    expect(seal(key, 'c', Buffer.from('a')).length).toBe(a.length);
  });
});
