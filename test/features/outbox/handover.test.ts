/** What a colleague in the same role and organisation may do: look, read back, never send (screens.md section 10). */
import { describe, expect, it } from 'vitest';
import { outputs } from '../../../build/generated/channel-validators.js';
import { book, bookable, COLLEAGUE_ID, ME, openClerkDesk, pass } from '../../support/clerk-steps.ts';
import { createLentIntents } from '../../../src-main/features/outbox/lent-intents.ts';
import { COLLEAGUE, mustBe, openOutboxBench, OWNER } from '../../support/outbox-bench.ts';
import { bookOf, deferOf } from '../../support/world-intents.ts';

/** A booking whose reply was lost, and a colleague at the desk. */
async function takeOver(effect: 'drop-after' | 'drop-before' = 'drop-after') {
  const clerk = await openClerkDesk();
  const { desk, card } = clerk;
  await desk.signIn();
  const [ubrn = ''] = bookable(desk);
  desk.service.faults.add({ on: { id: 'A016' }, do: { kind: effect } });
  const intentId = await book(desk, ubrn);
  await pass(desk, 3);
  card.userId = COLLEAGUE_ID;
  await desk.must('session/sign-out', {});
  await desk.signIn();
  return { ...clerk, ubrn, intentId };
}

describe('the hand-over', () => {
  it('lists what a colleague left, by UBRN, action and state alone', async () => {
    const { desk, ubrn, intentId } = await takeOver();
    const { items } = await desk.must('outbox/read-handover', {});
    expect(items).toEqual([
      {
        intentId,
        action: 'book',
        ubrn,
        state: 'unknown',
        code: 'reply-lost',
        userId: ME,
        createdAt: expect.any(String) as string,
        mayReadBack: true,
      },
    ]);
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({ open: 0, colleagues: 1 });
    expect(await desk.must('outbox/read-items', {})).toEqual({ items: [], total: 0 });
  });

  it('is logged each time it is looked at', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const intent = bookOf(bench.world, bench.find('bookable'));
    const { intentId } = bench.ask(intent);
    bench.seat(COLLEAGUE);
    expect(mustBe(bench.keys.readHandover()).items).toHaveLength(1);
    bench.seat(OWNER);
    expect(mustBe(bench.keys.readHandover()).items).toEqual([]);
    bench.seat(COLLEAGUE);
    await bench.keys.readBackForColleague({ intentId });
    expect(bench.audited).toEqual(['handover 1', 'handover 0', `read-back ${intent.ubrn}`]);
  });

  it('is of the same role and organisation only', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    bench.ask(bookOf(bench.world, bench.find('bookable')));
    for (const changes of [{ organisation: 'R70' }, { businessFunction: 'REFERRING_CLINICIAN' }]) {
      bench.seat({ ...COLLEAGUE, ...changes });
      expect(mustBe(bench.keys.readHandover()).items).toEqual([]);
    }
  });

  it('leaves out a record that does not open: whose it is, is sealed', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    bench.storage.run('UPDATE intent SET payload = ? WHERE id = ?', new Uint8Array([1]), intentId);
    bench.seat(COLLEAGUE);
    const answer = mustBe(bench.keys.readHandover());
    expect(answer.items).toEqual([]);
    expect(outputs['outbox/read-handover'](answer)).toBe(true);
  });
});

