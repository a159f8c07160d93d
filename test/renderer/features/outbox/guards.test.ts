// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../../../src-main/contract/channels/outbox.ts';
import { fail, ok } from '../../../../src-main/contract/outcome.ts';
import { statusMessage } from '../../../../src-renderer/app/status-line.ts';
import type { FakeAnswers } from '../../../support/fake-bridge.ts';
import { ENVIRONMENT, makeOutboxSummary, makeSession } from '../../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../../support/mount-desk.ts';
import { answerItems, makeItem } from './outbox-fakes.ts';

const stub = vi.hoisted(() => async () => ({
  default: (await import('../../../support/stub-screen.ts')).StubScreen,
}));
vi.mock('../../../../src-renderer/features/referral/ReferralScreen.vue', stub);
vi.mock('../../../../src-renderer/features/slots/SlotsScreen.vue', stub);
vi.mock('../../../../src-renderer/features/letters/LetterScreen.vue', stub);

let desk: MountedDesk;
afterEach(() => desk.unmount());

const summary = makeOutboxSummary({ open: 3, unknown: 1, needsClerk: 2 });
const open: FakeAnswers = { 'outbox/read-summary': () => ok(summary) };
const signOuts = () => desk.fake.inputsOf('session/sign-out').length;

describe('the header', () => {
  it('shows what is not done on every screen, follows main, and opens the outbox', async () => {
    desk = await mountDesk(open);
    const badge = document.querySelector<HTMLButtonElement>('.frame-header__outbox');
    expect(badge?.textContent).toContain('Outbox 3 open, 1 not confirmed, 2 need you');
    desk.fake.push('outbox/changed', { ...summary, drain: { done: 12, total: 500 } });
    await desk.settle();
    expect(badge?.textContent).toContain('sending 12 of 500');
    badge?.click();
    await desk.settle();
    expect(document.querySelector('.outbox__drain')?.textContent).toContain('Sending 12 of 500');
    expect(document.querySelector('progress')?.getAttribute('value')).toBe('12');
  });

  it('does not open the outbox over an open panel', async () => {
    desk = await mountDesk(open);
    await desk.press('F2');
    document.querySelector<HTMLButtonElement>('.frame-header__outbox')?.click();
    await desk.settle();
    expect(document.querySelector('.outbox')).toBeNull();
    expect(desk.statusLine()).toContain('close this panel first');
  });

  it('has an alert once the day has ended with something not done', async () => {
    desk = await mountDesk(open);
    expect(document.querySelector('.frame-header [role="alert"]')).toBeNull();
    desk.fake.push('outbox/changed', { ...summary, isPastDayEnd: true });
    await desk.settle();
    expect(document.querySelector('.frame-header [role="alert"]')?.textContent).toContain(
      '3 actions are not done and the day has ended.',
    );
  });

  it('calls the clerk from another screen only when an action needs it', async () => {
    desk = await mountDesk(open);
    const push = async (changes: Parameters<typeof makeItem>[1]) => {
      desk.fake.push('outbox/item-changed', makeItem(1, changes));
      await desk.settle();
    };
    await push({ state: 'queued', code: '' });
    await push({ state: 'sending', code: '', updatedAt: '2026-11-23T10:42:00.000Z' });
    expect(desk.statusLine()).toBe('');
    await push({ state: 'needs-you', code: 'not-done', updatedAt: '2026-11-23T10:43:00.000Z' });
    expect(desk.statusLine()).toContain('Needs you. NOT BOOKED yet. F12 shows it.');
  });

  it('tells from another screen what became of what was not confirmed, once, and nothing of what went well', async () => {
    desk = await mountDesk(open);
    const push = async (n: number, state: OutboxItem['state'], second: number) => {
      const updatedAt = `2026-11-23T10:43:${String(second).padStart(2, '0')}.000Z`;
      desk.fake.push('outbox/item-changed', makeItem(n, { state, code: '', attempt: 1, updatedAt }));
      await desk.settle();
    };
    await push(1, 'sending', 1);
    await push(1, 'unknown', 2);
    expect(desk.statusLine()).toContain('Unknown. NOT CONFIRMED. F12 shows it.');
    await push(1, 'confirming', 3);
    await push(1, 'done', 4);
    expect(desk.statusLine()).toContain('Book at General Cardiology Clinic: Done. Booked. F12 shows it.');
    const said = statusMessage.value.serial;
    await push(1, 'done', 5);
    await push(2, 'sending', 6);
    await push(2, 'done', 7);
    expect(statusMessage.value.serial).toBe(said);
  });

  it('lets no word of the outbox stand in the status line that is not true any more', async () => {
    const sent = makeItem(1, {
      state: 'unknown',
      code: 'reply-lost',
      attempt: 1,
      may: { readBack: true } as never,
    });
    desk = await mountDesk(answerItems([sent], open));
    desk.fake.answer('outbox/read-back', () => ok(sent));
    await desk.press('F12', 'F5', 'Escape');
    expect(desk.statusLine()).toContain('NOT CONFIRMED');
    const undone = {
      ...sent,
      state: 'queued',
      code: 'not-done',
      updatedAt: '2026-11-23T10:44:00.000Z',
    } as const;
    desk.fake.push('outbox/item-changed', undone);
    await desk.settle();
    expect(desk.statusLine()).toContain('NOT BOOKED yet');
  });

  it('tells nobody after a lock what was not confirmed before it', async () => {
    desk = await mountDesk(open);
    for (const [state, second] of [
      ['sending', 1],
      ['unknown', 2],
    ] as const)
      desk.fake.push(
        'outbox/item-changed',
        makeItem(1, { state, code: '', updatedAt: `2026-11-23T10:43:0${second}.000Z` }),
      );
    await desk.press('Ctrl+L');
    desk.fake.push('outbox/item-changed', makeItem(1, { state: 'done' }));
    await desk.press('Enter');
    expect(desk.text()).not.toContain('Desk locked');
    desk.fake.push(
      'outbox/item-changed',
      makeItem(1, { state: 'done', updatedAt: '2026-11-23T10:45:00.000Z' }),
    );
    await desk.settle();
    expect(desk.statusLine()).not.toMatch(/Booked|NOT CONFIRMED/);
  });
});

