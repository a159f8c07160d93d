/** A letter that was asked for: it is checked, never sent, and a person prints it. */
import { describe, expect, it } from 'vitest';
import { letter } from '../../../../src-main/features/outbox/actions/letter.ts';
import { openActionBench } from '../../../support/action-bench.ts';
import { letterOf } from '../../../support/world-intents.ts';

describe('a letter', () => {
  it('can be fetched whatever the version: it changes nothing', async () => {
    const bench = await openActionBench();
    const referral = bench.find('booked');
    bench.world.touch(referral.ubrn);
    expect(await bench.wait(letter.check(bench.run(letterOf(referral))))).toEqual({ kind: 'clear' });
  });

  it("is not ready for another patient's referral (hazard 6)", async () => {
    const bench = await openActionBench();
    const intent = letterOf(bench.find('booked'), { nhsNumber: bench.find('rejected').nhsNumber });
    expect(await bench.wait(letter.check(bench.run(intent)))).toEqual({
      kind: 'changed',
      code: 'changed-before-sending',
    });
  });

  it.each([
    [
      'is refused',
      { kind: 'status', status: 422, code: 'NO_RELATIONSHIP' },
      { kind: 'refused', code: 'NO_RELATIONSHIP' },
    ],
    ['waits', { kind: 'refuse-connection' }, { kind: 'not-reached' }],
  ] as const)('%s as its referral is', async (_how, effect, expected) => {
    const bench = await openActionBench();
    bench.service.faults.add({ on: { id: 'A005' }, do: effect });
    expect(await bench.wait(letter.check(bench.run(letterOf(bench.find('booked')))))).toEqual(expected);
  });

  it('is not looked at for a person who has gone', async () => {
    const bench = await openActionBench();
    const run = bench.run(letterOf(bench.find('booked')), { mayGoOn: () => false });
    expect(await bench.wait(letter.check(run))).toEqual({ kind: 'held', code: 'person-left' });
  });

  it('is never sent and has nothing to read back', async () => {
    const bench = await openActionBench();
    const run = bench.run(letterOf(bench.find('booked')));
    expect(await letter.send(run, 'c')).toEqual({ kind: 'not-in-dialect' });
    expect(await letter.readBack(run)).toEqual({ kind: 'unchanged' });
    expect(bench.service.calls.all).toEqual([]);
  });
});