describe("reading a colleague's item back", () => {
  it('finds what became of it, and records it for its owner', async () => {
    const { desk, card, ubrn, intentId } = await takeOver();
    expect(await desk.must('outbox/read-back-for-colleague', { intentId })).toMatchObject({
      state: 'done',
      ubrn,
    });
    expect(await desk.must('outbox/read-handover', {})).toEqual({ items: [] });
    expect(desk.service.calls.count('A016')).toBe(1);
    card.userId = ME;
    await desk.must('session/sign-out', {});
    await desk.signIn();
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
  });

  it('never sends, also where it is found undone past the horizon and would be sent again by itself', async () => {
    const bench = await openOutboxBench();
    bench.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-before' } });
    const { intentId } = bench.ask(deferOf(bench.find('no-slots')));
    await bench.pass(5);
    bench.seat(COLLEAGUE);
    await bench.pass(230);
    const read = await bench.wait(Promise.resolve(bench.keys.readBackForColleague({ intentId })));
    expect(mustBe(read)).toMatchObject({ state: 'needs-you', code: 'not-done' });
    await bench.pass(60);
    expect(bench.service.calls.count('A016')).toBe(1);
  });

  it('before the horizon leaves it unknown, to be read back when its owner is there', async () => {
    const { desk, card, intentId } = await takeOver('drop-before');
    expect(await desk.must('outbox/read-back-for-colleague', { intentId })).toMatchObject({
      state: 'unknown',
    });
    const before = desk.service.calls.count('A005');
    await pass(desk, 300);
    expect(desk.service.calls.count('A005')).toBe(before);
    card.userId = ME;
    await desk.must('session/sign-out', {});
    await desk.signIn();
    await pass(desk, 5);
    expect((await desk.must('outbox/read-items', {})).items).toMatchObject([
      { code: 'not-done-provider-may-differ' },
    ]);
    expect(desk.service.calls.count('A016')).toBe(1);
  });

  it('is refused where nothing went out, where it is their own, and where there is none', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(1);
    const answers = [await bench.keys.readBackForColleague({ intentId })];
    bench.seat(COLLEAGUE);
    answers.push(await bench.keys.readBackForColleague({ intentId }));
    answers.push(await bench.keys.readBackForColleague({ intentId: 'none' }));
    expect(answers.map((answer) => !answer.ok && answer.problem.code)).toEqual([
      'no-such-intent',
      'nothing-to-read-back',
      'no-such-intent',
    ]);
  });

  it('asked for twice at once is read once, and both askings are answered', async () => {
    const { desk, intentId } = await takeOver();
    const [one, two] = await Promise.all([
      desk.ask('outbox/read-back-for-colleague', { intentId }),
      desk.ask('outbox/read-back-for-colleague', { intentId }),
    ]);
    expect(one).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(two).toMatchObject({ ok: false, problem: { code: 'nothing-to-read-back' } });
    expect(desk.service.calls.count('A038')).toBe(1);
  });

  it('is told to nobody when the desk has changed hands meanwhile', async () => {
    const bench = await openOutboxBench();
    bench.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-after' } });
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(3);
    bench.seat(COLLEAGUE);
    const reading = Promise.resolve(bench.keys.readBackForColleague({ intentId }));
    bench.seat(null);
    expect(await bench.wait(reading)).toMatchObject({ ok: false, problem: { kind: 'not-signed-in' } });
    expect(bench.service.calls.count('A038')).toBe(0);
  });

  it('tells that it is gone when its row is', async () => {
    const bench = await openOutboxBench();
    bench.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-after' } });
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(3);
    bench.seat(COLLEAGUE);
    const reading = Promise.resolve(bench.keys.readBackForColleague({ intentId }));
    bench.storage.run('UPDATE intent SET payload = ? WHERE id = ?', new Uint8Array([1]), intentId);
    expect(await bench.wait(reading)).toMatchObject({ ok: false, problem: { code: 'no-such-intent' } });
  });
});

describe('an intent that is lent', () => {
  it('is lent to one sitting, until it is given back', async () => {
    const lent = createLentIntents();
    const end = lent.lend('item', 3);
    expect([lent.isLentTo('item', 3), lent.isLentTo('item', 4), lent.isLentTo('other', 3)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(lent.isLentTo('other', undefined)).toBe(false);
    lent.giveBack('item');
    await end;
    expect(lent.isLentTo('item', 3)).toBe(false);
    lent.giveBack('item');
  });

  it('to a later sitting is no longer waited for in the earlier one', async () => {
    const lent = createLentIntents();
    const earlier = lent.lend('item', 3);
    void lent.lend('item', 4);
    await earlier;
    expect([lent.isLentTo('item', 3), lent.isLentTo('item', 4)]).toEqual([false, true]);
  });
});
