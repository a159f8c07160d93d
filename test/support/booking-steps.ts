/** The steps to a booking, as clerks and faults take them in the tests of main. */
import type { BookingState } from '../../src-main/contract/channels/booking.ts';
import { createInProcessNetwork } from '../../src-main/adapters/training/in-process-network.ts';
import { createTrainingService } from '../../src-main/training-service/create-training-service.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from './desk.ts';
import { createHeldNetwork } from './held-network.ts';
import { createManualClock } from './manual-clock.ts';

/** A desk over a network whose replies can be kept back. */
export async function openHeldDesk(options: TestDeskOptions = {}) {
  const clock = createManualClock();
  const service = createTrainingService({ seed: 5, clock, pasDelayMs: 0 });
  const network = createHeldNetwork(createInProcessNetwork(service, clock));
  return { desk: await openDesk({ ...options, clock, service, network }), network };
}

/** Opens a referral that can be booked, searches, and opens the review of slot number `index`. */
export async function reviewSlot(desk: TestDesk, index = 0) {
  const { world } = desk.service;
  const [ubrn = ''] = world.findScene('bookable');
  const { nhsNumber, shortlist } = world.referral(ubrn);
  const view = await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  const input = { ubrn, serviceId: shortlist[0] ?? '', priority: null, clinicianId: null };
  const { searchId, firstPage } = await desk.must('slots/search', input);
  const slotId = firstPage.slots[index]?.slotId ?? '';
  const panel = await desk.must('booking/review-slot', { searchId, slotId });
  const birth = world.findPatient(nhsNumber)?.birthDate ?? '';
  const digits =
    panel.identityQuestion === 'birth-ddmm' ? birth.slice(8, 10) + birth.slice(5, 7) : nhsNumber.slice(-4);
  return { ubrn, nhsNumber, view, commit: { reviewId: panel.reviewId, digits, alsoSlotIds: [] } };
}

export async function pass(desk: TestDesk, seconds: number) {
  for (let second = 0; second < seconds; second += 1) await desk.clock.advance(1000);
}

export const lastPushed = (desk: TestDesk) =>
  desk.pushes.findLast((push) => push.channel === 'booking/changed')?.payload as BookingState | undefined;

/** Asks without waiting for the answer. */
export const askNow = (desk: TestDesk, channel: string, input: unknown) =>
  desk.app.handle(channel, input, { isTrusted: true, place: 'test' });
