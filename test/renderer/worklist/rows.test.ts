import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import { codedWords, contextWords } from '../../../src-renderer/app/words/code-words.ts';
import { columnsOf } from '../../../src-renderer/features/worklist/columns.ts';
import { filterRows } from '../../../src-renderer/features/worklist/filter-rows.ts';
import { readingOf } from '../../../src-renderer/features/worklist/list-kinds.ts';
import { LISTS, emptyWords, mayReadList } from '../../../src-renderer/features/worklist/list-words.ts';
import { flagSimilarNames } from '../../../src-renderer/features/worklist/similar-names.ts';
import { sortRows } from '../../../src-renderer/features/worklist/sort-rows.ts';
import { makeNhsNumber, makeRow, makeWorklist } from '../../support/fake-data.ts';

const priority = (code: string) => ({ code, display: code });
const person = (n: number, family: string, given = 'John', birthDate: string | null = null): ListedName => ({
  nhsNumber: makeNhsNumber(n),
  name: { family, given, prefix: '' },
  birthDate,
});

describe('sortRows', () => {
  it('puts 2 week waits first, then urgent, then unknown, then routine, each the oldest first', () => {
    const made = [
      makeRow(1, { priority: priority('ROUTINE'), created: '2026-01-01T00:00:00.000Z' }),
      makeRow(2, { priority: priority('URGENT'), created: '2026-03-01T00:00:00.000Z' }),
      makeRow(3, { priority: priority('TWO_WEEK_WAIT'), created: '2026-05-01T00:00:00.000Z' }),
      makeRow(4, { priority: priority('BRAND_NEW'), created: '2026-01-01T00:00:00.000Z' }),
      makeRow(5, { priority: priority('URGENT'), created: '2026-02-01T00:00:00.000Z' }),
      makeRow(6, { priority: priority('URGENT'), created: null }),
    ];
    expect(sortRows(made).map((row) => Number(row.ubrn) - 49_000_000)).toEqual([3, 5, 2, 6, 4, 1]);
  });

  it('gives the same order whatever order e-RS sent, and loses no row', () => {
    const made = Array.from({ length: 40 }, (_, n) => makeRow(n));
    const expected = sortRows(made);
    fc.assert(
      fc.property(fc.shuffledSubarray(made, { minLength: made.length }), (shuffled) => {
        expect(sortRows(shuffled)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('filterRows', () => {
  const rows = [
    makeRow(1, { context: 'Cardiology/Heart Failure' }),
    makeRow(2, { context: 'Dermatology/General' }),
  ];
  const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]];
  const names = new Map([[second.nhsNumber ?? '', person(2, 'Żółć', 'Łukasz')]]);
  const find = (filter: string) => filterRows(rows, filter, names);

  it('finds by specialty, NHS number and UBRN in groups, priority and name without accents', () => {
    expect(find('cardio')).toEqual([first]);
    expect(find('0000 4900 0002')).toEqual([second]);
    expect(find((first.nhsNumber ?? '').replace(/^(...)(...)/, '$1 $2 '))).toEqual([first]);
    expect(find('lukasz zolc')).toEqual([second]);
    expect(find('urgent heart')).toEqual([first]);
  });

  it('gives all rows for an empty filter and none for a word that no row has', () => {
    expect(find('  ')).toBe(rows);
    expect(find('cardio derma')).toEqual([]);
  });
});

describe('flagSimilarNames', () => {
  const flagsOf = (...people: ListedName[]) => {
    const flags = flagSimilarNames(people);
    return people.map(({ nhsNumber }) => flags.get(nhsNumber) ?? null);
  };

  it('flags a shared surname, and a name one letter apart with the same initial or date of birth', () => {
    expect(flagsOf(person(1, 'Smith', 'John'), person(2, 'SMITH', 'Zoë'))).toEqual([
      'same-surname',
      'same-surname',
    ]);
    expect(flagsOf(person(1, 'Smith', 'John'), person(2, 'Smyth', 'Joan'))).toEqual([
      'similar-name',
      'similar-name',
    ]);
    expect(flagsOf(person(1, 'Jonson', 'A', '1970-01-05'), person(2, 'Johnson', 'B', '1970-01-05'))).toEqual([
      'similar-name',
      'similar-name',
    ]);
  });

  it('leaves different people and one patient with two referrals alone', () => {
    expect(flagsOf(person(1, 'Smith', 'John'), person(2, 'Patel', 'John'))).toEqual([null, null]);
    expect(flagsOf(person(1, 'Smith', 'John'), person(1, 'Smith', 'John'))).toEqual([null, null]);
    expect(flagsOf(person(1, 'Smith', 'John'), person(2, 'Smyth', 'Amina'))).toEqual([null, null]);
  });
});

describe('code words', () => {
  it('spell out codes and leave words alone', () => {
    expect(contextWords('GI_AND_LIVER/IBD')).toBe('GI and liver / IBD');
    expect(contextWords('CARDIOLOGY/NOT_OTHERWISE_SPECIFIED')).toBe('Cardiology / Not otherwise specified');
    expect(contextWords('Knee Clinic, Invented Hospital')).toBe('Knee Clinic, Invented Hospital');
    expect(codedWords({ code: 'NO_SLOTS_AT_SERVICE', display: '' })).toBe('No slots at service');
    expect(codedWords({ code: 'X', display: 'Deferred to provider' })).toBe('Deferred to provider');
  });
});

describe('the lists', () => {
  it('are the six of e-RS, Awaiting Booking first, then the desk’s own, each with its columns and key', () => {
    expect(LISTS.map(({ kind }) => kind)).toHaveLength(10);
    expect(LISTS.map(({ key }) => key).join(' ')).toBe(
      'Ctrl+1 Ctrl+2 Ctrl+3 Ctrl+4 Ctrl+5 Ctrl+6 Ctrl+7 Ctrl+8 Ctrl+9 Ctrl+U',
    );
    expect(LISTS[0]?.kind).toBe('AWAITING_BOOKING');
    expect(columnsOf('LETTERS_OUTSTANDING').map(({ id }) => id)).not.toContain('status');
    expect(columnsOf('APPOINTMENT_SLOT_ISSUES').map(({ id }) => id)).toContain('contact-by');
  });

  it('name the role that a list needs', () => {
    const [awaiting, , , , issues] = LISTS as [(typeof LISTS)[0], 0, 0, 0, (typeof LISTS)[0]] & typeof LISTS;
    expect(mayReadList(awaiting, 'REFERRING_ADMIN')).toBe(true);
    expect(mayReadList(issues, 'REFERRING_CLINICIAN_ADMIN')).toMatch(
      /Appointment Slot Issues needs a service provider role; you work as Referring Clinician Admin/,
    );
  });

  it('an empty list says what was searched, for whom, and when', () => {
    expect(emptyWords(readingOf(makeWorklist('AWAITING_BOOKING', [])))).toBe(
      'No referrals awaiting booking for R69 as Referring Clinician Admin, read 10:42.',
    );
  });
});
