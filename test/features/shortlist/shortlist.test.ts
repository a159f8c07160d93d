import { describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../src-main/contract/channels.ts';
import { book, digitsOf, pass } from '../../support/clerk-steps.ts';
import { openScene, PROVIDER, settled, wrong, type AtReferral } from '../cancellation/cancel-steps.ts';

type Scene = Parameters<typeof openScene>[0];

const refused = (code: string) => ({ ok: false, problem: { code } });

const idsOf = ({ desk, ubrn }: AtReferral) => desk.service.world.referral(ubrn).shortlist;

async function reviewChange(scene: Scene, change: (before: readonly string[]) => string[]) {
  const at = await openScene(scene);
  const serviceIds = change(idsOf(at));
  const panel = await at.desk.must('shortlist/review-change', { ubrn: at.ubrn, serviceIds });
  return { ...at, panel, serviceIds };
}

const commitOf = (
  { digits, panel }: { digits: string; panel: { reviewId: string } },
  notedRequirements: string[] = [],
): RequestInput<'shortlist/commit-change'> => ({ reviewId: panel.reviewId, digits, notedRequirements });

async function started({ desk }: AtReferral, input: RequestInput<'shortlist/commit-change'>) {
  const answer = await desk.must('shortlist/commit-change', input);
  if (answer.kind !== 'started') throw new Error('the digits were wrong');
  return answer.item;
}

describe('changing the shortlist', () => {
  it('puts the new services into e-RS, in their order', async () => {
    const at = await reviewChange('bookable', () => ['11001', '11000']);
    expect(at.panel.before.map(({ serviceId }) => serviceId)).toEqual(['11000']);
    expect(at.panel.after).toMatchObject([
      { serviceId: '11001', name: 'Heart Failure Clinic with named consultants', bookable: 'directly' },
      { serviceId: '11000', name: 'General Cardiology Clinic' },
    ]);
    const item = await started(at, commitOf(at));
    expect(await settled(at.desk, item)).toMatchObject({ action: 'change-shortlist', state: 'done' });
    expect(idsOf(at)).toEqual(['11001', '11000']);
  });

  it('stops hard on requirements that e-RS may drop, and leaves a task for each', async () => {
    const at = await reviewChange('requirements', (before) => [...before, '11000']);
    expect(at.panel.requirements.map(({ code }) => code).sort()).toEqual(['INTERPRETER', 'TRANSPORT']);
    const ask = (noted: string[]) => at.desk.ask('shortlist/commit-change', commitOf(at, noted));
    expect(await ask([])).toMatchObject(refused('requirements-not-noted'));
    expect(await ask(['INTERPRETER'])).toMatchObject(refused('requirements-not-noted'));
    expect(await ask(['INTERPRETER', 'ADVOCACY'])).toMatchObject(refused('requirements-not-noted'));
    expect((await at.desk.must('tasks/read', {})).tasks).toEqual([]);
    expect(await ask(['TRANSPORT', 'INTERPRETER'])).toMatchObject({ ok: true, value: { kind: 'started' } });
    const { tasks } = await at.desk.must('tasks/read', {});
    expect(tasks.map(({ kind }) => kind)).toEqual(['ask-requirement-again', 'ask-requirement-again']);
    expect(new Set(tasks.map(({ note }) => note)).size).toBe(2);
    await pass(at.desk, 5);
    expect(at.desk.service.calls.count('A031')).toBe(1);
  });

  it('asks A029 afresh, and opens no panel once somebody else has changed the referral', async () => {
    const at = await openScene('bookable');
    const before = at.desk.service.calls.count('A029');
    const input = { ubrn: at.ubrn, serviceIds: ['11000', '11001'] };
    await at.desk.must('shortlist/review-change', input);
    expect(at.desk.service.calls.count('A029')).toBe(before + 1);
    at.desk.service.world.touch(at.ubrn);
    expect(await at.desk.ask('shortlist/review-change', input)).toMatchObject(refused('changed-meanwhile'));
  });

  it('needs a connection', async () => {
    const at = await openScene('bookable');
    at.network.isDown = true;
    const answer = await at.desk.ask('shortlist/review-change', { ubrn: at.ubrn, serviceIds: ['11001'] });
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'offline', code: 'needs-connection' } });
  });
});

describe('a page that claims what it does not hold', () => {
  it.each<[string, string[], string]>([
    ['the list as it is', ['11000'], 'NO_CHANGES_DETECTED'],
    ['a service twice', ['11001', '11001'], 'DUPLICATE_SERVICE'],
    ['a service that e-RS does not know', ['11000', '99999'], 'service-not-found'],
  ])('reviews no list with %s', async (_name, serviceIds, code) => {
    const at = await openScene('bookable');
    const answer = await at.desk.ask('shortlist/review-change', { ubrn: at.ubrn, serviceIds });
    expect(answer).toMatchObject(refused(code));
  });

  it('changes nothing as a provider, of a booked or a closed referral, or with wrong digits', async () => {
    const provider = await openScene('booked-for-review', { roleId: PROVIDER });
    const input = { ubrn: provider.ubrn, serviceIds: ['11000'] };
    expect(await provider.desk.ask('shortlist/review-change', input)).toMatchObject(
      refused('role-cannot-change-shortlist'),
    );
    expect(await provider.desk.ask('shortlist/read-services', { serviceIds: ['11000'] })).toMatchObject(
      refused('role-cannot-read-services'),
    );
    const booked = await openScene('booked-cancellable');
    const ofBooked = { ubrn: booked.ubrn, serviceIds: ['11002'] };
    expect(await booked.desk.ask('shortlist/review-change', ofBooked)).toMatchObject(
      refused('already-booked'),
    );
    const [closed = ''] = booked.desk.service.world.findScene('bookable');
    expect(
      await booked.desk.ask('shortlist/review-change', { ubrn: closed, serviceIds: ['11002'] }),
    ).toMatchObject(refused('referral-not-open'));
    const at = await reviewChange('bookable', () => ['11001']);
    const bad = { ...commitOf(at), digits: wrong(at.digits) };
    await at.desk.must('shortlist/commit-change', bad);
    await at.desk.must('shortlist/commit-change', bad);
    expect(await at.desk.ask('shortlist/commit-change', commitOf(at))).toMatchObject(
      refused('review-closed'),
    );
    expect(at.desk.service.calls.count('A031')).toBe(0);
  });
});

