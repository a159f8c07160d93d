/** Accepting (A013), rejecting (A014) and recording an outcome (A028) against the training service. */
import { describe, expect, it } from 'vitest';
import type { ActionDriver } from '../../../../src-main/features/outbox/actions/action-driver.ts';
import { driverOf } from '../../../../src-main/features/outbox/actions/drivers.ts';
import type { Intent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { acceptOf, rejectOf, reviewOf } from '../../../support/new-intents.ts';

const openBench = (dialect: 'api-platform' | 'spine-session' = 'api-platform') =>
  openActionBench({ dialect, businessFunction: 'SERVICE_PROVIDER_CLINICIAN' });

const driver = (bench: ActionBench, intent: Intent): ActionDriver<Intent> => driverOf(bench.run(intent));
const check = (bench: ActionBench, intent: Intent) =>
  bench.wait(driver(bench, intent).check(bench.run(intent)));
const send = (bench: ActionBench, intent: Intent) =>
  bench.wait(driver(bench, intent).send(bench.run(intent), 'correlation-1'));
const readBack = (bench: ActionBench, intent: Intent) =>
  bench.wait(driver(bench, intent).readBack(bench.run(intent)));

const OTHERWISE = { kind: 'changed-otherwise' };

describe.each(['api-platform', 'spine-session'] as const)('in the %s dialect', (dialect) => {
  it('an acceptance is checked, sent and read back as ours', async () => {
    const bench = await openBench(dialect);
    const referral = bench.find('booked-for-review');
    const intent = acceptOf(referral);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(referral.ubrn)).toMatchObject({ state: 'BOOKED', isReviewPending: false });
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: null });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result: null });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', status: 409 });
  });

  it('a rejection is checked, sent and read back as ours', async () => {
    const bench = await openBench(dialect);
    const intent = rejectOf(bench.find('booked-for-review'));
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(bench.world.referral(intent.ubrn)).toMatchObject({ state: 'REJECTED' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: null });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result: null });
  });

  it('an outcome is checked, sent and read back as ours', async () => {
    const bench = await openBench(dialect);
    const intent = reviewOf(bench.find('triage-with-files'));
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    expect(await send(bench, intent)).toEqual({ kind: 'accepted' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: null });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result: null });
  });
});

describe('an acceptance', () => {
  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    ['only its version moved', ({ world }, ubrn) => world.touch(ubrn)],
    ['another clinician rejected it', ({ world }, ubrn) => world.rejectByAnother(ubrn)],
    ['the appointment was cancelled', ({ world }, ubrn) => world.cancelByAnother(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const bench = await openBench();
    const referral = bench.find('booked-for-review');
    const intent = acceptOf(referral);
    happens(bench, referral.ubrn);
    expect(await readBack(bench, intent)).toEqual(OTHERWISE);
    expect(await check(bench, intent)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
  });

  it('is what was asked for when another clinician accepted it', async () => {
    const bench = await openBench();
    const intent = acceptOf(bench.find('booked-for-review'));
    bench.world.acceptByAnother(intent.ubrn);
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result: null });
  });

  it('cannot be told where the list cannot be read', async () => {
    const bench = await openBench();
    const intent = acceptOf(bench.find('booked-for-review'));
    bench.world.acceptByAnother(intent.ubrn);
    bench.service.faults.add({ on: { id: 'A008' }, do: { kind: 'status', status: 503, code: '' } });
    expect(await readBack(bench, intent)).toMatchObject({ kind: 'not-reached' });
  });

  it('is not sent for what is not booked', async () => {
    const bench = await openBench();
    const triage = bench.find('triage-with-files');
    expect(await check(bench, { ...acceptOf(triage), serviceId: triage.shortlist[0] ?? '' })).toEqual({
      kind: 'changed',
      code: 'not-booked-any-more',
    });
  });
});

