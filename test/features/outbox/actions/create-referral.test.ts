/** Making a referral (A011, A021): no pin, so after a lost reply it is looked for and never sent again by itself. */
import { describe, expect, it } from 'vitest';
import type { ActionRun } from '../../../../src-main/features/outbox/actions/action-driver.ts';
import {
  createAndTriage,
  createReferral,
} from '../../../../src-main/features/outbox/actions/create-referral.ts';
import type {
  CreateAndTriageIntent,
  CreateReferralIntent,
} from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { makeCreateAndTriage } from '../../../support/intents.ts';
import { creationOf } from '../../../support/new-intents.ts';

async function begin() {
  const bench = await openActionBench();
  const like = bench.find('bookable');
  return { bench, like, intent: await creationOf(bench, like) };
}

type Changes = Partial<ActionRun<CreateReferralIntent>>;
const check = (bench: ActionBench, intent: CreateReferralIntent, changes: Changes = {}) =>
  bench.wait(createReferral.check(bench.run(intent, changes)));
const send = (bench: ActionBench, intent: CreateReferralIntent) =>
  bench.wait(createReferral.send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: CreateReferralIntent, changes: Changes = {}) =>
  bench.wait(createReferral.readBack(bench.run(intent, changes)));
/** The outbox has written down what was answered. */
const kept = (result: string): Changes => ({ outcomeOf: () => ({ state: 'RECONCILING', result }) });

describe('making a referral', () => {
  it('is checked, sent, and known again by its UBRN and without it', async () => {
    const { bench, like, intent } = await begin();
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    const answer = await send(bench, intent);
    expect(answer).toEqual({ kind: 'accepted', result: expect.stringMatching(/^\d{12}$/) });
    const ubrn = 'result' in answer ? String(answer.result) : '';
    expect(bench.world.referral(ubrn)).toMatchObject({
      nhsNumber: like.nhsNumber,
      shortlist: like.shortlist,
    });
    expect(await readBack(bench, intent, kept(ubrn))).toEqual({ kind: 'ours', result: ubrn });
    // The reply was lost: by its pathway's start among what awaits booking.
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: ubrn });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result: ubrn });
  });

  it('finds the one whose reply was dropped', async () => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A011' }, do: { kind: 'drop-after' } });
    expect(await send(bench, intent)).toEqual({ kind: 'unknown', code: 'reply-lost' });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'ours' });
  });

  it("takes another desk's referral for one like it, not for ours", async () => {
    const { bench, like, intent } = await begin();
    const other = await creationOf(bench, like, { pathwayStart: '2026-01-05T09:00:00.000Z' });
    expect(await send(bench, other)).toMatchObject({ kind: 'accepted' });
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'similar-referral' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'changed-otherwise', code: 'similar-referral' });
  });

  it('says nothing of a referral that the clerk was shown, or of other services', async () => {
    const { bench, like, intent } = await begin();
    expect(await check(bench, { ...intent, known: [] })).toEqual({
      kind: 'changed',
      code: 'similar-referral',
    });
    const elsewhere = { ...intent, known: [], services: [{ serviceId: '99999', name: '' }] };
    expect(await check(bench, elsewhere)).toEqual({ kind: 'clear' });
    expect(like.ubrn).toMatch(/^\d{12}$/);
  });

  it('leaves it to the clerk when the UBRN is of another patient, or of nobody', async () => {
    const { bench, intent } = await begin();
    const other = bench.find('bookable', 3);
    expect(other.nhsNumber).not.toBe(intent.nhsNumber);
    expect(await readBack(bench, intent, kept(other.ubrn))).toEqual({ kind: 'changed-otherwise' });
    expect(await check(bench, intent, kept(other.ubrn))).toEqual({
      kind: 'changed',
      code: 'changed-before-sending',
    });
    expect(await readBack(bench, intent, kept('000099999999'))).toEqual({
      kind: 'not-readable',
      code: 'read-back-refused',
    });
  });

  it('stops where the person has left', async () => {
    const { bench, intent } = await begin();
    expect(await check(bench, intent, { mayGoOn: () => false })).toEqual({
      kind: 'held',
      code: 'person-left',
    });
    expect(await readBack(bench, intent, { ...kept('000099999999'), mayGoOn: () => false })).toEqual({
      kind: 'held',
      code: 'person-left',
    });
  });

  it('does not call what could not be searched undone', async () => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A008' }, do: { kind: 'status', status: 500, code: '' } });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'not-readable' });
  });
});

describe('making a referral in the spine dialect', () => {
  it('cannot look for it: what was answered is all that is known', async () => {
    const bench = await openActionBench({ dialect: 'spine-session' });
    const like = bench.find('triage-service');
    const base = await creationOf(bench, like);
    const intent: CreateAndTriageIntent = makeCreateAndTriage({
      ...base,
      action: 'create-and-triage',
      services: base.services.slice(0, 1),
    });
    const run = (changes: Partial<ActionRun<CreateAndTriageIntent>> = {}) => bench.run(intent, changes);
    expect(await bench.wait(createAndTriage.check(run()))).toEqual({ kind: 'clear' });
    const answer = await bench.wait(createAndTriage.send(run(), 'correlation-1'));
    expect(answer).toMatchObject({ kind: 'accepted' });
    expect(await bench.wait(createAndTriage.readBack(run()))).toEqual({ kind: 'unchanged' });
    const result = 'result' in answer ? String(answer.result) : '';
    const outcomeOf = () => ({ state: 'RECONCILING', result }) as const;
    expect(await bench.wait(createAndTriage.readBack(run({ outcomeOf })))).toEqual({ kind: 'ours', result });
  });
});
