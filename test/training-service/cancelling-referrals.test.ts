import { beforeEach, describe, expect, it } from 'vitest';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import type { PasBehaviour } from '../../src-main/training-service/world/model.ts';
import { asAdmin, asClinician, isListed, onBehalfOf } from './cancelling-support.ts';
import { codeOf, createBench, type Answered, type Bench, type Sent } from './support.ts';

let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
  ubrn = find('booked-cancellable');
});

const find = (name: SceneName, i = 0) => bench.world.findScene(name)[i] ?? '';
const now = () => bench.world.referral(ubrn);
const outcome = async (answered: Promise<Answered>) => [(await answered).status, codeOf(await answered)];
const isInPas = (serviceId: string) =>
  bench.world.pasAppointments(serviceId).some((one) => one.ubrn === ubrn);

const reason = (code: string, set = 'REFERRAL-CANCELLATION-REASON') => ({
  name: 'cancellationReason',
  valueCoding: { system: `https://training.test/referrals/FHIR/STU3/CodeSystem/${set}`, code },
});
const comment = (text: string) => ({ name: 'cancellationComments', valueString: text });
const body = (...parameter: unknown[]) => ({
  resourceType: 'Parameters',
  meta: {
    profile: ['https://fhir.nhs.uk/STU3/StructureDefinition/eRS-CancelReferral-Request-Parameters-1'],
  },
  parameter,
});

const cancel = (parameter: readonly unknown[] = [reason('INTEND_PRIVATE')], sent: Sent = {}, one = ubrn) =>
  bench.platform(`/STU3/ReferralRequest/${one}/$ers.cancelReferral`, {
    method: 'POST',
    body: body(...parameter),
    ...sent,
    headers: { 'If-Match': `W/"${bench.world.findReferral(one)?.version ?? 1}"`, ...sent.headers },
  });

describe('A036', () => {
  it('ends the referral and its appointment, frees the slot, tells the PAS, and has no ETag', async () => {
    const before = now();
    const { slotId, serviceId = '' } = before.appointment ?? {};
    const answered = await cancel([reason('INTEND_PRIVATE'), comment('Going private')]);
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, null]);
    expect(answered.at('parameter', 0)).toMatchObject({
      name: 'updatedReferralRequest',
      resource: { id: ubrn, status: 'cancelled', meta: { versionId: String(before.version + 1) } },
    });
    expect(answered.at('parameter', 1)).toMatchObject({
      name: 'updatedAppointment',
      resource: {
        id: before.appointment?.id,
        status: 'cancelled',
        meta: { versionId: String((before.appointment?.version ?? 0) + 1) },
      },
    });
    expect(now()).toMatchObject({
      state: 'CANCELLED_REFERRAL',
      stateReason: { set: 'REFERRAL-CANCELLATION-REASON', code: 'INTEND_PRIVATE' },
      stateComments: 'Going private',
      isCancelledElsewhere: false,
    });
    expect(bench.world.freeSlots(serviceId).map((slot) => slot.id)).toContain(slotId);
    expect(isInPas(serviceId)).toBe(false);
  });

  it('ends a referral without appointment, and takes it from the lists', async () => {
    ubrn = find('bookable');
    expect(await isListed(bench, 'AWAITING_BOOKING', ubrn)).toBe(true);
    const answered = await cancel();
    expect([answered.status, answered.at('parameter', 1)]).toEqual([200, undefined]);
    expect(now().appointment).toBeNull();
    expect(await isListed(bench, 'AWAITING_BOOKING', ubrn)).toBe(false);
    expect(await isListed(bench, 'ASSESSMENT_RETURNED_CANCELLED_DNA', ubrn)).toBe(false);
  });

  it('is the end: nothing can be done afterwards', async () => {
    await cancel();
    expect(await outcome(cancel())).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it('shows on the referrer’s list when the provider did it', async () => {
    ubrn = find('booked-for-review');
    await cancel([reason('BOOKED_OUTSIDE_CAB')], { headers: asClinician });
    expect(now()).toMatchObject({ state: 'CANCELLED_REFERRAL', isCancelledElsewhere: true });
    expect(await isListed(bench, 'ASSESSMENT_RETURNED_CANCELLED_DNA', ubrn)).toBe(true);
  });

  it('ends an indirect booking without asking its PAS', async () => {
    ubrn = find('review-indirectly');
    const service = now().appointment?.serviceId ?? '';
    bench.world.setPas(service, { kind: 'error' });
    const answered = await cancel([reason('PATIENT_DIED')], { headers: asClinician });
    expect([answered.status, answered.at('parameter', 1, 'name')]).toEqual([200, 'updatedAppointment']);
  });

  it('leaves a proposal as it was', async () => {
    ubrn = find('deferred');
    const answered = await cancel();
    expect([answered.status, answered.at('parameter', 1)]).toEqual([200, undefined]);
    expect(now().appointment?.status).toBe('proposed');
  });
});

