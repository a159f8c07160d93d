/**
 * A whole desk as a process, made to be killed: the real app on a real folder, over HTTP to a service in the parent.
 * It loads, says `ready`, and waits for a line on its standard input. Then it books, as fast as it can, the cases from
 * a number on, and tells what it was answered, a line each: `begun`, `saved`, `refused`, `moved`. With the number -1
 * it books nothing and ends when nothing is left to do. Arguments: folder, origin, cases file, clock start.
 */
import { readFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { createKeyFileSecrets } from '../../src-main/adapters/node/key-file-secrets.ts';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { createUndiciNetwork } from '../../src-main/adapters/node/undici-network.ts';
import type { TrainingService } from '../../src-main/training-service/create-training-service.ts';
import { openDesk, type TestDesk } from '../support/desk.ts';
import { createHurriedClock } from './hurried-clock.ts';
import type { Case } from './kill-service.ts';
import { databaseIn, keysIn } from './records.ts';

const [folder = '', origin = '', casesPath = '', clockStart = '0'] = process.argv.slice(2);

const tell = (...words: readonly (string | number)[]) => void writeSync(1, `${words.join(' ')}\n`);

function open(): Promise<TestDesk> {
  return openDesk({
    realClock: createHurriedClock(Number(clockStart)),
    storage: openSqliteStorage(databaseIn(folder)),
    secrets: createKeyFileSecrets(keysIn(folder)),
    network: createUndiciNetwork({}),
    origin,
    // The service is in the parent: that of this process would be asked nothing.
    service: {} as TrainingService,
  });
}

async function book(desk: TestDesk, one: Case, number: number): Promise<void> {
  const { ubrn, nhsNumber, serviceId, birth } = one;
  tell('begun', number);
  await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  const terms = { ubrn, serviceId, priority: null, clinicianId: null };
  const { searchId, firstPage } = await desk.must('slots/search', terms);
  // Bookings are under way while the next is made, so not every desk takes the first slot.
  const slotId = firstPage.slots[number % Math.max(1, firstPage.slots.length)]?.slotId ?? 'none';
  const { reviewId, identityQuestion } = await desk.must('booking/review-slot', { searchId, slotId });
  const digits =
    identityQuestion === 'birth-ddmm' ? birth.slice(8, 10) + birth.slice(5, 7) : nhsNumber.slice(-4);
  const answer = await desk.must('booking/commit', { reviewId, digits, alsoSlotIds: [] });
  if (answer.kind === 'started') tell('saved', answer.booking.intentId, ubrn);
}

/** A start takes the clerk's word back: the clerk gives it again, once a start, wherever the desk asks for it. */
async function confirmAll(desk: TestDesk, confirmed: Set<string>): Promise<number> {
  const { items } = await desk.must('outbox/read-items', {});
  const asked = items.filter(
    ({ intentId, may, state }) =>
      may.confirm && (state === 'expired' || state === 'needs-you') && !confirmed.has(intentId),
  );
  for (const { intentId } of asked) {
    confirmed.add(intentId);
    const answer = await desk.ask('outbox/confirm', { intentId });
    tell('confirmed', intentId, answer.ok ? 'yes' : answer.problem.code);
  }
  return asked.length;
}

/** Waits until every intent is settled, or waits for a clerk who has given the word. */
async function settle(desk: TestDesk): Promise<void> {
  const confirmed = new Set<string>();
  for (;;) {
    const asked = await confirmAll(desk, confirmed);
    const { open, needsClerk } = await desk.must('outbox/read-summary', {});
    if (open === needsClerk && asked === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function work(from: number): Promise<void> {
  const desk = await open();
  desk.app.onPush((channel, payload) => {
    if (channel !== 'booking/changed') return;
    const { intentId, updatedAt, state } = payload as { intentId: string; updatedAt: string; state: string };
    tell('moved', intentId, updatedAt, state);
  });
  await desk.signIn();
  tell('signed-in');
  if (from < 0) await settle(desk);
  const cases = from < 0 ? [] : (JSON.parse(readFileSync(casesPath, 'utf8')) as Case[]);
  const confirmed = new Set<string>();
  for (let number = from; number >= 0 && number < cases.length; number += 1) {
    const one = cases[number];
    if (one === undefined) break;
    await confirmAll(desk, confirmed);
    await book(desk, one, number).catch((error: unknown) => tell('refused', number, String(error)));
  }
  // Out of cases, it goes on with what is under way until it is killed.
  if (from >= 0) await new Promise(() => undefined);
  await desk.app.stop();
}

const lines = createInterface({ input: process.stdin });
// What is killed cannot do it at its end: the next one need not compile all this again.
flushCompileCache();
tell('ready');
const [line] = await new Promise<string[]>((resolve) => lines.once('line', (text) => resolve([text])));
await work(Number(line));
process.exit(0);
