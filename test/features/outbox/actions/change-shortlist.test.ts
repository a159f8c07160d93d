/** Changing the shortlist (A031) against the training service; the other dialect does not have it. */
import { describe, expect, it } from 'vitest';
import type { Ubrn } from '../../../../src-main/contract/identifiers.ts';
import { a005RetrieveReferral } from '../../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { changeShortlist } from '../../../../src-main/features/outbox/actions/change-shortlist.ts';
import type { ChangeShortlistIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { makeChangeShortlist } from '../../../support/intents.ts';
import { shortlistOf } from '../../../support/world-intents.ts';

const WANTED = ['11002', '11000'];

async function begin() {
  const bench = await openActionBench();
  const referral = bench.find('two-services');
  const read = await bench.wait(bench.client.call(a005RetrieveReferral, { ubrn: referral.ubrn as Ubrn }, {}));
  if (read.kind !== 'success') throw new Error(read.kind);
  expect(referral.shortlist).toEqual(['11000', '11002']);
  return { bench, referral, intent: shortlistOf(referral, read.value, WANTED) };
}

const check = (bench: ActionBench, intent: ChangeShortlistIntent) =>
  bench.wait(changeShortlist.check(bench.run(intent)));
const send = (bench: ActionBench, intent: ChangeShortlistIntent) =>
  bench.wait(changeShortlist.send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: ChangeShortlistIntent) =>
  bench.wait(changeShortlist.readBack(bench.run(intent)));

describe('changing the shortlist', () => {
  it('is checked, sent under its pin and read back as ours, in the order of preference', async () => {
    const { bench, referral, intent } = await begin();
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn).shortlist).toEqual(WANTED);
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: null });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result: null });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', status: 409 });
  });

  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    ['another list was made', ({ world }, ubrn) => world.changeShortlistByAnother(ubrn, ['11005'])],
    [
      'a longer list was made',
      ({ world }, ubrn) => world.changeShortlistByAnother(ubrn, [...WANTED, '11005']),
    ],
    [
      'the same services were put in another order',
      ({ world }, ubrn) => world.changeShortlistByAnother(ubrn, [...WANTED].reverse()),
    ],
    ['the version moved by itself', ({ world }, ubrn) => world.touch(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const { bench, referral, intent } = await begin();
    happens(bench, referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise' });
  });

  it('is not checked through where e-RS does not offer it', async () => {
    const { bench, intent } = await begin();
    const { ubrn, version, nhsNumber } = bench.find('booked');
    expect(await check(bench, { ...intent, ubrn, pinnedVersion: version, nhsNumber })).toEqual({
      kind: 'changed',
      code: 'action-not-offered',
    });
  });

  it('is not in the spine dialect', async () => {
    const bench = await openActionBench({ dialect: 'spine-session' });
    expect(await send(bench, makeChangeShortlist())).toEqual({ kind: 'not-in-dialect' });
    expect(bench.service.calls.all).toEqual([]);
  });
});
