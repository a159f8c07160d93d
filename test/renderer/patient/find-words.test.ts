import { describe, expect, it } from 'vitest';
import { faultOfSearch, readSecondIdentifier } from '../../../src-renderer/features/patient/find-words.ts';
import { makeNhsNumber } from '../../support/fake-data.ts';

describe('faultOfSearch', () => {
  it('takes a UBRN and a right NHS number, however they are grouped', () => {
    expect(faultOfSearch('0000 4900 0001')).toBeNull();
    expect(faultOfSearch('0000-4900-0001')).toBeNull();
    expect(faultOfSearch(makeNhsNumber(1).replace(/^(...)(...)/, '$1 $2 '))).toBeNull();
  });

  it('says in words what is wrong', () => {
    expect(faultOfSearch('')).toContain('Type or scan');
    expect(faultOfSearch('0000 4900 001')).toContain('You typed 11');
    expect(faultOfSearch('SMITH')).toContain('only digits');
    // The service manual's example number fails modulus 11.
    expect(faultOfSearch('999 123 4567')).toContain('last digit does not fit');
  });
});

describe('readSecondIdentifier', () => {
  it.each([
    ['1234', '1234'],
    ['05011970', '05011970'],
    ['05 01 1970', '05011970'],
    ['5/1/1970', '05011970'],
    ['29.02.1972', '29021972'],
  ])('reads %s', (typed, text) => {
    expect(readSecondIdentifier(typed)).toEqual({ ok: true, text });
  });

  it.each(['', '123', '12345', '32011970', '29021970', '1970-01-05', 'abcd'])('refuses %j', (typed) => {
    expect(readSecondIdentifier(typed).ok).toBe(false);
  });
});
