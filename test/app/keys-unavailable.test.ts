/** Reading goes on and nothing is written when the desk has no key to seal with (devices.md section 5). */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import type { Secrets, Storage } from '../../src-main/app/ports.ts';
import { fail } from '../../src-main/contract/outcome.ts';
import { createTrainingService } from '../../src-main/training-service/create-training-service.ts';
import { pass, reviewSlot } from '../support/booking-steps.ts';
import { openDesk, type TestDesk } from '../support/desk.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createMemorySecrets } from '../support/memory-secrets.ts';

const off = async () => fail('writes-off', 'no-keyring');
const noKeyring: Secrets = { read: off, write: off, remove: off };

/** Reads what a clerk reads before booking; with the search that a review would come from. */
async function readOn(desk: TestDesk) {
  await desk.signIn();
  const { world } = desk.service;
  const [ubrn = ''] = world.findScene('bookable');
  const { nhsNumber, shortlist } = world.referral(ubrn);
  const list = await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
  expect(list.rows.length).toBeGreaterThan(0);
  const view = await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  expect(view.nhsNumber).toBe(nhsNumber);
  const serviceId = shortlist[0] ?? '';
  const input = { ubrn, serviceId, priority: null, clinicianId: null };
  const { searchId, firstPage } = await desk.must('slots/search', input);
  expect(firstPage.slots.length).toBeGreaterThan(0);
  return { ubrn, serviceId, searchId, slotId: firstPage.slots[0]?.slotId ?? '' };
}

/** Everything that would write is refused with this code, and says so before it is tried. */
async function expectWritesOff(desk: TestDesk, code: string): Promise<void> {
  const { searchId, slotId } = await readOn(desk);
  const refused = { ok: false, problem: { kind: 'writes-off', code } };
  const [reviewId, digits] = [randomUUID(), '0101'];
  expect(await desk.ask('booking/review-slot', { searchId, slotId })).toMatchObject(refused);
  expect(await desk.ask('booking/commit', { reviewId, digits, alsoSlotIds: [] })).toMatchObject(refused);
  expect(await desk.ask('booking/commit-deferral', { reviewId, digits, comment: '' })).toMatchObject(refused);
  const summary = { canWrite: false, writesOffReason: code };
  expect(await desk.must('outbox/read-summary', {})).toMatchObject(summary);
  expect(desk.pushes.find(({ channel }) => channel === 'outbox/changed')?.payload).toMatchObject(summary);
  expect(desk.service.calls.count('A016')).toBe(0);
}

const rowsOf = (storage: Storage) =>
  ['intent', 'audit'].map((table) => storage.all(`SELECT * FROM ${table} ORDER BY rowid`));

it('a desk without a keyring reads, writes nothing down, and says why', async () => {
  const storage = openSqliteStorage(':memory:');
  const desk = await openDesk({ secrets: noKeyring, storage });
  await expectWritesOff(desk, 'no-keyring');
  expect(rowsOf(storage)).toEqual([[], []]);
});

describe('a desk whose key is missing', () => {
  it('keeps what is sealed byte for byte, makes no new key, and opens all of it when the key is back', async () => {
    const [clock, storage, secrets] = [
      createManualClock(),
      openSqliteStorage(':memory:'),
      createMemorySecrets(),
    ];
    const service = createTrainingService({ seed: 5, clock, pasDelayMs: 0 });
    const first = await openDesk({ clock, storage, secrets, service });
    await first.signIn();
    const { ubrn, commit } = await reviewSlot(first);
    service.faults.add({ on: { id: 'A005' }, do: { kind: 'delay', ms: 25_000 } });
    await first.must('booking/commit', { ...commit, alsoSlotIds: [] });
    const sealed = rowsOf(storage);
    expect(sealed.map((rows) => rows.length > 0)).toEqual([true, true]);

    // The keyring was emptied while the desk was down; what stayed on disk is all that there is.
    const emptied = createMemorySecrets();
    const other = createTrainingService({ seed: 5, clock: createManualClock(), pasDelayMs: 0 });
    const without = await openDesk({ clock: createManualClock(), storage, secrets: emptied, service: other });
    await expectWritesOff(without, 'key-missing');
    await pass(without, 60);
    expect(rowsOf(storage)).toEqual(sealed);
    expect(await emptied.read('record-key-ring')).toEqual({ ok: true, value: null });

    const again = await openDesk({ clock: createManualClock(), storage, secrets, service });
    await again.signIn();
    const { booking } = await again.must('booking/read-state', { ubrn });
    expect(booking?.ubrn).toBe(ubrn);
  });
});
