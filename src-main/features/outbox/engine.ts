/**
 * Runs the intents: gives each its turn, makes every step durable before it acts, and carries out what the protocol
 * commands. It decides nothing about an intent itself: that is `protocol/machine.ts`.
 */
import type { Clock } from '../../app/ports.ts';
import type { Answer } from './protocol/answer.ts';
import type { Finding, Truth } from './protocol/findings.ts';
import { createLineUp, type LineUp, type Run } from './line-up.ts';
import { assertStep } from './protocol/invariants.ts';
import { CALLING_STATES } from './protocol/intent-states.ts';
import {
  advance,
  endWord,
  revive,
  type Context,
  type IntentEvent,
  type Standing,
  type Step,
} from './protocol/machine.ts';
import { createSleepWatch } from './sleep-watch.ts';

/** After a fault of the disk the row is read again at this distance. */
const RETRY_AFTER_FAULT_MS = 30_000;

/** What the engine must know of an intent; everything else is the actions'. */
export interface Entry {
  readonly intentId: string;
  /** The order of writing: older first. */
  readonly order: number;
  /** The same for all intents of one referral. */
  readonly line: string;
  /** The same for all intents at one service; empty for none. */
  readonly service: string;
  /** Whose it is: user, organisation, role and on behalf of, as one key. */
  readonly owner: string;
  readonly isUrgent: boolean;
  readonly standing: Standing;
  /** A fault of the disk keeps it where the disk last had it; it is taken up again by itself. */
  readonly isStalled: boolean;
}

export interface StepRecord {
  readonly step: Step;
  /** Set on a send. */
  readonly correlationId?: string;
}

export interface EnginePorts {
  readonly clock: Clock;
  /** Makes the step durable, or throws: then it has not happened. */
  readonly record: (intentId: string, record: StepRecord) => void;
  /** The row as it is on disk, or null when there is none to go on with. */
  readonly reload: (intentId: string) => Parameters<typeof revive>[0] | null;
  /** The reads and the write; each calls back once. */
  readonly check: (entry: Entry, done: (finding: Finding) => void) => void;
  readonly send: (entry: Entry, correlationId: string, done: (answer: Answer) => void) => void;
  readonly readBack: (entry: Entry, done: (truth: Truth) => void) => void;
  readonly mayAct: (owner: string) => boolean;
  readonly mayRead: (owner: string) => boolean;
  readonly isOffline: () => boolean;
  readonly sitting: () => number;
  readonly newCorrelationId: () => string;
  /** A step is durable and shown; also called when a fault left the intent where it was. */
  readonly onMoved: (entry: Entry) => void;
  readonly onFault: (intentId: string, error: unknown) => void;
}

export interface Engine {
  /** Takes in an intent that is on disk. */
  readonly take: (entry: Omit<Entry, 'isStalled'>) => void;
  readonly entry: (intentId: string) => Entry | null;
  readonly entries: () => readonly Entry[];
  /** The earlier open intent of the same referral, or null. */
  readonly behind: (intentId: string) => string | null;
  /** The clerk's keys; false when the intent does not allow it now. */
  readonly tell: (intentId: string, event: IntentEvent) => boolean;
  /** Gives turns to whatever may go on: after a sign-in, an unlock, a connection that is back. */
  readonly pump: () => void;
  readonly connectionIsBack: () => void;
  /** No further step; calls under way come back to nobody, the disk says enough for the next start. */
  readonly stop: () => void;
}

