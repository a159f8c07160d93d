/** Uploading a file (A020) against the training service, in both dialects: no pin, and nothing to read it back by. */
import { describe, expect, it } from 'vitest';
import { cancelLater } from '../../../../src-main/features/outbox/actions/cancel-later.ts';
import type { ActionRun } from '../../../../src-main/features/outbox/actions/action-driver.ts';
import { uploadFile } from '../../../../src-main/features/outbox/actions/upload-file.ts';
import type { UploadFileIntent } from '../../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench, type ActionBench } from '../../../support/action-bench.ts';
import { laterOf, uploadOf } from '../../../support/world-intents.ts';

type Changes = Partial<ActionRun<UploadFileIntent>>;

async function begin(dialect: 'api-platform' | 'spine-session' = 'api-platform') {
  const bench = await openActionBench({ dialect, businessFunction: 'SERVICE_PROVIDER_CLINICIAN' });
  const referral = bench.find('booked-for-review');
  return { bench, referral, intent: uploadOf(referral) };
}

const withFile = (intent: UploadFileIntent): Changes => ({ fileOf: () => intent.content });
const check = (bench: ActionBench, intent: UploadFileIntent, changes: Changes = withFile(intent)) =>
  bench.wait(uploadFile.check(bench.run(intent, changes)));
const send = (bench: ActionBench, intent: UploadFileIntent, changes: Changes = withFile(intent)) =>
  bench.wait(uploadFile.send(bench.run(intent, changes), 'correlation-1'));
const readBack = (bench: ActionBench, intent: UploadFileIntent, changes: Changes = withFile(intent)) =>
  bench.wait(uploadFile.readBack(bench.run(intent, changes)));

/** Sends it, and links it by an action that names it. */
async function uploadAndLink(bench: ActionBench, intent: UploadFileIntent): Promise<string> {
  const answer = await send(bench, intent);
  const result = answer.kind === 'accepted' ? (answer.result ?? '') : '';
  const file = { intentId: intent.intentId, name: intent.name, description: 'Clinic letter' };
  const later = laterOf(bench.world.referral(intent.ubrn), { uploads: [file] });
  const run = bench.run(later, { outcomeOf: () => ({ state: 'APPLIED', result }) });
  expect(await bench.wait(cancelLater.check(run))).toEqual({ kind: 'clear' });
  expect(await bench.wait(cancelLater.send(run, 'correlation-2'))).toEqual({ kind: 'accepted' });
  return result;
}

describe.each(['api-platform', 'spine-session'] as const)('a file on %s', (dialect) => {
  it('is checked and sent once; the id of its document comes with the answer', async () => {
    const { bench, intent } = await begin(dialect);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    const answer = await send(bench, intent);
    expect(answer).toMatchObject({ kind: 'accepted' });
    const result = answer.kind === 'accepted' ? answer.result : '';
    expect(bench.world.findUpload(result ?? '')).toMatchObject({
      title: 'clinic-letter.txt',
      ubrn: intent.ubrn,
      bytes: 'Dear colleague'.length,
      isLinked: false,
    });
  });

  it('is shown by nobody until it is linked: not found proves nothing, and an id that was kept does', async () => {
    const { bench, intent } = await begin(dialect);
    await send(bench, intent);
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
    const outcomeOf = () => ({ state: 'RECONCILING', result: 'kept-id' }) as const;
    bench.service.calls.clear();
    expect(await readBack(bench, intent, { outcomeOf })).toEqual({ kind: 'ours', result: 'kept-id' });
    expect(await check(bench, intent, { outcomeOf })).toEqual({ kind: 'own-effect', result: 'kept-id' });
    expect(bench.service.calls.all).toEqual([]);
  });

  it('goes with a cancellation for later, and is found again by its name and size', async () => {
    const { bench, referral, intent } = await begin(dialect);
    const result = await uploadAndLink(bench, intent);
    expect(bench.world.findUpload(result)?.isLinked).toBe(true);
    expect(bench.world.referral(referral.ubrn).state).toBe('TRIAGED_PROVIDER_TO_ACTION');
    expect(await readBack(bench, intent)).toEqual({ kind: 'ours', result });
    expect(await check(bench, intent)).toEqual({ kind: 'own-effect', result });
    expect(await readBack(bench, { ...intent, name: 'other.txt' })).toEqual({ kind: 'unchanged' });
    const longer = { ...intent, content: Buffer.from('Dear colleague, another').toString('base64') };
    expect(await readBack(bench, longer)).toEqual({ kind: 'unchanged' });
    expect(await readBack(bench, intent, {})).toEqual({ kind: 'unchanged' });
  });
});

