/** Deferral against the training service: only on evidence that is made again (contract.md section 10, I12). */
import { describe, expect, it } from 'vitest';
import { toIso } from '../../../../src-main/contract/london-time.ts';
import { defer } from '../../../../src-main/features/outbox/actions/defer.ts';
import { EVIDENCE_MS } from '../../../../src-main/features/outbox/actions/evidence.ts';
import { InvariantBroken } from '../../../../src-main/features/outbox/protocol/invariants.ts';
import type { DeferIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { deferOf } from '../../../support/world-intents.ts';

const check = (bench: ActionBench, intent: DeferIntent, changes = {}) =>
  bench.wait(defer.check(bench.run(intent, changes)));
const send = (bench: ActionBench, intent: DeferIntent) =>
  bench.wait(defer.send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: DeferIntent) => bench.wait(defer.readBack(bench.run(intent)));

const keyOf = ({ ubrn, serviceId, reason, slotId }: DeferIntent) => ({ ubrn, serviceId, reason, slotId });

/** A referral at a service without slots. */
async function withoutSlots(dialect: 'api-platform' | 'spine-session' = 'api-platform') {
  const bench = await openActionBench({ dialect });
  const referral = bench.find('no-slots');
  return { bench, referral, intent: deferOf(referral) };
}

/** A referral at a service with slots, the first of them taken. */
async function withTakenSlot() {
  const bench = await openActionBench();
  const referral = bench.find('bookable');
  const [slot] = bench.world.freeSlots(referral.shortlist[0] ?? '');
  bench.world.takeSlot(slot?.id ?? '');
  const slotStart = toIso(slot?.startMs ?? 0);
  const intent = deferOf(referral, { reason: 'SLOT_NOT_AVAILABLE', slotId: slot?.id ?? '', slotStart });
  return { bench, referral, slot, intent };
}

describe.each(['api-platform', 'spine-session'] as const)('a deferral for want of slots on %s', (dialect) => {
  it('makes its evidence, is sent under its pin and read back as ours', async () => {
    const { bench, referral, intent } = await withoutSlots(dialect);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(bench.evidence.fresh(keyOf(intent))).not.toBeNull();
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn)).toMatchObject({
      state: 'DEFERRED_TO_PROVIDER',
      stateComments: intent.comment,
      appointment: { status: 'proposed', reason: { code: 'NO_SLOTS_AT_SERVICE' } },
    });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
    expect(await check(bench, intent)).toMatchObject({ kind: 'own-effect' });
  });

  it('is unchanged while nothing happened, and another change is not ours', async () => {
    const { bench, referral, intent } = await withoutSlots(dialect);
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    bench.world.touch(referral.ubrn);
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
  });
});

describe('a deferral for want of slots', () => {
  it('is not sent once there are slots: they are shown instead', async () => {
    const bench = await openActionBench();
    const intent = deferOf(bench.find('bookable'));
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'slots-available' });
    expect(bench.evidence.fresh(keyOf(intent))).toBeNull();
  });

  it('does not take slots that cannot be read for none (hazard 9)', async () => {
    const bench = await openActionBench();
    const intent = deferOf(bench.find('bookable'));
    bench.service.faults.add({ on: { id: 'A015' }, do: { kind: 'slot-end-before-start' } });
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'slots-available' });
  });

  it.each([
    ['an error', { kind: 'status', status: 503 }, { kind: 'not-reached' }],
    [
      'a refusal',
      { kind: 'status', status: 400, code: 'INVALID_VALUE' },
      { kind: 'refused', code: 'INVALID_VALUE' },
    ],
    ['a page of a network', { kind: 'html-200' }, { kind: 'not-reached' }],
    ['half a reply', { kind: 'truncated-json' }, { kind: 'not-readable', code: 'unreadable-bad-json' }],
  ] as const)('does not take %s for no slots (hazard 9)', async (_what, effect, expected) => {
    const { bench, intent } = await withoutSlots();
    bench.service.faults.add({ on: { id: 'A015' }, do: effect });
    expect(await check(bench, intent)).toEqual(expected);
    expect(bench.evidence.fresh(keyOf(intent))).toBeNull();
  });

  it('is never sent without evidence, nor on one that is older than two minutes (I12)', async () => {
    const { bench, intent } = await withoutSlots();
    await expect(defer.send(bench.run(intent), 'c')).rejects.toThrow(InvariantBroken);
    await check(bench, intent);
    await bench.clock.advance(EVIDENCE_MS + 1);
    await expect(defer.send(bench.run(intent), 'c')).rejects.toThrow('I12');
    expect(bench.service.calls.count('A016')).toBe(0);
  });
});

describe('a deferral for a slot that is gone', () => {
  it('is sent with the slot while that is not free', async () => {
    const { bench, referral, intent } = await withTakenSlot();
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(bench.evidence.fresh(keyOf(intent))).toMatchObject({ slotStart: intent.slotStart });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.appointmentOf(referral.ubrn)).toMatchObject({
      reason: { code: 'SLOT_NOT_AVAILABLE' },
    });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
  });

  it('is not sent once the slot is free again', async () => {
    const { bench, slot, intent } = await withTakenSlot();
    bench.world.slots.release(slot?.id ?? '');
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'slots-available' });
  });

  it('is refused by e-RS where the slot became free after the check', async () => {
    const { bench, slot, intent } = await withTakenSlot();
    await check(bench, intent);
    bench.world.slots.release(slot?.id ?? '');
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', code: 'THIS_SLOT_IS_AVAILABLE' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });
});

describe('a deferral for a silent provider', () => {
  const silent = async () => {
    const bench = await openActionBench();
    const referral = bench.find('bookable');
    return { bench, referral, intent: deferOf(referral, { reason: 'BOOKING_ATTEMPT_PROBLEM' }) };
  };

  it('needs the evidence of the booking that met the silence, which no search can make again', async () => {
    const { bench, intent } = await silent();
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'evidence-expired' });
  });

  it('is sent while that evidence is fresh', async () => {
    const { bench, referral, intent } = await silent();
    bench.world.recordSilence(referral.ubrn, intent.serviceId);
    bench.evidence.note(keyOf(intent), null);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
  });

  it('is not sent on evidence that is older than two minutes', async () => {
    const { bench, intent } = await silent();
    bench.evidence.note(keyOf(intent), null);
    await bench.clock.advance(EVIDENCE_MS + 1);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'evidence-expired' });
  });
});

describe('the check of a deferral', () => {
  it('speaks against a referral that is booked at the version that was seen', async () => {
    const { bench, intent } = await withoutSlots();
    const { ubrn, nhsNumber, version } = bench.find('booked-cancellable');
    expect(await check(bench, { ...intent, ubrn, nhsNumber, pinnedVersion: version })).toEqual({
      kind: 'changed',
      code: 'already-booked',
    });
    expect(bench.service.calls.count('A015')).toBe(0);
  });

  it.each([
    ['the referral', 1],
    ['the slots', 2],
  ])('ends when the person has gone by the time that %s are read', async (_what, asked) => {
    const { bench, intent } = await withoutSlots();
    let count = 0;
    const mayGoOn = () => (count += 1) < asked;
    expect(await check(bench, intent, { mayGoOn })).toEqual({ kind: 'held', code: 'person-left' });
    expect(bench.evidence.fresh(keyOf(intent))).toBeNull();
  });
});