describe('signing out', () => {
  it('asks first while something is not done, with the counts, and stays on Esc', async () => {
    desk = await mountDesk(open);
    await desk.press('Ctrl+Shift+L');
    for (const words of ['3 actions are not done', '2 actions need you', '1 action NOT CONFIRMED'])
      expect(desk.text()).toContain(words);
    await desk.press('Escape');
    expect(document.querySelector('[role="dialog"]')).toBeNull();
    expect(signOuts()).toBe(0);
    await desk.press('Ctrl+Shift+L', 'Ctrl+Enter');
    expect(signOuts()).toBe(1);
    expect(desk.text()).toContain('Sign in');
  });

  it('asks also when the outbox could not be read', async () => {
    desk = await mountDesk({ 'outbox/read-summary': () => fail('internal', 'broken') });
    await desk.press('Ctrl+Shift+L');
    expect(desk.text()).toContain('What is in the outbox could not be read');
    expect(signOuts()).toBe(0);
  });

  it('does not ask when everything is done', async () => {
    desk = await mountDesk();
    await desk.press('Ctrl+Shift+L');
    expect(signOuts()).toBe(1);
  });

  it('stays open with the problem when main refuses', async () => {
    desk = await mountDesk({ ...open, 'session/sign-out': () => fail('internal', 'broken', {}, 'corr-3') });
    await desk.press('Ctrl+Shift+L', 'Ctrl+Enter');
    expect(document.querySelector('[role="dialog"]')?.textContent).toContain('corr-3');
  });
});

describe('changing the role', () => {
  it('asks first while something is not done, then shows the roles', async () => {
    desk = await mountDesk(open);
    await desk.press('Alt+R');
    expect(desk.text()).toContain('Nothing of this is sent in another role');
    expect(desk.text()).not.toContain('Choose the role to work in');
    await desk.press('Ctrl+Enter');
    expect(desk.text()).toContain('Choose the role to work in');
    await desk.press('Escape');
    expect(desk.fake.inputsOf('session/choose-role')).toEqual([]);
  });
});

describe('the locked desk', () => {
  const locked: FakeAnswers = { ...open, 'session/read-state': () => ok(makeSession({ status: 'locked' })) };

  it('shows how much is not done, and no patient', async () => {
    desk = await mountDesk(open);
    await desk.press('F12', 'Ctrl+L');
    expect(desk.text()).toContain('3 actions are not done');
    expect(desk.text()).toContain('2 actions need you');
    desk.fake.push('outbox/item-changed', makeItem(1, { state: 'done' }));
    desk.fake.push('outbox/changed', makeOutboxSummary({ open: 1, waiting: 1, isPastDayEnd: true }));
    await desk.settle();
    expect(desk.text()).toContain('1 action is not done and the day has ended');
    expect(document.body.innerHTML).not.toMatch(/999|0000.4900|Cardiology/);
  });

  it('says that nothing is open, or that it could not be read', async () => {
    desk = await mountDesk({ 'session/read-state': locked['session/read-state'] as never });
    expect(desk.text()).toContain('Nothing is open in the outbox');
    desk.unmount();
    desk = await mountDesk({ ...locked, 'outbox/read-summary': () => fail('not-signed-in', 'locked') });
    expect(desk.text()).toContain('could not be read');
  });

  it('asks before a sign-out; Esc stays, Ctrl+Enter signs out', async () => {
    desk = await mountDesk(locked);
    const signOut = () =>
      [...document.querySelectorAll('button')]
        .find((button) => button.textContent?.startsWith('Sign out'))
        ?.click();
    await desk.press('Ctrl+Enter');
    expect(signOuts()).toBe(0);
    signOut();
    await desk.settle();
    expect(desk.text()).toContain('Sign out all the same');
    await desk.press('Escape');
    expect(desk.text()).toContain('Unlock');
    expect(signOuts()).toBe(0);
    signOut();
    await desk.settle();
    await desk.press('Ctrl+Enter');
    expect(signOuts()).toBe(1);
  });
});

describe('closing the window', () => {
  const isHeld = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const inBrowser: FakeAnswers = {
    'session/read-environment': () => ok({ ...ENVIRONMENT, host: 'chromium' }),
  };

  it('is held by the browser while something is not done, also when locked', async () => {
    desk = await mountDesk({ ...open, ...inBrowser });
    expect(isHeld()).toBe(true);
    await desk.press('Ctrl+L');
    expect(isHeld()).toBe(true);
    desk.fake.push('outbox/changed', makeOutboxSummary());
    expect(isHeld()).toBe(false);
  });

  it('is left to the Electron host, which asks itself', async () => {
    desk = await mountDesk(open);
    expect(isHeld()).toBe(false);
  });
});
