import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatNhsNumber,
  formatUbrn,
  hasValidCheckDigit,
  parseAppointmentId,
  parseTypedNhsNumber,
  parseUbrn,
} from '../../src-main/contract/identifiers.ts';

describe('identifiers', () => {
  it('takes blanks and dashes out of a UBRN and keeps its zeros', () => {
    expect(parseUbrn(' 0000-0007 0001 ')).toBe('000000070001');
    expect(parseUbrn('00000007000')).toBeNull();
    expect(parseUbrn('00000007000x')).toBeNull();
  });

  it('says why a text is no NHS number', () => {
    expect(parseTypedNhsNumber('999 123 4567')).toEqual({ ok: false, fault: 'check-digit' });
    expect(parseTypedNhsNumber('999123456')).toEqual({ ok: false, fault: 'length' });
    expect(parseTypedNhsNumber('99912345AB')).toEqual({ ok: false, fault: 'characters' });
    expect(parseTypedNhsNumber('943-476-5919')).toEqual({ ok: true, nhsNumber: '9434765919' });
  });

  it('catches every single wrong digit of an NHS number', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (index, digit) => {
        const good = '9434765919';
        const changed = good.slice(0, index) + String(digit) + good.slice(index + 1);
        return hasValidCheckDigit(changed) === (changed === good);
      }),
    );
  });

  it('groups digits so that they never wrap', () => {
    expect(formatUbrn('000000070001')).toBe('0000\u00a00007\u00a00001');
    expect(formatNhsNumber('9434765919')).toBe('943\u00a0476\u00a05919');
  });

  it('never takes the literal of a contained appointment for an id', () => {
    expect(parseAppointmentId('appointment')).toBeNull();
    expect(parseAppointmentId('70009')).toBe('70009');
  });
});
