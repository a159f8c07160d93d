/** The lists that the desk keeps, through the whole application (screens.md section 1). */
import { describe, expect, it } from 'vitest';
import { StorageFault, type Storage } from '../../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import type { LocalListKind } from '../../../src-main/contract/channels/lists.ts';
import { addDays, londonDate, toIso } from '../../../src-main/contract/london-time.ts';
import {
  bookable,
  book,
  COLLEAGUE_ID,
  item,
  openClerkDesk,
  openReferral,
  pass,
  reviewDeferral,
  type ClerkDesk,
} from '../../support/clerk-steps.ts';
import type { TestDesk, TestDeskOptions } from '../../support/desk.ts';
import { isCallOf } from '../../support/held-network.ts';
import { printLetter } from '../../support/letter-steps.ts';

const read = (desk: TestDesk, list: LocalListKind) => desk.must('lists/read', { list });
const ubrnsOn = async (desk: TestDesk, list: LocalListKind) =>
  (await read(desk, list)).rows.map(({ ubrn }) => ubrn);

async function open(options: TestDeskOptions = {}): Promise<ClerkDesk> {
  const clerk = await openClerkDesk(options);
  await clerk.desk.signIn();
  return clerk;
}

/** Defers the first referral without slots; gives its UBRN and intent. */
async function defer(desk: TestDesk) {
  const [ubrn = ''] = desk.service.world.findScene('no-slots');
  await openReferral(desk, ubrn);
  const serviceId = desk.service.world.referral(ubrn).shortlist[0] ?? '';
  await desk.must('slots/search', { ubrn, serviceId, priority: null, clinicianId: null });
  const { commit } = await reviewDeferral(desk, ubrn);
  const answer = await desk.must('booking/commit-deferral', commit);
  await pass(desk, 5);
  return { ubrn, intentId: answer.kind === 'started' ? answer.item.intentId : '' };
}

describe('recently used', () => {
  it('has the last twenty that were opened, the latest first', async () => {
    const { desk } = await open();
    await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    const ubrns = bookable(desk).slice(0, 3);
    for (const ubrn of [...ubrns, ubrns[0] ?? '']) {
      await openReferral(desk, ubrn);
      await pass(desk, 1);
    }
    const { rows, isKept } = await read(desk, 'RECENTLY_USED');
    expect(rows.map(({ ubrn }) => ubrn)).toEqual([ubrns[0], ubrns[2], ubrns[1]]);
    expect(rows[0]).toMatchObject({
      nhsNumber: desk.service.world.referral(ubrns[0] ?? '').nhsNumber,
      reason: 'opened',
      due: null,
    });
    expect(isKept).toBe(true);
  });

  it('holds no more than twenty, and tells nobody of those that went', async () => {
    const { desk } = await open();
    const { rows } = await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    const ubrns = rows.slice(0, 25).map(({ ubrn }) => ubrn);
    expect(ubrns).toHaveLength(25);
    let opened = 0;
    for (const ubrn of ubrns) {
      const answer = await desk.ask('referral/open', { ubrn, secondIdentifier: null });
      if (answer.ok) opened += 1;
      await pass(desk, 1);
    }
    expect(opened).toBeGreaterThan(20);
    const list = await read(desk, 'RECENTLY_USED');
    expect(list.rows).toHaveLength(20);
    expect(list.dropped).toBe(0);
  });

  it('is not for a patient whose record is restricted (hazard 15)', async () => {
    const { desk } = await open();
    const [ubrn = ''] = desk.service.world.findScene('s-flag');
    await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    await desk.ask('referral/open', { ubrn, secondIdentifier: null });
    await pass(desk, 1);
    expect(await ubrnsOn(desk, 'RECENTLY_USED')).toEqual([]);
  });

  it('forgets after thirty days', async () => {
    const { desk } = await open();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    await pass(desk, 1);
    desk.clock.setWallClock(desk.clock.nowMs() + 31 * 86_400_000);
    expect(await ubrnsOn(desk, 'RECENTLY_USED')).toEqual([]);
  });
});

