// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import type { OutcomeReview, Rejection } from '../../../src-main/contract/channels/review.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { makeSession } from '../../support/fake-data.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { REVIEW_ID } from '../booking/booking-fakes.ts';
import {
  BOOKED_APPOINTMENT,
  makeCancellation,
  makeLaterReview,
  OPENED,
  REASONS,
  START,
} from '../cancellation/cancellation-fakes.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { DIRECT, makeReferral } from '../referral/referral-fakes.ts';

let desk: MountedDesk;
afterEach(() => desk.unmount());

const judged = (ubrn: string) => ({
  ...{ reviewId: REVIEW_ID, ubrn, version: 5, serviceName: DIRECT.name, start: START, clinicianId: null },
  ...{ maxComment: 2000, identityQuestion: 'birth-ddmm' as const, attemptsLeft: 2 },
  ...{ onBehalfOf: null, isOffline: false },
});
const rejection = (ubrn: string, changes: Partial<Rejection> = {}): Rejection => ({
  ...judged(ubrn),
  reasons: REASONS,
  asksPas: false,
  ...changes,
});
const outcomeOf = (
  ubrn: string,
  outcome: OutcomeReview['outcome'],
  changes: Partial<OutcomeReview> = {},
): OutcomeReview => ({
  ...judged(ubrn),
  outcome,
  priority: { code: 'ROUTINE', display: 'Routine' },
  priorities: outcome === 'ACCEPT_REFER_BOOK_LATER' ? ['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'] : [],
  asksAlive: false,
  maxFiles: 3,
  ...changes,
});

const BOOKED = { canAccept: null, canReject: null, canCancelLater: null, canRecordReview: 'no-review-open' };
const IN_TRIAGE = { canAccept: 'triage-item', canReject: 'triage-item', canRecordReview: null };

/** A provider's desk with a referral open, over a main that takes the digits 0501. */
function mountJudged(view: Partial<ReferralView> = BOOKED, answers: FakeAnswers = {}): Promise<MountedDesk> {
  const open = ({ ubrn }: { ubrn: string }) =>
    ok(makeReferral({ ubrn, appointment: BOOKED_APPOINTMENT, canBook: 'role-cannot-book', ...view }));
  let left = 2;
  const commit =
    (action: OutboxItem['action']) =>
    ({ digits }: { digits: string }) =>
      digits === '0501'
        ? ok({ kind: 'started' as const, item: makeCancellation({ action, ubrn: OPENED }) })
        : ok({ kind: 'wrong-digits' as const, attemptsLeft: --left });
  return mountReferral({
    'referral/open': open,
    'referral/reread': open,
    'review/review-acceptance': ({ ubrn }) => ok(judged(ubrn)),
    'review/review-rejection': ({ ubrn }) => ok(rejection(ubrn)),
    'review/review-outcome': ({ ubrn, outcome }) => ok(outcomeOf(ubrn, outcome)),
    'review/close': () => ok({}),
    'review/commit-acceptance': commit('accept-referral'),
    'review/commit-rejection': commit('reject-referral'),
    'review/commit-outcome': commit('record-review'),
    'cancellation/review-later': ({ ubrn }) => ok(makeLaterReview({ ubrn })),
    'cancellation/close-review': () => ok({}),
    ...answers,
  });
}

const pane = () => document.querySelector('#detail')?.textContent?.replace(/\s+/g, ' ') ?? '';
const focus = (selector: string) => document.querySelector<HTMLElement>(`#detail ${selector}`)?.focus();
const down = (times: number) => Array<string>(times).fill('ArrowDown');
/** Begins the review and opens the panel of the decision at that place. */
async function decide(place: number): Promise<void> {
  await desk.press('Ctrl+Shift+F9', ...down(place), 'Enter');
}
async function commit(digits = '0501'): Promise<void> {
  focus('.review__digits input');
  await desk.type(digits);
  await desk.press('Ctrl+Enter');
}
async function push(changes: Partial<OutboxItem>): Promise<void> {
  const item = makeCancellation({ ubrn: OPENED, updatedAt: '2026-11-23T10:43:00.000Z', ...changes });
  desk.fake.push('outbox/item-changed', item);
  await desk.settle();
}

describe('the decisions', () => {
  it('are those that main allows, the others with their reason; nothing is asked of main yet', async () => {
    desk = await mountJudged();
    await desk.press('Ctrl+Shift+F9');
    const options = [...document.querySelectorAll('#detail [role="option"] strong')];
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'Accept',
      'Reject',
      'Cancel, action later',
    ]);
    expect(pane()).toContain('Accept, to be booked; Return with advice: no review is open');
    expect(pane()).toContain('Clinical information NOT opened; no files');
    expect(desk.fake.inputsOf('review/review-acceptance')).toEqual([]);
    await desk.press('Escape');
    expect(pane()).not.toContain('NOTHING DECIDED');
    expect(desk.statusLine()).toContain('NOTHING DECIDED');
  });

  it('are refused with the reason of the side on which the referral is', async () => {
    desk = await mountJudged({ canAccept: 'role-cannot-review', canReject: 'role-cannot-review' });
    await desk.press('Ctrl+Shift+F9');
    expect(desk.statusLine()).toContain('Review: it needs the role Service Provider Clinician');
  });

  it('give way to the panel of Cancel, action later', async () => {
    desk = await mountJudged();
    await decide(2);
    expect(pane()).toContain('Cancel now, action later?');
    expect(pane()).not.toContain('NOTHING DECIDED');
  });
});