describe('the reasons, by who calls and what stands', () => {
  it.each<[string, SceneName, Record<string, string>, string, string, number, string | undefined]>([
    ['referrer, booked', 'booked-cancellable', {}, 'RAISED_IN_ERROR', '', 200, undefined],
    ['referrer, booked', 'booked-cancellable', {}, 'BOOKED_OUTSIDE_CAB', '', 422, 'INAPPROPRIATE_VALUE'],
    ['referrer, open', 'bookable', {}, 'REFERRER_CANCELLATION', '', 200, undefined],
    ['referrer', 'bookable', {}, 'PATIENT_REQUEST_CANCELLATION_OTHER', '', 422, 'MISSING_VALUE'],
    ['referrer', 'bookable', {}, 'PATIENT_REQUEST_CANCELLATION_OTHER', 'asked to', 200, undefined],
    ['referrer', 'bookable', {}, 'PROVIDER_CANCELLATION', '', 422, 'INAPPROPRIATE_VALUE'],
    ['referrer', 'bookable', {}, 'NOT_A_REASON', '', 422, 'INAPPROPRIATE_VALUE'],
    ['provider, booked', 'booked-for-review', asClinician, 'INTEND_PRIVATE', '', 200, undefined],
    ['provider, booked', 'booked-for-review', asClinician, 'OTHER_OTHER', 'x', 422, 'INAPPROPRIATE_VALUE'],
    ['provider, triage', 'awaiting-triage', asClinician, 'TRIAGE_ENDED', '', 200, undefined],
    ['provider, triage', 'awaiting-triage', asClinician, 'OTHER_OTHER', '', 422, 'MISSING_VALUE'],
    ['provider, triage', 'triaged', asClinician, 'OTHER_OTHER', 'x', 200, undefined],
    ['provider, triage', 'triaged', asClinician, 'INTEND_PRIVATE', '', 422, 'INAPPROPRIATE_VALUE'],
    ['provider, deferred', 'deferred', asClinician, 'BOOKED_OUTSIDE_CAB', '', 200, undefined],
    ['provider, deferred', 'deferred', asClinician, 'TRIAGE_ENDED', '', 422, 'INAPPROPRIATE_VALUE'],
  ])('%s (%s): %j %s %j is %i %s', async (_who, scene, headers, code, text, status, refusal) => {
    ubrn = find(scene);
    const parameters = [reason(code), ...(text === '' ? [] : [comment(text)])];
    expect(await outcome(cancel(parameters, { headers }))).toEqual([status, refusal]);
  });
});

describe('who may, and when', () => {
  it('a clinician or an admin who acts for one, pinned to the version that is', async () => {
    ubrn = find('booked-for-review');
    const why = [reason('INTEND_PRIVATE')];
    expect(await outcome(cancel(why, { headers: asAdmin }))).toEqual([400, 'MISSING_HEADER']);
    expect((await cancel(why, { headers: { 'If-Match': null } })).status).toBe(412);
    expect((await cancel(why, { headers: { 'If-Match': 'W/"1"' } })).status).toBe(409);
    expect((await cancel(why, {}, '999999999999')).status).toBe(404);
    expect(await outcome(cancel(why, {}, find('no-relationship')))).toEqual([422, 'NO_RELATIONSHIP']);
    expect(await outcome(cancel(why, {}, find('s-flag')))).toEqual([422, 'PATIENT_ERROR']);
    expect(await outcome(cancel(why, {}, find('advice-request')))).toEqual([422, 'INVALID_REQUEST_TYPE']);
    expect((await cancel(why, { headers: onBehalfOf('021600556514') })).status).toBe(200);
    expect((await bench.spine(`/STU3/v1/ReferralRequest/${ubrn}/$ers.cancelReferral`)).status).toBe(404);
  });

  it('not while somebody else has it', async () => {
    bench.world.lock(ubrn, 1000);
    expect((await cancel()).status).toBe(423);
  });

  it('not after another clerk did', async () => {
    const headers = { 'If-Match': `W/"${now().version}"` };
    bench.world.cancelReferralByAnother(ubrn);
    expect((await cancel(undefined, { headers })).status).toBe(409);
    expect(now()).toMatchObject({ state: 'CANCELLED_REFERRAL', appointment: { status: 'cancelled' } });
  });
});

describe('the provider’s system', () => {
  it.each<[string, PasBehaviour, number, string, boolean]>([
    ['has no such appointment', { kind: 'gone' }, 422, 'UNABLE_TO_CANCEL_APPOINTMENT', false],
    ['refuses', { kind: 'unconfirmed' }, 422, 'UNABLE_TO_CANCEL_APPOINTMENT', true],
    ['errs', { kind: 'error' }, 502, 'PAS_RESPONDED_WITH_ERROR', true],
  ])('%s', async (_what, behaviour, status, code, isLeftInPas) => {
    const service = now().appointment?.serviceId ?? '';
    bench.world.setPas(service, behaviour);
    expect(await outcome(cancel())).toEqual([status, code]);
    expect([now().state, isInPas(service)]).toEqual(['BOOKED', isLeftInPas]);
  });

  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('is silent: still booked in e-RS %s, in the PAS %s', async (bookedInErs, bookedInPas) => {
    const service = now().appointment?.serviceId ?? '';
    bench.world.setPas(service, { kind: 'silence', bookedInErs, bookedInPas });
    const answer = cancel();
    await bench.clock.advance(1000);
    expect(await outcome(answer)).toEqual([504, 'PAS_NOT_RESPONDING']);
    expect([now().state === 'BOOKED', isInPas(service)]).toEqual([bookedInErs, bookedInPas]);
  });
});

describe('the body', () => {
  it.each([
    ['no reason', [comment('x')], 'MISSING_VALUE'],
    ['a reason of another set', [reason('PATIENT_ILL', 'APPOINTMENT-CANCELLATION-REASON')], 'INVALID_VALUE'],
    ['a reason twice', [reason('PATIENT_DIED'), reason('PATIENT_DIED')], 'INVALID_VALUE'],
    ['an unknown parameter', [reason('PATIENT_DIED'), { name: 'x' }], 'INVALID_VALUE'],
    ['too long a comment', [reason('PATIENT_DIED'), comment('x'.repeat(2001))], 'INVALID_VALUE'],
  ])('is refused with %s', async (_what, parameters, code) => {
    expect(await outcome(cancel(parameters))).toEqual([422, code]);
    expect(now().state).toBe('BOOKED');
  });
});
