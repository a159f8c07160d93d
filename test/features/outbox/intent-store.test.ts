/** The durable intents: written in one transaction, found by keyed tags, counted as they are (safety.md step 1, I13). */
import { describe, expect, it } from 'vitest';
import { toIso } from '../../../src-main/contract/london-time.ts';
import {
  INTENT_STATES,
  isTerminal,
  type IntentState,
} from '../../../src-main/features/outbox/protocol/intent-states.ts';
import { createIntentStore } from '../../../src-main/features/outbox/intent-store.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import {
  COLLEAGUE,
  makeBook,
  makeCancelLater,
  makeDefer,
  makeEach,
  makeLetter,
  makeUpload,
  OWNER,
  UBRN,
} from '../../support/intents.ts';
import { openStoreBench, type StoreBench } from '../../support/store-bench.ts';

const nothing = () => {};
const LONG_AGO = '2000-01-01T00:00:00.000Z';

const to = ({ store }: StoreBench, intentId: string, state: IntentState, code = '') =>
  store.change(intentId, { state, code, attempt: 0, choice: 0 }, nothing);

const idsOf = (rows: ReturnType<StoreBench['store']['open']>) =>
  rows.map((row) => (row.kind === 'stored' ? row.stored.intent.intentId : row.row.intentId));

/** Another table's row in the same transaction, as the audit's is. */
function storageRow({ storage, clock }: StoreBench): void {
  for (let row = 0; row < 3; row += 1)
    storage.run(
      'INSERT INTO audit (at, entry, previous, hash) VALUES (?, ?, ?, ?)',
      toIso(Math.floor(clock.nowMs())),
      new Uint8Array(),
      new Uint8Array(),
      new Uint8Array(),
    );
}

describe('an intent on disk', () => {
  it.each(makeEach().map((intent) => [intent.action, intent] as const))(
    'comes back as it was written: %s',
    async (_a, intent) => {
      const bench = await openStoreBench();
      const added = bench.store.add(OWNER, intent, nothing);
      const later = await openStoreBench(bench);
      expect(later.store.read(intent.intentId)).toEqual({ kind: 'stored', stored: added });
      const kept = intent.action === 'upload-file' ? { ...intent, content: '' } : intent;
      expect(added).toMatchObject({
        intent: kept,
        owner: OWNER,
        state: 'QUEUED',
        code: '',
        attempt: 0,
        order: 1,
      });
    },
  );

  it('keeps what a step says of it, and the last correlation id, sending and result', async () => {
    const bench = await openStoreBench();
    const { intentId } = bench.store.add(OWNER, makeBook(), nothing).intent;
    const sent = { correlationId: 'c-1', sentAt: '2026-11-18T08:30:00.000Z' };
    bench.store.change(intentId, { state: 'SENDING', code: '', attempt: 1, choice: 2, ...sent }, nothing);
    bench.store.change(
      intentId,
      { state: 'APPLIED', code: '', attempt: 1, choice: 2, result: '70001' },
      nothing,
    );
    bench.store.change(intentId, { state: 'APPLIED', code: 'x', attempt: 1, choice: 2 }, nothing);
    expect(bench.store.read(intentId)).toMatchObject({
      stored: { state: 'APPLIED', code: 'x', attempt: 1, choice: 2, ...sent, result: '70001' },
    });
  });

  it('has no result where none was found', async () => {
    const bench = await openStoreBench();
    const { intentId } = bench.store.add(OWNER, makeBook(), nothing).intent;
    bench.store.change(
      intentId,
      { state: 'APPLIED', code: '', attempt: 1, choice: 0, result: null },
      nothing,
    );
    expect(bench.store.read(intentId)).toMatchObject({ stored: { result: null } });
  });

  it('is not there when what belongs to it cannot be written: one transaction', async () => {
    const bench = await openStoreBench();
    const intent = makeBook();
    const fails = () => {
      throw new Error('the audit row cannot be written');
    };
    expect(() => bench.store.add(OWNER, intent, fails)).toThrow('audit');
    expect(bench.store.read(intent.intentId)).toBeNull();
    bench.store.add(OWNER, intent, nothing);
    expect(() =>
      bench.store.change(intent.intentId, { state: 'SENDING', code: '', attempt: 1, choice: 0 }, fails),
    ).toThrow();
    expect(bench.store.read(intent.intentId)).toMatchObject({ stored: { state: 'QUEUED', attempt: 0 } });
  });

  it('has the same place in the order of writing in memory as on disk', async () => {
    const bench = await openStoreBench();
    const audited = () => storageRow(bench);
    const orders = [makeBook(), makeDefer()].map((intent) => bench.store.add(OWNER, intent, audited).order);
    expect(bench.store.open().map((row) => row.kind === 'stored' && row.stored.order)).toEqual(orders);
  });

  it('has a moment of change that never goes back', async () => {
    const bench = await openStoreBench();
    const added = bench.store.add(OWNER, makeBook(), nothing);
    bench.clock.setWallClock(bench.clock.nowMs() - 3_600_000);
    to(bench, added.intent.intentId, 'WAITING');
    expect(bench.store.read(added.intent.intentId)).toMatchObject({ stored: { updatedAt: added.updatedAt } });
  });

  it('is not there under another id', async () => {
    const bench = await openStoreBench();
    expect(bench.store.read('11111111-1111-1111-1111-111111111111')).toBeNull();
  });
});

