import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src-main/app/ports.ts';
import type { RequestOutput } from '../../../src-main/contract/channels.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { askNow, openHeldDesk, pass } from '../../support/booking-steps.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const ADMIN = 'R68.SERVICE_PROVIDER_CLINICIAN_ADMIN';
const RUTH = '021600556514';
const ANIL = '921600556514';
const DIALECTS = ['api-platform', 'spine-session'] as const;

const chooseAdmin = async (desk: TestDesk) => {
  await desk.must('session/sign-in', {});
  return desk.must('session/choose-role', { roleId: ADMIN });
};

async function actFor(desk: TestDesk, userId: string): Promise<RequestOutput<'session/choose-clinician'>> {
  await desk.must('session/read-clinicians', {});
  return desk.must('session/choose-clinician', { userId });
}

const reviewList = (desk: TestDesk) => desk.ask('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });

describe.each(DIALECTS)("a clinician's admin on %s", (dialect) => {
  it('has nobody at the desk until a clinician is chosen', async () => {
    const desk = await openDesk({ dialect });
    expect(await chooseAdmin(desk)).toMatchObject({
      status: 'choosing-clinician',
      role: { needsClinician: true },
      onBehalfOf: null,
    });
    const before = desk.service.calls.all.length;
    expect(await reviewList(desk)).toMatchObject({ ok: false, problem: { kind: 'not-signed-in' } });
    expect(desk.service.calls.all).toHaveLength(before);
  });

  it('is told the ids that e-RS gives, under the labels of the site', async () => {
    const desk = await openDesk({ dialect });
    await chooseAdmin(desk);
    const { clinicians } = await desk.must('session/read-clinicians', {});
    expect(clinicians).toContainEqual({ userId: RUTH, label: 'CONSULTANT, Ruth (Dr)' });
    // Not on the site's list: the id is all there is.
    expect(clinicians).toContainEqual({ userId: ANIL, label: ANIL });
  });

  it('works for the chosen one, and e-RS serves its calls', async () => {
    const desk = await openDesk({ dialect });
    await chooseAdmin(desk);
    expect(await actFor(desk, RUTH)).toMatchObject({ status: 'signed-in', onBehalfOf: { userId: RUTH } });
    expect(await reviewList(desk)).toMatchObject({ ok: true });
  });

  it('cannot act for somebody whom e-RS did not name', async () => {
    const desk = await openDesk({ dialect });
    await chooseAdmin(desk);
    const early = await desk.ask('session/choose-clinician', { userId: RUTH });
    await desk.must('session/read-clinicians', {});
    const made = await desk.ask('session/choose-clinician', { userId: '555000000999' });
    if (dialect === 'api-platform')
      expect(early).toMatchObject({ ok: false, problem: { code: 'unknown-clinician' } });
    expect(made).toMatchObject({ ok: false, problem: { code: 'unknown-clinician' } });
  });

  it('changes to another clinician in a new sitting, and the first one is asked for no more', async () => {
    const desk = await openDesk({ dialect });
    await chooseAdmin(desk);
    await actFor(desk, RUTH);
    await desk.must('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
    const [ubrn = ''] = desk.service.world.findScene('booked-for-review');
    await desk.must('referral/open', { ubrn, secondIdentifier: null });
    expect(await actFor(desk, ANIL)).toMatchObject({ onBehalfOf: { userId: ANIL } });
    // What the first sitting listed opens nothing in the next (hazard 1).
    const open = await desk.ask('referral/open', { ubrn, secondIdentifier: null });
    expect(open).toMatchObject({ ok: false, problem: { kind: 'needs-second-identifier' } });
    expect(await reviewList(desk)).toMatchObject({ ok: true });
  });

  it('keeps the clinician through lock and unlock', async () => {
    const desk = await openDesk({ dialect });
    await chooseAdmin(desk);
    await actFor(desk, RUTH);
    expect(await desk.must('session/lock', {})).toMatchObject({ status: 'locked' });
    expect(await desk.ask('session/read-clinicians', {})).toMatchObject({ ok: false });
    expect(await desk.must('session/unlock', {})).toMatchObject({
      status: 'signed-in',
      onBehalfOf: { userId: RUTH },
    });
  });

  it('chooses again after another role was chosen, and after a new sign-in', async () => {
    const desk = await openDesk({ dialect });
    await chooseAdmin(desk);
    await actFor(desk, RUTH);
    const other = await desk.must('session/choose-role', { roleId: 'R68.SERVICE_PROVIDER_CLINICIAN' });
    expect(other).toMatchObject({ status: 'signed-in', onBehalfOf: null });
    expect(await reviewList(desk)).toMatchObject({ ok: true });
    expect(await chooseAdmin(desk)).toMatchObject({ status: 'choosing-clinician', onBehalfOf: null });
  });
});

describe('the header of on behalf of', () => {
  it('goes with every call of that role, with no call of another', async () => {
    const clock = createManualClock();
    const service = createTrainingService({ seed: 5, clock, pasDelayMs: 0 });
    const inner = createInProcessNetwork(service, clock);
    const seen: (string | undefined)[] = [];
    const network: Network = {
      send(request) {
        if (!request.path.includes('/Patient/')) seen.push(request.headers['NHSD-eRS-On-Behalf-Of-User-ID']);
        return inner.send(request);
      },
      close: () => inner.close(),
    };
    const desk = await openDesk({ clock, service, network });
    await chooseAdmin(desk);
    await actFor(desk, RUTH);
    seen.length = 0;
    await desk.must('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
    const [ubrn = ''] = desk.service.world.findScene('booked-for-review');
    await desk.must('referral/open', { ubrn, secondIdentifier: null });
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen)).toEqual(new Set([RUTH]));
    await desk.must('session/choose-role', { roleId: 'R68.SERVICE_PROVIDER_CLINICIAN' });
    seen.length = 0;
    await desk.must('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
    expect(seen).toEqual([undefined]);
  });

  it('is refused to a role that acts for nobody', async () => {
    const desk = await openDesk();
    await desk.signIn();
    const listed = await desk.ask('session/read-clinicians', {});
    const chosen = await desk.ask('session/choose-clinician', { userId: RUTH });
    expect([listed, chosen]).toMatchObject([
      { ok: false, problem: { code: 'role-acts-for-nobody' } },
      { ok: false, problem: { code: 'role-acts-for-nobody' } },
    ]);
  });

  it('gives no clinician to a session that has gone meanwhile', async () => {
    const { desk, network } = await openHeldDesk({ dialect: 'spine-session' });
    await chooseAdmin(desk);
    await desk.must('session/read-clinicians', {});
    const selecting = network.hold((request) => request.method === 'PUT');
    const choosing = askNow(desk, 'session/choose-clinician', { userId: RUTH });
    await pass(desk, 1);
    const leaving = askNow(desk, 'session/sign-out', {});
    selecting.release();
    await pass(desk, 3);
    expect(await choosing).toMatchObject({ ok: false, problem: { kind: 'not-signed-in' } });
    await leaving;
    expect(await desk.must('session/read-state', {})).toMatchObject({
      status: 'signed-out',
      onBehalfOf: null,
    });
  });
});
