/**
 * Fetches letters of the training service through the whole of main, in batches of shuffled order: each once as it
 * should be, each once with a fault in it, and counts what the check made of them.
 */
import { createPdfReader } from '../../../src-main/adapters/node/pdf-reader.ts';
import type { Clock } from '../../../src-main/app/ports.ts';
import type { Letter } from '../../../src-main/contract/channels/letters.ts';
import { fromLondon } from '../../../src-main/contract/london-time.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import type { FaultEffect } from '../../../src-main/training-service/faults.ts';
import { LETTER_FAULTS, type LetterFault } from '../../../src-main/training-service/letters/letter-faults.ts';
import { createRandom, type Random } from '../../../src-main/training-service/random.ts';
import type { Referral } from '../../../src-main/training-service/world/model.ts';
import type { World } from '../../../src-main/training-service/world/create-world.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const FILE_FAULTS = ['cut-file', 'not-a-pdf'] as const;
type Fault = LetterFault | (typeof FILE_FAULTS)[number];

/** An hour before the change, in it, and after it; in October 01:30 comes twice. */
const AT_CLOCK_CHANGES = [
  '2026-10-25T00:30:00Z',
  '2026-10-25T01:30:00Z',
  '2026-10-25T02:30:00Z',
  '2027-03-28T00:30:00Z',
  '2027-03-28T01:30:00Z',
  '2027-03-28T02:30:00Z',
].map((instant) => Date.parse(instant));

/** Before both changes. */
const START_MS = fromLondon('2026-10-19', 9, 0);
const BATCH = 20;
const HOUR_MS = 3_600_000;
/** The gate of calls, and all else that waits, a hundred times as fast. */
const HASTE = 100;

const BOOKED_ONLY: readonly Fault[] = ['one-hour-late', 'one-hour-early', 'other-day', 'old-request'];

export interface LettersRun {
  readonly good: number;
  /** Good letters that would not have been printed without more, with what was said of each. */
  readonly falseBlocks: readonly string[];
  readonly faulty: number;
  /** By fault: of how many how many were caught. */
  readonly byFault: Readonly<Record<string, { readonly of: number; readonly caught: number }>>;
  /** Faults that would have been printed. */
  readonly missed: readonly string[];
  /** Letters of which the appointment is next to a change of the clocks. */
  readonly atClockChanges: number;
}

export async function runLetters(letters: number, seed: number): Promise<LettersRun> {
  const clock = createManualClock(START_MS);
  const service = createTrainingService({ seed, clock, pasDelayMs: 0, size: 2 * letters + 250 });
  const pdfReader = createPdfReader({ log: { write: () => undefined } });
  const desk = await openDesk({ service, clock, realClock: createFastClock(), pdfReader });
  try {
    const random = createRandom(seed);
    const chosen = choose(service.world, random, letters);
    await desk.signIn();
    const tally = createTally();
    for (let from = 0; from < chosen.length; from += BATCH)
      for (const letter of shuffle(
        chosen.slice(from, from + BATCH).map((one, at) => ({ one, at: from + at })),
        random,
      ))
        await tryLetter(desk, letter.one, faultFor(service.world, letter.one, letter.at), tally);
    return tally.result();
  } finally {
    await desk.app.stop();
  }
}

type Tally = ReturnType<typeof createTally>;

function createTally() {
  const byFault: Record<string, { of: number; caught: number }> = {};
  const run = { good: 0, falseBlocks: [] as string[], faulty: 0, missed: [] as string[], atClockChanges: 0 };
  return {
    run,
    note(fault: Fault, isCaught: boolean) {
      const row = (byFault[fault] ??= { of: 0, caught: 0 });
      row.of += 1;
      row.caught += isCaught ? 1 : 0;
      run.faulty += 1;
    },
    result: (): LettersRun => ({ ...run, byFault }),
  };
}

async function tryLetter(
  desk: TestDesk,
  { ubrn, nhsNumber, appointment }: Referral,
  fault: Fault,
  tally: Tally,
) {
  await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  const good = await desk.ask('letters/fetch', { ubrn });
  tally.run.good += 1;
  if (appointment?.startMs != null && AT_CLOCK_CHANGES.includes(appointment.startMs))
    tally.run.atClockChanges += 1;
  if (!good.ok || good.value.verdict !== 'matches') tally.run.falseBlocks.push(`${ubrn}: ${say(good)}`);
  const heal = desk.service.faults.add({ on: { id: 'A019', ubrn }, do: effectOf(fault) });
  const spoilt = await desk.ask('letters/fetch', { ubrn });
  heal();
  const isCaught = isCaughtBy(spoilt, fault);
  tally.note(fault, isCaught);
  if (!isCaught) tally.run.missed.push(`${fault} ${ubrn}: ${say(spoilt)}`);
  await desk.must('referral/close', { ubrn });
}

