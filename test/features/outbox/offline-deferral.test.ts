/** Deferrals asked for while e-RS cannot be reached: sent only if there are still no slots (screens.md 5 and 14). */
import { describe, expect, it } from 'vitest';
import {
  item,
  openClerkDesk,
  openReferral,
  pass,
  passMinutes,
  reviewDeferral,
} from '../../support/clerk-steps.ts';
import type { SceneName } from '../../../src-main/training-service/world/drafts.ts';

async function deferOffline(scene: SceneName) {
  const clerk = await openClerkDesk();
  const { desk, network } = clerk;
  await desk.signIn();
  const [ubrn = ''] = desk.service.world.findScene(scene);
  await openReferral(desk, ubrn);
  network.isDown = true;
  // The desk finds out by a call that fails.
  await desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' });
  const { panel, commit } = await reviewDeferral(desk, ubrn);
  const answer = await desk.must('booking/commit-deferral', commit);
  await pass(desk, 3);
  const intentId = answer.kind === 'started' ? answer.item.intentId : '';
  return { ...clerk, ubrn, panel, intentId };
}

describe('a deferral without a connection', () => {
  it('says that its evidence is still to be made, and waits', async () => {
    const { desk, panel, intentId } = await deferOffline('no-slots');
    expect(panel).toMatchObject({ isOffline: true, evidenceAt: null, reason: 'NO_SLOTS_AT_SERVICE' });
    expect(await item(desk, intentId)).toMatchObject({ state: 'waiting', code: 'no-connection' });
  });

  it('is sent when the connection is back and there are still no slots', async () => {
    const { desk, network, ubrn, intentId } = await deferOffline('no-slots');
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
    expect(desk.service.world.referral(ubrn).state).toBe('DEFERRED_TO_PROVIDER');
    expect(desk.service.calls.count('A015')).toBe(1);
    expect(desk.service.calls.count('A016')).toBe(1);
  });

  it('needs the clerk when there are slots now', async () => {
    const { desk, network, ubrn, intentId } = await deferOffline('bookable');
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'needs-you', code: 'slots-available' });
    expect(desk.service.world.referral(ubrn).state).toBe('NOT_BOOKED');
    expect(desk.service.calls.count('A016')).toBe(0);
  });

  it('asks for one Ctrl+Enter after 15 minutes, as a booking does', async () => {
    const { desk, network, intentId } = await deferOffline('no-slots');
    await passMinutes(desk, 16);
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'expired' });
    await desk.must('outbox/confirm', { intentId });
    await pass(desk, 5);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  });
});
