/** The clerk's keys in the outbox, through the channels `outbox/…` (screens.md section 9). */
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { createRunAtDesk } from '../../../src-main/features/outbox/outbox-desk.ts';
import { createOutboxKeys } from '../../../src-main/features/outbox/outbox-keys.ts';
import { abilitiesOf } from '../../../src-main/features/session/abilities.ts';
import {
  book,
  bookable,
  item,
  openClerkDesk,
  openReferral,
  pass,
  reviewBooking,
  reviewDeferral,
} from '../../support/clerk-steps.ts';
import { makeBook, makeCancelLater, makeDefer } from '../../support/intents.ts';
import { mustBe, openOutboxBench, OWNER } from '../../support/outbox-bench.ts';
import { bookOf, deferOf } from '../../support/world-intents.ts';

const UNHEARD = '11111111-1111-4111-8111-111111111111';

async function signedIn() {
  const clerk = await openClerkDesk();
  await clerk.desk.signIn();
  return clerk;
}

describe('the items', () => {
  it("are this person's own: open ones first, urgent before others, then what is finished, the latest first", async () => {
    const bench = await openOutboxBench();
    const [one, two] = [bench.find('bookable'), bench.find('bookable', 1)];
    const done = bench.ask(bookOf(bench.world, one));
    await bench.pass(5);
    const doneLater = bench.ask(bookOf(bench.world, two));
    await bench.pass(5);
    bench.place.isOffline = true;
    const asked = [bench.find('bookable', 2), bench.find('bookable', 3), bench.find('bookable', 4)];
    const ids: string[] = [];
    for (const [n, referral] of asked.entries()) {
      ids.push(bench.ask({ ...bookOf(bench.world, referral), isUrgent: n === 1 }).intentId);
      await bench.pass(1);
    }
    const [old, urgent, young] = ids;
    const { items: shown, total } = mustBe(bench.keys.readItems());
    expect(shown.map(({ intentId }) => intentId)).toEqual([
      urgent,
      old,
      young,
      doneLater.intentId,
      done.intentId,
    ]);
    expect(total).toBe(5);
  });

  it('leave out what was finished before today', async () => {
    const bench = await openOutboxBench();
    bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(5);
    expect(mustBe(bench.keys.readItems()).total).toBe(1);
    bench.clock.setWallClock(bench.clock.nowMs() + 24 * 3_600_000);
    expect(mustBe(bench.keys.readItems()).total).toBe(0);
  });

  it('are told to nobody who is not signed in, or while writes are off', async () => {
    const { desk } = await openClerkDesk();
    expect(await desk.ask('outbox/read-items', {})).toMatchObject({ problem: { kind: 'not-signed-in' } });
    const bench = await openOutboxBench();
    bench.place.isLocked = true;
    expect(bench.keys.readItems()).toMatchObject({ problem: { kind: 'not-signed-in' } });
  });
});

describe('an item in full', () => {
  it('shows in three columns what changed since the clerk saw it', async () => {
    const { desk } = await signedIn();
    const [ubrn = ''] = bookable(desk);
    const { panel, commit } = await reviewBooking(desk, ubrn);
    desk.service.world.touch(ubrn);
    const started = await desk.must('booking/commit', commit);
    await pass(desk, 5);
    const intentId = started.kind === 'started' ? started.booking.intentId : '';
    const { item: shown, lines, nowReadAt, nowProblem } = await desk.must('outbox/read-item', { intentId });
    expect(shown).toMatchObject({
      state: 'conflict',
      code: 'changed-before-sending',
      may: { redo: true, confirm: false },
    });
    expect(lines.find(({ what }) => what === 'version')).toEqual({
      what: 'version',
      saw: String(panel.version),
      now: String(panel.version + 1),
      asked: '',
      isDifferent: true,
    });
    expect(lines.filter(({ isDifferent }) => isDifferent).map(({ what }) => what)).toEqual(['version']);
    expect(lines.find(({ what }) => what === 'time')?.asked).not.toBe('');
    expect(nowReadAt).not.toBeNull();
    expect(nowProblem).toBeNull();
  });

  it('says so when e-RS cannot be read now', async () => {
    const { desk, network } = await signedIn();
    const [ubrn = ''] = bookable(desk);
    const intentId = await book(desk, ubrn);
    await pass(desk, 5);
    network.isDown = true;
    expect(await desk.must('outbox/read-item', { intentId })).toMatchObject({
      nowReadAt: null,
      nowProblem: 'offline',
    });
  });

  it('is not shown to whoever has the desk by the time that it is read', async () => {
    const bench = await openOutboxBench();
    const { intentId } = bench.ask(bookOf(bench.world, bench.find('bookable')));
    await bench.pass(5);
    const reading = Promise.resolve(bench.keys.readItem({ intentId }));
    bench.seat(null);
    expect(await bench.wait(reading)).toMatchObject({ ok: false, problem: { kind: 'not-signed-in' } });
  });

  it('is none under an id that is none', async () => {
    const { desk } = await signedIn();
    for (const channel of ['outbox/read-item', 'outbox/confirm', 'outbox/read-back'] as const)
      expect(await desk.ask(channel, { intentId: UNHEARD })).toMatchObject({
        problem: { kind: 'not-found', code: 'no-such-intent' },
      });
    expect(await desk.ask('outbox/withdraw', { intentId: UNHEARD, reason: 'other' })).toMatchObject({
      problem: { code: 'no-such-intent' },
    });
  });
});