describe('several intents', () => {
  it('are on disk together, in their order, or none of them is', async () => {
    const bench = await openStoreBench();
    const intents = [makeUpload(), makeUpload({ name: 'scan.pdf' }), makeCancelLater()];
    const written: string[] = [];
    const stored = bench.store.addAll(OWNER, intents, ({ intentId }) => void written.push(intentId));
    expect(stored.map(({ order }) => order)).toEqual([1, 2, 3]);
    expect(written).toEqual(intents.map(({ intentId }) => intentId));
    expect(idsOf(bench.store.open())).toEqual(written);
    const later = [makeUpload(), makeCancelLater()];
    const failsAtLast = ({ action }: Intent) => {
      if (action === 'cancel-later') throw new Error('the audit row cannot be written');
    };
    expect(() => bench.store.addAll(OWNER, later, failsAtLast)).toThrow('audit');
    expect(bench.store.open()).toHaveLength(3);
    expect(bench.store.fileOf(later[0]?.intentId ?? '')).toBeNull();
  });
});

describe('a file to upload', () => {
  const rowsOf = ({ storage }: StoreBench) => storage.all('SELECT id FROM intent_file').length;

  it('is kept apart from its intent, and wiped once that is settled', async () => {
    const bench = await openStoreBench();
    const intent = makeUpload();
    bench.store.add(OWNER, intent, nothing);
    const later = await openStoreBench(bench);
    expect(later.store.fileOf(intent.intentId)).toBe(intent.content);
    to(later, intent.intentId, 'NEEDS_CLERK');
    expect(rowsOf(later)).toBe(1);
    to(later, intent.intentId, 'ABANDONED');
    expect(later.store.fileOf(intent.intentId)).toBeNull();
    expect(rowsOf(later)).toBe(0);
  });

  it('that was put in the place of another does not open (attack S29)', async () => {
    const bench = await openStoreBench();
    const [one, two] = [makeUpload(), makeUpload({ content: 'VGhlaXJz' })];
    bench.store.addAll(OWNER, [one, two], nothing);
    bench.storage.run(
      'UPDATE intent_file SET content = (SELECT content FROM intent_file WHERE id = ?) WHERE id = ?',
      two.intentId,
      one.intentId,
    );
    expect(bench.store.fileOf(one.intentId)).toBeNull();
    expect(bench.store.fileOf(two.intentId)).toBe('VGhlaXJz');
  });
});

describe('what became of an intent', () => {
  it('is told without opening it', async () => {
    const bench = await openStoreBench();
    const { intentId } = bench.store.add(OWNER, makeUpload(), nothing).intent;
    expect(bench.store.outcomeOf(intentId)).toEqual({ state: 'QUEUED', result: null });
    const applied = { state: 'APPLIED', code: '', attempt: 1, choice: 0, result: 'document-1' } as const;
    bench.store.change(intentId, applied, nothing);
    expect(bench.store.outcomeOf(intentId)).toEqual({ state: 'APPLIED', result: 'document-1' });
    bench.storage.run('UPDATE intent SET result = ? WHERE id = ?', new Uint8Array([1]), intentId);
    expect(bench.store.outcomeOf(intentId)).toEqual({ state: 'APPLIED', result: null });
    expect(bench.store.outcomeOf('11111111-1111-1111-1111-111111111111')).toBeNull();
  });
});

describe('the open intents', () => {
  it('are all that are not settled, oldest first, whoever made them', async () => {
    const bench = await openStoreBench();
    const expected: string[] = [];
    for (const state of INTENT_STATES) {
      const { intentId } = bench.store.add(
        expected.length % 2 ? COLLEAGUE : OWNER,
        makeBook(),
        nothing,
      ).intent;
      if (state !== 'QUEUED') to(bench, intentId, state);
      if (!isTerminal(state)) expected.push(intentId);
    }
    expect(idsOf(bench.store.open())).toEqual(expected);
    expect(idsOf(bench.store.openFor(UBRN))).toEqual(expected);
    expect(bench.store.openFor('000070000099')).toEqual([]);
  });

  it("are a person's own in their list, with what was settled since, the newest first", async () => {
    const bench = await openStoreBench();
    const [old, fresh, open] = [makeBook(), makeBook(), makeBook()];
    bench.store.add(OWNER, old, nothing);
    to(bench, old.intentId, 'APPLIED');
    await bench.clock.advance(60_000);
    const since = toIso(Math.floor(bench.clock.nowMs()));
    await bench.clock.advance(1_000);
    bench.store.add(OWNER, fresh, nothing);
    to(bench, fresh.intentId, 'REJECTED');
    bench.store.add(OWNER, open, nothing);
    bench.store.add(COLLEAGUE, makeBook(), nothing);
    expect(idsOf(bench.store.listFor(OWNER, since))).toEqual([open.intentId, fresh.intentId]);
    expect(idsOf(bench.store.listFor(OWNER, LONG_AGO))).toEqual([
      open.intentId,
      fresh.intentId,
      old.intentId,
    ]);
  });

  it.each([
    ['user', { userId: '555000000103' }],
    ['organisation', { organisation: 'R70' }],
    ['role', { businessFunction: 'REFERRING_CLINICIAN' }],
    ['clinician', { onBehalfOf: '021600556514' }],
  ])('of the same person for another %s are not in it', async (_what, changes) => {
    const bench = await openStoreBench();
    bench.store.add({ ...OWNER, ...changes }, makeBook(), nothing);
    expect(bench.store.listFor(OWNER, LONG_AGO)).toEqual([]);
    expect(bench.store.count(OWNER).open).toBe(0);
  });
});