describe('Watch', () => {
  it('takes what was listed or opened in this sitting, and nothing else (hazard 1)', async () => {
    const { desk } = await open();
    const [ubrn = '', second = ''] = bookable(desk);
    const watch = (ubrns: string[]) => desk.ask('lists/set-watched', { ubrns, isWatched: true });
    expect(await watch([ubrn])).toMatchObject({ ok: false, problem: { code: 'referral-not-listed' } });
    await openReferral(desk, ubrn);
    expect(await watch([ubrn])).toEqual({ ok: true, value: { watched: 1 } });
    expect(await watch([ubrn, second])).toMatchObject({ ok: false });
    await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    expect(await watch([ubrn, second])).toEqual({ ok: true, value: { watched: 2 } });
    const { rows } = await read(desk, 'WATCH');
    expect(rows.map(({ reason }) => reason)).toEqual(['watched', 'watched']);
    const off = await desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: false });
    expect(off).toEqual({ watched: 1 });
    expect(await ubrnsOn(desk, 'WATCH')).toEqual([second]);
    expect(desk.pushes.filter(({ channel }) => channel === 'lists/changed').at(-1)?.payload).toEqual({
      list: 'WATCH',
      rows: 1,
    });
  });

  it('opens its referrals without a second identifier, once it was shown', async () => {
    const { desk, restart } = await open();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    await desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: true });
    await pass(desk, 1);
    const { desk: later } = await restart();
    await later.signIn();
    const openIt = () => later.ask('referral/open', { ubrn, secondIdentifier: null });
    expect(await openIt()).toMatchObject({ ok: false, problem: { kind: 'needs-second-identifier' } });
    await read(later, 'WATCH');
    expect(await openIt()).toMatchObject({ ok: true });
  });

  it('gets a deferral that is done, with its contact-by date, and so does the item (contract.md section 11)', async () => {
    const { desk } = await open();
    const { ubrn, intentId } = await defer(desk);
    const priority = desk.service.world.referral(ubrn).priority;
    expect(priority).toBe('ROUTINE');
    // 40 working days are eight weeks.
    const today = londonDate(desk.clock.nowMs());
    const expected = addDays(today, 56);
    const { rows } = await read(desk, 'WATCH');
    expect(rows).toEqual([
      expect.objectContaining({
        ubrn,
        reason: 'deferred',
        due: expected,
        priority: expect.objectContaining({ code: 'ROUTINE' }) as object,
      }),
    ]);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done', contactBy: expected });
    const pushed = desk.pushes.filter(({ channel }) => channel === 'outbox/item-changed').at(-1)?.payload;
    expect(pushed).toMatchObject({ intentId, contactBy: expected });
  });

  it('is not joined again by a deferral that the clerk took off', async () => {
    const { desk } = await open();
    const { ubrn } = await defer(desk);
    await desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: false });
    await desk.must('session/lock', {});
    await desk.must('session/unlock', {});
    await pass(desk, 2);
    expect(await ubrnsOn(desk, 'WATCH')).toEqual([]);
  });

  it('waits with the contact-by date while e-RS cannot be asked, and asks again', async () => {
    const { desk, network } = await open();
    const { ubrn } = await deferThenCut({ desk, network });
    expect((await read(desk, 'WATCH')).rows).toMatchObject([{ ubrn, due: null }]);
    network.isDown = false;
    await pass(desk, 180);
    expect((await read(desk, 'WATCH')).rows[0]?.due).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('has its date although the disk does not give the item back to be shown with it', async () => {
    const base = openSqliteStorage(':memory:');
    let isBroken = false;
    const storage: Storage = {
      ...base,
      all(sql, ...values) {
        if (isBroken && sql.includes('FROM intent WHERE id')) throw new StorageFault('io', 'broken');
        return base.all(sql, ...values);
      },
    };
    const { desk } = await open({ storage });
    desk.app.onPush((channel, payload) => {
      const { state } = payload as { state?: string };
      if (channel === 'outbox/item-changed' && state === 'done') isBroken = true;
    });
    await defer(desk);
    expect(isBroken).toBe(true);
    expect((await read(desk, 'WATCH')).rows[0]?.due).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(desk.logLines.join()).toContain('follow-up-failed');
  });

  it('has no date in 2021, where A004 has no days of contact', async () => {
    const { desk } = await open({ dialect: 'spine-session' });
    const { ubrn, intentId } = await defer(desk);
    expect((await read(desk, 'WATCH')).rows).toMatchObject([{ ubrn, due: null }]);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done', contactBy: null });
  });

  it('lets go of what is ninety days old', async () => {
    const { desk } = await open();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    await desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: true });
    desk.clock.setWallClock(desk.clock.nowMs() + 89 * 86_400_000);
    expect(await ubrnsOn(desk, 'WATCH')).toEqual([ubrn]);
    desk.clock.setWallClock(desk.clock.nowMs() + 2 * 86_400_000);
    expect(await ubrnsOn(desk, 'WATCH')).toEqual([]);
  });
});

