import { describe, expect, it } from 'vitest';
import { NO_FILTERS } from '../../../src-renderer/features/slots/slot-filters.ts';
import { indexSlot, type IndexedSlot } from '../../../src-renderer/features/slots/slot-index.ts';
import {
  coverageWords,
  edgeWords,
  emptyWords,
  filteredWords,
  jumpFaultWords,
  missingWords,
  pageRanges,
  patientScript,
  searchedWords,
  slotSpan,
  slotSpokenWords,
  slotStaffWords,
  type Coverage,
} from '../../../src-renderer/features/slots/slot-words.ts';
import { READ_AT } from '../../support/fake-data.ts';
import { makeSlot } from './slot-fakes.ts';

const indexed = (...of: Parameters<typeof makeSlot>): IndexedSlot => {
  const slot = indexSlot(makeSlot(...of));
  if (slot === null) throw new Error('no slot');
  return slot;
};
const coverage = (changes: Partial<Coverage> = {}): Coverage => ({
  ...{ loaded: 87, total: 212, pages: [1, 2, 3], hasMore: true, unreadable: 0, readAt: READ_AT },
  isRemembered: false,
  ...changes,
});

describe('coverage', () => {
  it('says how many of how many, from which pages, read when', () => {
    expect(coverageWords(coverage())).toBe('87 of 212 free slots, pages 1-3, read 10:42:10');
    expect(coverageWords(coverage({ pages: [1] }))).toContain('page 1,');
    expect(pageRanges([5, 1, 2, 3, 7, 8])).toBe('1-3, 5, 7-8');
  });

  it('says what is missing: pages and slots that could not be read', () => {
    expect(missingWords(coverage())).toContain('Later pages are not read yet');
    expect(missingWords(coverage({ hasMore: false, unreadable: 1 }))).toBe(
      '1 slot came without a readable time and cannot be offered.',
    );
    expect(missingWords(coverage({ hasMore: false }))).toBe('');
  });

  it('words an empty answer by service, priority and time, and filtered slots never as "no slots"', () => {
    expect(emptyWords('Knee Clinic', 'Urgent', READ_AT)).toBe(
      'e-RS has no free slots at Knee Clinic for priority Urgent, read 10:42:10.',
    );
    const filtered = filteredWords({ part: 'am', weekdays: [2, 3], clinician: 'none' }, coverage());
    expect(filtered).toBe(
      'None of the 87 slots read fits the filters (AM, Tue Wed, no named clinician). Later pages are not read yet: Ctrl+F8 reads them all.',
    );
    expect(
      filteredWords({ ...NO_FILTERS, clinician: '021600556514' }, coverage({ hasMore: false })),
    ).toContain('clinician 021600556514');
  });
});

describe('slots in words', () => {
  const slot = indexed('2027-01-05', 14, 30, { clinicianId: '021600556514', isUnusual: true });

  it('have a staff form, a span and a spoken form', () => {
    expect(slotStaffWords(slot)).toBe('Tue 05-Jan-2027 14:30');
    expect(slotSpan(slot)).toBe('14:30 to 14:45');
    expect(slotSpokenWords(slot, ['chosen'])).toBe(
      "Tuesday 5 January 2027, 14:30, clinician 021600556514, Unusual time: check the service's instructions, chosen",
    );
    expect(slotStaffWords(indexed('2027-03-25', 9, 0))).toBe('Thu 25-Mar-2027 09:00 GMT');
  });

  it('are read out to the patient in one sentence', () => {
    const second = indexed('2027-01-06', 9, 0);
    expect(patientScript([slot], 'Knee Clinic')).toBe(
      'At Knee Clinic I can offer Tuesday 5 January 2027 at 2:30pm. Which would suit you?',
    );
    expect(patientScript([slot, second], 'Knee Clinic')).toContain(
      '2:30pm or Wednesday 6 January 2027 at 9am',
    );
    expect(patientScript([], 'Knee Clinic')).toBe('');
  });

  it('are announced after a search', () => {
    expect(searchedWords(coverage(), 'Knee Clinic', slot)).toBe(
      '212 free slots at Knee Clinic. On Tue 05-Jan-2027 14:30.',
    );
    expect(searchedWords(coverage({ total: 1 }), 'Knee Clinic', null)).toBe('1 free slot at Knee Clinic.');
  });
});

it('says why a key or a jump did nothing', () => {
  const edges = ['first-of-day', 'last-of-day', 'first-day', 'last-day'] as const;
  const texts = edges.map((edge) => edgeWords({ kind: 'edge', edge }, true));
  expect(new Set(texts).size).toBe(4);
  expect(edgeWords({ kind: 'edge', edge: 'last-day' }, false)).not.toBe(texts[3]);
  const faults = ['not-understood', 'no-such-date', 'in-the-past', 'too-far'] as const;
  expect(new Set(faults.map(jumpFaultWords)).size).toBe(4);
});
