// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../../../src-main/contract/channels/outbox.ts';
import { formatNhsNumber } from '../../../../src-main/contract/identifiers.ts';
import { fail, ok } from '../../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../../support/fake-bridge.ts';
import { makeNhsNumber, makeOutboxSummary } from '../../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../../support/mount-desk.ts';
import { answerItems, intentId, makeDetail, makeItem } from './outbox-fakes.ts';

const stub = vi.hoisted(() => async () => ({
  default: (await import('../../../support/stub-screen.ts')).StubScreen,
}));
vi.mock('../../../../src-renderer/features/referral/ReferralScreen.vue', stub);
vi.mock('../../../../src-renderer/features/slots/SlotsScreen.vue', stub);
vi.mock('../../../../src-renderer/features/letters/LetterScreen.vue', stub);

let desk: MountedDesk;
afterEach(() => desk.unmount());

const LATER = '2026-11-23T10:45:00.000Z';
const may = (changes: Partial<OutboxItem['may']>) => changes as OutboxItem['may'];

async function openOutbox(items: readonly OutboxItem[], answers: FakeAnswers = {}): Promise<void> {
  desk = await mountDesk(answerItems(items, answers));
  await desk.press('F12');
}
const selected = () => document.querySelector('.outbox [role="row"][aria-selected="true"]');
const rowIds = () =>
  [...document.querySelectorAll('.outbox__list [role="row"][id]')].map(({ id }) =>
    id.replace('outbox-row-', ''),
  );
const pane = () => document.querySelector('.outbox__detail')?.textContent?.replace(/\s+/g, ' ') ?? '';
const list = () => document.querySelector('.outbox__list')?.textContent?.replace(/\s+/g, ' ') ?? '';
const isGridFocused = () => document.activeElement?.classList.contains('item-grid') === true;

async function push(item: OutboxItem): Promise<void> {
  desk.fake.push('outbox/item-changed', item);
  await desk.settle();
}

describe('the list', () => {
  it('shows patient, action, state, reason, next try and what to tell the patient', async () => {
    await openOutbox([
      makeItem(1, { nextCheckAt: '2026-11-23T10:42:30.000Z', isUrgent: true }),
      makeItem(2, { behind: intentId(1), action: 'defer', code: '', state: 'queued' }),
    ]);
    const [first, second] = [...document.querySelectorAll('.outbox [role="row"][id]')].map((row) =>
      (row.textContent ?? '').replace(/\s+/g, ' '),
    );
    for (const words of [
      'Waiting for connection',
      'NOT BOOKED yet',
      formatNhsNumber(makeNhsNumber(1)).replace(/\s/g, ' '),
      'Book ◆ Urgent',
      'Tue 05-Jan-2027 14:30',
      'not booked yet',
      'No connection',
      'next try 10:42:30',
      '10:01',
      '41 minutes ago',
    ])
      expect(first).toContain(words);
    expect(second).toContain('waits behind “Book” of 10:01');
    expect(pane()).toContain('Tell the patient: “Your appointment is not booked yet');
  });

  it('names the patients on show only, and not those that the worklist has named', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await openOutbox([makeItem(1), makeItem(500)]);
    vi.advanceTimersByTime(500);
    vi.useRealTimers();
    await desk.settle();
    const asked = desk.fake.inputsOf('patient/read-names').flatMap(({ nhsNumbers }) => nhsNumbers);
    expect(asked.filter((number) => number === makeNhsNumber(1))).toHaveLength(1);
    expect(asked).toContain(makeNhsNumber(500));
    expect(selected()?.textContent).toMatch(/[A-Z]{3,}, /);
  });

  it('moves by arrows and ends, and keeps its place on the same action when the order changes', async () => {
    await openOutbox([makeItem(1), makeItem(2), makeItem(3)]);
    expect(isGridFocused()).toBe(true);
    await desk.press('ArrowDown', 'ArrowDown', 'ArrowUp');
    expect(selected()?.id).toBe(`outbox-row-${intentId(2)}`);
    await push(makeItem(3, { isUrgent: true, updatedAt: LATER }));
    expect(rowIds()).toEqual([3, 1, 2].map(intentId));
    expect(selected()?.id).toBe(`outbox-row-${intentId(2)}`);
    expect(isGridFocused()).toBe(true);
    expect(document.querySelector('.item-grid')?.getAttribute('aria-activedescendant')).toBe(selected()?.id);
  });

  it('says a change of state, without the patient', async () => {
    await openOutbox([makeItem(1)]);
    await push(makeItem(1, { state: 'unknown', attempt: 1, updatedAt: LATER }));
    expect(desk.statusLine()).toBe('Book at General Cardiology Clinic: Unknown. NOT CONFIRMED.');
    await push(makeItem(1, { state: 'done', code: '', attempt: 1, updatedAt: '2026-11-23T10:46:00.000Z' }));
    expect(desk.statusLine()).toContain('Done. Booked.');
  });

  it('says what was searched when it is empty, and an error as an error', async () => {
    await openOutbox([]);
    expect(list()).toContain('Nothing is waiting');
    desk.unmount();
    await openOutbox([], { 'outbox/read-items': () => fail('internal', 'broken', {}, 'corr-7') });
    expect(list()).toContain('corr-7');
    expect(list()).not.toContain('Nothing is waiting');
    desk.fake.answer('outbox/read-items', () => ok({ items: [makeItem(1)], total: 1 }));
    await desk.press('F5');
    expect(rowIds()).toEqual([intentId(1)]);
  });

  it('says how many of more are listed, that the desk is offline, and that nothing can be saved', async () => {
    await openOutbox([makeItem(1)], {
      'outbox/read-items': () => ok({ items: [makeItem(1)], total: 1200 }),
      'outbox/read-summary': () =>
        ok(makeOutboxSummary({ open: 1, canWrite: false, writesOffReason: 'disk-full' })),
      'session/read-connection': () =>
        ok({ status: 'offline', since: '2026-11-23T10:41:00.000Z', pausedUntil: null }),
    });
    expect(list()).toContain('1 action of 1,200 are listed');
    expect(list()).toContain('Offline since 10:41: nothing is sent');
    expect(list()).toContain('The disk is full');
    expect(desk.text()).toContain('writes off: disk full');
  });
});

