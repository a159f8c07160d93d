// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Task } from '../../../src-main/contract/channels/tasks.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { READ_AT } from '../../support/fake-data.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { DIRECT, INDIRECT, makeReferral } from '../referral/referral-fakes.ts';
import { makeTask, makeTasks } from '../tasks/task-fakes.ts';
import { answerSlots } from '../slots/slot-fakes.ts';
import { makeBooking, makeDeferral, makeDeferralReview } from './booking-fakes.ts';

let desk: MountedDesk;
afterEach(() => desk.unmount());

const SECOND = { ...DIRECT, serviceId: '11001', name: 'Heart Clinic' };
const pane = () => document.querySelector('#detail')?.textContent?.replace(/\s+/g, ' ') ?? '';
const ubrn = () => String(desk.router.currentRoute.value.params['ubrn']);
const push = async (changes: Partial<OutboxItem>) => {
  const item = makeDeferral({ ubrn: ubrn(), updatedAt: '2026-11-23T10:43:00.000Z', ...changes });
  desk.fake.push('outbox/item-changed', item);
  await desk.settle();
};

/** ↓ Enter F7 on a service without slots, then Shift+F8. */
async function openDeferral(
  review: Parameters<typeof makeDeferralReview>[0] = {},
  answers: FakeAnswers = {},
): Promise<void> {
  let left = 2;
  desk = await mountReferral({
    ...answerSlots([]),
    'booking/review-deferral': (input) => ok(makeDeferralReview({ ...input, ...review })),
    'booking/close-review': () => ok({}),
    'booking/commit-deferral': ({ digits }) =>
      digits === '0501'
        ? ok({ kind: 'started', item: makeDeferral({ ubrn: ubrn() }) })
        : ok({ kind: 'wrong-digits', attemptsLeft: --left }),
    ...answers,
  });
  await desk.press('F7', 'Shift+F8');
}

async function commit(digits = '0501'): Promise<void> {
  await desk.type(digits);
  await desk.press('Ctrl+Enter');
}

