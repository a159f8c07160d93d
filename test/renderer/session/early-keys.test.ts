// @vitest-environment happy-dom
/** Keys that are pressed while the first screen comes up, and keys that are held down while screens change. */
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { makeSession } from '../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';

const SIGNED_OUT = makeSession({ status: 'signed-out', user: null, role: null, roles: [] });
let desk: MountedDesk;
afterEach(() => desk.unmount());

/** A window whose main has not answered yet. */
async function openSlowly(state = SIGNED_OUT) {
  let answer: () => void = () => undefined;
  const isThere = new Promise<void>((resolve) => (answer = resolve));
  desk = await mountDesk({ 'session/read-state': async () => (await isThere, ok(state)) });
  return async () => {
    answer();
    await desk.settle();
  };
}
const signIns = () => desk.fake.inputsOf('session/sign-in').length;
const holdDown = (key: string) =>
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, repeat: true, bubbles: true, cancelable: true }),
  );

describe('the first screen', () => {
  it('has its button in focus, and does not sign in by itself', async () => {
    const finish = await openSlowly();
    await finish();
    expect(document.activeElement?.textContent).toContain('Sign in to training');
    expect(signIns()).toBe(0);
  });

  it('takes an Enter that was pressed before it was there, once', async () => {
    const finish = await openSlowly();
    await desk.press('Enter', 'Enter');
    await finish();
    expect(signIns()).toBe(1);
    expect(desk.text()).toContain('Choose the role');
    // The role is not chosen by it.
    expect(desk.fake.inputsOf('session/choose-role')).toHaveLength(0);
  });

  it('does nothing for an Enter that another key followed', async () => {
    const finish = await openSlowly();
    await desk.press('Enter', 'F2');
    await finish();
    expect(signIns()).toBe(0);
  });

  it.each([
    ['a desk', makeSession()],
    ['a lock', makeSession({ status: 'locked' })],
  ])('that is %s takes none, and none is kept for later', async (_what, state) => {
    const finish = await openSlowly(state);
    await desk.press('Enter');
    await finish();
    expect(desk.fake.inputsOf('session/unlock')).toHaveLength(0);
    desk.fake.push('session/changed', SIGNED_OUT);
    await desk.settle();
    expect(desk.text()).toContain('Sign in to training');
    expect(signIns()).toBe(0);
  });
});

it('an Enter that is held down signs in and chooses no role', async () => {
  const finish = await openSlowly();
  await finish();
  await desk.press('Enter');
  expect(signIns()).toBe(1);
  for (let turn = 0; turn < 5; turn += 1) holdDown('Enter');
  await desk.settle();
  expect(desk.fake.inputsOf('session/choose-role')).toHaveLength(0);
  await desk.press('Enter');
  expect(desk.fake.inputsOf('session/choose-role')).toHaveLength(1);
});