describe('opening', () => {
  it('shows the three columns with what differs marked in words, and the focus there', async () => {
    await openOutbox([makeItem(1, { state: 'conflict', code: 'changed-before-sending' })]);
    await desk.press('Enter');
    expect([...document.querySelectorAll('.compare thead th')].map((th) => th.textContent)).toEqual([
      'You saw',
      'Now, read 10:42:10',
      'You asked for',
    ]);
    const lines = [...document.querySelectorAll('.compare tbody tr')].map((tr) =>
      [...tr.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()),
    );
    expect(lines).toEqual([
      ['Version ≠ differs', '5', '6', '–'],
      ['State ≠ differs', 'Not booked', 'Deferred to provider', '–'],
      ['Time', '–', '–', 'Tue 05-Jan-2027 14:30'],
    ]);
    expect(document.querySelectorAll('.compare tbody th[scope="row"]')).toHaveLength(3);
    expect(pane()).toContain('2 lines differ');
    expect(document.activeElement?.classList.contains('item-detail__title')).toBe(true);
    await desk.press('Escape');
    expect(document.querySelector('.compare')).toBeNull();
    expect(isGridFocused()).toBe(true);
  });

  it('says that what is now could not be read', async () => {
    const item = makeItem(1);
    await openOutbox([item], {
      'outbox/read-item': () => ok(makeDetail(item, { nowReadAt: null, nowProblem: 'connection-refused' })),
    });
    await desk.press('Enter');
    expect(pane()).toContain('Now: not read');
    expect(pane()).toContain('connection-refused');
    expect(pane()).toContain('nothing can be compared');
    expect(pane()).not.toContain('Deferred to provider');
  });

  it('reads e-RS only when it is asked to', async () => {
    await openOutbox([makeItem(1), makeItem(2)]);
    await desk.press('ArrowDown', 'ArrowUp');
    expect(desk.fake.inputsOf('outbox/read-item')).toEqual([]);
    await desk.press('Enter');
    expect(desk.fake.inputsOf('outbox/read-item')).toEqual([{ intentId: intentId(1) }]);
  });

  it('lets the list stand still, and closes when another action is chosen', async () => {
    await openOutbox([makeItem(1), makeItem(2), makeItem(3)]);
    await desk.press('ArrowDown', 'Enter');
    await push(makeItem(3, { isUrgent: true, updatedAt: LATER }));
    await push(makeItem(4));
    expect(rowIds()).toEqual([1, 2, 3].map(intentId));
    expect(list()).toContain('1 new action will be shown afterwards');
    document.querySelector<HTMLElement>('.item-grid')?.focus();
    await desk.press('ArrowDown');
    expect(document.querySelector('.compare')).toBeNull();
    expect(rowIds()).toEqual([3, 1, 2, 4].map(intentId));
  });

  it('goes on by Enter to the referral, whose new review is the way to do it again', async () => {
    const item = makeItem(1, { state: 'conflict', code: 'changed-meanwhile', may: may({ redo: true }) });
    await openOutbox([item]);
    await desk.press('Enter', 'Enter');
    expect(desk.router.currentRoute.value).toMatchObject({ name: 'referral', params: { ubrn: item.ubrn } });
    expect(document.querySelector('.outbox')).toBeNull();
    await desk.press('F7');
    expect(desk.statusLine()).toContain('stub slots');
  });

  it('does not open the referral of what is still under way', async () => {
    await openOutbox([makeItem(1)]);
    await desk.press('Enter', 'Enter');
    expect(desk.statusLine()).toContain('still under way');
    expect(desk.router.currentRoute.value.name).toBe('worklist');
  });
});