/** Defers, and cuts the line as soon as the deferral is done. */
async function deferThenCut({ desk, network }: Pick<ClerkDesk, 'desk' | 'network'>) {
  const [ubrn = ''] = desk.service.world.findScene('no-slots');
  await openReferral(desk, ubrn);
  const serviceId = desk.service.world.referral(ubrn).shortlist[0] ?? '';
  await desk.must('slots/search', { ubrn, serviceId, priority: null, clinicianId: null });
  const { commit } = await reviewDeferral(desk, ubrn);
  desk.app.onPush((channel, payload) => {
    const { state } = payload as { state?: string };
    if (channel === 'outbox/item-changed' && state === 'done') network.isDown = true;
  });
  await desk.must('booking/commit-deferral', commit);
  await pass(desk, 5);
  return { ubrn };
}

describe('letters to print', () => {
  it('has a booking from its proof until its letter is printed', async () => {
    const { desk } = await open();
    const [ubrn = ''] = bookable(desk);
    await book(desk, ubrn);
    expect(await ubrnsOn(desk, 'LETTERS_TO_PRINT')).toEqual([]);
    await pass(desk, 5);
    expect((await read(desk, 'LETTERS_TO_PRINT')).rows).toMatchObject([{ ubrn, reason: 'booked' }]);
    await desk.must('referral/reread', { ubrn });
    await desk.must('letters/fetch', { ubrn });
    await pass(desk, 1);
    expect(await ubrnsOn(desk, 'LETTERS_TO_PRINT')).toEqual([ubrn]);
    await printLetter(desk, ubrn);
    expect(await ubrnsOn(desk, 'LETTERS_TO_PRINT')).toEqual([]);
  });

  it('does not get a booking again whose letter was printed', async () => {
    const { desk, restart } = await open();
    const [ubrn = ''] = bookable(desk);
    await book(desk, ubrn);
    await pass(desk, 5);
    await desk.must('referral/reread', { ubrn });
    await printLetter(desk, ubrn);
    const { desk: later } = await restart();
    await later.signIn();
    await pass(later, 2);
    expect(await ubrnsOn(later, 'LETTERS_TO_PRINT')).toEqual([]);
  });

  it('has a letter that was asked for until the request is taken back', async () => {
    const { desk } = await open();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    const { intentId } = await desk.must('outbox/request-letter', { ubrn });
    await pass(desk, 2);
    expect((await read(desk, 'LETTERS_TO_PRINT')).rows).toMatchObject([{ ubrn, reason: 'letter-asked' }]);
    await desk.must('outbox/withdraw', { intentId, reason: 'other' });
    await pass(desk, 2);
    expect(await ubrnsOn(desk, 'LETTERS_TO_PRINT')).toEqual([]);
  });
});

describe('due today', () => {
  it('has the contact-by dates of Watch once their day has come, and says so at midnight', async () => {
    const { desk } = await open();
    const { ubrn } = await defer(desk);
    const due = (await read(desk, 'WATCH')).rows[0]?.due ?? '';
    const isDue = async () => (await read(desk, 'DUE_TODAY')).rows.some((row) => row.ubrn === ubrn);
    expect(await isDue()).toBe(false);
    const days = 55;
    desk.clock.setWallClock(desk.clock.nowMs() + days * 86_400_000);
    expect(londonDate(desk.clock.nowMs()) < due).toBe(true);
    expect(await isDue()).toBe(false);
    desk.clock.setWallClock(desk.clock.nowMs() + 86_400_000);
    expect(await isDue()).toBe(true);
    expect((await read(desk, 'DUE_TODAY')).rows).toMatchObject([{ ubrn, reason: 'contact-by', due }]);
  });

  it('has letters due in the lists that were read', async () => {
    const { desk } = await open();
    const { rows } = await desk.must('worklist/fetch', { kind: 'LETTERS_OUTSTANDING' });
    const today = londonDate(desk.clock.nowMs());
    const expected = rows.filter(({ letterDue }) => letterDue !== null && letterDue <= today);
    const { rows: due } = await read(desk, 'DUE_TODAY');
    expect(
      due
        .filter(({ reason }) => reason === 'letter-due')
        .map(({ ubrn }) => ubrn)
        .sort(),
    ).toEqual(expected.map(({ ubrn }) => ubrn).sort());
  });

  it('has the tasks whose day has come', async () => {
    const { desk } = await open();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    const at = (hours: number) => toIso(desk.clock.nowMs() + hours * 3_600_000);
    await desk.must('tasks/add', { ubrn, note: 'Ring again', dueAt: at(1) });
    await desk.must('tasks/add', { ubrn, note: 'Ring next week', dueAt: at(24 * 7) });
    expect((await read(desk, 'DUE_TODAY')).rows).toMatchObject([
      { ubrn, reason: 'ring-back', context: 'Ring again' },
    ]);
  });
});

