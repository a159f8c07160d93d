/** Moving an appointment: the red task stands from the cancellation until the next booking (screens.md section 8). */
import { expect, it } from 'vitest';
import {
  book,
  bookable,
  digitsOf,
  item,
  openClerkDesk,
  openReferral,
  pass,
} from '../../support/clerk-steps.ts';
import type { TestDesk } from '../../support/desk.ts';

/** Cancels the appointment; gives the intent. */
async function cancelAppointment(desk: TestDesk, ubrn: string, isMove: boolean): Promise<string> {
  await openReferral(desk, ubrn);
  const panel = await desk.must('cancellation/review-appointment', { ubrn, isMove });
  const reason = panel.reasons.find(({ commentIsMandatory }) => !commentIsMandatory) ?? panel.reasons[0];
  const answer = await desk.must('cancellation/commit-appointment', {
    reviewId: panel.reviewId,
    digits: digitsOf(desk, ubrn, panel.identityQuestion),
    reasonCode: reason?.code ?? '',
    comment: 'Another day',
  });
  await pass(desk, 10);
  return answer.kind === 'started' ? answer.item.intentId : '';
}

const kinds = async (desk: TestDesk) => (await desk.must('tasks/read', {})).tasks.map(({ kind }) => kind);
const letters = async (desk: TestDesk) =>
  (await desk.must('lists/read', { list: 'LETTERS_TO_PRINT' })).rows.map(({ ubrn }) => ubrn);

async function openBooked() {
  const clerk = await openClerkDesk();
  await clerk.desk.signIn();
  const [ubrn = ''] = bookable(clerk.desk);
  await book(clerk.desk, ubrn);
  await pass(clerk.desk, 5);
  return { ...clerk, ubrn };
}

it('carries "no appointment" until another one is booked, over a restart and an unlock', async () => {
  const { desk, restart, ubrn } = await openBooked();
  expect(await letters(desk)).toEqual([ubrn]);
  const cancelled = await cancelAppointment(desk, ubrn, true);
  expect(await item(desk, cancelled)).toMatchObject({ state: 'done' });
  expect(await kinds(desk)).toEqual(['no-appointment']);
  // The letter of an appointment that is gone is not to be printed.
  expect(await letters(desk)).toEqual([]);

  const { desk: later } = await restart();
  await later.signIn();
  await pass(later, 2);
  // The booking that was moved away is heard of again, and ends nothing.
  expect(await kinds(later)).toEqual(['no-appointment']);
  expect(await letters(later)).toEqual([]);

  await openReferral(later, ubrn);
  const { shortlist } = later.service.world.referral(ubrn);
  const review = await later.must('shortlist/review-change', { ubrn, serviceIds: [...shortlist] });
  await later.must('shortlist/commit-change', {
    reviewId: review.reviewId,
    digits: digitsOf(later, ubrn, review.identityQuestion),
    notedRequirements: review.requirements.map(({ code }) => code),
  });
  await pass(later, 10);
  expect(await kinds(later)).toContain('no-appointment');
  const booked = await book(later, ubrn, 1);
  await pass(later, 10);
  expect(await item(later, booked)).toMatchObject({ state: 'done' });
  expect(await kinds(later)).toEqual([]);
  expect(await letters(later)).toEqual([ubrn]);
});

it('carries nothing where the patient wants no other appointment', async () => {
  const { desk, ubrn } = await openBooked();
  await cancelAppointment(desk, ubrn, false);
  expect(desk.service.world.referral(ubrn).appointment?.status).toBe('cancelled');
  expect(await kinds(desk)).toEqual([]);
});
