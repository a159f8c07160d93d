import { describe, expect, it } from 'vitest';
import { askNow, openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
import { isCallOf } from '../../support/held-network.ts';

const OTHER_ROLE = { roleId: 'R69.REFERRING_CLINICIAN' };
const isWorklist = isCallOf('$ers.fetchworklist');

describe('a desk that changes hands while something is under way', () => {
  it('sends no booking under a session whose role is being changed (I7)', async () => {
    const { desk, network } = await openHeldDesk({ dialect: 'spine-session' });
    await desk.signIn();
    const { ubrn, commit } = await reviewSlot(desk);
    const preflight = network.hold(isCallOf('/Slot'));
    await desk.must('booking/commit', commit);
    await pass(desk, 2);
    const selecting = network.hold((request) => request.method === 'PUT');
    const changing = askNow(desk, 'session/choose-role', OTHER_ROLE);
    await pass(desk, 2);
    preflight.release();
    await pass(desk, 2);
    selecting.release();
    await pass(desk, 2);
    expect(await changing).toMatchObject({ ok: true, value: { role: OTHER_ROLE } });
    expect(desk.service.calls.count('A016')).toBe(0);
    // Back in its own role the booking, which the clerk confirmed a moment ago, goes on.
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN_ADMIN' });
    await pass(desk, 5);
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
    expect(desk.service.calls.count('A016')).toBe(1);
  });

  it('stays signed out when a choice of role comes back afterwards', async () => {
    const { desk, network } = await openHeldDesk({ dialect: 'spine-session' });
    await desk.must('session/sign-in', {});
    const selecting = network.hold((request) => request.method === 'PUT');
    const choosing = askNow(desk, 'session/choose-role', OTHER_ROLE);
    await pass(desk, 1);
    await desk.must('session/sign-out', {});
    selecting.release();
    await pass(desk, 1);
    expect(await choosing).toMatchObject({ ok: false });
    expect(await desk.must('session/read-state', {})).toMatchObject({ status: 'signed-out', user: null });
  });

  it('is empty from the moment of signing out, also while the service is told', async () => {
    const { desk, network } = await openHeldDesk({ dialect: 'spine-session' });
    await desk.signIn();
    const ending = network.hold((request) => request.method === 'DELETE');
    const leaving = askNow(desk, 'session/sign-out', {});
    await pass(desk, 1);
    expect(await desk.must('session/read-state', {})).toMatchObject({ status: 'signed-out' });
    ending.release();
    await pass(desk, 1);
    expect(await leaving).toMatchObject({ ok: true });
  });

  it('gives the next person nothing of what the first had open', async () => {
    const { desk } = await openHeldDesk();
    await desk.signIn();
    const { ubrn, commit } = await reviewSlot(desk);
    await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    await desk.must('session/lock', {});
    await desk.signIn();
    expect(await desk.ask('booking/commit', commit)).toMatchObject({ ok: false });
    expect(await desk.ask('referral/open', { ubrn, secondIdentifier: null })).toMatchObject({
      ok: false,
      problem: { kind: 'needs-second-identifier' },
    });
  });

  it.each([
    ['signs out and in again', ['session/sign-out', 'session/sign-in', 'session/choose-role']],
    ['changes the role', ['session/choose-role']],
    ['locks', ['session/lock']],
  ] as const)('neither shows nor keeps a list that comes after the clerk %s', async (_name, steps) => {
    const { desk, network } = await openHeldDesk();
    await desk.signIn();
    const reading = network.hold(isWorklist);
    const asked = askNow(desk, 'worklist/fetch', { kind: 'AWAITING_BOOKING' });
    await pass(desk, 1);
    for (const step of steps) await desk.must(step, (step.endsWith('role') ? OTHER_ROLE : {}) as never);
    reading.release();
    await pass(desk, 1);
    expect(await asked).toMatchObject({ ok: false, problem: { kind: 'not-signed-in' } });
    const [ubrn = ''] = desk.service.world.findScene('bookable');
    await desk.must('session/unlock', {});
    const opened = await desk.ask('referral/open', { ubrn, secondIdentifier: null });
    expect(opened).toMatchObject({ ok: false, problem: { kind: 'needs-second-identifier' } });
  });

  it('does not open a referral in a role that did not ask for it', async () => {
    const { desk, network } = await openHeldDesk();
    await desk.signIn();
    const [ubrn = ''] = desk.service.world.findScene('bookable');
    const secondIdentifier = desk.service.world.referral(ubrn).nhsNumber.slice(-4);
    const services = network.hold(isCallOf('/HealthcareService'));
    const asked = askNow(desk, 'referral/open', { ubrn, secondIdentifier });
    await pass(desk, 2);
    await desk.must('session/choose-role', OTHER_ROLE);
    services.release();
    await pass(desk, 2);
    expect(await asked).toMatchObject({ ok: false, problem: { kind: 'not-signed-in' } });
    expect(await desk.ask('referral/reread', { ubrn })).toMatchObject({
      ok: false,
      problem: { code: 'referral-not-open' },
    });
  });

  it('does not end a session because a call of the one before it was refused', async () => {
    const { desk, network } = await openHeldDesk();
    await desk.signIn();
    const reading = network.hold(isWorklist);
    const asked = askNow(desk, 'worklist/fetch', { kind: 'AWAITING_BOOKING' });
    await pass(desk, 1);
    await desk.must('session/sign-out', {});
    await desk.signIn();
    reading.release({ kind: 'reply', status: 401, headers: {}, body: new Uint8Array() });
    await pass(desk, 1);
    expect(await asked).toMatchObject({ ok: false });
    expect(await desk.must('session/read-state', {})).toMatchObject({ status: 'signed-in' });
  });
});
