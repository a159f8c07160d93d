/** Intents on disk under attack: nothing readable, nothing that moves, nothing sent that does not open (S27, S29). */
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../../src-main/app/ports.ts';
import {
  COLLEAGUE,
  makeBook,
  makeCancelLater,
  makeEach,
  makeEachNew,
  makeUpload,
  NHS_NUMBER,
  OWNER,
  UBRN,
} from '../../support/intents.ts';
import { mustBe, openOutboxBench, type OutboxBench } from '../../support/outbox-bench.ts';
import { openStoreBench, type StoreBench } from '../../support/store-bench.ts';
import { bookOf } from '../../support/world-intents.ts';

const nothing = () => {};

/** Copies a column of one row into another. */
function move({ storage }: Pick<StoreBench, 'storage'>, column: string, from: string, into: string): void {
  const [row] = storage.all(`SELECT ${column} AS value FROM intent WHERE id = ?`, from);
  storage.run(`UPDATE intent SET ${column} = ? WHERE id = ?`, row?.['value'] as SqlValue, into);
}

describe('a row on disk', () => {
  it('holds no patient and no person in clear (I14)', async () => {
    const bench = await openStoreBench();
    for (const intent of [...makeEach(), ...makeEachNew()]) {
      bench.store.add(OWNER, intent, nothing);
      const applied = {
        state: 'APPLIED',
        code: '',
        attempt: 1,
        choice: 0,
        result: 'appointment-70001',
      } as const;
      bench.store.change(intent.intentId, applied, nothing);
    }
    const open = makeUpload();
    bench.store.add(OWNER, open, nothing);
    const rows = [
      ...bench.storage.all('SELECT * FROM intent'),
      ...bench.storage.all('SELECT * FROM intent_file'),
    ];
    const bytes = rows.flatMap((row) =>
      Object.values(row).map((value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
      ),
    );
    const text = bytes.join('\n');
    const secrets = [
      UBRN,
      NHS_NUMBER,
      OWNER.userId,
      'Cardiology',
      makeCancelLater().comment,
      'appointment-70001',
      open.name,
      open.content,
    ];
    expect(rows).toHaveLength(makeEach().length + makeEachNew().length + 2);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it.each([
    ['its record', 'payload'],
    ['its owner', 'owner'],
  ])("does not open with %s from another person's row", async (_what, column) => {
    const bench = await openStoreBench();
    const mine = bench.store.add(OWNER, makeBook(), nothing).intent.intentId;
    const theirs = bench.store.add(COLLEAGUE, makeBook(), nothing).intent.intentId;
    move(bench, column, theirs, mine);
    expect(bench.store.read(mine)).toMatchObject({
      kind: 'unreadable',
      row: { intentId: mine, action: 'book' },
    });
    expect(bench.store.read(theirs)?.kind).toBe('stored');
  });

  it('does not open with both from another row of the same person', async () => {
    const bench = await openStoreBench();
    const [one, two] = [makeBook(), makeBook()];
    for (const intent of [one, two]) bench.store.add(OWNER, intent, nothing);
    for (const column of ['payload', 'owner']) move(bench, column, two.intentId, one.intentId);
    expect(bench.store.read(one.intentId)?.kind).toBe('unreadable');
  });

  it('does not open under another id', async () => {
    const bench = await openStoreBench();
    const { intentId } = bench.store.add(OWNER, makeBook(), nothing).intent;
    const other = '11111111-1111-4111-8111-111111111111';
    bench.storage.run('UPDATE intent SET id = ? WHERE id = ?', other, intentId);
    expect(bench.store.read(other)?.kind).toBe('unreadable');
  });

  it('does not open with one bit changed', async () => {
    const bench = await openStoreBench();
    const { intentId } = bench.store.add(OWNER, makeBook(), nothing).intent;
    const [row] = bench.storage.all('SELECT payload FROM intent');
    const payload = new Uint8Array(row?.['payload'] as Uint8Array);
    payload[payload.length - 1] = (payload.at(-1) ?? 0) ^ 1;
    bench.storage.run('UPDATE intent SET payload = ?', payload);
    expect(bench.store.read(intentId)?.kind).toBe('unreadable');
  });

  it.each([
    ['record', 'payload'],
    ['owner', 'owner'],
  ])('does not open with a %s of another shape, though it is sealed', async (_what, column) => {
    const bench = await openStoreBench();
    const { intentId } = bench.store.add(OWNER, makeBook(), nothing).intent;
    const context = column === 'owner' ? `owner|${intentId}` : `intent|${intentId}|${OWNER.userId}`;
    const value = column === 'owner' ? { ...OWNER, more: 1 } : { ...makeBook({ intentId }), slots: [] };
    bench.storage.run(`UPDATE intent SET ${column} = ?`, bench.vault.seal(context, value));
    expect(bench.store.read(intentId)?.kind).toBe('unreadable');
  });

  it('has no result where that was moved from another row', async () => {
    const bench = await openStoreBench();
    const [one, two] = [makeBook(), makeBook()];
    for (const { intentId } of [
      bench.store.add(OWNER, one, nothing).intent,
      bench.store.add(OWNER, two, nothing).intent,
    ])
      bench.store.change(
        intentId,
        { state: 'APPLIED', code: '', attempt: 1, choice: 0, result: intentId },
        nothing,
      );
    move(bench, 'result', two.intentId, one.intentId);
    expect(bench.store.read(one.intentId)).toMatchObject({ kind: 'stored', stored: { result: null } });
  });
});

/** Damages the record of an intent between two starts. */
const damage = ({ storage }: OutboxBench, intentId: string) =>
  storage.run('UPDATE intent SET payload = ? WHERE id = ?', new Uint8Array([1, 2, 3]), intentId);

/** A desk that wrote an intent down offline, and its next start after the record was damaged. */
async function restartDamaged() {
  const first = await openOutboxBench();
  first.place.isOffline = true;
  const { intentId } = first.ask(bookOf(first.world, first.find('bookable')));
  await first.pass(1);
  first.records.outbox.stop();
  damage(first, intentId);
  return { intentId, bench: await openOutboxBench({ before: first }) };
}

describe('a record that does not open at the next start', () => {
  it('is set apart, shown as unreadable, counted, and never sent', async () => {
    const { intentId, bench } = await restartDamaged();
    await bench.pass(60);
    expect(bench.item(intentId)).toMatchObject({ state: 'unreadable', action: 'book', ubrn: null });
    expect(bench.records.outbox.summary()).toMatchObject({ open: 1, needsClerk: 1 });
    expect(bench.records.store.read(intentId)).toMatchObject({ row: { state: 'QUARANTINED' } });
    expect(bench.service.calls.all).toEqual([]);
  });

  it('is named in the audit trail by its row alone', async () => {
    const { intentId, bench } = await restartDamaged();
    const last = bench.audit.read().at(-1)?.entry;
    expect(last).toMatchObject({ type: 'Outbox QUARANTINED', ubrn: '', userId: '', facts: { intentId } });
  });

  it('is set apart once: a further start leaves it as it is', async () => {
    const { bench } = await restartDamaged();
    const rows = bench.audit.read().length;
    const later = await openOutboxBench({ before: bench });
    expect(later.audit.read()).toHaveLength(rows);
  });

  it('takes no key but Del, and is gone then', async () => {
    const { intentId, bench } = await restartDamaged();
    for (const answer of [
      bench.keys.confirm({ intentId }),
      bench.keys.readBack({ intentId }),
      bench.keys.edit({ intentId, comment: 'x' }),
    ])
      expect(answer).toMatchObject({ ok: false, problem: { code: 'no-such-intent' } });
    expect(await bench.keys.readItem({ intentId })).toMatchObject({
      ok: true,
      value: { lines: [], nowReadAt: null, nowProblem: 'record-not-readable' },
    });
    expect(mustBe(bench.keys.withdraw({ intentId, reason: 'done-elsewhere' }))).toMatchObject({
      state: 'withdrawn',
      may: { withdraw: false },
    });
    expect(bench.audit.read().at(-1)?.entry).toMatchObject({
      type: 'Outbox ABANDONED',
      userId: OWNER.userId,
      outcome: 'done-elsewhere',
    });
    expect(bench.records.outbox.summary().open).toBe(0);
  });

  it('can be taken back by its own person alone, and only once', async () => {
    const { intentId, bench } = await restartDamaged();
    bench.place.isOffline = true;
    bench.ask(bookOf(bench.world, bench.find('bookable', 1)));
    bench.seat(COLLEAGUE);
    expect(bench.keys.withdraw({ intentId, reason: 'other' })).toMatchObject({
      ok: false,
      problem: { kind: 'not-found' },
    });
    bench.seat(OWNER);
    expect(bench.keys.withdraw({ intentId, reason: 'other' }).ok).toBe(true);
    expect(bench.keys.withdraw({ intentId, reason: 'other' }).ok).toBe(false);
  });

  it('does not hold up what the clerk asks for the same referral', async () => {
    const { bench } = await restartDamaged();
    const again = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(5);
    expect(bench.item(again.intentId)).toMatchObject({ state: 'done' });
  });
});

describe('a record that is damaged under a running desk', () => {
  it('is gone on with no more after a fault of the disk: there is no row to go on with', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(1);
    const [lease] = bench.storage.all('SELECT fence FROM lease');
    bench.storage.run('DELETE FROM lease');
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    damage(bench, intentId);
    bench.storage.run('INSERT INTO lease VALUES (1, ?)', lease?.['fence'] ?? 0);
    await bench.pass(40);
    expect(bench.records.outbox.engine.entry(intentId)).toBeNull();
    expect(bench.service.calls.all).toEqual([]);
  });

  it('is shown as unreadable, and cannot be taken back: the engine may be at work on it', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(1);
    damage(bench, intentId);
    expect(bench.keys.withdraw({ intentId, reason: 'other' }).ok).toBe(false);
    expect(bench.item(intentId)).toMatchObject({ state: 'unreadable' });
  });
});