describe('a file', () => {
  it('has no pin: that the referral has moved on is no matter', async () => {
    const { bench, referral, intent } = await begin();
    bench.world.touch(referral.ubrn);
    expect(await check(bench, intent)).toEqual({ kind: 'clear' });
    expect(await readBack(bench, intent)).toEqual({ kind: 'unchanged' });
  });

  it('does not go to the record of another patient', async () => {
    const { bench, intent } = await begin();
    const strayed = { ...intent, nhsNumber: '9990000999' };
    expect(await check(bench, strayed)).toEqual({ kind: 'changed', code: 'changed-before-sending' });
    expect(await readBack(bench, strayed)).toEqual({ kind: 'changed-otherwise' });
  });

  it('is told nothing by a copy from before what the clerk saw', async () => {
    const { bench, intent } = await begin();
    const ahead = { ...intent, pinnedVersion: intent.pinnedVersion + 1 };
    expect(await check(bench, ahead)).toEqual({ kind: 'not-readable', code: 'old-copy' });
    expect(await readBack(bench, ahead)).toEqual({ kind: 'not-readable', code: 'old-copy' });
  });

  it('that does not open any more goes to the clerk, and nothing goes out', async () => {
    const { bench, intent } = await begin();
    expect(await check(bench, intent, {})).toEqual({ kind: 'changed', code: 'file-not-readable' });
    expect(await send(bench, intent, {})).toEqual({ kind: 'not-sent' });
    expect(bench.service.calls.count('A020')).toBe(0);
  });

  it('of a type that is not taken was never framed', async () => {
    const { bench, intent } = await begin();
    expect(await send(bench, { ...intent, name: 'tool.exe' })).toEqual({ kind: 'not-in-dialect' });
    expect(bench.service.calls.count('A020')).toBe(0);
  });

  it.each([
    [
      'a name that e-RS knows',
      { kind: 'status', status: 422, code: 'DUPLICATE_FILENAME' },
      { kind: 'answered', code: 'DUPLICATE_FILENAME' },
    ],
    ['a lost reply', { kind: 'drop-after' }, { kind: 'unknown' }],
    ['a fault of the service', { kind: 'status', status: 500, commits: true }, { kind: 'unknown' }],
  ] as const)('is answered by %s', async (_what, effect, expected) => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A020' }, do: effect });
    expect(await send(bench, intent)).toMatchObject(expected);
  });

  it('is neither checked nor read back past a read that fails, or a person who left', async () => {
    const { bench, intent } = await begin();
    const gone = { ...withFile(intent), mayGoOn: () => false };
    const left = { kind: 'held', code: 'person-left' };
    expect([await check(bench, intent, gone), await readBack(bench, intent, gone)]).toEqual([left, left]);
    bench.service.faults.add({
      on: { id: 'A005' },
      do: { kind: 'status', status: 422, code: 'NO_RELATIONSHIP' },
    });
    expect(await check(bench, intent)).toEqual({ kind: 'refused', code: 'NO_RELATIONSHIP' });
    bench.service.faults.add({ on: { id: 'A005' }, do: { kind: 'status', status: 503 } });
    expect(await check(bench, intent)).toEqual({ kind: 'not-reached' });
    bench.service.faults.add({ on: { id: 'A005' }, do: { kind: 'status', status: 503 } });
    expect(await readBack(bench, intent)).toEqual({ kind: 'not-reached' });
  });
});

describe('a cancellation with files', () => {
  it.each([
    ['is not there any more', null],
    ['was refused', { state: 'REJECTED', result: null }],
    ['was taken back', { state: 'ABANDONED', result: null }],
    ['has no document', { state: 'APPLIED', result: null }],
  ] as const)('goes to the clerk when one of them %s', async (_what, outcome) => {
    const { bench, referral, intent } = await begin();
    const file = { intentId: intent.intentId, name: intent.name, description: '' };
    const run = bench.run(laterOf(referral, { uploads: [file] }), { outcomeOf: () => outcome });
    expect(await bench.wait(cancelLater.check(run))).toEqual({ kind: 'changed', code: 'upload-not-done' });
    await expect(cancelLater.send(run, 'c')).rejects.toThrow('I3');
    expect(bench.service.calls.count('A022')).toBe(0);
  });
});