describe('Ctrl+Enter', () => {
  it('sends what is over its age, and refuses what was settled or changed', async () => {
    const { desk } = await signedIn();
    const [ubrn = ''] = bookable(desk);
    const intentId = await book(desk, ubrn);
    await pass(desk, 5);
    expect(await desk.ask('outbox/confirm', { intentId })).toMatchObject({
      problem: { code: 'not-to-confirm' },
    });
    expect(desk.service.calls.count('A016')).toBe(1);
  });
});

describe('a key', () => {
  it('says what is missing where writes are off', () => {
    const runAtDesk = createRunAtDesk({
      desk: () => ({ ...OWNER, sitting: 1, can: abilitiesOf(OWNER.businessFunction) }),
      outbox: () => null,
      store: () => null,
      writesOffReason: () => 'no-keyring',
    });
    expect(runAtDesk(() => ok('done'))).toMatchObject({
      problem: { kind: 'writes-off', code: 'no-keyring' },
    });
  });

  it('says that the item is gone when its row went with it', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(makeDefer());
    await bench.pass(1);
    const { store, outbox } = bench.records;
    let reads = 0;
    const keys = createOutboxKeys({
      store: () => ({ ...store, read: (id) => ((reads += 1) > 1 ? null : store.read(id)) }),
      outbox: () => outbox,
      desk: () => bench.place.desk,
      writesOffReason: () => '',
      client: () => bench.client,
      clock: bench.clock,
      opened: () => null,
      auditHandover: () => {},
      auditReadBack: () => {},
    });
    expect(keys.confirm({ intentId })).toMatchObject({
      problem: { kind: 'not-found', code: 'no-such-intent' },
    });
  });
});

describe('Del', () => {
  it('takes back what waits, and nothing is sent any more', async () => {
    const { desk, network } = await signedIn();
    const [ubrn = ''] = bookable(desk);
    const { commit } = await reviewBooking(desk, ubrn);
    network.isDown = true;
    const started = await desk.must('booking/commit', commit);
    await pass(desk, 3);
    const intentId = started.kind === 'started' ? started.booking.intentId : '';
    expect(await desk.must('outbox/withdraw', { intentId, reason: 'patient-declined' })).toMatchObject({
      state: 'withdrawn',
      code: 'patient-declined',
    });
    network.isDown = false;
    await pass(desk, 70);
    expect(desk.service.calls.count('A016')).toBe(0);
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({ open: 0 });
  });

  it('is refused while the service may still carry it out, with the moment until when', async () => {
    const { desk } = await signedIn();
    const [ubrn = ''] = bookable(desk);
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-before' } });
    const intentId = await book(desk, ubrn);
    await pass(desk, 5);
    expect(await item(desk, intentId)).toMatchObject({
      state: 'unknown',
      mayHappenUntil: expect.any(String) as string,
    });
    const withdraw = { intentId, reason: 'other' } as const;
    expect(await desk.ask('outbox/withdraw', withdraw)).toMatchObject({
      problem: { code: 'may-still-happen' },
    });
    await pass(desk, 205);
    expect(await item(desk, intentId)).toMatchObject({ code: 'not-done-provider-may-differ' });
    expect(await desk.must('outbox/withdraw', withdraw)).toMatchObject({ state: 'withdrawn' });
  });

  it('is refused for what is done', async () => {
    const { desk } = await signedIn();
    const [ubrn = ''] = bookable(desk);
    const intentId = await book(desk, ubrn);
    await pass(desk, 5);
    expect(await desk.ask('outbox/withdraw', { intentId, reason: 'other' })).toMatchObject({
      problem: { code: 'may-still-happen' },
    });
    expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
  });
});

