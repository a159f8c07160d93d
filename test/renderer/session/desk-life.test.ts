// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import {
  endsInSpoken,
  endsInWords,
  locksInWords,
  pinFault,
} from '../../../src-renderer/features/session/life-words.ts';
import { reportActivity } from '../../../src-renderer/features/session/report-activity.ts';
import { makeSession } from '../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';

const stub = vi.hoisted(() => async () => ({
  default: (await import('../../support/stub-screen.ts')).StubScreen,
}));
vi.mock('../../../src-renderer/features/referral/ReferralScreen.vue', stub);
vi.mock('../../../src-renderer/features/slots/SlotsScreen.vue', stub);
vi.mock('../../../src-renderer/features/letters/LetterScreen.vue', stub);

let desk: MountedDesk | null = null;
afterEach(() => {
  desk?.unmount();
  desk = null;
});

describe('the words of what runs out', () => {
  it('count to the second for eyes and to the minute for ears', () => {
    expect(endsInWords(245)).toBe('Your sign-in ends in 4:05.');
    expect(endsInWords(0)).toBe('Your sign-in is ending.');
    expect(endsInWords(null)).toBe('');
    expect(endsInSpoken(245)).toContain('in 5 minutes');
    expect(endsInSpoken(244)).toBe(endsInSpoken(241));
    expect(locksInWords(1)).toBe('The desk locks in 1 second.');
  });

  it('say what a refused PIN costs', () => {
    expect(pinFault('pin-wrong', { attemptsLeft: 1 })).toContain('1 attempt left');
    expect(pinFault('pin-wrong', { attemptsLeft: 0 })).toContain('your session was ended');
    expect(pinFault('pin-too-soon', { waitMs: 1500 })).toContain('Wait 2 seconds');
    expect(pinFault('not-signed-in', {})).toBeNull();
  });
});

it('tells main now and then that the desk is used, and nothing else', () => {
  const noteActivity = vi.fn();
  const now = vi.spyOn(performance, 'now').mockReturnValue(10_000);
  const stop = reportActivity(window, { noteActivity });
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  window.dispatchEvent(new Event('pointermove'));
  expect(noteActivity.mock.calls).toEqual([[]]);
  now.mockReturnValue(15_000);
  window.dispatchEvent(new Event('wheel'));
  stop();
  now.mockReturnValue(60_000);
  window.dispatchEvent(new Event('wheel'));
  expect(noteActivity).toHaveBeenCalledTimes(2);
  now.mockRestore();
});

describe('a locked desk', () => {
  it('hands main what was open, shows none of it, and opens by the PIN, which is not kept here', async () => {
    let kept = '';
    desk = await mountDesk({
      'session/read-pin': () => ok({ status: 'set', attemptsLeft: 5 }),
      'session/keep-draft': ({ draft }) => ((kept = draft), ok({})),
      'session/take-draft': () => ok({ draft: kept || null }),
      'session/unlock-with-pin': ({ pin }) =>
        pin === '4071' ? ok(makeSession()) : fail('forbidden', 'pin-wrong', { attemptsLeft: 4 }),
    });
    await desk.press('ArrowDown', 'Enter');
    const { ubrn } = desk.router.currentRoute.value.params;
    await desk.press('Ctrl+L');
    expect(desk.fake.inputsOf('session/keep-draft').slice(-1)).toMatchObject([{ userId: '555000000101' }]);
    expect(kept).toContain(String(ubrn));
    expect(document.body.innerHTML).not.toContain(String(ubrn));
    await desk.type('12');
    await desk.press('Enter');
    expect(desk.text()).toContain('4 to 8 digits');
    expect(desk.fake.inputsOf('session/unlock-with-pin')).toEqual([]);
    await desk.type('1704');
    await desk.press('Enter');
    expect(desk.text()).toContain('Wrong PIN. 4 attempts left');
    await desk.type('4071');
    await desk.press('Enter');
    expect(desk.router.currentRoute.value).toMatchObject({ name: 'referral', params: { ubrn } });
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toMatch(/4071|0000/);
  });

  it('is not opened by a PIN once the session has ended', async () => {
    desk = await mountDesk({
      'session/read-pin': () => ok({ status: 'set', attemptsLeft: 5 }),
      'session/read-state': () => ok(makeSession({ status: 'locked', endedReason: 'card-removed' })),
    });
    expect(desk.text()).toContain('Your smartcard was removed');
    expect(document.querySelector('#desk-pin')).toBeNull();
    await desk.press('Enter');
    expect(desk.fake.inputsOf('session/unlock')).toHaveLength(1);
  });
});

it('signs in again over the screen, which stays as it was', async () => {
  desk = await mountDesk({ 'session/unlock': () => ok(makeSession()) });
  await desk.press('ArrowDown', 'Enter');
  const before = desk.router.currentRoute.value.fullPath;
  desk.fake.push('session/changed', makeSession({ status: 'ended', endedReason: 'token-expired' }));
  await desk.settle();
  expect(desk.text()).toContain('Your sign-in has expired');
  expect(desk.router.currentRoute.value.fullPath).toBe(before);
  await desk.press('Enter');
  expect(desk.fake.inputsOf('session/unlock')).toHaveLength(1);
  expect(desk.text()).not.toContain('Your sign-in has expired');
  expect(desk.router.currentRoute.value.fullPath).toBe(before);
});

it('warns before an unused desk locks; any key goes on and does nothing else', async () => {
  desk = await mountDesk();
  desk.fake.push('session/times-changed', { endsInMs: null, locksInMs: 60_000, isClosing: false });
  await desk.settle();
  expect(desk.text()).toContain('Are you still there?');
  const notes = desk.fake.inputsOf('session/note-activity').length;
  await desk.press('F2');
  expect(desk.fake.inputsOf('session/note-activity').length).toBeGreaterThan(notes);
  expect(desk.text()).not.toContain('UBRN or NHS number');
});
