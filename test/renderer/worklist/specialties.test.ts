import { describe, expect, it } from 'vitest';
import { matchSpecialties, specialtyOf } from '../../../src-renderer/features/worklist/specialties.ts';

const ALL = [
  { code: 'CARDIOLOGY', display: 'Cardiology' },
  { code: 'CHILDREN_CARDIOLOGY', display: 'Children’s & Adolescent Services: Cardiology' },
  { code: 'ENT', display: 'Ear, Nose & Throat' },
];

describe('a specialty', () => {
  it.each([
    ['cardiology', 'CARDIOLOGY'],
    ['Children', 'CHILDREN_CARDIOLOGY'],
    ['ENT', 'ENT'],
    ['nose thr', 'ENT'],
  ])('typed as %j is %s', (typed, code) => expect(specialtyOf(ALL, typed)?.code).toBe(code));

  it('is not guessed where several fit, or none', () => {
    expect(matchSpecialties(ALL, 'card').map(({ code }) => code)).toEqual([
      'CARDIOLOGY',
      'CHILDREN_CARDIOLOGY',
    ]);
    expect(specialtyOf(ALL, 'card')).toBeNull();
    expect(specialtyOf(ALL, 'dermatology')).toBeNull();
    expect(matchSpecialties(ALL, ' ')).toEqual([]);
  });
});
