import { describe, expect, it } from 'vitest';
import { isSecondIdentifier } from '../../../src-main/features/referral/second-identifier.ts';

describe('the second identifier', () => {
  it.each([
    ['5919', true],
    ['5918', false],
    ['23/02/1961', true],
    ['23 02 1961', true],
    ['23021961', true],
    ['02231961', false],
    ['', false],
    ['943 476 5919', false],
  ])('%s', (typed, fits) => {
    expect(isSecondIdentifier(typed, '9434765919', '1961-02-23')).toBe(fits);
  });

  it('does not fit a date of birth that nobody knows', () => {
    expect(isSecondIdentifier('23021961', '9434765919', null)).toBe(false);
  });
});
