/** Answering (A026), converting (A027) and asking for advice (A044) against the training service. */
import { describe, expect, it } from 'vitest';
import type { ActionRun } from '../../../../src-main/features/outbox/actions/action-driver.ts';
import { driverOf } from '../../../../src-main/features/outbox/actions/drivers.ts';
import type { Intent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { makeRequestAdvice } from '../../../support/intents.ts';
import { answerOf, conversionOf } from '../../../support/new-intents.ts';

const openBench = (dialect: 'api-platform' | 'spine-session' = 'api-platform') =>
  openActionBench({ dialect, businessFunction: 'SERVICE_PROVIDER_CLINICIAN' });

type Changes = Partial<ActionRun<Intent>>;
const at = (bench: ActionBench, intent: Intent, changes: Changes = {}) => {
  const run = bench.run(intent, changes);
  const driver = driverOf(run);
  return {
    check: () => bench.wait(driver.check(run)),
    send: () => bench.wait(driver.send(run, 'correlation-1')),
    readBack: () => bench.wait(driver.readBack(run)),
  };
};
const findAdvice = ({ world }: ActionBench, scene: Parameters<typeof world.findAdviceScene>[0]) =>
  world.advice(world.findAdviceScene(scene)[0] ?? '');
const OTHERWISE = { kind: 'changed-otherwise' };
const BEFORE = { kind: 'changed', code: 'changed-before-sending' };
const UPLOADS = [{ intentId: '018fb2f0-0000-4000-8000-000000000001', name: 'a.pdf', description: '' }];

describe.each(['api-platform', 'spine-session'] as const)('in the %s dialect', (dialect) => {
  it('an answer is checked, sent and read back as ours', async () => {
    const bench = await openBench(dialect);
    const intent = answerOf(findAdvice(bench, 'advice-waiting'));
    const { check, send, readBack } = at(bench, intent);
    expect(await check()).toEqual({ kind: 'clear' });
    expect(await readBack()).toEqual({ kind: 'unchanged' });
    expect(await send()).toEqual({ kind: 'accepted' });
    expect(await readBack()).toEqual({ kind: 'ours', result: null });
    expect(await check()).toEqual({ kind: 'own-effect', result: null });
    expect(await send()).toMatchObject({ kind: 'answered', status: 409 });
  });

  it('a conversion is checked, sent and read back as ours, under the same UBRN', async () => {
    const bench = await openBench(dialect);
    const intent = conversionOf(findAdvice(bench, 'advice-waiting'));
    const { check, send, readBack } = at(bench, intent);
    expect(await check()).toEqual({ kind: 'clear' });
    expect(await readBack()).toEqual({ kind: 'unchanged' });
    expect(await send()).toEqual({ kind: 'accepted', result: intent.ubrn });
    expect(bench.world.referral(intent.ubrn)).toMatchObject({ state: 'TRIAGED_PROVIDER_TO_ACTION' });
    expect(await readBack()).toEqual({ kind: 'ours', result: intent.ubrn });
    expect(await check()).toEqual({ kind: 'own-effect', result: intent.ubrn });
  });
});

describe('an answer', () => {
  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    ['another clinician answered', ({ world }, ubrn) => world.answerAdviceByAnother(ubrn, 'Refer, please.')],
    ['the referrer wrote again', ({ world }, ubrn) => world.writeByReferrer(ubrn, 'Any news?')],
    ['only its version moved', ({ world }, ubrn) => world.touchAdvice(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const bench = await openBench();
    const intent = answerOf(findAdvice(bench, 'advice-waiting'));
    happens(bench, intent.ubrn);
    expect(await at(bench, intent).readBack()).toEqual(OTHERWISE);
    expect(await at(bench, intent).check()).toEqual(BEFORE);
  });

  it('is not what the provider had said before, nor what the referrer says', async () => {
    const bench = await openBench();
    const { ubrn } = findAdvice(bench, 'advice-waiting');
    bench.world.answerAdviceByAnother(ubrn, 'Please repeat the test.');
    const intent = answerOf(bench.world.advice(ubrn), { guidance: 'Please repeat the test.' });
    bench.world.writeByReferrer(ubrn, 'Please repeat the test.');
    expect(await at(bench, intent).readBack()).toEqual(OTHERWISE);
    bench.world.answerAdviceByAnother(ubrn, 'Please repeat the test.');
    expect(await at(bench, intent).readBack()).toEqual({ kind: 'ours', result: null });
  });

  it('is not sent while a file of it is not there', async () => {
    const bench = await openBench();
    const intent = answerOf(findAdvice(bench, 'advice-waiting'), { uploads: UPLOADS });
    expect(await at(bench, intent).check()).toEqual({ kind: 'changed', code: 'upload-not-done' });
  });
});

describe('a conversion', () => {
  it('is not taken for ours when only the version moved, or the request was answered', async () => {
    const bench = await openBench();
    const intent = conversionOf(findAdvice(bench, 'advice-waiting'));
    bench.world.answerAdviceByAnother(intent.ubrn, 'Refer, please.');
    expect(await at(bench, intent).readBack()).toEqual(OTHERWISE);
    expect(await at(bench, intent).check()).toEqual(BEFORE);
  });

  it('of another desk is not ours', async () => {
    const bench = await openBench();
    const intent = conversionOf(findAdvice(bench, 'advice-waiting'));
    expect(await at(bench, { ...intent, comment: 'Something else' }).send()).toMatchObject({
      kind: 'accepted',
    });
    expect(await at(bench, intent).readBack()).toEqual(OTHERWISE);
  });

  it('is not sent where the referrer does not allow it', async () => {
    const bench = await openBench();
    const intent = conversionOf(findAdvice(bench, 'advice-not-authorised'));
    expect(await at(bench, intent).check()).toEqual({ kind: 'changed', code: 'conversion-not-authorised' });
  });
});

describe('a request for advice', () => {
  async function begin() {
    const bench = await openActionBench();
    const known = findAdvice(bench, 'advice-waiting');
    const intent = makeRequestAdvice({
      nhsNumber: known.nhsNumber,
      serviceId: known.serviceId,
      criteria: [{ name: 'priority', valueCoding: { code: 'ROUTINE' } }],
    });
    return { bench, known, intent };
  }
  const kept = (result: string): Changes => ({ outcomeOf: () => ({ state: 'RECONCILING', result }) });

  it('is proven by the UBRN that was answered, and by nothing else', async () => {
    const { bench, known, intent } = await begin();
    expect(await at(bench, intent).check()).toEqual({ kind: 'clear' });
    expect(await at(bench, intent).readBack()).toEqual({ kind: 'unchanged' });
    expect(bench.service.calls.all).toEqual([]);
    const answered = at(bench, intent, kept(known.ubrn));
    expect(await answered.readBack()).toEqual({ kind: 'ours', result: known.ubrn });
    expect(await answered.check()).toEqual({ kind: 'own-effect', result: known.ubrn });
    const stranger = { ...intent, nhsNumber: '9990000026' };
    expect(await at(bench, stranger, kept(known.ubrn)).readBack()).toEqual(OTHERWISE);
    expect(await at(bench, stranger, kept(known.ubrn)).check()).toEqual(BEFORE);
    expect(await at(bench, intent, kept('000099999999')).readBack()).toMatchObject({ kind: 'not-readable' });
  });

  it('is not in the spine dialect', async () => {
    const { intent } = await begin();
    const bench = await openActionBench({ dialect: 'spine-session' });
    expect(await at(bench, intent).send()).toEqual({ kind: 'not-in-dialect' });
  });

  it('is not sent while a file of it is not there', async () => {
    const { bench, intent } = await begin();
    expect(await at(bench, { ...intent, uploads: UPLOADS }).check()).toEqual({
      kind: 'changed',
      code: 'upload-not-done',
    });
  });
});