/** Starts with nothing; the intents on disk are taken in one by one, oldest first. */
export function createEngine(ports: EnginePorts): Engine {
  const { clock } = ports;
  const lineUp = createLineUp();
  const hasSlept = createSleepWatch(clock);
  let isStopped = false;
  let isPumping = false;
  let mustPumpAgain = false;
  let cancelTimer = () => {};

  const contextOf = ({ owner }: Entry): Context => ({
    nowMs: clock.monotonicMs(),
    mayAct: ports.mayAct(owner),
    sitting: ports.sitting(),
  });

  function dispatch(run: Run, event: IntentEvent): boolean {
    if (isStopped || run.entry.isStalled) return false;
    // Before anything that came while it slept is heard: an answer, a key, a turn.
    if (hasSlept()) endWords(lineUp);
    const context = contextOf(run.entry);
    const step = advance(run.entry.standing, event, context);
    if (step === null) return false;
    const sent = step.command === 'send' ? { correlationId: ports.newCorrelationId() } : {};
    try {
      assertRun(lineUp, run, step, context);
      if (isDurableNews(run.entry.standing, step)) ports.record(run.entry.intentId, { step, ...sent });
    } catch (error) {
      stall(run, error);
      return false;
    }
    // A note on an intent that stays where it is: the call under way is still the one to hear.
    if (step.command !== 'none' || step.next.state !== run.entry.standing.state) run.serial += 1;
    lineUp.put(run, step.next);
    ports.onMoved(run.entry);
    perform(run, step, sent.correlationId ?? '');
    return true;
  }

  function perform(run: Run, { command }: Step, correlationId: string): void {
    const { entry, serial } = run;
    const hear = (event: IntentEvent) => {
      if (run.serial !== serial) return;
      dispatch(run, event);
      pump();
    };
    if (command === 'check') ports.check(entry, (finding) => hear({ kind: 'checked', finding }));
    if (command === 'send') ports.send(entry, correlationId, (answer) => hear({ kind: 'answered', answer }));
    if (command === 'read-back') ports.readBack(entry, (truth) => hear({ kind: 'read-back', truth }));
  }

  /** The step is not on disk: the intent rests, and what the disk says of it then is where it goes on. */
  function stall(run: Run, error: unknown): void {
    run.entry = { ...run.entry, isStalled: true };
    run.serial += 1;
    ports.onFault(run.entry.intentId, error);
    ports.onMoved(run.entry);
    clock.schedule(RETRY_AFTER_FAULT_MS, () => recover(run));
  }

  function recover(run: Run): void {
    if (isStopped) return;
    try {
      const durable = ports.reload(run.entry.intentId);
      run.entry = { ...run.entry, isStalled: false };
      // The clerk is the same and still there: their word and what this process knows of the intent hold. Where the
      // disk took the step all the same the word ends, as many steps end it.
      const { state, confirmedAtMs, isRevived } = run.entry.standing;
      if (durable === null) lineUp.drop(run);
      else {
        const word = durable.state === state ? confirmedAtMs : null;
        lineUp.put(run, { ...revive(durable, clock.monotonicMs()), confirmedAtMs: word, isRevived });
      }
      ports.onMoved(run.entry);
    } catch (error) {
      stall(run, error);
    }
    pump();
  }

  function pump(): void {
    if (isStopped) return;
    mustPumpAgain = isPumping;
    if (isPumping) return;
    isPumping = true;
    do {
      mustPumpAgain = false;
      lineUp.inOrder().forEach(giveTurn);
    } while (mustPumpAgain);
    isPumping = false;
    setTimer();
  }

  function giveTurn(run: Run): void {
    const { entry } = run;
    if (CALLING_STATES.includes(entry.standing.state) || entry.isStalled) return;
    // What may have taken effect is read back whoever is ahead of it by now.
    const ahead = entry.standing.state === 'UNKNOWN' ? null : lineUp.aheadOf(run);
    const noConnection = () => ports.mayAct(entry.owner) && dispatch(run, { kind: 'no-connection' });
    // It waits for a connection with the one ahead of it: what is confirmed after such a wait is asked for again.
    if (ahead?.entry.standing.code === 'no-connection') noConnection();
    if (ahead !== null || lineUp.othersBusy(run) > 0) return;
    if (ports.isOffline()) noConnection();
    else if (isDue(entry, ports) && lineUp.hasRoom(run)) dispatch(run, { kind: 'turn' });
  }

  /** One timer for the next planned step; what is due already waits for room, a person or a connection. */
  function setTimer(): void {
    cancelTimer();
    const nowMs = clock.monotonicMs();
    const nextMs = lineUp.nextDueMs(nowMs);
    cancelTimer = nextMs === Infinity ? () => {} : clock.schedule(nextMs - nowMs, pump);
  }

  return {
    take(entry) {
      // A sleep before it was asked for says nothing of the word that asks for it.
      if (hasSlept()) endWords(lineUp);
      lineUp.add({ ...entry, isStalled: false });
    },
    entry: (intentId) => lineUp.find(intentId)?.entry ?? null,
    entries: () => lineUp.inOrder().map(({ entry }) => entry),
    behind(intentId) {
      const run = lineUp.find(intentId);
      return (run === undefined ? null : lineUp.aheadOf(run))?.entry.intentId ?? null;
    },
    tell(intentId, event) {
      const run = lineUp.find(intentId);
      if (run === undefined) return false;
      const isFree = event.kind !== 'read-now' || lineUp.othersBusy(run) === 0;
      const isHeard = isFree && dispatch(run, event);
      pump();
      return isHeard;
    },
    pump,
    connectionIsBack() {
      const nowMs = clock.monotonicMs();
      for (const run of lineUp.all())
        if (run.entry.standing.code === 'no-connection')
          lineUp.put(run, { ...run.entry.standing, dueAtMs: nowMs });
      pump();
    },
    stop() {
      isStopped = true;
      cancelTimer();
    },
  };
}

function assertRun(lineUp: LineUp, run: Run, step: Step, { mayAct }: Context): void {
  assertStep({
    before: run.entry.standing,
    next: step.next,
    command: step.command,
    isHeadOfLine: lineUp.aheadOf(run) === null,
    otherBusy: lineUp.othersBusy(run),
    mayAct,
  });
}

/** A machine that slept has a clerk who may have gone: the word given before does not count (screens.md 14). */
function endWords(lineUp: LineUp): void {
  for (const run of lineUp.all()) lineUp.put(run, endWord(run.entry.standing));
}

/** True when an intent's time has come and its person is there: at work to send, at the desk to read back. */
function isDue({ standing, owner }: Entry, ports: EnginePorts): boolean {
  const { state, dueAtMs, heldInSitting } = standing;
  const isTime = dueAtMs === null ? heldInSitting !== ports.sitting() : ports.clock.monotonicMs() >= dueAtMs;
  if (state === 'UNKNOWN') return isTime && ports.mayRead(owner);
  if (!ports.mayAct(owner)) return false;
  if (state === 'QUEUED') return true;
  return (state === 'WAITING' || state === 'HELD') && isTime;
}

/** True when the step changes what the disk must know. */
function isDurableNews(before: Standing, { next, result }: Step): boolean {
  return (
    before.state !== next.state ||
    before.code !== next.code ||
    before.attempt !== next.attempt ||
    before.choice !== next.choice ||
    result !== undefined
  );
}