describe("colleagues' intents", () => {
  it('are those of others in the same organisation and role that are not settled', async () => {
    const bench = await openStoreBench();
    const theirs = makeDefer();
    bench.store.add(OWNER, makeBook(), nothing);
    bench.store.add(COLLEAGUE, theirs, nothing);
    for (const changes of [{ organisation: 'R70' }, { businessFunction: 'REFERRING_CLINICIAN' }])
      bench.store.add({ ...COLLEAGUE, ...changes }, makeBook(), nothing);
    const done = makeBook();
    bench.store.add(COLLEAGUE, done, nothing);
    to(bench, done.intentId, 'APPLIED');
    expect(idsOf(bench.store.listColleagues(OWNER))).toEqual([theirs.intentId]);
    expect(bench.store.countColleagues(OWNER)).toBe(1);
    expect(bench.store.countColleagues(COLLEAGUE)).toBe(1);
  });
});

describe('the newest of an action for a referral', () => {
  it('is the last one written, settled or not', async () => {
    const bench = await openStoreBench();
    const [first, second] = [makeBook(), makeBook()];
    for (const intent of [first, second, makeDefer()]) bench.store.add(OWNER, intent, nothing);
    to(bench, second.intentId, 'REJECTED');
    expect(bench.store.newestFor(OWNER, UBRN, 'book')?.intent.intentId).toBe(second.intentId);
    expect(bench.store.newestFor(OWNER, UBRN, 'letter')).toBeNull();
    expect(bench.store.newestFor(COLLEAGUE, UBRN, 'book')).toBeNull();
  });

  it('is none where its record does not open', async () => {
    const bench = await openStoreBench();
    const { intentId } = bench.store.add(OWNER, makeBook(), nothing).intent;
    to(bench, intentId, 'QUARANTINED');
    expect(bench.store.newestFor(OWNER, UBRN, 'book')).toBeNull();
  });
});

describe('the count (I13)', () => {
  it('is that of the rows, by what they mean to the clerk', async () => {
    const bench = await openStoreBench();
    expect(bench.store.count(OWNER)).toEqual({ open: 0, unknown: 0, needsClerk: 0, waiting: 0 });
    for (const state of INTENT_STATES)
      if (state === 'QUEUED') bench.store.add(OWNER, makeBook(), nothing);
      else to(bench, bench.store.add(OWNER, makeBook(), nothing).intent.intentId, state);
    expect(bench.store.count(OWNER)).toEqual({ open: 9, unknown: 3, needsClerk: 2, waiting: 4 });
    expect(bench.store.count(OWNER).open).toBe(bench.store.open().length);
  });
});

describe('a disk that counts nothing', () => {
  it('is taken for an empty one', async () => {
    const bench = await openStoreBench();
    const store = createIntentStore({
      ...bench,
      storage: { ...bench.storage, all: () => [] },
      lease: { assertHeld: () => {} },
    });
    expect(store.count(OWNER)).toEqual({ open: 0, unknown: 0, needsClerk: 0, waiting: 0 });
    expect(store.countColleagues(OWNER)).toBe(0);
  });
});

describe('old settled intents', () => {
  it('are removed, open ones and young ones never', async () => {
    const bench = await openStoreBench();
    const [settled, open, young] = [makeBook(), makeBook(), makeLetter()];
    for (const intent of [settled, open]) bench.store.add(OWNER, intent, nothing);
    to(bench, settled.intentId, 'APPLIED');
    await bench.clock.advance(60_000);
    const before = toIso(Math.floor(bench.clock.nowMs()));
    bench.store.add(OWNER, young, nothing);
    to(bench, young.intentId, 'ABANDONED');
    expect(bench.store.prune(before)).toBe(1);
    expect(bench.store.prune(before)).toBe(0);
    expect(bench.store.read(settled.intentId)).toBeNull();
    expect([open, young].map(({ intentId }) => bench.store.read(intentId)?.kind)).toEqual([
      'stored',
      'stored',
    ]);
  });
});
