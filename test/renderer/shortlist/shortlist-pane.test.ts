// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceDetails, ShortlistChangeReview } from '../../../src-main/contract/channels/shortlist.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import {
  isSameOrder,
  moveService,
  objectionToService,
  removeService,
} from '../../../src-renderer/features/shortlist/order-moves.ts';
import {
  shortlistRefusalsOf,
  shortlistResultWords,
} from '../../../src-renderer/features/shortlist/shortlist-words.ts';
import { onlyTriageService, triageGate } from '../../../src-renderer/features/shortlist/triage-services.ts';
import { READ_AT } from '../../support/fake-data.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { makeDeferral, REVIEW_ID } from '../booking/booking-fakes.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { DIRECT, INDIRECT, makeReferral, TRIAGE } from '../referral/referral-fakes.ts';

let desk: MountedDesk | null = null;
afterEach(() => {
  desk?.unmount();
  desk = null;
});

const pane = () => document.querySelector('#detail')?.textContent?.replace(/\s+/g, ' ') ?? '';
const opened = (at: MountedDesk) => String(at.router.currentRoute.value.params['ubrn']);
const ADDED: ServiceDetails = {
  ...{ serviceId: '14000', name: 'Heart Clinic', bookable: 'directly', site: '', address: '', phone: '' },
  ...{ staffPhone: '', hours: '', instructions: '', specialty: '', clinicTypes: [], facts: [] },
  isActive: true,
  ...{ version: 1, readAt: READ_AT },
};
const identity = { identityQuestion: 'birth-ddmm', attemptsLeft: 2 } as const;
const INTERPRETER = { code: 'INTERPRETER', display: 'Interpreter' };

function changeReview(ubrn: string, serviceIds: readonly string[]): ShortlistChangeReview {
  const known = [DIRECT, INDIRECT, TRIAGE, ADDED];
  const after = serviceIds.map((id) => {
    const { serviceId, name, bookable } = known.find((service) => service.serviceId === id) ?? DIRECT;
    return { serviceId, name, bookable };
  });
  return {
    ...{ reviewId: REVIEW_ID, ubrn, version: 5, before: [DIRECT, INDIRECT], after },
    ...{ requirements: [INTERPRETER], ...identity },
  };
}

async function mount(answers: FakeAnswers = {}): Promise<MountedDesk> {
  desk = await mountReferral({
    'referral/open': ({ ubrn }) =>
      ok(makeReferral({ ubrn, shortlist: [DIRECT, INDIRECT], canChangeShortlist: null })),
    'shortlist/read-services': ({ serviceIds }) =>
      ok({ services: serviceIds.includes(ADDED.serviceId) ? [ADDED] : [] }),
    'shortlist/review-change': ({ ubrn, serviceIds }) => ok(changeReview(ubrn, serviceIds)),
    'shortlist/close-review': () => ok({}),
    'shortlist/commit-change': () =>
      ok({ kind: 'started', item: makeDeferral({ action: 'change-shortlist', ubrn: '000049000063' }) }),
    ...answers,
  });
  return desk;
}

const options = () =>
  [...document.querySelectorAll('.order [role="option"]')].map(
    (option) => option.textContent?.replace(/\s+/g, ' ').trim() ?? '',
  );

describe('changing the shortlist', () => {
  it('moves, takes off and adds by keyboard, and goes on to the review by Enter', async () => {
    const at = await mount();
    await at.press('Ctrl+F7', 'Alt+ArrowDown');
    expect(options().map((text) => text.slice(0, 5))).toEqual(['1. Kn', '2. Ca']);
    await at.press('Delete');
    expect(options()).toHaveLength(1);
    await at.press('Delete');
    expect(at.statusLine()).toContain('at least one service');
    const field = document.querySelector<HTMLInputElement>('.order input');
    field?.focus();
    await at.type('99999');
    await at.press('Enter');
    expect(pane()).toContain('e-RS knows no service 99999');
    field?.focus();
    await at.type('14000');
    await at.press('Enter');
    expect(at.statusLine()).toContain('Added last: Heart Clinic');
    expect(document.activeElement?.getAttribute('role')).toBe('listbox');
    await at.press('Ctrl+Enter');
    expect(at.statusLine()).toContain('nothing is sent from here');
    await at.press('Enter');
    expect(at.fake.inputsOf('shortlist/review-change')).toEqual([
      { ubrn: opened(at), serviceIds: [INDIRECT.serviceId, '14000'] },
    ]);
    expect(pane()).toContain('Taken off: Cardiology Clinic');
  });

  it('is not reviewed while nothing differs, and keeps the order after Esc', async () => {
    const at = await mount();
    await at.press('Ctrl+F7', 'Enter');
    expect(at.statusLine()).toContain('nothing differs');
    await at.press('Alt+ArrowDown', 'Escape', 'Ctrl+F7');
    expect(options()[0]).toContain('Knee Clinic');
  });

  it('stops until each request that e-RS may drop is ticked', async () => {
    const at = await mount();
    await at.press('Ctrl+F7', 'Alt+ArrowDown', 'Enter');
    await at.type('0501');
    await at.press('Ctrl+Enter');
    expect(at.statusLine()).toContain('tick each request');
    expect(at.fake.inputsOf('shortlist/commit-change')).toEqual([]);
    document.querySelector<HTMLInputElement>('.cancel__stop input')?.click();
    await at.settle();
    await at.press('Ctrl+Enter');
    expect(at.fake.inputsOf('shortlist/commit-change')).toEqual([
      { reviewId: REVIEW_ID, digits: '0501', notedRequirements: ['INTERPRETER'] },
    ]);
    expect(pane()).toContain('NOT CHANGED yet: queued');
  });

  it('says why a service could not be looked up', async () => {
    const at = await mount({ 'shortlist/read-services': () => fail('offline', 'connection-refused') });
    await at.press('Ctrl+F7');
    document.querySelector<HTMLInputElement>('.order input')?.focus();
    await at.type('14000');
    await at.press('Enter');
    expect(pane()).toMatch(/No answer from e-RS|cannot be reached/);
    expect(options()).toHaveLength(2);
  });
});

