/** What has no UBRN until e-RS gives it one: its line, its row, its number, and a reply that is lost. */
import { describe, expect, it } from 'vitest';
import type { CreateReferralIntent } from '../../../src-main/features/outbox/record-schemas.ts';
import { mustBe, openOutboxBench, type OutboxBench } from '../../support/outbox-bench.ts';
import { makeRequestAdvice, makeUpload } from '../../support/intents.ts';
import { creationOf, lettersOf, readOf } from '../../support/new-intents.ts';
import { uploadOf } from '../../support/world-intents.ts';

async function begin(place = 0) {
  const bench = await openOutboxBench();
  const like = bench.find('bookable', place);
  return { bench, like, intent: await creationOf(bench, like) };
}

const tryAsk = (bench: OutboxBench, intent: CreateReferralIntent) => {
  if (bench.place.desk === null) throw new Error('nobody is at the desk');
  return bench.records.outbox.ask(bench.place.desk, intent);
};
const again = (intent: CreateReferralIntent, n: number, changes: Partial<CreateReferralIntent> = {}) => ({
  ...intent,
  intentId: `018fb2f0-0000-4000-8000-00000000000${n}`,
  pathwayStart: intent.pathwayStart.replace(/\.\d{3}Z/, `.00${n}Z`),
  ...changes,
});

describe('a referral that is made', () => {
  it('has no number until it is done, then shows the new one, as its trail does', async () => {
    const { bench, like, intent } = await begin();
    expect(bench.ask(intent)).toMatchObject({ ubrn: null, nhsNumber: like.nhsNumber, state: 'queued' });
    await bench.pass(5);
    const item = bench.item(intent.intentId);
    expect(item).toMatchObject({ state: 'done', ubrn: expect.stringMatching(/^\d{12}$/) });
    expect(bench.world.referral(String(item?.ubrn))).toMatchObject({ nhsNumber: like.nhsNumber });
    const trail = bench.audit.read().map(({ entry }) => [entry.type, entry.ubrn, entry.nhsNumber]);
    expect(trail[0]).toEqual(['Outbox create-referral QUEUED', '', like.nhsNumber]);
    expect(trail.at(-1)).toEqual(['Outbox create-referral APPLIED', item?.ubrn, like.nhsNumber]);
    expect(bench.service.calls.count('A011')).toBe(1);
  });

  it('is found, and not sent again, when its reply was lost', async () => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A011' }, do: { kind: 'drop-after' } });
    bench.ask(intent);
    await bench.pass(15);
    expect(bench.item(intent.intentId)).toMatchObject({
      state: 'done',
      ubrn: expect.stringMatching(/^\d{12}$/),
      attempt: 1,
    });
    expect(bench.service.calls.count('A011')).toBe(1);
  });

  it('goes to the clerk, who alone sends it again, when it cannot be found', async () => {
    const { bench, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A011' }, do: { kind: 'drop-before' } });
    bench.ask(intent);
    await bench.pass(230);
    expect(bench.item(intent.intentId)).toMatchObject({
      state: 'needs-you',
      code: 'not-confirmed',
      ubrn: null,
      may: { confirm: true, withdraw: true, redo: false },
    });
    expect(bench.service.calls.count('A011')).toBe(1);
    mustBe(bench.keys.confirm({ intentId: intent.intentId }));
    await bench.pass(5);
    expect(bench.item(intent.intentId)).toMatchObject({ state: 'done', attempt: 2 });
  });

  it('is not made twice: a second for the patient waits until the first is settled', async () => {
    const { bench, intent } = await begin();
    bench.place.isOffline = true;
    bench.ask(intent);
    await bench.pass(1);
    expect(tryAsk(bench, again(intent, 1))).toMatchObject({ problem: { code: 'booking-not-settled' } });
    const stranger = again(intent, 2, { nhsNumber: bench.find('bookable', 3).nhsNumber });
    expect(tryAsk(bench, stranger)).toMatchObject({ ok: true });
  });

  it('takes the place of one to the same service that needs the clerk, and of no other', async () => {
    const { bench, intent } = await begin();
    const first = again(intent, 1, { known: [] });
    const elsewhere = again(intent, 2, { serviceId: '11002', services: [{ serviceId: '11002', name: '' }] });
    bench.ask(first);
    await bench.pass(5);
    expect(bench.item(first.intentId)).toMatchObject({ state: 'needs-you', code: 'similar-referral' });
    mustBe(tryAsk(bench, elsewhere));
    expect(bench.item(first.intentId)?.state).toBe('needs-you');
    await bench.pass(5);
    expect(bench.item(elsewhere.intentId)?.state).not.toBe('queued');
    mustBe(tryAsk(bench, again(intent, 3)));
    expect(bench.item(first.intentId)).toMatchObject({ state: 'withdrawn', code: 'redone' });
  });

  it('keeps its number over a restart between the answer and the read-back', async () => {
    const { bench, like, intent } = await begin();
    bench.service.faults.add({ on: { id: 'A005' }, do: { kind: 'status', status: 503, code: '' } });
    bench.ask(intent);
    await bench.pass(3);
    const after = await openOutboxBench({ before: bench });
    const row = after.records.store.read(intent.intentId);
    expect(row).toMatchObject({ stored: { result: expect.stringMatching(/^\d{12}$/) } });
    expect(like.ubrn).not.toBe(row?.kind === 'stored' ? row.stored.result : '');
  });

  it('is read by nobody while it has no number', async () => {
    const { bench, intent } = await begin();
    bench.place.isOffline = true;
    bench.ask(intent);
    await bench.pass(1);
    const before = bench.service.calls.all.length;
    const detail = mustBe(
      await bench.wait(Promise.resolve(bench.keys.readItem({ intentId: intent.intentId }))),
    );
    expect(detail).toMatchObject({ nowReadAt: null, nowProblem: 'no-number-yet' });
    expect(detail.lines.map(({ what }) => what)).toEqual(['shortlist']);
    expect(bench.service.calls.all.length).toBe(before);
  });
});

