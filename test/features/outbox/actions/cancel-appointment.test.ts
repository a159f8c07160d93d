/** Cancelling an appointment (A034) against the training service; the other dialect does not have it. */
import { describe, expect, it } from 'vitest';
import { cancelAppointment } from '../../../../src-main/features/outbox/actions/cancel-appointment.ts';
import type { CancelAppointmentIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { cancelOf } from '../../../support/world-intents.ts';

async function begin(dialect: 'api-platform' | 'spine-session' = 'api-platform') {
  const bench = await openActionBench({ dialect });
  const referral = bench.find('booked-cancellable');
  return { bench, referral, intent: cancelOf(referral) };
}

const check = (bench: ActionBench, intent: CancelAppointmentIntent, changes = {}) =>
  bench.wait(cancelAppointment.check(bench.run(intent, changes)));
const send = (bench: ActionBench, intent: CancelAppointmentIntent) =>
  bench.wait(cancelAppointment.send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: CancelAppointmentIntent, changes = {}) =>
  bench.wait(cancelAppointment.readBack(bench.run(intent, changes)));

describe('cancelling an appointment', () => {
  it('is checked, sent under both pins and read back as ours', async () => {
    const { bench, referral, intent } = await begin();
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn)).toMatchObject({
      state: 'APPT_CANCELLED_BY_PATIENT',
      appointment: { status: 'cancelled', reason: { code: 'PATIENT_HOLIDAY' } },
    });
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: intent.appointmentId });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result: intent.appointmentId });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', status: 409 });
  });

  it('is unchanged while nothing happened', async () => {
    const { bench, intent } = await begin();
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });

  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    [
      'another clerk cancelled for another reason',
      ({ world }, ubrn) => world.cancelByAnother(ubrn, 'PATIENT_ILLNESS'),
    ],
    ['the provider cancelled', ({ world }, ubrn) => world.cancelByProvider(ubrn)],
    ['the appointment moved', ({ world }, ubrn) => world.touchAppointment(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const { bench, referral, intent } = await begin();
    happens(bench, referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
  });

  it('is not checked through when only the referral moved: its version goes with the body (I3)', async () => {
    const { bench, referral, intent } = await begin();
    bench.world.touch(referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });

  it('says nothing from a copy that is older than what was seen', async () => {
    const { bench, intent } = await begin();
    const ahead = { ...intent, appointmentVersion: intent.appointmentVersion + 1 };
    expect(await check(bench, ahead)).toEqual({ kind: 'not-readable', code: 'old-copy' });
    expect(await readBack(bench, ahead)).toEqual({ kind: 'not-readable', code: 'old-copy' });
  });

  it('is not checked through where e-RS does not offer it', async () => {
    const { bench } = await begin();
    expect(await check(bench, cancelOf(bench.find('booked-indirectly')))).toEqual({
      kind: 'changed',
      code: 'action-not-offered',
    });
  });

  it('is not in the spine dialect: nothing is read or sent, and the sending says so', async () => {
    const { bench, intent } = await begin('spine-session');
    expect(await check(bench, intent)).toEqual({ kind: 'not-readable', code: 'not-in-dialect' });
    expect(await send(bench, intent)).toEqual({ kind: 'not-in-dialect' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'not-readable', code: 'not-in-dialect' });
    expect(bench.service.calls.all).toEqual([]);
  });
});

describe('a read that fails', () => {
  it.each([
    ['of the appointment', 'A038'],
    ['of the referral', 'A005'],
  ])('%s stops the check', async (_what, id) => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id }, do: { kind: 'refuse-connection' } });
    expect(await check(bench, intent)).toEqual({ kind: 'not-reached' });
    bench.service.faults.add({ on: { id }, do: { kind: 'status', status: 422, code: 'NO_RELATIONSHIP' } });
    expect(await check(bench, intent)).toEqual({ kind: 'refused', code: 'NO_RELATIONSHIP' });
  });

  it('tells the read-back nothing', async () => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A038' }, do: { kind: 'status', status: 503 } });
    expect(await readBack(bench, intent)).toEqual({ kind: 'not-reached' });
  });

  it.each([
    ['the appointment', 1],
    ['the referral', 2],
  ])('ends when the person has gone by the time that %s is read', async (_what, asked) => {
    const { bench, intent } = await begin();
    let count = 0;
    const mayGoOn = () => (count += 1) < asked;
    expect(await check(bench, intent, { mayGoOn })).toEqual({ kind: 'held', code: 'person-left' });
    expect(bench.service.calls.count('A005')).toBe(asked - 1);
    expect(await readBack(bench, intent, { mayGoOn: () => false })).toEqual({
      kind: 'held',
      code: 'person-left',
    });
  });
});

describe("the provider's answer to a cancellation", () => {
  it.each([
    ['that refuses', { kind: 'unconfirmed' }, { kind: 'unknown', code: 'UNABLE_TO_CANCEL_APPOINTMENT' }],
    ['that is an error', { kind: 'error' }, { kind: 'answered', code: 'PAS_RESPONDED_WITH_ERROR' }],
    [
      'that does not come',
      { kind: 'silence', bookedInErs: true, bookedInPas: true },
      { kind: 'answered', code: 'PAS_NOT_RESPONDING' },
    ],
  ] as const)('%s leaves the appointment as it is', async (_what, behaviour, expected) => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A034' }, do: { kind: 'pas', behaviour } });
    expect(await send(bench, intent)).toMatchObject(expected);
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });
});
