/** Cancelling a referral (A036) against the training service; the other dialect does not have it. */
import { describe, expect, it } from 'vitest';
import { cancelReferral } from '../../../../src-main/features/outbox/actions/cancel-referral.ts';
import type { CancelReferralIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { cancelReferralOf } from '../../../support/world-intents.ts';

async function begin(scene: 'bookable' | 'booked' = 'bookable') {
  const bench = await openActionBench();
  const referral = bench.find(scene);
  return { bench, referral, intent: cancelReferralOf(referral) };
}

const check = (bench: ActionBench, intent: CancelReferralIntent) =>
  bench.wait(cancelReferral.check(bench.run(intent)));
const send = (bench: ActionBench, intent: CancelReferralIntent) =>
  bench.wait(cancelReferral.send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: CancelReferralIntent) =>
  bench.wait(cancelReferral.readBack(bench.run(intent)));

describe.each(['bookable', 'booked'] as const)('cancelling a referral that is %s', (scene) => {
  it('is checked, sent under its pin and read back as ours', async () => {
    const { bench, referral, intent } = await begin(scene);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn)).toMatchObject({
      state: 'CANCELLED_REFERRAL',
      stateReason: { code: intent.reason.code },
      stateComments: intent.comment,
    });
    expect(bench.world.appointmentOf(referral.ubrn)?.status ?? 'cancelled').toBe('cancelled');
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: null });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result: null });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', status: 409 });
  });
});

describe('cancelling a referral', () => {
  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    [
      'another clerk cancelled it for another reason',
      ({ world }, ubrn) => world.cancelReferralByAnother(ubrn, 'RAISED_IN_ERROR'),
    ],
    [
      'another clerk cancelled it with another comment',
      ({ world }, ubrn) => world.cancelReferralByAnother(ubrn),
    ],
    ['another clerk booked it', ({ world }, ubrn) => world.bookByAnother(ubrn)],
    ['the version moved by itself', ({ world }, ubrn) => world.touch(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const { bench, referral, intent } = await begin();
    happens(bench, referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
  });

  it('is not checked through where e-RS does not offer it', async () => {
    const { bench } = await begin();
    expect(await check(bench, cancelReferralOf(bench.find('cancelled-referral')))).toEqual({
      kind: 'changed',
      code: 'action-not-offered',
    });
  });

  it('is not in the spine dialect', async () => {
    const bench = await openActionBench({ dialect: 'spine-session' });
    expect(await send(bench, cancelReferralOf(bench.find('bookable')))).toEqual({ kind: 'not-in-dialect' });
    expect(bench.service.calls.all).toEqual([]);
  });

  it.each([
    ['that refuses', { kind: 'unconfirmed' }, { kind: 'unknown', code: 'UNABLE_TO_CANCEL_APPOINTMENT' }],
    ['that is an error', { kind: 'error' }, { kind: 'answered', code: 'PAS_RESPONDED_WITH_ERROR' }],
    [
      'that does not come',
      { kind: 'silence', bookedInErs: true, bookedInPas: true },
      { kind: 'answered', code: 'PAS_NOT_RESPONDING' },
    ],
  ] as const)("takes the provider's answer %s", async (_what, behaviour, expected) => {
    const { bench, intent } = await begin('booked');
    bench.service.faults.add({ on: { id: 'A036' }, do: { kind: 'pas', behaviour } });
    expect(await send(bench, intent)).toMatchObject(expected);
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });
});