describe('the review of a deferral', () => {
  it('shows service, reason, evidence and patient, without the digits that are asked for', async () => {
    await openDeferral();
    expect(desk.fake.inputsOf('booking/review-deferral')).toEqual([
      { ubrn: ubrn(), serviceId: DIRECT.serviceId },
    ]);
    for (const words of [
      'Defer to the provider?',
      DIRECT.name,
      'No free slots at the service',
      'cannot be chosen',
      '10:42:10',
      '1,000 characters left',
      'NOT DEFERRED until this panel says Deferred to provider',
      'Ask the patient for day and month of birth (ddmm)',
    ]) {
      expect(pane()).toContain(words);
    }
    expect(document.body.textContent).not.toContain('05-Jan-1961');
    expect((document.activeElement as HTMLInputElement).inputMode).toBe('numeric');
  });

  it('names the slot that was refused, and hides the NHS number’s end when that is asked for', async () => {
    await openDeferral({
      reason: 'SLOT_NOT_AVAILABLE',
      slotStart: '2026-12-01T09:24:00.000Z',
      identityQuestion: 'nhs-last-4',
    });
    expect(pane()).toContain('The slot asked for was no longer available');
    expect(pane()).toContain('Slot refused');
    expect(pane()).toContain('Tue 01-Dec-2026 09:24');
    const opened = document.querySelector(`#worklist-row-${ubrn()}`)?.textContent ?? '';
    expect(`${pane()} ${document.querySelector('#banner')?.textContent} ${opened}`).not.toContain('0018');
  });

  it('says offline that the desk searches again before it sends', async () => {
    await openDeferral({ isOffline: true, evidenceAt: null });
    expect(pane()).toContain('Queue this deferral? NOT DEFERRED');
    expect(pane()).toContain('Defer if there are still no slots: the desk searches again before it sends.');
    expect(pane()).toContain('Gathered again before it is sent');
  });

  it('offers a 2 week wait patient the other services first, and goes to their slots', async () => {
    const shortlist = [DIRECT, SECOND];
    desk = await mountReferral({
      ...answerSlots([]),
      'referral/open': (input) => ok(makeReferral({ ubrn: input.ubrn, shortlist })),
      'booking/review-deferral': (input) =>
        ok(
          makeDeferralReview({
            ...input,
            isTwoWeekWait: true,
            otherServices: [{ serviceId: SECOND.serviceId, name: SECOND.name }],
          }),
        ),
      'booking/close-review': () => ok({}),
    });
    await desk.press('F7', 'Enter', 'Shift+F8');
    expect(pane()).toContain('Offer the other services of the shortlist first');
    const offer = [...document.querySelectorAll<HTMLButtonElement>('.defer__services button')][0];
    expect(offer?.textContent).toContain('Slots at Heart Clinic');
    offer?.click();
    await desk.settle();
    expect(desk.fake.inputsOf('slots/search').map(({ serviceId }) => serviceId)).toEqual(['11000', '11001']);
    expect(document.querySelector('.review')).toBeNull();
  });

  it('asks at which service from the referral, where there are several', async () => {
    await openDeferral(
      {},
      {
        'referral/open': (input) =>
          ok(makeReferral({ ubrn: input.ubrn, shortlist: [INDIRECT, DIRECT, SECOND] })),
      },
    );
    await desk.press('Escape', 'Escape');
    desk.unmount();
    desk = await mountReferral({
      'referral/open': (input) =>
        ok(makeReferral({ ubrn: input.ubrn, shortlist: [INDIRECT, DIRECT, SECOND] })),
      'booking/review-deferral': (input) => ok(makeDeferralReview(input)),
    });
    await desk.press('Shift+F8');
    expect(document.activeElement?.getAttribute('role')).toBe('listbox');
    await desk.press('Home', 'Enter');
    expect(desk.statusLine()).toContain(`No deferral to ${INDIRECT.name}`);
    expect(desk.fake.inputsOf('booking/review-deferral')).toEqual([]);
    await desk.press('End', 'Enter');
    expect(desk.fake.inputsOf('booking/review-deferral')).toEqual([
      { ubrn: ubrn(), serviceId: SECOND.serviceId },
    ]);
    expect(pane()).toContain('Defer to the provider?');
  });

  it('closes the choice of a service by Esc', async () => {
    desk = await mountReferral({
      'referral/open': (input) => ok(makeReferral({ ubrn: input.ubrn, shortlist: [DIRECT, SECOND] })),
    });
    await desk.press('Shift+F8', 'Escape');
    expect(desk.statusLine()).toContain('NOT DEFERRED');
    expect([pane(), desk.router.currentRoute.value.name]).toEqual(['', 'referral']);
  });

  it('keeps the comment when it is closed, and sends it with the digits', async () => {
    await openDeferral();
    const text = document.querySelector('textarea') as HTMLTextAreaElement;
    text.focus();
    await desk.type('Please ring the daughter');
    expect(pane()).toContain('976 characters left');
    await desk.press('Enter');
    expect(desk.statusLine()).not.toContain('Enter does not');
    await desk.press('Escape', 'Shift+F8');
    expect(document.querySelector('textarea')?.value).toBe('Please ring the daughter');
    await commit();
    expect(desk.fake.inputsOf('booking/commit-deferral')).toEqual([
      { reviewId: makeDeferralReview().reviewId, digits: '0501', comment: 'Please ring the daughter' },
    ]);
  });

  it('does not send a comment that is too long, and does not cut it', async () => {
    await openDeferral({ maxComment: 10 });
    document.querySelector('textarea')?.focus();
    await desk.type('far too long a text');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('the comment is too long: 9 characters too many');
    expect(desk.fake.inputsOf('booking/commit-deferral')).toEqual([]);
    expect(document.querySelector('textarea')?.value).toBe('far too long a text');
  });

  it('is never committed by Enter, and closes after wrong digits twice', async () => {
    await openDeferral();
    await desk.type('0501');
    await desk.press('Enter');
    expect(desk.statusLine()).toContain('Enter does not defer');
    await commit('9999');
    expect(pane()).toContain('1 attempt is left');
    await commit('8888');
    expect(pane()).toContain('NOT DEFERRED. The digits were wrong twice');
    expect(document.querySelector('.review')).toBeNull();
  });
});

