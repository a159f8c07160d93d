import { describe, expect, it } from 'vitest';
import { StorageFault, type Storage } from '../../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { askNow, lastPushed, openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

/** A disk that fails while `fails` says so of a statement. */
function createFailingStorage() {
  const whole = openSqliteStorage(':memory:');
  const disk = { fails: (_sql: string) => false };
  const check = (sql: string) => {
    if (disk.fails(sql)) throw new StorageFault('disk-full', 'test');
  };
  const storage: Storage = {
    ...whole,
    run: (sql, ...values) => (check(sql), whole.run(sql, ...values)),
    all: (sql, ...values) => (check(sql), whole.all(sql, ...values)),
  };
  return { storage, disk };
}

const bookings = (desk: TestDesk) => desk.service.calls.count('A016');
const dropReply = (desk: TestDesk) =>
  desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-after' } });

describe('a disk that fails under a booking', () => {
  it('waits when the step before the sending cannot be kept, and books once it can', async () => {
    const { storage, disk } = createFailingStorage();
    const { desk } = await openHeldDesk({ storage });
    await desk.signIn();
    const { ubrn, commit } = await reviewSlot(desk);
    disk.fails = (sql) => sql.startsWith('UPDATE intent');
    await desk.must('booking/commit', commit);
    await pass(desk, 2);
    const told = await desk.must('booking/read-state', { ubrn });
    expect(told.booking).toMatchObject({ state: 'waiting', code: 'disk-fault' });
    expect(bookings(desk)).toBe(0);
    disk.fails = () => false;
    await pass(desk, 35);
    expect(lastPushed(desk)).toMatchObject({ state: 'booked' });
    expect(bookings(desk)).toBe(1);
  });

  it('says that the outcome is not known when the disk fails after the sending, and finds it later', async () => {
    const { storage, disk } = createFailingStorage();
    const { desk } = await openHeldDesk({ storage });
    await desk.signIn();
    const { commit } = await reviewSlot(desk);
    disk.fails = (sql) => bookings(desk) > 0 && sql.startsWith('UPDATE intent');
    await desk.must('booking/commit', commit);
    await pass(desk, 5);
    expect(lastPushed(desk)).toMatchObject({ state: 'unknown' });
    disk.fails = () => false;
    await pass(desk, 61);
    expect(lastPushed(desk)).toMatchObject({ state: 'booked' });
    expect(bookings(desk)).toBe(1);
  });

  it('answers that it is not saved when the disk cannot even be asked, and sends nothing', async () => {
    const { storage, disk } = createFailingStorage();
    const { desk } = await openHeldDesk({ storage });
    await desk.signIn();
    const { commit } = await reviewSlot(desk);
    disk.fails = (sql) => sql.startsWith('SELECT rowid');
    expect(await desk.ask('booking/commit', commit)).toMatchObject({
      ok: false,
      problem: { kind: 'writes-off', code: 'not-saved-disk-full' },
    });
    await pass(desk, 5);
    expect(bookings(desk)).toBe(0);
  });

  it('does not keep the clerk from choosing a role', async () => {
    const { storage, disk } = createFailingStorage();
    const { desk } = await openHeldDesk({ storage });
    disk.fails = (sql) => sql.startsWith('SELECT') && sql.includes('FROM intent');
    await desk.signIn();
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({
      canWrite: false,
      writesOffReason: 'disk-full',
    });
  });
});

