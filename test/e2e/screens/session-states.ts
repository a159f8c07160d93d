/** What happens to a session by itself: its end, the lock of an unused desk, and the PIN that opens the lock. */
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { openBookable } from './reach.ts';
import type { ScreenState } from './registry.ts';

const sender = { isTrusted: true, place: 'test' };

async function setPin(desk: ClerkDesk): Promise<void> {
  await desk.app.handle('session/set-pin', { pin: '4071' }, sender);
}

async function typeWrongPin(desk: ClerkDesk): Promise<void> {
  await setPin(desk);
  desk.scripted.script('session/unlock-with-pin', fail('forbidden', 'pin-wrong', { attemptsLeft: 2 }));
  await openBookable(desk);
  await desk.press('Ctrl+L');
  await desk.page.locator('#desk-pin').waitFor();
  await desk.type('1704');
  await desk.press('Enter');
}

export const SESSION_SCREENS: readonly ScreenState[] = [
  {
    name: 'session--pin',
    shows: /The same PIN again/,
    async reach(desk) {
      await desk.app.handle('session/remove-pin', {}, sender);
      await openBookable(desk);
      await desk.press('Alt+P');
    },
  },
  { name: 'session--locked-wrong-pin', shows: /2 attempts left/, reach: typeWrongPin },
  {
    name: 'session--idle-warning',
    shows: /Are you still there/,
    async reach(desk) {
      await openBookable(desk);
      desk.scripted.push('session/times-changed', { endsInMs: null, locksInMs: 60_000, isClosing: false });
    },
  },
  {
    name: 'session--ending',
    shows: /Your sign-in ends in/,
    async reach(desk) {
      await openBookable(desk);
      desk.scripted.push('session/times-changed', { endsInMs: 245_000, locksInMs: null, isClosing: false });
    },
  },
  {
    name: 'session--sign-in-again',
    shows: /Your e-RS session ended without notice/,
    async reach(desk) {
      await openBookable(desk);
      const state = await desk.app.handle('session/read-state', {}, sender);
      if (!state.ok) throw new Error('no session');
      const ended = { ...(state.value as object), status: 'ended', endedReason: 'session-ended' };
      desk.scripted.push('session/changed', ended as never);
    },
  },
  {
    name: 'session--locked-card-removed',
    shows: /Your smartcard was removed/,
    async reach(desk) {
      await openBookable(desk);
      desk.scripted.script('session/read-pin', ok({ status: 'none', attemptsLeft: 0 }));
      const state = await desk.app.handle('session/read-state', {}, sender);
      if (!state.ok) throw new Error('no session');
      const ended = { ...(state.value as object), status: 'locked', endedReason: 'card-removed' };
      desk.scripted.push('session/changed', ended as never);
    },
  },
];