describe('F5', () => {
  it('reads back now what is unknown', async () => {
    const { desk } = await signedIn();
    const [ubrn = ''] = bookable(desk);
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-after' } });
    const intentId = await book(desk, ubrn);
    await pass(desk, 3);
    expect(await item(desk, intentId)).toMatchObject({ state: 'unknown' });
    await desk.must('outbox/read-back', { intentId });
    await pass(desk, 2);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  });

  it('is refused where nothing went out', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(makeBook());
    await bench.pass(1);
    expect(bench.keys.readBack({ intentId })).toMatchObject({ problem: { code: 'nothing-to-read-back' } });
  });
});

describe('Ctrl+E', () => {
  async function waitingDeferral() {
    const { desk, network } = await signedIn();
    const [ubrn = ''] = desk.service.world.findScene('no-slots');
    await openReferral(desk, ubrn);
    network.isDown = true;
    await desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    const { commit } = await reviewDeferral(desk, ubrn);
    const answer = await desk.must('booking/commit-deferral', commit);
    await pass(desk, 3);
    return { desk, network, ubrn, intentId: answer.kind === 'started' ? answer.item.intentId : '' };
  }

  it('changes the comment: the old item is taken back, the new one is sent', async () => {
    const { desk, network, ubrn, intentId } = await waitingDeferral();
    const edited = await desk.must('outbox/edit', { intentId, comment: 'Rang the clinic at 10:15' });
    expect(edited.intentId).not.toBe(intentId);
    expect(await item(desk, intentId)).toMatchObject({ state: 'withdrawn', code: 'edited' });
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, edited.intentId)).toMatchObject({ state: 'done' });
    expect(desk.service.world.referral(ubrn).stateComments).toBe('Rang the clinic at 10:15');
    expect(desk.service.calls.count('A016')).toBe(1);
  });

  it('is refused once it went out, or where there is no comment', async () => {
    const { desk, network, intentId } = await waitingDeferral();
    network.isDown = false;
    await pass(desk, 70);
    expect(await desk.ask('outbox/edit', { intentId, comment: 'x' })).toMatchObject({
      problem: { code: 'sent-already' },
    });
    const [ubrn = ''] = bookable(desk);
    const booking = await book(desk, ubrn);
    expect(await desk.ask('outbox/edit', { intentId: booking, comment: 'x' })).toMatchObject({
      problem: { code: 'sent-already' },
    });
  });

  it.each([
    ['too long for a deferral', makeDefer(), 'x'.repeat(1_001), 'comment-too-long'],
    ['too long for a cancellation', makeCancelLater(), 'x'.repeat(2_001), 'comment-too-long'],
    ['empty where there was one', makeDefer(), '  ', 'comment-missing'],
  ] as const)('refuses a comment that is %s, and keeps the item', async (_why, intent, comment, code) => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(intent);
    await bench.pass(1);
    expect(bench.keys.edit({ intentId, comment })).toMatchObject({
      problem: { kind: 'invalid-input', code },
    });
    expect(bench.item(intentId)).toMatchObject({ state: 'waiting', comment: intent.comment });
  });

  it('takes an empty comment where there was none', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(deferOf(bench.find('no-slots'), { comment: '' }));
    await bench.pass(1);
    expect(bench.keys.edit({ intentId, comment: '' }).ok).toBe(true);
  });

  it('is refused while the disk does not take the step', async () => {
    const bench = await openOutboxBench();
    bench.place.isOffline = true;
    const { intentId } = bench.ask(makeDefer());
    await bench.pass(1);
    bench.storage.run('DELETE FROM lease');
    expect(bench.keys.edit({ intentId, comment: 'Another' })).toMatchObject({
      problem: { code: 'sent-already' },
    });
    expect(mustBe(bench.keys.readItems()).items).toMatchObject([{ intentId, code: 'disk-fault' }]);
  });
});