describe('accepting', () => {
  it('asks for the digits of the papers, hides them meanwhile, and is committed by Ctrl+Enter alone', async () => {
    desk = await mountJudged();
    await decide(0);
    expect(pane()).toContain('Day and month of birth on the papers that you judged');
    expect(document.body.textContent).not.toContain('05-Jan-1961');
    await desk.type('0501');
    await desk.press('Enter');
    expect(desk.statusLine()).toContain('Enter does not accept');
    expect(desk.fake.inputsOf('review/commit-acceptance')).toEqual([]);
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('review/commit-acceptance')).toEqual([{ reviewId: REVIEW_ID, digits: '0501' }]);
    expect(pane()).toContain('NOT ACCEPTED yet');
    await push({ action: 'accept-referral', state: 'done' });
    expect(pane()).toMatch(/Accepted.*The appointment Tue 05-Jan-2027 14:30 stays/);
  });

  it('closes after wrong digits twice', async () => {
    desk = await mountJudged();
    await decide(0);
    await commit('0101');
    expect(pane()).toContain('The digits do not match');
    await commit('0101');
    expect(pane()).toContain('NOT ACCEPTED. The digits were wrong twice');
  });

  it('goes on to the next row of the list by Enter in its result, in review at once', async () => {
    desk = await mountJudged();
    await decide(0);
    await commit();
    document.querySelector<HTMLElement>('.result__title')?.focus();
    await desk.press('Enter');
    const opened = desk.fake.inputsOf('referral/open').map(({ ubrn }) => ubrn);
    expect(opened.at(-1)).not.toBe(OPENED);
    expect(pane()).toContain('Review: NOTHING DECIDED');
  });
});

describe('rejecting', () => {
  it('needs a reason, and the answer about the PAS where it is asked for; both are sent', async () => {
    desk = await mountJudged(BOOKED, {
      'review/review-rejection': ({ ubrn }) => ok(rejection(ubrn, { asksPas: true })),
    });
    await decide(1);
    expect(pane()).toContain('The appointment is cancelled now');
    await desk.type('0501');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('choose the reason first');
    focus('[role="listbox"]');
    await desk.press('ArrowDown', 'Ctrl+Enter');
    expect(desk.statusLine()).toContain('say whether it is cancelled in the PAS');
    await desk.press('Alt+N', 'Ctrl+Enter');
    expect(desk.fake.inputsOf('review/commit-rejection')).toMatchObject([
      { reasonCode: 'PATIENT_HOLIDAY', comment: '', isCancelledInPas: false },
    ]);
    await push({ action: 'reject-referral', state: 'done', intentId: makeCancellation().intentId });
    expect(pane()).toContain('Rejected, appointment cancelled');
    expect(pane()).toContain('have it cancelled there');
  });

  it('keeps comment and reason when it is closed, and never the answer about the PAS', async () => {
    desk = await mountJudged(BOOKED, {
      'review/review-rejection': ({ ubrn }) => ok(rejection(ubrn, { asksPas: true })),
    });
    await decide(1);
    focus('textarea');
    await desk.type('Not our clinic');
    await desk.press('Alt+Y', 'Escape');
    expect(pane()).toContain('NOTHING DECIDED');
    await desk.press('ArrowDown', 'Enter');
    expect(document.querySelector<HTMLTextAreaElement>('#detail textarea')?.value).toBe('Not our clinic');
    expect(
      [...document.querySelectorAll<HTMLInputElement>('#detail [type="radio"]')].some((one) => one.checked),
    ).toBe(false);
  });
});

describe('the outcome of a review', () => {
  it('has no priority beforehand, and sends the one that is chosen', async () => {
    desk = await mountJudged(IN_TRIAGE);
    await decide(0);
    await desk.type('0501');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('choose the priority first');
    const select = document.querySelector<HTMLSelectElement>('#detail select');
    if (select) select.selectedIndex = 2;
    select?.dispatchEvent(new Event('change'));
    await desk.settle();
    expect(pane()).toContain('Routine becomes Urgent');
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('review/commit-outcome')).toMatchObject([
      { priority: 'URGENT', comment: '', isKnownAlive: false },
    ]);
    await push({ action: 'record-review', state: 'done', intentId: makeCancellation().intentId });
    expect(pane()).toContain('Accepted, to be booked');
  });

  it('wants advice on a return, and a word that the patient lives where main asks for it', async () => {
    desk = await mountJudged(IN_TRIAGE, {
      'review/review-outcome': ({ ubrn, outcome }) => ok(outcomeOf(ubrn, outcome, { asksAlive: true })),
    });
    await decide(1);
    await desk.type('0501');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('the referrer needs your advice');
    focus('textarea');
    await desk.type('Physiotherapy first');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('look up whether the patient lives');
    await desk.press('Alt+L', 'Ctrl+Enter');
    expect(desk.fake.inputsOf('review/commit-outcome')).toMatchObject([
      { priority: null, comment: 'Physiotherapy first', isKnownAlive: true },
    ]);
  });

  it('says in words that the patient has died, and leaves the decisions', async () => {
    desk = await mountJudged(IN_TRIAGE, {
      'review/review-outcome': () => fail('rejected', 'patient-deceased'),
    });
    await decide(0);
    expect(pane()).toContain('PDS says that the patient has died');
    expect(pane()).toContain('NOTHING DECIDED');
  });
});

it('leaves nothing behind at a lock', async () => {
  desk = await mountJudged();
  await decide(1);
  focus('textarea');
  await desk.type('About the patient');
  desk.fake.push('session/changed', makeSession({ status: 'locked' }));
  await desk.settle();
  expect(document.body.innerHTML).not.toContain('About the patient');
});
