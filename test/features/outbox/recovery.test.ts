import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src-main/app/ports.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../../../src-main/adapters/training/training-session-provider.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { StorageFault, type Storage } from '../../../src-main/app/ports.ts';
import { fail } from '../../../src-main/contract/outcome.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

const ORIGIN = 'https://training.bookingdesk.invalid';

/** A network that goes dead for ever at the booking: before it reaches the service, or after it had its effect. */
function createDyingNetwork(network: Network, when: 'before' | 'after'): Network {
  return {
    ...network,
    async send(request) {
      const isBooking = request.method === 'POST' && request.path.endsWith('/Appointment');
      if (isBooking && when === 'after') await network.send(request);
      return isBooking ? new Promise(() => undefined) : network.send(request);
    },
  };
}

async function reviewFirst(desk: TestDesk) {
  const { world } = desk.service;
  const [ubrn = ''] = world.findScene('bookable');
  const { nhsNumber, shortlist } = world.referral(ubrn);
  await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  const input = { ubrn, serviceId: shortlist[0] ?? '', priority: null, clinicianId: null };
  const { searchId, firstPage } = await desk.must('slots/search', input);
  const panel = await desk.must('booking/review-slot', {
    searchId,
    slotId: firstPage.slots[0]?.slotId ?? '',
  });
  const birth = world.findPatient(nhsNumber)?.birthDate ?? '';
  return {
    ubrn,
    nhsNumber,
    commit: {
      reviewId: panel.reviewId,
      digits: birth.slice(8, 10) + birth.slice(5, 7),
      alsoSlotIds: [],
    },
  };
}

async function pass(desk: TestDesk, seconds: number) {
  for (let second = 0; second < seconds; second += 1) await desk.clock.advance(1000);
}

describe('a crash while a booking is in flight', () => {
  it.each(['before', 'after'] as const)('is found and told truly (it died %s the effect)', async (when) => {
    const [clock, storage, secrets] = [
      createManualClock(),
      openSqliteStorage(':memory:'),
      createMemorySecrets(),
    ];
    const service = createTrainingService({ seed: 3, clock, pasDelayMs: 0 });
    const whole = createInProcessNetwork(service, clock);
    const provider = createTrainingSessionProvider({
      network: whole,
      baseUrl: ORIGIN,
      dialect: 'api-platform',
    });
    const shared = { clock, storage, secrets, service, provider };
    const first = await openDesk({ ...shared, network: createDyingNetwork(whole, when) });
    await first.signIn();
    const { ubrn, commit } = await reviewFirst(first);
    await first.must('booking/commit', commit);
    await pass(first, 2);

    // The process is gone; its database is all that is left. The same person signs in again.
    const second = await openDesk({ ...shared, network: createInProcessNetwork(service, clock) });
    await second.signIn();
    await pass(second, 1);
    const early = await second.must('booking/read-state', { ubrn });
    expect(early.booking?.state).toBe(when === 'after' ? 'booked' : 'unknown');
    await pass(second, 210);
    const late = await second.must('booking/read-state', { ubrn });
    expect(late.booking?.state).toBe(when === 'after' ? 'booked' : 'needs-clerk');
    expect(service.world.appointmentOf(ubrn)?.status === 'booked').toBe(when === 'after');
    expect(service.calls.count('A016')).toBe(when === 'after' ? 1 : 0);
  });

  it('does not show one person what another was doing', async () => {
    const [clock, storage, secrets] = [
      createManualClock(),
      openSqliteStorage(':memory:'),
      createMemorySecrets(),
    ];
    const service = createTrainingService({ seed: 3, clock, pasDelayMs: 0 });
    const network = createDyingNetwork(createInProcessNetwork(service, clock), 'before');
    const desk = await openDesk({ clock, storage, secrets, service, network });
    await desk.signIn();
    const { ubrn, nhsNumber, commit } = await reviewFirst(desk);
    await desk.must('booking/commit', commit);
    await pass(desk, 1);
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
    expect(await desk.must('booking/read-state', { ubrn })).toEqual({ booking: null });
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({ open: 0 });
  });

  it('sends what had not been sent only on a fresh word of the clerk', async () => {
    const [clock, storage, secrets] = [
      createManualClock(),
      openSqliteStorage(':memory:'),
      createMemorySecrets(),
    ];
    const service = createTrainingService({ seed: 3, clock, pasDelayMs: 0 });
    const desk = await openDesk({ clock, storage, secrets, service });
    await desk.signIn();
    const { ubrn, commit } = await reviewFirst(desk);
    service.faults.add({ on: { id: 'A005' }, do: { kind: 'delay', ms: 25_000 } });
    await desk.must('booking/commit', commit);
    await pass(desk, 2);
    const again = await openDesk({ clock: createManualClock(), storage, secrets, service });
    await again.signIn();
    await pass(again, 30);
    const { booking } = await again.must('booking/read-state', { ubrn });
    expect(booking).toMatchObject({ state: 'expired', code: 'expired' });
    expect(service.calls.count('A016')).toBe(0);
    await again.must('outbox/confirm', { intentId: booking?.intentId ?? '' });
    await pass(again, 5);
    expect(await again.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
    expect(service.calls.count('A016')).toBe(1);
  });
});

describe('when nothing can be written down', () => {
  it('reads on, and books nothing, without a keyring', async () => {
    const secrets = { ...createMemorySecrets(), read: async () => fail('writes-off', 'no-keyring') };
    const desk = await openDesk({ secrets });
    await desk.signIn();
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({
      canWrite: false,
      writesOffReason: 'no-keyring',
    });
    await expect(reviewFirst(desk)).rejects.toThrow('writes-off');
    expect(desk.service.calls.count('A015')).toBe(1);
  });

  it('says that it is not saved, and sends nothing, on a full disk', async () => {
    const whole = openSqliteStorage(':memory:');
    let isFull = false;
    const storage: Storage = {
      ...whole,
      run(sql, ...values) {
        if (isFull && sql.startsWith('INSERT')) throw new StorageFault('disk-full', 'test');
        whole.run(sql, ...values);
      },
    };
    const desk = await openDesk({ storage });
    await desk.signIn();
    const { commit } = await reviewFirst(desk);
    isFull = true;
    const answer = await desk.ask('booking/commit', commit);
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'writes-off', code: 'not-saved-disk-full' } });
    await pass(desk, 5);
    expect(desk.service.calls.count('A016')).toBe(0);
  });
});