/** A letter in a layout that nobody has seen needs the clerk's word; every other fault stops it for good. */
function isCaughtBy(answer: Outcome<Letter>, fault: Fault): boolean {
  if (FILE_FAULTS.some((name) => name === fault)) return !answer.ok && answer.problem.kind === 'bad-reply';
  return answer.ok && answer.value.verdict === (fault === 'another-layout' ? 'not-checked' : 'differs');
}

const say = (answer: Outcome<Letter>) =>
  answer.ok
    ? `${answer.value.verdict} ${JSON.stringify(answer.value.checks.filter(({ result }) => result !== 'same'))}`
    : `${answer.problem.kind} ${answer.problem.code}`;

const effectOf = (fault: Fault): FaultEffect =>
  fault === 'cut-file' || fault === 'not-a-pdf' ? { kind: fault } : { kind: 'letter', fault };

/** Of a patient whom PDS does not know, name and address cannot be compared. */
const PDS_ONLY: readonly Fault[] = ['wrong-name', 'wrong-address'];

function faultFor(world: World, { state, nhsNumber }: Referral, at: number): Fault {
  const isUnknown = world.findPatient(nhsNumber)?.record === 'missing';
  const faults = [...LETTER_FAULTS, ...FILE_FAULTS]
    .filter((fault) => (state === 'BOOKED' ? fault !== 'old-booking' : !BOOKED_ONLY.includes(fault)))
    .filter((fault) => !isUnknown || !PDS_ONLY.includes(fault));
  return faults[at % faults.length] ?? 'wrong-patient';
}

const LETTER_STATES = [
  'NOT_BOOKED',
  'DEFERRED_TO_PROVIDER',
  'BOOKED',
  'AWAITING_TRIAGE',
  'APPT_CANCELLED_BY_PATIENT',
];

/** Referrals that have a letter. Of the unbooked ones most are booked: by turns at any hour and at a clock change. */
function choose(world: World, random: Random, letters: number): Referral[] {
  const chosen = shuffle(
    world.listReferrals().filter((referral) => hasLetter(world, referral)),
    random,
  ).slice(0, letters);
  if (chosen.length < letters) throw new Error(`The world has only ${chosen.length} letters`);
  const slots = world.services.flatMap(({ id }) => world.freeSlots(id));
  chosen
    .filter(({ state }) => state === 'NOT_BOOKED')
    .forEach((referral, at) => {
      const slot = slots[(at * 7) % slots.length];
      if (at % 4 === 0 || slot === undefined || !world.slots.find(slot.id)) return;
      const startMs = at % 4 === 1 ? (AT_CLOCK_CHANGES[at % AT_CLOCK_CHANGES.length] ?? 0) : anyTime(random);
      world.book(referral, { ...slot, startMs, endMs: startMs + HOUR_MS / 2 });
    });
  return chosen;
}

/** From tomorrow to in a year, every five minutes of the day. */
const anyTime = (random: Random) => START_MS + 24 * HOUR_MS + random.int(365 * 24 * 12) * 300_000;

function hasLetter(world: World, { kind, state, accessCode, nhsNumber, ubrn }: Referral): boolean {
  const record = world.findPatient(nhsNumber)?.record;
  return (
    kind === 'referral' &&
    LETTER_STATES.includes(state) &&
    accessCode !== null &&
    (record === 'normal' || record === 'missing') &&
    !world.findScene('no-relationship').includes(ubrn)
  );
}

function shuffle<T>(list: readonly T[], random: Random): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(random.int(rest.length), 1)[0] as T);
}

function createFastClock(): Clock {
  const start = performance.now();
  const monotonicMs = () => (performance.now() - start) * HASTE;
  return {
    nowMs: () => START_MS + monotonicMs(),
    monotonicMs,
    schedule(delayMs, task) {
      const timer = setTimeout(task, delayMs / HASTE);
      return () => clearTimeout(timer);
    },
  };
}