describe('a deferral that is not allowed', () => {
  it.each([
    ['slots-available', { slots: 14, readAt: READ_AT }, 'Defer is not allowed yet: 14 free slots at 10:42'],
    ['slots-available', { slots: 1, readAt: READ_AT }, 'Defer is not allowed yet: 1 free slot at 10:42'],
    ['no-evidence', {}, 'Defer is not allowed yet: nothing shows that this service cannot be booked'],
    ['evidence-expired', {}, 'Defer is not allowed yet: the last search is more than 2 minutes old'],
    ['search-first', {}, 'Defer is not allowed yet: search the slots first'],
    ['state-not-deferrable', {}, 'The state of the referral does not allow deferral'],
    ['role-cannot-book', {}, 'Your role cannot book or defer'],
  ])('says why in words: %s', async (code, facts, words) => {
    await openDeferral({}, { 'booking/review-deferral': () => fail('rejected', code, facts) });
    expect(desk.statusLine()).toContain(words);
    expect(pane()).toContain(words);
    expect(document.querySelector('.review')).toBeNull();
    expect(document.activeElement?.closest('#centre')).not.toBeNull();
  });

  it('is refused at the key while a booking of the referral is not settled', async () => {
    await openDeferral(
      {},
      {
        'booking/read-state': (input) => ok({ booking: makeBooking({ ubrn: input.ubrn, state: 'unknown' }) }),
      },
    );
    expect(desk.fake.inputsOf('booking/review-deferral')).toEqual([]);
    expect(desk.statusLine()).toContain('not settled yet');
  });

  it('stays open with the problem when main cannot take it', async () => {
    await openDeferral({}, { 'booking/commit-deferral': () => fail('rejected', 'evidence-expired') });
    await commit();
    expect(pane()).toContain('the last search is more than 2 minutes old');
    expect((document.activeElement as HTMLInputElement).value).toBe('');
  });
});

describe('the deferral', () => {
  it('says NOT DEFERRED or NOT CONFIRMED until e-RS holds it, and freezes the referral', async () => {
    await openDeferral();
    await commit();
    expect(document.activeElement?.className).toContain('result__title');
    expect(document.activeElement?.textContent).toContain('NOT DEFERRED yet: queued');
    await push({ state: 'checking' });
    expect(pane()).toContain('NOT DEFERRED yet: checking');
    await push({ state: 'sending', updatedAt: '2026-11-23T10:43:01.000Z' });
    expect(pane()).toContain('NOT CONFIRMED yet: sent');
    await desk.press('Shift+F8');
    expect(desk.statusLine()).toContain('a deferral of this referral is not settled yet');
    await desk.press('F9');
    expect(desk.statusLine()).toContain('NOT CONFIRMED');
    await push({ state: 'done', updatedAt: '2026-11-23T10:43:02.000Z' });
    expect(pane()).toContain('Deferred to provider');
    expect(desk.statusLine()).toContain('Deferred to provider');
    expect(desk.fake.inputsOf('referral/reread')).toHaveLength(1);
    expect(document.querySelector(`#worklist-row-${ubrn()}`)?.textContent).toContain('Deferred');
  });

  it('has the provider rung today after a 2 week wait, for as long as the task of it is open', async () => {
    await openDeferral({ isTwoWeekWait: true });
    const tell = async (tasks: readonly Task[]) => {
      const known = makeTasks(tasks);
      desk.fake.answer('tasks/read', () => ok(known));
      desk.fake.push('tasks/changed', known.counts);
      await desk.settle();
    };
    await tell([]);
    await commit();
    await push({ state: 'done' });
    expect(pane()).toContain('Deferred to provider');
    expect(pane()).not.toContain('Ring the provider today');
    await tell([makeTask(1, { kind: 'ring-provider-today', ubrn: ubrn() })]);
    expect(pane()).toContain('Ring the provider today');
    await tell([makeTask(1, { kind: 'ring-provider-today', ubrn: '000000000099' })]);
    expect(pane()).not.toContain('Ring the provider today');
  });

  it('comes back with free slots: F7 shows them', async () => {
    await openDeferral();
    await commit();
    await push({ state: 'needs-you', code: 'slots-available' });
    expect(pane()).toContain('NOT DEFERRED: there are free slots now');
    expect(pane()).toContain('There are free slots now: F7 shows them.');
    await desk.press('F7');
    expect(desk.fake.inputsOf('slots/search')).toHaveLength(2);
  });

  it('reads an unknown outcome back by F5', async () => {
    await openDeferral(
      {},
      {
        'outbox/read-back': () =>
          ok(makeDeferral({ ubrn: ubrn(), state: 'done', updatedAt: '2026-11-23T10:45:00.000Z' })),
      },
    );
    await commit();
    const may = { ...makeDeferral().may, readBack: true };
    await push({ state: 'unknown', code: 'reply-lost', nextCheckAt: '2026-11-23T10:43:40.000Z', may });
    expect(pane()).toContain('The desk checks again at 10:43:40.');
    await desk.press('F5');
    expect(pane()).toContain('Deferred to provider');
  });

  it('changes nothing when an older state arrives late, and is forgotten at a lock', async () => {
    await openDeferral();
    await commit();
    await push({ state: 'done', updatedAt: '2026-11-23T10:44:00.000Z' });
    await push({ state: 'sending', updatedAt: '2026-11-23T10:43:00.000Z' });
    expect(pane()).toContain('Deferred to provider');
    await desk.press('Ctrl+L');
    expect(document.body.textContent).not.toContain('Deferred to provider');
  });
});
