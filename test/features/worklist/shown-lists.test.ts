/** What the lists of a sitting showed: opening goes by all of it, cancelling by what they show now. */
import { expect, it } from 'vitest';
import type { Worklist, WorklistKind } from '../../../src-main/contract/channels/worklist.ts';
import type { NhsNumber } from '../../../src-main/contract/identifiers.ts';
import { createShownLists } from '../../../src-main/features/worklist/shown-lists.ts';
import { makeRow, makeWorklist } from '../../support/fake-data.ts';

const [first, second, third] = [makeRow(1), makeRow(2), makeRow(3)];

const list = (kind: WorklistKind, rows: Worklist['rows'], serviceId: string | null = null): Worklist => ({
  ...makeWorklist(kind, rows),
  filter: serviceId === null ? null : { serviceId, specialty: null, clinician: null },
});

it('is on a list while the list as it was read last has it', () => {
  const shown = createShownLists();
  const isOnReview = (ubrn: string) => shown.isOnList('REFERRALS_FOR_REVIEW', ubrn);
  shown.show(list('REFERRALS_FOR_REVIEW', [first, second]));
  shown.show(list('APPOINTMENT_SLOT_ISSUES', [third]));
  expect([first, second, third].map(({ ubrn }) => isOnReview(ubrn))).toEqual([true, true, false]);
  shown.show(list('REFERRALS_FOR_REVIEW', [second]));
  expect([first, second].map(({ ubrn }) => isOnReview(ubrn))).toEqual([false, true]);
  // It was listed in this sitting all the same: it opens without a second identifier.
  expect(shown.rowOf(first.ubrn)).toEqual(first);
});

it('has a part beside the whole, until the whole is read again', () => {
  const shown = createShownLists();
  const isOnReview = (ubrn: string) => shown.isOnList('REFERRALS_FOR_REVIEW', ubrn);
  shown.show(list('REFERRALS_FOR_REVIEW', [first]));
  shown.show(list('REFERRALS_FOR_REVIEW', [second], '11000'));
  expect([first, second].map(({ ubrn }) => isOnReview(ubrn))).toEqual([true, true]);
  shown.show(list('REFERRALS_FOR_REVIEW', [first]));
  expect(isOnReview(second.ubrn)).toBe(false);
});

it('gives each row of a kind once, and forgets everything', () => {
  const shown = createShownLists();
  shown.show(list('APPOINTMENT_SLOT_ISSUES', [first, second]));
  shown.show(list('APPOINTMENT_SLOT_ISSUES', [second], '11000'));
  expect(shown.rows()).toEqual([first, second]);
  expect(shown.ubrnsOf(first.nhsNumber as NhsNumber)).toEqual([first.ubrn]);
  shown.forget();
  expect([shown.rows(), shown.rowOf(first.ubrn)]).toEqual([[], null]);
});
