/** Files that go with a cancellation for later: ahead of it in the line, together on disk, one word for all. */
import { describe, expect, it } from 'vitest';
import type {
  CancelLaterIntent,
  UploadFileIntent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import { mustBe, openOutboxBench, type OutboxBench } from '../../support/outbox-bench.ts';
import { laterOf, uploadOf } from '../../support/world-intents.ts';

const FIVE_MB = Buffer.alloc(5_242_880, 7).toString('base64');

async function begin(before: Partial<Parameters<typeof openOutboxBench>[0]> = {}) {
  const bench = await openOutboxBench({ businessFunction: 'SERVICE_PROVIDER_CLINICIAN', ...before });
  const referral = bench.find('booked-for-review');
  const files = [uploadOf(referral), uploadOf(referral, { name: 'scan.pdf', mediaType: 'application/pdf' })];
  const uploads = files.map(({ intentId, name }) => ({ intentId, name, description: `About ${name}` }));
  return { bench, referral, files, later: laterOf(referral, { uploads }) };
}

function askFor(
  { place, records }: OutboxBench,
  files: readonly UploadFileIntent[],
  later: CancelLaterIntent,
) {
  if (place.desk === null) throw new Error('nobody is at the desk');
  return records.outbox.askWithFiles(place.desk, files, later);
}

const statesOf = ({ item }: OutboxBench, intents: readonly { readonly intentId: string }[]) =>
  intents.map(({ intentId }) => item(intentId)?.state);

describe('a cancellation with files', () => {
  it('waits for its files, and goes out with their documents', async () => {
    const { bench, referral, files, later } = await begin();
    const item = mustBe(askFor(bench, files, later));
    expect(item).toMatchObject({ intentId: later.intentId, state: 'queued', behind: files[0]?.intentId });
    await bench.pass(10);
    expect(statesOf(bench, [...files, later])).toEqual(['done', 'done', 'done']);
    expect(bench.service.calls.all.flatMap(({ id }) => (['A020', 'A022'].includes(id) ? [id] : []))).toEqual([
      'A020',
      'A020',
      'A022',
    ]);
    const linked = bench.world.referral(referral.ubrn).attachments;
    expect(linked.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['clinic-letter.txt', 'scan.pdf']),
    );
  });

  it('is on disk with all its files, or not at all', async () => {
    const { bench, files, later } = await begin();
    const plain = bench.storage.run.bind(bench.storage);
    let left = 2;
    bench.storage.run = (sql, ...values) => {
      if (sql.startsWith('INSERT INTO intent (') && (left -= 1) < 0) throw new Error('the disk is full');
      plain(sql, ...values);
    };
    expect(askFor(bench, files, later)).toMatchObject({ problem: { kind: 'writes-off' } });
    expect(bench.records.store.open()).toEqual([]);
    expect(bench.storage.all('SELECT id FROM intent_file')).toEqual([]);
  });

  it('goes to the clerk when a file was refused', async () => {
    const { bench, files, later } = await begin();
    const refusal = { kind: 'status', status: 422, code: 'FILE_SIZE_ERROR' } as const;
    bench.service.faults.add({ on: { id: 'A020' }, do: refusal });
    mustBe(askFor(bench, files, later));
    await bench.pass(10);
    expect(statesOf(bench, [...files, later])).toEqual(['refused', 'done', 'needs-you']);
    expect(bench.item(later.intentId)).toMatchObject({
      code: 'upload-not-done',
      may: { confirm: false, redo: true, withdraw: true },
    });
    expect(bench.service.calls.count('A022')).toBe(0);
  });

  it('waits while nobody knows of a file; on the word of the clerk that goes out again', async () => {
    const { bench, files, later } = await begin();
    const [file] = files;
    bench.service.faults.add({ on: { id: 'A020' }, do: { kind: 'drop-after' } });
    mustBe(askFor(bench, files, later));
    await bench.pass(300);
    expect(bench.item(file?.intentId ?? '')).toMatchObject({ state: 'needs-you', code: 'not-confirmed' });
    expect(bench.item(later.intentId)).toMatchObject({ state: 'queued' });
    expect(bench.service.calls.count('A020')).toBe(1);
    mustBe(bench.keys.confirm({ intentId: file?.intentId ?? '' }));
    await bench.pass(10);
    expect(statesOf(bench, [...files, later])).toEqual(['done', 'done', 'done']);
    expect(bench.service.calls.count('A020')).toBe(3);
  });

  it('needs the clerk when a file was taken back, which takes back nothing else', async () => {
    const { bench, files, later } = await begin();
    bench.place.isOffline = true;
    mustBe(askFor(bench, files, later));
    await bench.pass(1);
    mustBe(bench.keys.withdraw({ intentId: files[1]?.intentId ?? '', reason: 'made-in-error' }));
    expect(statesOf(bench, [...files, later])).toEqual(['waiting', 'withdrawn', 'waiting']);
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    await bench.pass(10);
    expect(statesOf(bench, [...files, later])).toEqual(['done', 'withdrawn', 'needs-you']);
    expect(bench.item(later.intentId)).toMatchObject({ code: 'upload-not-done' });
  });

  it('takes the files that never went out with it when it is taken back', async () => {
    const { bench, files, later } = await begin();
    bench.place.isOffline = true;
    mustBe(askFor(bench, files, later));
    await bench.pass(1);
    mustBe(bench.keys.withdraw({ intentId: later.intentId, reason: 'made-in-error' }));
    expect(statesOf(bench, [...files, later])).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect(bench.storage.all('SELECT id FROM intent_file')).toEqual([]);
  });

  it('leaves a file that may have gone out as it is when it is taken back', async () => {
    const { bench, files, later } = await begin();
    bench.service.faults.add({ on: { id: 'A020' }, do: { kind: 'drop-after' } });
    mustBe(askFor(bench, files, later));
    await bench.pass(300);
    mustBe(bench.keys.withdraw({ intentId: later.intentId, reason: 'made-in-error' }));
    expect(statesOf(bench, [...files, later])).toEqual(['needs-you', 'withdrawn', 'withdrawn']);
  });

  it('asks for one fresh word after a long wait: that for it is for its files, too', async () => {
    const { bench, files, later } = await begin();
    bench.place.isOffline = true;
    mustBe(askFor(bench, files, later));
    await bench.pass(16 * 60);
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    await bench.pass(5);
    expect(statesOf(bench, [...files, later])).toEqual(['expired', 'waiting', 'waiting']);
    mustBe(bench.keys.confirm({ intentId: later.intentId }));
    await bench.pass(15);
    expect(statesOf(bench, [...files, later])).toEqual(['done', 'done', 'done']);
  });

  it('does not send a file again that may be there already', async () => {
    const { bench, files, later } = await begin();
    bench.service.faults.add({ on: { id: 'A020' }, do: { kind: 'drop-after' } });
    mustBe(askFor(bench, files, later));
    await bench.pass(300);
    mustBe(bench.keys.confirm({ intentId: later.intentId }));
    await bench.pass(10);
    expect(bench.item(files[0]?.intentId ?? '')).toMatchObject({ code: 'not-confirmed' });
    expect(bench.service.calls.count('A020')).toBe(1);
  });

  it('keeps its files when its comment is edited', async () => {
    const { bench, referral, files, later } = await begin();
    bench.place.isOffline = true;
    mustBe(askFor(bench, files, later));
    await bench.pass(1);
    const edited = mustBe(bench.keys.edit({ intentId: later.intentId, comment: 'Ring the ward first' }));
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    await bench.pass(15);
    expect(statesOf(bench, [...files, edited])).toEqual(['done', 'done', 'done']);
    expect(bench.world.referral(referral.ubrn).stateComments).toBe('Ring the ward first');
  });

  it('goes on after a restart: the id of a document outlives the process', async () => {
    const { bench, files, later } = await begin();
    mustBe(askFor(bench, files, later));
    for (let turn = 0; turn < 400; turn += 1) {
      await bench.clock.advance(10);
      if (bench.records.store.outcomeOf(files[0]?.intentId ?? '')?.state === 'APPLIED') break;
    }
    bench.records.outbox.stop();
    const result = bench.records.store.outcomeOf(files[0]?.intentId ?? '')?.result;
    const next = await begin({ before: bench });
    expect(next.bench.records.store.outcomeOf(files[0]?.intentId ?? '')).toEqual({
      state: 'APPLIED',
      result,
    });
    expect(result).not.toBeNull();
  });

  it('may stand beside another file, and beside no other write', async () => {
    const { bench, referral, files, later } = await begin();
    bench.place.isOffline = true;
    for (const file of files) bench.ask(file);
    expect(bench.ask(later)).toMatchObject({ state: 'queued' });
    expect(askFor(bench, [], laterOf(referral))).toMatchObject({ problem: { code: 'booking-not-settled' } });
    expect(askFor(bench, [uploadOf(referral)], laterOf(referral))).toMatchObject({
      problem: { code: 'booking-not-settled' },
    });
  });
});

describe('a large file', () => {
  it('is in no list, and off the disk once it is settled', async () => {
    const { bench, referral } = await begin();
    bench.place.isOffline = true;
    const file = uploadOf(referral, { content: FIVE_MB });
    bench.ask(file);
    await bench.pass(1);
    const row = bench.records.store.read(file.intentId);
    expect(row).toMatchObject({ stored: { intent: { content: '' } } });
    const [size] = bench.storage.all('SELECT length(payload) AS bytes FROM intent');
    expect(Number(size?.['bytes'])).toBeLessThan(4_096);
    expect(bench.records.store.fileOf(file.intentId)).toBe(FIVE_MB);
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    await bench.pass(10);
    expect(bench.item(file.intentId)).toMatchObject({ state: 'done' });
    expect(bench.storage.all('SELECT id FROM intent_file')).toEqual([]);
  });
});