describe('sending again', () => {
  const expired = makeItem(1, { state: 'expired', code: 'expired', may: may({ confirm: true }) });

  it('asks to look first, then sends once by Ctrl+Enter', async () => {
    await openOutbox([expired], {
      'outbox/confirm': () =>
        ok({ ...expired, state: 'checking', code: '', updatedAt: LATER, may: makeItem(1).may }),
    });
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('press Enter first and look at it');
    expect(desk.fake.inputsOf('outbox/confirm')).toEqual([]);
    await desk.press('Enter', 'Ctrl+Enter');
    expect(desk.fake.inputsOf('outbox/confirm')).toEqual([{ intentId: intentId(1) }]);
    expect(pane()).toContain('Checking');
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('on its way');
    expect(desk.fake.inputsOf('outbox/confirm')).toHaveLength(1);
  });

  it('sends nothing that could not be looked at', async () => {
    await openOutbox([expired], { 'outbox/read-item': () => fail('internal', 'broken') });
    await desk.press('Enter', 'Ctrl+Enter');
    expect(desk.statusLine()).toContain('it is not on show yet');
    expect(desk.fake.inputsOf('outbox/confirm')).toEqual([]);
  });

  it('is refused with the reason where it may have been carried out already', async () => {
    await openOutbox([makeItem(1, { state: 'unknown', attempt: 1, code: 'reply-lost' })]);
    await desk.press('Enter', 'Ctrl+Enter');
    expect(desk.statusLine()).toContain('not sent blindly again');
  });

  it('shows why main did not take it', async () => {
    await openOutbox([expired], { 'outbox/confirm': () => fail('writes-off', 'disk-full', {}, 'corr-9') });
    await desk.press('Enter', 'Ctrl+Enter');
    expect(pane()).toContain('The disk is full');
    expect(desk.statusLine()).toContain('The disk is full');
  });

  it('never happens by Enter', async () => {
    await openOutbox([expired]);
    await desk.press('Enter', 'Enter', 'Enter');
    expect(desk.fake.inputsOf('outbox/confirm')).toEqual([]);
  });
});

describe('a record that does not open any more', () => {
  const lost = makeItem(1, {
    ...{ state: 'unreadable', code: 'record-not-readable', ubrn: null, nhsNumber: null },
    ...{ serviceName: '', start: null, may: { withdraw: true } as OutboxItem['may'] },
  });

  it('says what is known of it, what to do, and that it is never sent; Del is the one key that takes it', async () => {
    await openOutbox([lost]);
    for (const words of ['Unreadable', 'NOT KNOWN', 'never sent', 'service desk', 'Alt+U', 'Del'])
      expect(desk.text()).toContain(words);
    for (const key of ['Ctrl+Enter', 'F5', 'Ctrl+E']) {
      await desk.press(key);
      expect(desk.statusLine()).toContain('Del takes it off this list');
    }
    await desk.press('Delete');
    expect(desk.text()).toContain('Done elsewhere');
  });
});

