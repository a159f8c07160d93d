/** What a clerk does at a desk of the tests, for whichever referral of the training world. */
import type { SessionProvider } from '../../src-main/app/ports.ts';
import type { OutboxItem, OutboxSummary } from '../../src-main/contract/channels/outbox.ts';
import { createInProcessNetwork } from '../../src-main/adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../../src-main/adapters/training/training-session-provider.ts';
import { createTrainingService } from '../../src-main/training-service/create-training-service.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from './desk.ts';
import { createHeldNetwork, type HeldNetwork } from './held-network.ts';
import { createManualClock } from './manual-clock.ts';
import { createMemorySecrets } from './memory-secrets.ts';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';

export const ME = '555000000101';
export const COLLEAGUE_ID = '555000000102';

export interface ClerkDesk {
  readonly desk: TestDesk;
  readonly network: HeldNetwork;
  /** Whose card is in the reader at the next sign-in. */
  readonly card: { userId: string };
  /** The same desk, started again. */
  restart(): Promise<ClerkDesk>;
}

/** A desk over a network that can go down, at which several people can sign in. */
export async function openClerkDesk(options: TestDeskOptions = {}): Promise<ClerkDesk> {
  const dialect = options.dialect ?? 'api-platform';
  const clock = options.clock ?? createManualClock();
  const service = options.service ?? createTrainingService({ seed: options.seed ?? 5, clock, pasDelayMs: 0 });
  const parts = {
    clock,
    service,
    storage: options.storage ?? openSqliteStorage(':memory:'),
    secrets: options.secrets ?? createMemorySecrets(),
  };
  const network = createHeldNetwork(createInProcessNetwork(service, clock));
  const card = { userId: ME };
  let current: SessionProvider | null = null;
  const provider: SessionProvider = {
    obtain() {
      const signIn = { network, baseUrl: 'https://training.bookingdesk.invalid', dialect };
      current = createTrainingSessionProvider({ ...signIn, userId: card.userId });
      return current.obtain();
    },
    release: async () => current?.release(),
  };
  const desk = await openDesk({ ...options, ...parts, network, provider });
  return { desk, network, card, restart: () => openClerkDesk({ ...options, ...parts }) };
}

export async function pass(desk: TestDesk, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await desk.clock.advance(1_000);
}

/** Passes the time in longer steps, where nothing falls due that often. */
export async function passMinutes(desk: TestDesk, minutes: number): Promise<void> {
  for (let step = 0; step < minutes * 12; step += 1) await desk.clock.advance(5_000);
}

/** The UBRNs of the referrals that can be booked at the general clinic. */
export const bookable = (desk: TestDesk) => desk.service.world.findScene('bookable');

/** The digits that the patient would speak. */
export function digitsOf(desk: TestDesk, ubrn: string, question: 'birth-ddmm' | 'nhs-last-4'): string {
  const { nhsNumber } = desk.service.world.referral(ubrn);
  const birth = desk.service.world.findPatient(nhsNumber)?.birthDate ?? '';
  return question === 'birth-ddmm' ? birth.slice(8, 10) + birth.slice(5, 7) : nhsNumber.slice(-4);
}

export function openReferral(desk: TestDesk, ubrn: string) {
  const { nhsNumber } = desk.service.world.referral(ubrn);
  return desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
}

/** Opens a referral, searches its first service and opens the review of slot number `index`. */
export async function reviewBooking(desk: TestDesk, ubrn: string, index = 0) {
  await openReferral(desk, ubrn);
  const serviceId = desk.service.world.referral(ubrn).shortlist[0] ?? '';
  const search = await desk.must('slots/search', { ubrn, serviceId, priority: null, clinicianId: null });
  const slots = search.firstPage.slots.slice(index);
  const panel = await desk.must('booking/review-slot', {
    searchId: search.searchId,
    slotId: slots[0]?.slotId ?? '',
  });
  const digits = digitsOf(desk, ubrn, panel.identityQuestion);
  return { panel, slots, commit: { reviewId: panel.reviewId, digits, alsoSlotIds: [] as string[] } };
}

/** Books slot number `index`; gives the intent's id. */
export async function book(desk: TestDesk, ubrn: string, index = 0): Promise<string> {
  const { commit } = await reviewBooking(desk, ubrn, index);
  const answer = await desk.must('booking/commit', commit);
  if (answer.kind !== 'started') throw new Error('the digits were wrong');
  return answer.booking.intentId;
}

/** Opens the review of a deferral at the referral's first service. */
export async function reviewDeferral(desk: TestDesk, ubrn: string) {
  const serviceId = desk.service.world.referral(ubrn).shortlist[0] ?? '';
  const panel = await desk.must('booking/review-deferral', { ubrn, serviceId });
  const digits = digitsOf(desk, ubrn, panel.identityQuestion);
  return { panel, commit: { reviewId: panel.reviewId, digits, comment: 'No slots on offer' } };
}

export async function items(desk: TestDesk): Promise<OutboxItem[]> {
  return (await desk.must('outbox/read-items', {})).items;
}

/** The item as it is shown now; throws when it is not shown. */
export async function item(desk: TestDesk, intentId: string): Promise<OutboxItem> {
  const found = (await items(desk)).find((candidate) => candidate.intentId === intentId);
  if (found === undefined) throw new Error('the item is not shown');
  return found;
}

/** Every summary that was pushed. */
export const summaries = (desk: TestDesk) =>
  desk.pushes.flatMap(({ channel, payload }) =>
    channel === 'outbox/changed' ? [payload as OutboxSummary] : [],
  );