describe('an outcome that is not known', () => {
  it('stays so as long as nothing answers, and is found when e-RS can be reached again', async () => {
    const { desk, network } = await openHeldDesk();
    await desk.signIn();
    const { commit } = await reviewSlot(desk);
    dropReply(desk);
    await desk.must('booking/commit', commit);
    await pass(desk, 2);
    network.isDown = true;
    await pass(desk, 400);
    expect(lastPushed(desk)).toMatchObject({ state: 'unknown' });
    network.isDown = false;
    await pass(desk, 62);
    expect(lastPushed(desk)).toMatchObject({ state: 'booked' });
    expect(bookings(desk)).toBe(1);
  });

  it('is not given up in a role that cannot read the referral', async () => {
    const { desk } = await openHeldDesk();
    await desk.signIn();
    const { ubrn, commit } = await reviewSlot(desk);
    dropReply(desk);
    await desk.must('booking/commit', commit);
    await pass(desk, 2);
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_ADMIN' });
    await pass(desk, 300);
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN_ADMIN' });
    await pass(desk, 2);
    const { booking } = await desk.must('booking/read-state', { ubrn });
    expect(booking).toMatchObject({ state: 'booked' });
  });

  it('is found although the window that would show it has gone', async () => {
    const { desk } = await openHeldDesk();
    await desk.signIn();
    const { ubrn, commit } = await reviewSlot(desk);
    desk.app.onPush(() => {
      throw new TypeError('Object has been destroyed');
    });
    await desk.must('booking/commit', commit);
    await pass(desk, 5);
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
  });
});

describe('the state of the last booking', () => {
  it('is that of the last one, also after the clock was set back', async () => {
    const { desk } = await openHeldDesk();
    await desk.signIn();
    const first = await reviewSlot(desk);
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'slot-taken' } });
    await desk.must('booking/commit', first.commit);
    await pass(desk, 5);
    expect(lastPushed(desk)).toMatchObject({ state: 'refused' });
    const second = await reviewSlot(desk, 3);
    desk.clock.setWallClock(desk.clock.nowMs() - 3_600_000);
    await desk.must('booking/commit', second.commit);
    await pass(desk, 5);
    expect((await desk.must('booking/read-state', { ubrn: second.ubrn })).booking?.state).toBe('booked');
  });

  it('never looks older than the one before it, whatever the clock does meanwhile', async () => {
    const { desk } = await openHeldDesk();
    await desk.signIn();
    const { commit } = await reviewSlot(desk);
    await desk.must('booking/commit', commit);
    desk.clock.setWallClock(desk.clock.nowMs() - 3_600_000);
    await pass(desk, 5);
    const times = desk.pushes
      .filter((push) => push.channel === 'booking/changed')
      .map((push) => (push.payload as { updatedAt: string }).updatedAt);
    // A clock that jumps ends the clerk's word: nothing is sent without a fresh one.
    expect(lastPushed(desk)).toMatchObject({ state: 'expired' });
    expect(times).toEqual([...times].sort());
  });

  it('is not told as booked by a later start of the app: there e-RS says what is booked', async () => {
    const [storage, secrets] = [openSqliteStorage(':memory:'), createMemorySecrets()];
    const { desk } = await openHeldDesk({ storage, secrets });
    await desk.signIn();
    const { ubrn, commit } = await reviewSlot(desk);
    await desk.must('booking/commit', commit);
    await pass(desk, 5);
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
    const later = await openDesk({ storage, secrets, service: desk.service, clock: desk.clock });
    await later.signIn();
    expect(await later.must('booking/read-state', { ubrn })).toEqual({ booking: null });
  });
});

describe('a review that is open', () => {
  it('cannot be committed when the referral has since been read as not bookable', async () => {
    const { desk } = await openHeldDesk();
    await desk.signIn();
    const { ubrn, commit } = await reviewSlot(desk);
    desk.service.faults.add({ on: { id: 'PDS' }, do: { kind: 'status', status: 403 } });
    expect(await desk.must('referral/reread', { ubrn })).toMatchObject({ canBook: 'patient-sensitive' });
    expect(await desk.ask('booking/commit', commit)).toMatchObject({
      ok: false,
      problem: { kind: 'rejected', code: 'patient-sensitive' },
    });
    expect(await askNow(desk, 'booking/commit', commit)).toMatchObject({
      problem: { code: 'review-closed' },
    });
  });
});