describe('withdrawing', () => {
  const item = makeItem(1, { may: may({ withdraw: true }) });
  const choose = async (reason: string) => {
    const reasons = document.querySelector<HTMLSelectElement>('#withdraw-reason') as HTMLSelectElement;
    reasons.value = reason;
    reasons.dispatchEvent(new Event('change', { bubbles: true }));
    await desk.settle();
  };

  it('asks for a reason, takes it only by Ctrl+Enter, and says what became of it', async () => {
    await openOutbox([item, makeItem(2)], {
      'outbox/withdraw': (input) =>
        ok(makeItem(1, { state: 'withdrawn', code: input.reason, updatedAt: LATER })),
    });
    await desk.press('Delete');
    expect(document.activeElement?.id).toBe('withdraw-reason');
    await desk.press('Ctrl+Enter');
    expect(pane()).toContain('Choose a reason with the arrow keys');
    await choose('patient-declined');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('outbox/withdraw')).toEqual([]);
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('outbox/withdraw')).toEqual([
      { intentId: intentId(1), reason: 'patient-declined' },
    ]);
    expect(desk.statusLine()).toContain('Withdrawn. NOT BOOKED.');
    expect(isGridFocused()).toBe(true);
    expect(rowIds()).toEqual([2, 1].map(intentId));
  });

  it('keeps the action on Esc, and lets no other key act meanwhile', async () => {
    await openOutbox([item]);
    await desk.press('Delete', 'F8', 'F12');
    expect(desk.statusLine()).toContain('close this panel first');
    await desk.press('Escape');
    expect(document.querySelector('.outbox-form')).toBeNull();
    expect(isGridFocused()).toBe(true);
  });

  it('is refused with the time until which it may still happen', async () => {
    const unknown = { state: 'unknown', attempt: 1, mayHappenUntil: '2026-11-23T14:32:00.000Z' } as const;
    await openOutbox([makeItem(1, unknown)]);
    await desk.press('Delete');
    expect(desk.statusLine()).toContain('it may still be booked until 14:32');
    expect(document.querySelector('.outbox-form')).toBeNull();
  });

  it('is refused at the last moment when the action went out while the form was open', async () => {
    await openOutbox([item]);
    await desk.press('Delete');
    await push(makeItem(1, { state: 'sending', attempt: 1, updatedAt: LATER }));
    await choose('other');
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('outbox/withdraw')).toEqual([]);
    expect(desk.statusLine()).toContain('Withdraw: ');
  });

  it('leaves Del to the field in which text is edited', async () => {
    await openOutbox([makeItem(1, { action: 'defer', may: may({ edit: true, withdraw: true }) })]);
    await desk.press('Ctrl+E', 'Delete');
    expect(document.querySelector('#withdraw-reason')).toBeNull();
    expect(document.activeElement?.id).toBe('outbox-comment');
    expect(desk.statusLine()).not.toContain('Delete');
  });
});

describe('editing a comment', () => {
  const item = makeItem(1, { action: 'cancel-later', comment: 'Old', may: may({ edit: true }) });

  it('saves it as a new action in the same place', async () => {
    await openOutbox([item, makeItem(2)], {
      'outbox/edit': (input) =>
        ok(makeItem(9, { action: 'cancel-later', comment: input.comment, createdAt: item.createdAt })),
    });
    await desk.press('Ctrl+E');
    expect((document.activeElement as HTMLTextAreaElement).value).toBe('Old');
    await desk.type('New words');
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('outbox/edit')).toEqual([{ intentId: intentId(1), comment: 'New words' }]);
    expect(selected()?.id).toBe(`outbox-row-${intentId(9)}`);
    expect(pane()).toContain('New words');
  });

  it('keeps what was typed when it is closed, and refuses what is too long or missing', async () => {
    await openOutbox([item]);
    await desk.press('Ctrl+E');
    await desk.type('x'.repeat(2001));
    await desk.press('Ctrl+Enter');
    expect(pane()).toContain('1 characters too many');
    await desk.type(' ');
    await desk.press('Ctrl+Enter');
    expect(pane()).toContain('e-RS needs a comment');
    await desk.type('Draft');
    await desk.press('Escape', 'Ctrl+E');
    expect((document.activeElement as HTMLTextAreaElement).value).toBe('Draft');
    expect(desk.fake.inputsOf('outbox/edit')).toEqual([]);
  });

  it('is refused for an action without a comment', async () => {
    await openOutbox([makeItem(1)]);
    await desk.press('Ctrl+E');
    expect(desk.statusLine()).toContain('“Book” has no comment');
  });
});

describe('reading back', () => {
  it('asks what became of it, and refuses where nothing was sent', async () => {
    const unknown = makeItem(2, { state: 'unknown', attempt: 1, may: may({ readBack: true }) });
    await openOutbox([makeItem(1), unknown], {
      'outbox/read-back': () => ok(makeItem(2, { state: 'done', code: '', attempt: 1, updatedAt: LATER })),
    });
    await desk.press('F5');
    expect(desk.statusLine()).toContain('nothing of it was sent yet');
    await desk.press('ArrowDown', 'F5');
    expect(desk.fake.inputsOf('outbox/read-back')).toEqual([{ intentId: intentId(2) }]);
    expect(pane()).toContain('Book: Booked');
    expect(desk.statusLine()).toContain('Done. Booked.');
  });
});
