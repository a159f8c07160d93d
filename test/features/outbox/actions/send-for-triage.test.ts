/** Sending for triage (A016 `proposed`, TRIAGE) against the training service; the other dialect has no such reason. */
import { describe, expect, it } from 'vitest';
import { sendForTriage } from '../../../../src-main/features/outbox/actions/send-for-triage.ts';
import type { SendForTriageIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { triageOf } from '../../../support/world-intents.ts';

async function begin() {
  const bench = await openActionBench();
  const referral = bench.find('triage-service');
  return { bench, referral, intent: triageOf(referral, '13000') };
}

const check = (bench: ActionBench, intent: SendForTriageIntent) =>
  bench.wait(sendForTriage.check(bench.run(intent)));
const send = (bench: ActionBench, intent: SendForTriageIntent) =>
  bench.wait(sendForTriage.send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: SendForTriageIntent) =>
  bench.wait(sendForTriage.readBack(bench.run(intent)));

describe('sending for triage', () => {
  it('is checked, sent under its pin and read back as ours', async () => {
    const { bench, referral, intent } = await begin();
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn)).toMatchObject({
      state: 'AWAITING_TRIAGE',
      appointment: { status: 'proposed', serviceId: '13000', reason: { code: 'TRIAGE' } },
    });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
    expect(await check(bench, intent)).toMatchObject({ kind: 'own-effect' });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered' });
  });

  it('is not taken for ours when the version moved by itself', async () => {
    const { bench, referral, intent } = await begin();
    bench.world.touch(referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
  });

  it('is not taken for ours when it went to another service', async () => {
    const { bench, referral, intent } = await begin();
    bench.world.sendForTriageByAnother(referral.ubrn);
    expect(await readBack(bench, { ...intent, serviceId: '13001' })).toEqual({ kind: 'changed-otherwise' });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
  });

  it('is not checked through to a service that is not on the shortlist', async () => {
    const { bench, intent } = await begin();
    expect(await check(bench, { ...intent, serviceId: '13999' })).toEqual({
      kind: 'changed',
      code: 'not-on-shortlist',
    });
  });

  it('is not checked through where an appointment is booked, or e-RS does not offer it', async () => {
    const { bench } = await begin();
    const booked = bench.find('booked');
    expect(await check(bench, triageOf(booked, booked.shortlist[0] ?? ''))).toEqual({
      kind: 'changed',
      code: 'already-booked',
    });
    const waiting = bench.find('awaiting-triage');
    expect(await check(bench, triageOf(waiting, waiting.shortlist[0] ?? ''))).toEqual({
      kind: 'changed',
      code: 'action-not-offered',
    });
  });

  it('is not in the spine dialect', async () => {
    const bench = await openActionBench({ dialect: 'spine-session' });
    const referral = bench.find('triage-service');
    expect(await send(bench, triageOf(referral, '13000'))).toEqual({ kind: 'not-in-dialect' });
    expect(bench.service.calls.all).toEqual([]);
  });
});
