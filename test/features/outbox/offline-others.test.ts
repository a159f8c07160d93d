/** Cancellations and letters that wait for a connection (screens.md sections 6, 7 and 14). */
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import {
  bookable,
  item,
  openClerkDesk,
  openReferral,
  pass,
  reviewBooking,
} from '../../support/clerk-steps.ts';
import { printLetter } from '../../support/letter-steps.ts';
import { mustBe, openOutboxBench, type OutboxBench } from '../../support/outbox-bench.ts';
import { cancelOf, laterOf } from '../../support/world-intents.ts';

/** Asks while the desk is offline, and has the connection come back a minute later. */
async function askOffline(bench: OutboxBench, intent: Intent) {
  bench.place.isOffline = true;
  const { intentId } = bench.ask(intent);
  await bench.pass(60);
  expect(bench.item(intentId)).toMatchObject({ state: 'waiting', code: 'no-connection' });
  bench.place.isOffline = false;
  bench.records.outbox.connectionIsBack();
  await bench.pass(5);
  return intentId;
}

describe.each([
  [
    'a cancellation with an action for later',
    'SERVICE_PROVIDER_CLINICIAN',
    'A022',
    'TRIAGED_PROVIDER_TO_ACTION',
    (bench: OutboxBench) => laterOf(bench.find('booked-for-review')),
  ],
  [
    'a cancellation of an appointment',
    'REFERRING_CLINICIAN_ADMIN',
    'A034',
    'APPT_CANCELLED_BY_PATIENT',
    (bench: OutboxBench) => cancelOf(bench.find('booked-cancellable')),
  ],
] as const)('%s that waited for a connection', (_what, businessFunction, call, state, intentFor) => {
  it('asks for one fresh Ctrl+Enter, however short the time: it ends a live appointment', async () => {
    const bench = await openOutboxBench({ businessFunction });
    const intent = intentFor(bench);
    const intentId = await askOffline(bench, intent);
    expect(bench.item(intentId)).toMatchObject({
      state: 'expired',
      code: 'confirm-needed',
      may: { confirm: true },
    });
    expect(bench.service.calls.count(call)).toBe(0);
    mustBe(bench.keys.confirm({ intentId }));
    await bench.pass(5);
    expect(bench.item(intentId)).toMatchObject({ state: 'done', attempt: 1 });
    expect(bench.world.referral(intent.ubrn).state).toBe(state);
  });

  it('goes out by itself where there was a connection all the time', async () => {
    const bench = await openOutboxBench({ businessFunction });
    const { intentId } = bench.ask(intentFor(bench));
    await bench.pass(5);
    expect(bench.item(intentId)).toMatchObject({ state: 'done' });
    expect(bench.service.calls.count(call)).toBe(1);
  });

  it('is not offered to be sent when the referral changed meanwhile', async () => {
    const bench = await openOutboxBench({ businessFunction });
    const intent = intentFor(bench);
    bench.place.isOffline = true;
    const { intentId } = bench.ask(intent);
    bench.world.cancelByProvider(intent.ubrn);
    bench.place.isOffline = false;
    bench.records.outbox.connectionIsBack();
    await bench.pass(5);
    expect(bench.item(intentId)).toMatchObject({ state: 'conflict', may: { confirm: false, redo: true } });
  });
});

describe('a letter', () => {
  async function requestOffline() {
    const clerk = await openClerkDesk();
    const { desk, network } = clerk;
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    await openReferral(desk, ubrn);
    network.isDown = true;
    const { intentId } = await desk.must('outbox/request-letter', { ubrn });
    await pass(desk, 3);
    return { ...clerk, ubrn, intentId };
  }

  it('is asked for while there is no connection, and is ready when it is back', async () => {
    const { desk, network, intentId } = await requestOffline();
    expect(await item(desk, intentId)).toMatchObject({ action: 'letter', state: 'waiting' });
    network.isDown = false;
    await pass(desk, 70);
    expect(await item(desk, intentId)).toMatchObject({ state: 'needs-you', code: 'letter-ready' });
    expect(desk.service.calls.count('A019')).toBe(0);
  });

  it('is done once it is printed, and cannot be sent by a key', async () => {
    const { desk, network, ubrn, intentId } = await requestOffline();
    network.isDown = false;
    await pass(desk, 70);
    expect(await desk.ask('outbox/confirm', { intentId })).toMatchObject({
      problem: { code: 'not-to-confirm' },
    });
    await desk.must('letters/fetch', { ubrn });
    expect(await item(desk, intentId)).toMatchObject({ state: 'needs-you' });
    await printLetter(desk, ubrn);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({ open: 0 });
  });

  it('is still to be printed where that was for another referral, or failed', async () => {
    const { desk, network, ubrn, intentId } = await requestOffline();
    network.isDown = false;
    await pass(desk, 70);
    const [, other = ''] = bookable(desk);
    await openReferral(desk, other);
    await printLetter(desk, other);
    desk.service.faults.add({ on: { id: 'A019' }, do: { kind: 'status', status: 503 } });
    expect((await desk.ask('letters/fetch', { ubrn })).ok).toBe(false);
    expect(await item(desk, intentId)).toMatchObject({ state: 'needs-you' });
  });

  it('that was asked for before a booking does not keep that from going out', async () => {
    const { desk, network, ubrn, intentId } = await requestOffline();
    network.isDown = false;
    await pass(desk, 70);
    const { commit } = await reviewBooking(desk, ubrn);
    await desk.must('booking/commit', commit);
    await pass(desk, 5);
    expect(await desk.must('booking/read-state', { ubrn })).toMatchObject({ booking: { state: 'booked' } });
    await printLetter(desk, ubrn);
    expect(await item(desk, intentId)).toMatchObject({ state: 'done' });
  });

  it('waits for the booking that was asked for before it (I11)', async () => {
    const { desk, network } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    const { commit } = await reviewBooking(desk, ubrn);
    network.isDown = true;
    const answer = await desk.must('booking/commit', commit);
    const letter = await desk.must('outbox/request-letter', { ubrn });
    await pass(desk, 3);
    const booking = answer.kind === 'started' ? answer.booking.intentId : '';
    expect(await item(desk, letter.intentId)).toMatchObject({ behind: booking });
    network.isDown = false;
    desk.service.faults.add({ on: { id: 'A016' }, do: { kind: 'drop-before' } });
    await pass(desk, 70);
    expect(await item(desk, booking)).toMatchObject({ state: 'unknown' });
    expect(await item(desk, letter.intentId)).toMatchObject({ behind: booking });
    expect((await item(desk, letter.intentId)).code).not.toBe('letter-ready');
    expect(await desk.ask('letters/fetch', { ubrn })).toMatchObject({
      problem: { code: 'booking-not-settled' },
    });
  });

  it('is refused for a referral that is not open, and to a role that may not read letters', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = bookable(desk);
    expect(await desk.ask('outbox/request-letter', { ubrn })).toMatchObject({
      problem: { kind: 'invalid-input', code: 'referral-not-open' },
    });
    const bench = await openOutboxBench({ businessFunction: 'SERVICE_PROVIDER_CLINICIAN' });
    bench.opened.set(ubrn, { referral: bench.find('booked') } as never);
    expect(bench.keys.requestLetter({ ubrn })).toMatchObject({
      problem: { kind: 'forbidden', code: 'role-cannot-read-letters' },
    });
  });
});