describe('saved filters', () => {
  const columns = [{ column: 'priority', text: 'urgent' }];
  it('are kept by name, replaced by name, and removed', async () => {
    const { desk, restart } = await open();
    const save = (name: string, text = 'urgent') =>
      desk.must('lists/save-filter', {
        list: 'AWAITING_BOOKING',
        name,
        columns: [{ column: 'priority', text }],
      });
    const first = await save(' Urgent ones ');
    expect(first.name).toBe('Urgent ones');
    const second = await save('Urgent ones', '2 week');
    expect(second.filterId).toBe(first.filterId);
    await save('Another');
    await pass(desk, 1);
    const { desk: later } = await restart();
    await later.signIn();
    const { filters } = await later.must('lists/read-filters', {});
    expect(filters.map(({ name, columns: [column] }) => [name, column?.text])).toEqual([
      ['Another', 'urgent'],
      ['Urgent ones', '2 week'],
    ]);
    await later.must('lists/remove-filter', { filterId: first.filterId });
    expect((await later.must('lists/read-filters', {})).filters).toHaveLength(1);
    expect(await later.ask('lists/remove-filter', { filterId: first.filterId })).toMatchObject({
      problem: { code: 'no-such-filter' },
    });
  });

  it('need a name and a column', async () => {
    const { desk } = await open();
    const list = 'AWAITING_BOOKING' as const;
    expect(await desk.ask('lists/save-filter', { list, name: '  ', columns })).toMatchObject({
      problem: { code: 'filter-name-missing' },
    });
    expect(await desk.ask('lists/save-filter', { list, name: 'x', columns: [] })).toMatchObject({
      problem: { code: 'filter-is-empty' },
    });
  });
});

describe('whose lists they are', () => {
  it('shows nothing to another person, nor to the same in another role, and all to the same after a restart', async () => {
    const { desk, card, restart } = await open();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    await desk.must('lists/set-watched', { ubrns: [ubrn], isWatched: true });
    await pass(desk, 1);
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    expect(await ubrnsOn(desk, 'WATCH')).toEqual([]);
    await desk.must('session/sign-out', {});
    expect(await desk.ask('lists/read', { list: 'WATCH' })).toMatchObject({
      problem: { kind: 'not-signed-in' },
    });
    card.userId = COLLEAGUE_ID;
    await desk.signIn();
    expect(await ubrnsOn(desk, 'WATCH')).toEqual([]);
    expect(await ubrnsOn(desk, 'RECENTLY_USED')).toEqual([]);
    const { desk: later } = await restart();
    await later.signIn();
    expect(await ubrnsOn(later, 'WATCH')).toEqual([ubrn]);
    expect(await ubrnsOn(later, 'RECENTLY_USED')).toEqual([ubrn]);
  });

  it('tells a locked desk nothing', async () => {
    const { desk } = await open();
    await desk.must('session/lock', {});
    for (const list of ['WATCH', 'DUE_TODAY'] as const)
      expect(await desk.ask('lists/read', { list })).toMatchObject({ problem: { kind: 'not-signed-in' } });
  });

  it('takes in after the unlock what was settled behind the lock', async () => {
    const { desk, network } = await open();
    const [ubrn = ''] = bookable(desk);
    const held = network.hold(isCallOf('/Appointment', 'POST'));
    const intentId = await book(desk, ubrn);
    await pass(desk, 2);
    expect(await item(desk, intentId)).toMatchObject({ state: 'sending' });
    await desk.must('session/lock', {});
    held.release();
    await pass(desk, 5);
    const before = desk.pushes.length;
    await desk.must('session/unlock', {});
    await pass(desk, 1);
    // Nothing of the item moves any more: it was settled meanwhile.
    expect(desk.pushes.slice(before).map(({ channel }) => channel)).not.toContain('outbox/item-changed');
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
    expect(await ubrnsOn(desk, 'LETTERS_TO_PRINT')).toEqual([ubrn]);
  });
});