describe('sending for triage', () => {
  it('sends the referral to a triage service of its shortlist', async () => {
    const at = await openScene('several-services');
    const panel = await at.desk.must('shortlist/review-triage', { ubrn: at.ubrn, serviceId: '13000' });
    expect(panel).toMatchObject({ serviceName: 'Cardiology Triage Service', maxComment: 1000 });
    const answer = await at.desk.must('shortlist/commit-triage', {
      ...{ reviewId: panel.reviewId, digits: at.digits, comment: 'Please advise' },
    });
    if (answer.kind !== 'started') throw new Error('the digits were wrong');
    expect(await settled(at.desk, answer.item)).toMatchObject({ action: 'send-for-triage', state: 'done' });
    expect(at.desk.service.world.referral(at.ubrn)).toMatchObject({ state: 'AWAITING_TRIAGE' });
  });

  it.each([
    ['a bookable service', '11000', 'service-not-triage'],
    ['a triage service that is not on the shortlist', '13001', 'service-not-on-shortlist'],
  ])('is refused for %s', async (_name, serviceId, code) => {
    const at = await openScene('several-services');
    const answer = await at.desk.ask('shortlist/review-triage', { ubrn: at.ubrn, serviceId });
    expect(answer).toMatchObject(refused(code));
  });

  it('is not in the spine dialect', async () => {
    const at = await openScene('triage', { dialect: 'spine-session' });
    const answer = await at.desk.ask('shortlist/review-triage', { ubrn: at.ubrn, serviceId: '13000' });
    expect(answer).toMatchObject(refused('not-in-dialect'));
  });
});

describe('the details of services', () => {
  it('come with what a clerk reads to a patient', async () => {
    const at = await openScene('bookable');
    const { services } = await at.desk.must('shortlist/read-services', { serviceIds: ['11006'] });
    expect(services).toMatchObject([
      {
        serviceId: '11006',
        name: 'Cataract Clinic, Ophthalmology',
        bookable: 'directly',
        phone: '01632 960100',
      },
    ]);
    expect(services[0]?.instructions).toContain('dummy slots');
    expect(services[0]?.hours).toContain('Monday to Friday');
    expect(services[0]?.version).toBe(1);
    expect(at.desk.service.calls.count('A033')).toBe(1);
  });

  it('are asked for in one call, and leave out what e-RS does not know', async () => {
    const at = await openScene('bookable');
    const before = at.desk.service.calls.count('A035');
    const serviceIds = ['11000', '12001', '99999'];
    const { services } = await at.desk.must('shortlist/read-services', { serviceIds });
    expect(services.map(({ serviceId }) => serviceId)).toEqual(['11000', '12001']);
    expect(at.desk.service.calls.count('A035')).toBe(before + 1);
    expect((await at.desk.must('shortlist/read-services', { serviceIds: ['99999'] })).services).toEqual([]);
  });
});

describe('the details of services without a connection', () => {
  it('are those of the open referrals, with their age', async () => {
    const at = await openScene('bookable');
    const { readAt } = await at.desk.must('referral/reread', { ubrn: at.ubrn });
    await pass(at.desk, 60);
    at.network.isDown = true;
    const { services } = await at.desk.must('shortlist/read-services', { serviceIds: ['11000', '11006'] });
    expect(services).toMatchObject([{ serviceId: '11000', readAt }]);
    const none = await at.desk.ask('shortlist/read-services', { serviceIds: ['11006'] });
    expect(none).toMatchObject({ ok: false, problem: { kind: 'offline' } });
  });
});

describe('moving an appointment, all the way', () => {
  it('cancels, makes the referral bookable again, books, and then the red task goes', async () => {
    const at = await openScene('booked-cancellable');
    const { desk, ubrn, digits } = at;
    const panel = await desk.must('cancellation/review-appointment', { ubrn, isMove: true });
    await desk.must('cancellation/commit-appointment', {
      ...{ reviewId: panel.reviewId, digits, reasonCode: 'PATIENT_ILL', comment: '' },
    });
    await pass(desk, 5);
    const cancelled = await desk.must('referral/reread', { ubrn });
    expect(cancelled).toMatchObject({
      state: { code: 'APPT_CANCELLED_BY_PATIENT' },
      canChangeShortlist: null,
    });
    const change = await desk.must('shortlist/review-change', { ubrn, serviceIds: [...idsOf(at)] });
    await started(at, commitOf({ ...at, panel: change }));
    await pass(desk, 5);
    const isRed = async () => (await desk.must('tasks/read', {})).tasks.map(({ kind }) => kind);
    expect(await isRed()).toEqual(['no-appointment']);
    await desk.must('referral/reread', { ubrn });
    await book(desk, ubrn);
    await pass(desk, 10);
    expect(desk.service.world.appointmentOf(ubrn)).toMatchObject({ status: 'booked' });
    expect(await isRed()).toEqual([]);
    expect(digitsOf(desk, ubrn, 'birth-ddmm')).toBe(digits);
  });
});
