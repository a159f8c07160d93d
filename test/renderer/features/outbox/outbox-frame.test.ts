// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../../../src-main/contract/channels/outbox.ts';
import { formatNhsNumber } from '../../../../src-main/contract/identifiers.ts';
import { fail, ok } from '../../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../../support/fake-bridge.ts';
import { makeNhsNumber } from '../../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../../support/mount-desk.ts';
import { answerItems, intentId, makeHandover, makeItem } from './outbox-fakes.ts';

const stub = vi.hoisted(() => async () => ({
  default: (await import('../../../support/stub-screen.ts')).StubScreen,
}));
vi.mock('../../../../src-renderer/features/referral/ReferralScreen.vue', stub);
vi.mock('../../../../src-renderer/features/slots/SlotsScreen.vue', stub);
vi.mock('../../../../src-renderer/features/letters/LetterScreen.vue', stub);

let desk: MountedDesk;
afterEach(() => desk.unmount());

const may = (changes: Partial<OutboxItem['may']>) => changes as OutboxItem['may'];

async function openOutbox(items: readonly OutboxItem[], answers: FakeAnswers = {}): Promise<void> {
  desk = await mountDesk(answerItems(items, answers));
  await desk.press('F12');
}
const rowIds = () =>
  [...document.querySelectorAll('.outbox__list [role="row"][id]')].map(({ id }) =>
    id.replace('outbox-row-', ''),
  );
const list = () => document.querySelector('.outbox__list')?.textContent?.replace(/\s+/g, ' ') ?? '';
const isGridFocused = () => document.activeElement?.classList.contains('item-grid') === true;

describe('what colleagues left unfinished', () => {
  const answers: FakeAnswers = {
    'outbox/read-handover': () => ok({ items: [makeHandover(1), makeHandover(2, { mayReadBack: false })] }),
    'outbox/read-back-for-colleague': () => ok(makeHandover(1, { state: 'done', code: '' })),
  };

  it('is read only when it is opened, and shows UBRN, action, state, who and since when', async () => {
    await openOutbox([makeItem(7)], answers);
    expect(desk.fake.inputsOf('outbox/read-handover')).toEqual([]);
    await desk.press('F8');
    expect(desk.fake.inputsOf('outbox/read-handover')).toHaveLength(1);
    for (const words of ['0000 4900 0001', 'Book', 'Unknown', '555000000202', '09:15', 'recorded'])
      expect(list().replace(/\u00a0/g, ' ')).toContain(words);
    expect(list()).not.toContain(formatNhsNumber(makeNhsNumber(1)));
    expect(isGridFocused()).toBe(true);
  });

  it('reads back for the colleague by F5, and never sends, withdraws or edits', async () => {
    await openOutbox([makeItem(7, { may: may({ confirm: true, withdraw: true }) })], answers);
    await desk.press('F8', 'F5');
    expect(desk.fake.inputsOf('outbox/read-back-for-colleague')).toEqual([{ intentId: intentId(1) }]);
    expect(list()).toContain('Done');
    for (const key of ['Ctrl+Enter', 'Delete', 'Ctrl+E']) {
      await desk.press(key);
      expect(desk.statusLine()).toContain('never send or change');
    }
    await desk.press('ArrowDown', 'F5');
    expect(desk.statusLine()).toContain('nothing of it was sent yet');
    expect(desk.fake.inputsOf('outbox/read-back-for-colleague')).toHaveLength(1);
    expect(desk.fake.calls.some(({ channel }) => channel === 'outbox/confirm')).toBe(false);
    await desk.press('Escape');
    expect(rowIds()).toEqual([intentId(7)]);
  });

  it('says when there is nothing, and a problem as a problem', async () => {
    await openOutbox([], { 'outbox/read-handover': () => ok({ items: [] }) });
    await desk.press('F8');
    expect(list()).toContain('No colleague in your role');
    desk.fake.answer('outbox/read-handover', () => fail('forbidden', 'no-ers-role'));
    await desk.press('F5');
    expect(list()).toContain('What to do');
  });
});

describe('the outbox over the screens', () => {
  it('leaves the screen beneath as it was, with the focus back where it came from', async () => {
    desk = await mountDesk(answerItems([makeItem(1)]));
    await desk.press('ArrowDown', 'ArrowDown');
    const before = document.querySelector('#centre')?.innerHTML;
    const row = document.querySelector('[data-pane="worklist"] [aria-selected="true"]')?.id;
    await desk.press('F12', 'ArrowDown', 'Escape');
    expect(document.querySelector('.outbox')).toBeNull();
    expect(document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')).toBe('worklist');
    expect(document.querySelector('[data-pane="worklist"] [aria-selected="true"]')?.id).toBe(row);
    expect(document.querySelector('#centre')?.innerHTML).toBe(before);
    await desk.press('F12', 'F12');
    expect(document.querySelector('.outbox')).toBeNull();
  });

  it('refuses the keys of the screen beneath, and still helps, finds and locks', async () => {
    await openOutbox([makeItem(1)]);
    for (const key of ['F4', 'Alt+ArrowDown', 'Ctrl+2']) {
      await desk.press(key);
      expect(desk.statusLine()).toContain('close the outbox first');
    }
    await desk.press('F1');
    expect(desk.text()).toContain('Help: Outbox');
    await desk.press('Escape');
    expect(document.querySelector('.outbox')).not.toBeNull();
    await desk.press('Ctrl+L');
    expect(desk.text()).toContain('Desk locked');
    await desk.press('Enter');
    expect(document.querySelector('.outbox')).toBeNull();
    await desk.press('F4');
    expect(document.activeElement?.id).toBe('worklist-filter');
  });
});