describe('a rejection', () => {
  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    ['it was rejected for another reason', ({ world }, ubrn) => world.rejectByAnother(ubrn, 'OTHER')],
    [
      'it was rejected with other words',
      ({ world }, ubrn) => world.rejectByAnother(ubrn, 'SERVICE_INAPPROPRIATE', 'No'),
    ],
    ['the appointment was cancelled', ({ world }, ubrn) => world.cancelByAnother(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const bench = await openBench();
    const intent = rejectOf(bench.find('booked-for-review'));
    happens(bench, intent.ubrn);
    expect(await readBack(bench, intent)).toEqual(OTHERWISE);
  });

  it("waits for a person where the provider's system is silent", async () => {
    const bench = await openBench();
    const intent = rejectOf(bench.find('booked-for-review'));
    const behaviour = { kind: 'silence', bookedInErs: true, bookedInPas: true } as const;
    bench.service.faults.add({ on: { id: 'A014' }, do: { kind: 'pas', behaviour } });
    expect(await send(bench, intent)).toMatchObject({ kind: 'answered', code: 'PAS_NOT_RESPONDING' });
  });
});

describe('an outcome', () => {
  it.each<[string, (bench: ActionBench, ubrn: string) => void]>([
    [
      'another one was recorded',
      ({ world }, ubrn) => world.recordReviewByAnother(ubrn, 'ACCEPT_REFER_BOOK_LATER', 'Please repeat'),
    ],
    [
      'it was recorded with other words',
      ({ world }, ubrn) => world.recordReviewByAnother(ubrn, 'RETURN_TO_REFERRER_WITH_ADVICE', 'No'),
    ],
    ['only its version moved', ({ world }, ubrn) => world.touch(ubrn)],
  ])('is not taken for ours when %s', async (_what, happens) => {
    const bench = await openBench();
    const intent = reviewOf(bench.find('triage-with-files'));
    happens(bench, intent.ubrn);
    expect(await readBack(bench, intent)).toEqual(OTHERWISE);
  });

  it('is not sent while a file of it is not there', async () => {
    const bench = await openBench();
    const uploads = [{ intentId: '018fb2f0-0000-4000-8000-000000000001', name: 'a.pdf', description: '' }];
    expect(await check(bench, reviewOf(bench.find('triage-with-files'), { uploads }))).toEqual({
      kind: 'changed',
      code: 'upload-not-done',
    });
  });
});

describe('an outcome, right before it is sent,', () => {
  const strikePds = (bench: ActionBench, status: number, times = Infinity) =>
    bench.service.faults.add({ on: { id: 'PDS', times }, do: { kind: 'status', status, code: '' } });

  it('is not sent for a patient of whom PDS says by now that they died', async () => {
    const bench = await openBench();
    const intent = reviewOf(bench.find('triage-deceased'));
    expect(await check(bench, intent)).toEqual({ kind: 'refused', code: 'patient-deceased' });
  });

  it('is not sent where the record is restricted by now', async () => {
    const bench = await openBench();
    strikePds(bench, 403);
    expect(await check(bench, reviewOf(bench.find('triage-with-files')))).toEqual({
      kind: 'refused',
      code: 'patient-sensitive',
    });
  });

  it.each([500, 503])('waits and asks again while PDS answers %i', async (status) => {
    const bench = await openBench();
    strikePds(bench, status);
    expect(await check(bench, reviewOf(bench.find('triage-with-files')))).toEqual({
      kind: 'not-readable',
      code: 'patient-not-looked-up',
    });
  });

  it('waits as long as PDS asks it to', async () => {
    const bench = await openBench();
    strikePds(bench, 429);
    expect(await check(bench, reviewOf(bench.find('triage-with-files')))).toMatchObject({ kind: 'limited' });
  });

  it('waits for its person where they have gone meanwhile', async () => {
    const bench = await openBench();
    const intent = reviewOf(bench.find('triage-with-files'));
    const mayGoOn = () => bench.service.calls.count('PDS') === 0;
    const run = bench.run(intent, { mayGoOn });
    expect(await bench.wait(driverOf(run).check(run))).toEqual({ kind: 'held', code: 'person-left' });
  });

  it('goes out on the word of the person who looked where PDS has no such record', async () => {
    const bench = await openBench();
    strikePds(bench, 404);
    expect(await check(bench, reviewOf(bench.find('triage-with-files')))).toEqual({ kind: 'clear' });
  });

  it('goes out on that word in 2021, where PDS is not reached', async () => {
    const bench = await openBench('spine-session');
    expect(await check(bench, reviewOf(bench.find('triage-deceased')))).toEqual({ kind: 'clear' });
    expect(bench.service.calls.count('PDS')).toBe(0);
  });
});
