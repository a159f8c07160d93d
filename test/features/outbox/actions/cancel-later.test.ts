/** Cancelling with an action for later (A022) against the training service, in both dialects. */
import { describe, expect, it } from 'vitest';
import { cancelLater } from '../../../../src-main/features/outbox/actions/cancel-later.ts';
import type { CancelLaterIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { laterOf } from '../../../support/world-intents.ts';

async function begin(dialect: 'api-platform' | 'spine-session' = 'api-platform') {
  const bench = await openActionBench({ dialect, businessFunction: 'SERVICE_PROVIDER_CLINICIAN' });
  const referral = bench.find('booked-for-review');
  return { bench, referral, intent: laterOf(referral) };
}

const check = (bench: ActionBench, intent: CancelLaterIntent) =>
  bench.wait(cancelLater.check(bench.run(intent)));
const send = (bench: ActionBench, intent: CancelLaterIntent) =>
  bench.wait(cancelLater.send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: CancelLaterIntent) =>
  bench.wait(cancelLater.readBack(bench.run(intent)));

describe.each(['api-platform', 'spine-session'] as const)('cancel, action later, on %s', (dialect) => {
  it('is checked, sent under its pin and read back as ours', async () => {
    const { bench, referral, intent } = await begin(dialect);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn)).toMatchObject({
      state: 'TRIAGED_PROVIDER_TO_ACTION',
      stateComments: intent.comment,
      priority: referral.priority,
    });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
    expect(await check(bench, intent)).toMatchObject({ kind: 'own-effect' });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', status: 409 });
  });

  it('is unchanged while nothing happened', async () => {
    const { bench, intent } = await begin(dialect);
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });

  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    [
      'another clinician left it for later',
      ({ world }, ubrn) => world.leaveForLaterByAnother(ubrn, 'Theirs'),
    ],
    ['the patient cancelled', ({ world }, ubrn) => world.cancelByAnother(ubrn)],
    ['the provider cancelled', ({ world }, ubrn) => world.cancelByProvider(ubrn)],
    ['the version moved by itself', ({ world }, ubrn) => world.touch(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const { bench, referral, intent } = await begin(dialect);
    happens(bench, referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
  });
});

describe('cancel, action later', () => {
  it('changes the priority where it was asked for', async () => {
    const { bench, referral, intent } = await begin();
    const priority = referral.priority === 'URGENT' ? 'ROUTINE' : 'URGENT';
    expect(await send(bench, { ...intent, priority })).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn).priority).toBe(priority);
  });

  it.each([true, false])(
    'says of an indirect booking whether the provider has cancelled it: %s',
    async (isCancelled) => {
      const { bench } = await begin();
      const referral = bench.find('booked-indirectly');
      const serviceId = referral.appointment?.serviceId ?? '';
      const held = () => bench.world.pasAppointments(serviceId).some(({ ubrn }) => ubrn === referral.ubrn);
      expect(await send(bench, laterOf(referral, { isCancelledInPas: isCancelled }))).toEqual({
        kind: 'accepted',
      });
      expect(held()).toBe(!isCancelled);
    },
  );

  it('is not checked through where nothing is booked any more', async () => {
    const { bench } = await begin();
    expect(await check(bench, laterOf(bench.find('triaged')))).toEqual({
      kind: 'changed',
      code: 'not-booked-any-more',
    });
  });

  it('never goes out without the comment that was asked for', async () => {
    const { bench, intent } = await begin();
    await expect(cancelLater.send(bench.run({ ...intent, comment: '' }), 'c')).rejects.toThrow('I3');
    expect(bench.service.calls.count('A022')).toBe(0);
  });

  it.each([
    ['a refusal by its code', { kind: 'status', status: 422, code: 'INVALID_REQUEST_STATE' }, 'answered'],
    ['a lost reply as unknown', { kind: 'drop-after' }, 'unknown'],
    ['a fault of the service as unknown', { kind: 'status', status: 500, commits: true }, 'unknown'],
    ['a referral without its appointment as unknown', { kind: 'truncated-json' }, 'unknown'],
  ] as const)('takes %s', async (_what, effect, kind) => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A022' }, do: effect });
    expect(await send(bench, intent)).toMatchObject({ kind });
  });

  it('is unknown when the answer tells of another comment', async () => {
    const { bench, intent } = await begin();
    const plain = bench.network.send.bind(bench.network);
    bench.network.send = async (request) => {
      const reply = await plain(request);
      if (reply.kind !== 'reply' || !request.path.endsWith('ActionLater')) return reply;
      const text = new TextDecoder().decode(reply.body).replaceAll(intent.comment, 'Theirs');
      return { ...reply, body: new TextEncoder().encode(text) };
    };
    expect(await send(bench, intent)).toEqual({ kind: 'unknown', code: 'echo-differs' });
  });
});