describe('a letter of a referral', () => {
  it('goes out with its file, and with those that stay', async () => {
    const { bench } = await begin();
    const referral = bench.find('with-attachments');
    const file = uploadOf(referral);
    const seen = await readOf(bench, referral.ubrn);
    const before = seen.attachments.filter(({ type }) => type.code === 'REFERRER').length;
    const uploads = [{ intentId: file.intentId, name: file.name, description: 'New' }];
    const intent = lettersOf(referral, seen, { uploads });
    expect([before, intent.keeps.length]).toEqual([before, before]);
    if (bench.place.desk === null) throw new Error('nobody is at the desk');
    mustBe(bench.records.outbox.askWithFiles(bench.place.desk, [file], intent));
    await bench.pass(10);
    expect(bench.item(intent.intentId)).toMatchObject({ state: 'done' });
    const now = await readOf(bench, referral.ubrn);
    expect(now.attachments.filter(({ type }) => type.code === 'REFERRER')).toHaveLength(before + 1);
  });

  it('goes to the clerk when its file was not uploaded', async () => {
    const { bench } = await begin();
    const referral = bench.find('with-attachments');
    const file = uploadOf(referral);
    bench.service.faults.add({
      on: { id: 'A020' },
      do: { kind: 'status', status: 422, code: 'FILE_SIZE_ERROR' },
    });
    const uploads = [{ intentId: file.intentId, name: file.name, description: 'New' }];
    const intent = lettersOf(referral, await readOf(bench, referral.ubrn), { uploads });
    if (bench.place.desk === null) throw new Error('nobody is at the desk');
    mustBe(bench.records.outbox.askWithFiles(bench.place.desk, [file], intent));
    await bench.pass(10);
    expect(bench.item(intent.intentId)).toMatchObject({ state: 'needs-you', code: 'upload-not-done' });
    expect(bench.service.calls.count('A012')).toBe(0);
  });
});

describe('a request for advice', () => {
  it('goes out with its file, which e-RS takes before there is a request', async () => {
    const { bench } = await begin();
    const known = bench.world.advice(bench.world.findAdviceScene('advice-waiting')[0] ?? '');
    const like = bench.find('bookable');
    const file = makeUpload({
      ubrn: '',
      of: 'new-request',
      pinnedVersion: 0,
      saw: null,
      nhsNumber: like.nhsNumber,
    });
    const intent = makeRequestAdvice({
      nhsNumber: like.nhsNumber,
      serviceId: known.serviceId,
      criteria: [...((await readOf(bench, like.ubrn)).searchCriteria ?? [])],
      referringClinician: like.referrerId,
      uploads: [{ intentId: file.intentId, name: file.name, description: 'Photo' }],
    });
    if (bench.place.desk === null) throw new Error('nobody is at the desk');
    const item = mustBe(bench.records.outbox.askWithFiles(bench.place.desk, [file], intent));
    expect(item).toMatchObject({ ubrn: null, behind: file.intentId });
    await bench.pass(10);
    expect(bench.item(file.intentId)).toMatchObject({ state: 'done', ubrn: null });
    const done = bench.item(intent.intentId);
    expect([done?.state, done?.code]).toEqual(['done', '']);
    expect(bench.world.advice(String(done?.ubrn))).toMatchObject({ nhsNumber: like.nhsNumber });
  });

  it('is never sent again by itself after a lost reply', async () => {
    const { bench, like } = await begin();
    const known = bench.world.advice(bench.world.findAdviceScene('advice-waiting')[0] ?? '');
    bench.service.faults.add({ on: { id: 'A044' }, do: { kind: 'drop-after' } });
    const intent = makeRequestAdvice({
      nhsNumber: like.nhsNumber,
      serviceId: known.serviceId,
      criteria: [...((await readOf(bench, like.ubrn)).searchCriteria ?? [])],
      referringClinician: like.referrerId,
    });
    bench.ask(intent);
    await bench.pass(230);
    expect(bench.item(intent.intentId)).toMatchObject({ state: 'needs-you', code: 'not-confirmed' });
    expect(bench.service.calls.count('A044')).toBe(1);
  });
});