describe('sending for triage', () => {
  const triageAnswers = (services: Parameters<typeof makeReferral>[0]): FakeAnswers => ({
    'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn, canSendForTriage: null, ...services })),
    'shortlist/review-triage': ({ ubrn, serviceId }) =>
      ok({
        ...{ reviewId: REVIEW_ID, ubrn, version: 5, serviceId, serviceName: 'Eye Triage', maxComment: 1000 },
        ...identity,
      }),
    'shortlist/commit-triage': () =>
      ok({ kind: 'started', item: makeDeferral({ action: 'send-for-triage', ubrn: '000049000063' }) }),
  });

  it('reviews the only triage service at once and sends the comment', async () => {
    const at = await mount(triageAnswers({ shortlist: [DIRECT, TRIAGE] }));
    await at.press('Ctrl+Shift+F7');
    expect(pane()).toContain('Eye Triage');
    await at.type('0501');
    document.querySelector<HTMLTextAreaElement>('.review textarea')?.focus();
    await at.type('Please look');
    await at.press('Ctrl+Enter');
    expect(at.fake.inputsOf('shortlist/commit-triage')).toEqual([
      { reviewId: REVIEW_ID, digits: '0501', comment: 'Please look' },
    ]);
  });

  it('asks which one where there are several, and refuses one that does no triage', async () => {
    const other = { ...TRIAGE, serviceId: '13001', name: 'Skin Triage' };
    const at = await mount(triageAnswers({ shortlist: [DIRECT, TRIAGE, other] }));
    await at.press('Ctrl+Shift+F7', 'Home', 'Enter');
    expect(at.statusLine()).toContain('it is booked and does no triage first');
    await at.press('End', 'Enter');
    expect(at.fake.inputsOf('shortlist/review-triage')).toEqual([{ ubrn: opened(at), serviceId: '13001' }]);
  });

  it('is refused with main’s reason', async () => {
    const at = await mount();
    await at.press('Ctrl+Shift+F7');
    expect(at.statusLine()).toContain('no triage service is on the shortlist');
  });
});

describe('an order', () => {
  const list = [DIRECT, INDIRECT, TRIAGE];

  it('is moved and shortened without changing the list that is given', () => {
    expect(moveService(list, 0, 1).map(({ serviceId }) => serviceId)).toEqual(['12000', '11000', '13000']);
    expect(moveService(list, 0, -1)).toBe(list);
    expect(moveService(list, 2, 1)).toBe(list);
    expect(removeService(list, 1)).toEqual([DIRECT, TRIAGE]);
    expect(isSameOrder(list, [...list])).toBe(true);
    expect(isSameOrder(list, moveService(list, 0, 1))).toBe(false);
  });

  it('says what cannot be added', () => {
    expect(objectionToService(list, '14000')).toBe('');
    expect(objectionToService(list, '11000')).toContain('already');
    expect(objectionToService(list, 'abc')).toContain('digits');
    const full = Array.from({ length: 20 }, (_, n) => ({ ...DIRECT, serviceId: String(n) }));
    expect(objectionToService(full, '14000')).toContain('No more than 20');
  });

  it('knows its triage services', () => {
    expect([DIRECT, INDIRECT, TRIAGE].map((service) => triageGate(service) === true)).toEqual([
      false,
      false,
      true,
    ]);
    expect(onlyTriageService(list)).toEqual(TRIAGE);
    expect(onlyTriageService([DIRECT])).toBeNull();
  });
});

describe('the words of a new shortlist and a triage', () => {
  const CODES = ['INVALID_REQUEST_STATE', 'PATIENT_ERROR', 'NO_RELATIONSHIP', 'REFERRAL_LOCKED', 'http-409'];

  it.each([
    [
      'change-shortlist',
      [...CODES, 'DUPLICATE_SERVICE', 'TOO_MANY_ITEMS', 'SHORTLISTED_SERVICE_NOT_IN_RESULTS'],
    ],
    ['send-for-triage', [...CODES, 'INVALID_STATE', 'SERVICE_UNAVAILABLE', 'REFERENCE_NOT_FOUND']],
  ] as const)('%s: has words for each code, and says done of done alone', (action, codes) => {
    for (const code of codes) expect(shortlistRefusalsOf(action)[code]?.next ?? '').not.toBe('');
    const heading = (state: 'done' | 'refused' | 'unknown') =>
      shortlistResultWords(makeDeferral({ action, state, code: 'INVALID_REQUEST_STATE' }), action).heading;
    expect(heading('refused')).toMatch(/^NOT .*: refused$/);
    expect(heading('unknown')).toMatch(/^NOT CONFIRMED/);
    expect(heading('done')).toMatch(/^S/);
  });
});
