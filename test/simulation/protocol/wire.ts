/** The way to the service and back: the gate, what the network does to a call, and when the answer comes. */
import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';
import { createPace, type Pace } from '../../../src-main/ers/transport/pace.ts';
import { createPause, type Pause } from '../../../src-main/ers/transport/pause.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { Clock } from '../../../src-main/app/ports.ts';
import { FAULT, READ_FAULTS, WIRE_FAULTS, type ReadFault, type WireFault } from '../plan.ts';
import type { AppInstance } from './app-instance.ts';
import {
  BAD_JSON,
  HTML,
  limited,
  LOST,
  NOT_SENT,
  refused,
  SESSION_ENDED,
  STATUS,
  WRONG_SHAPE,
} from './outcomes.ts';
import type { WriteReply } from './service.ts';
import type { SimIntent } from './sim-intent.ts';
import { answerToFault } from './wire-answers.ts';
import type { World } from './world.ts';

type WriteOutcome = ErsOutcome<WriteReply>;
type Done<T> = (outcome: ErsOutcome<T>) => void;

/** A write on its way: `pin` and `choice` are what its bytes say. */
export interface Write {
  readonly app: AppInstance;
  readonly sim: SimIntent;
  readonly pin: number;
  readonly choice: number;
  readonly attempt: number;
  readonly done: Done<WriteReply>;
}

const WITH_PROVIDER: readonly OutboxAction[] = [
  'book',
  'cancel-appointment',
  'cancel-referral',
  'reject-referral',
];

/** A write does not wait longer than this for its turn, as in the client. */
const LONGEST_WRITE_WAIT_MS = 10_000;
/** The gateway gives up, then the client (safety.md, fact 4). */
const GATEWAY_MS = 180_000;
const CLIENT_MS = 190_000;
const READ_TIMEOUT_MS = 30_000;

/** One gate for all calls of a process: the real pace and the real pause, without their promises. */
export class Gate {
  private readonly pace: Pace = createPace(1);
  private readonly pause: Pause;
  private nextTurnMs = -Infinity;
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
    this.pause = createPause(clock);
  }

  /** Milliseconds until this call's turn; the turn is taken. */
  takeTurn(): number {
    const nowMs = this.clock.monotonicMs();
    this.pause.endWhenDue();
    const turnMs = Math.max(nowMs, this.nextTurnMs, this.pause.endMs());
    this.nextTurnMs = this.pace.nextTurn(this.nextTurnMs, turnMs);
    return turnMs - nowMs;
  }

  isPaused(): boolean {
    this.pause.endWhenDue();
    return this.pause.isOn();
  }

  /** Gives the wait that the caller is told. */
  limit(retryAfterMs: number | null): number {
    const { leftMs, isNew } = this.pause.begin(retryAfterMs);
    if (isNew) this.pace.slowDown();
    return leftMs;
  }

  reply(): void {
    this.pause.forgetBackoff();
    if (!this.pause.isOn()) this.pace.speedUp();
  }
}

export class Wire {
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** A read: `sample` says what the service holds at the moment at which it looks. */
  read<T>(
    app: AppInstance,
    sim: SimIntent,
    sample: () => ErsOutcome<T>,
    stale: (() => ErsOutcome<T>) | null,
    done: Done<T>,
  ): void {
    this.atTurn(app, () => this.readNow(app, sim, sample, stale, done));
  }

  /** Waits for the gate; a pause that began meanwhile makes it wait again. */
  private atTurn(app: AppInstance, go: () => void): void {
    const waitMs = app.gate.takeTurn();
    if (waitMs <= 0) return go();
    app.clock.schedule(waitMs, () => (app.gate.isPaused() ? this.atTurn(app, go) : go()));
  }

  private readNow<T>(
    app: AppInstance,
    sim: SimIntent,
    sample: () => ErsOutcome<T>,
    stale: (() => ErsOutcome<T>) | null,
    done: Done<T>,
  ): void {
    const { world } = this;
    const { random } = world;
    world.checker.onRequest(app);
    const tripMs = 15 + random.below(400);
    const blocked = this.blockade(app, true);
    if (blocked !== null) return this.answer(app, sim, tripMs, blocked, done);
    const fault = world.isCalm ? null : this.drawRead();
    if (fault === null) {
      world.time.inWorld(tripMs, () => app.deliver(sim, sample(), done));
      return;
    }
    world.tally.fault(FAULT[fault]);
    switch (fault) {
      case 'read-slow': {
        // It looks early and answers late: what it says may be out of date.
        world.time.inWorld(tripMs, () => {
          const seen = sample();
          this.answer(app, sim, 1_000 + random.below(28_000), seen, done);
        });
        return;
      }
      case 'read-old-copy':
        world.time.inWorld(tripMs, () => app.deliver(sim, (stale ?? sample)(), done));
        return;
      case 'read-dropped':
        return this.answer(app, sim, random.chance(0.5) ? tripMs : READ_TIMEOUT_MS, LOST, done);
      case 'read-429':
        return this.answer(app, sim, tripMs, limited(app.gate.limit(null)), done);
      default:
        return this.answer(app, sim, tripMs, READ_ANSWERS[fault], done);
    }
  }

  private drawRead(): ReadFault | null {
    return draw(this.world.random.unit(), this.world.plan.read, READ_FAULTS);
  }

  /** What stops a call before it reaches e-RS, or at its door. */
  private blockade(app: AppInstance, isRead: boolean): ErsOutcome<never> | null {
    const { desk, random } = this.world;
    if (!desk.isConnected) return isRead || random.chance(0.8) ? NOT_SENT : LOST;
    if (desk.isTokenDead || desk.user === null) return SESSION_ENDED;
    return desk.isRoleGranted ? null : STATUS[403];
  }

  private answer<T>(
    app: AppInstance,
    sim: SimIntent,
    delayMs: number,
    outcome: ErsOutcome<T>,
    done: Done<T>,
  ): void {
    this.world.time.inWorld(delayMs, () => app.deliver(sim, outcome, done));
  }

  /** A write, sent once. */
  write(write: Write): void {
    const { world } = this;
    const { app } = write;
    const { clock, gate } = app;
    const { sitting } = world.desk;
    const waitMs = gate.takeTurn();
    if (waitMs > LONGEST_WRITE_WAIT_MS) return this.reply(write, 1, NOT_SENT);
    const latestMs = clock.monotonicMs() + LONGEST_WRITE_WAIT_MS;
    const gapMs = clock.nowMs() - clock.monotonicMs();
    const go = () => {
      // The request is framed with the session of its person; once that has gone nothing goes out.
      const isSamePerson = world.desk.sitting === sitting && world.desk.user !== null;
      // A sleep may hide from the monotonic clock alone; the two together show it.
      const hasSlept = Math.abs(clock.nowMs() - clock.monotonicMs() - gapMs) >= 30_000;
      const isLate = clock.monotonicMs() > latestMs || hasSlept || gate.isPaused();
      if (!isSamePerson || isLate) return this.reply(write, 1, NOT_SENT);
      this.writeNow(write);
    };
    if (waitMs <= 0) go();
    else clock.schedule(waitMs, go);
  }

  private writeNow(write: Write): void {
    const { world } = this;
    const { app, sim, pin } = write;
    const { random } = world;
    if (app.mayCrash(FAULT['crash-before-wire'])) return;
    const blocked = this.blockade(app, false);
    const fault = world.isCalm || blocked !== null ? null : this.drawWrite(sim);
    // Not one byte of these reached anybody.
    const isUnsent = blocked === NOT_SENT || fault === 'connection-refused' || fault === 'not-in-dialect';
    if (!isUnsent) {
      world.checker.onRequest(app);
      world.checker.onWire(app, sim, pin);
    }
    const tripMs = 20 + random.below(250);
    if (blocked !== null) this.reply(write, tripMs, blocked);
    else if (fault === null) this.processAndReply(write);
    else {
      world.tally.fault(FAULT[fault]);
      world.tell(() => `the wire: ${fault}`);
      this.spoil(write, fault, tripMs);
    }
    app.mayCrash(FAULT['crash-after-wire']);
  }

  private reply({ app, sim, done }: Write, delayMs: number, outcome: WriteOutcome): void {
    this.answer(app, sim, delayMs, outcome, done);
  }

  /** What does not happen to an action counts as nothing. */
  private drawWrite({ action }: SimIntent): WireFault | null {
    const { random, plan } = this.world;
    const fault = draw(random.unit(), plan.wire, WIRE_FAULTS);
    if (fault === 'status-422-unable') return WITH_PROVIDER.includes(action) ? fault : null;
    // A 201 with an id is all that anybody can know of a file: what it says must be so.
    return fault === 'accepted-not-kept' && action === 'upload-file' ? null : fault;
  }

  /** How long the service works on a write; a provider's system takes its time. */
  private workMs({ sim: { action } }: Write): number {
    const { random } = this.world;
    return WITH_PROVIDER.includes(action) && random.chance(0.2)
      ? 1_000 + random.below(110_000)
      : 60 + random.below(900);
  }

  private processAndReply(write: Write): void {
    this.processLater(write, this.workMs(write), (outcome) => {
      // A silent provider's system takes e-RS a while to give up on.
      this.reply(write, isSilence(outcome) ? 5_000 : 15, outcome);
    });
  }

  /** One copy reaches the service and is processed there after a while. */
  private processLater(
    { sim, pin, choice, attempt }: Write,
    afterMs: number,
    then: (outcome: WriteOutcome) => void,
  ): void {
    const { world } = this;
    sim.facts.inFlight += 1;
    world.time.inWorld(afterMs, () => {
      sim.facts.inFlight -= 1;
      const outcome = world.service.process(sim, choice, pin, attempt);
      if (world.isTold) world.tell(() => `the service: processed ${sim.id} under ${pin}: ${nameOf(outcome)}`);
      then(outcome);
    });
  }

  private spoil(write: Write, fault: WireFault, tripMs: number): void {
    const { random } = this.world;
    const { app, sim, choice } = write;
    switch (fault) {
      case 'dropped-request':
        return this.reply(write, this.silenceMs(tripMs), LOST);
      case 'dropped-response':
        return this.processLater(write, this.workMs(write), () =>
          this.reply(write, this.silenceMs(15), LOST),
        );
      case 'duplicated':
        return this.duplicate(write);
      case 'late':
        return this.beLate(write);
      case 'html-after-processing':
        return this.processLater(write, this.workMs(write), () => this.reply(write, 15, HTML));
      case 'truncated-body':
        return this.processLater(write, this.workMs(write), () => this.reply(write, 15, BAD_JSON));
      case 'wrong-ubrn-echoed':
      case 'status-500':
      case 'status-503':
      case 'status-503-retry-after':
        // It says nothing about what became of the write.
        if (random.chance(0.5)) this.processLater(write, this.workMs(write), nobody);
        break;
      case 'status-504-gateway':
        if (random.chance(0.5)) this.processLater(write, random.below(GATEWAY_MS), nobody);
        return this.reply(write, GATEWAY_MS, STATUS[504]);
      case 'status-422-unable':
        if (random.chance(0.3)) this.processLater(write, random.below(GATEWAY_MS), nobody);
        sim.facts.wasAtProvider = true;
        break;
      case 'status-429':
        return this.reply(write, tripMs, limited(app.gate.limit(null)));
      case 'status-429-retry-after':
        return this.reply(write, tripMs, limited(app.gate.limit(1_000 * random.between(1, 90))));
    }
    this.reply(write, tripMs, answerToFault(this.world, sim, choice, fault));
  }

  /** Until the client notices: a reset at once, or nothing at all for as long as it waits. */
  private silenceMs(atOnceMs: number): number {
    const { random } = this.world;
    return random.chance(0.6) ? atOnceMs + random.below(4_000) : CLIENT_MS;
  }

  /** Both copies are processed before the answer, which is that of either (safety.md, fault model). */
  private duplicate(write: Write): void {
    const { random, time } = this.world;
    const { gate } = write.app;
    let first: WriteOutcome = LOST;
    const firstMs = this.workMs(write);
    this.processLater(write, firstMs, (outcome) => {
      first = outcome;
    });
    const secondMs = firstMs + random.below(20_000);
    // Without a pin nobody could tell that refusal from one of a copy that came alone.
    if (random.chance(0.15) && write.sim.intent.pinnedVersion > 0 && write.sim.action !== 'upload-file') {
      // The second copy is one call too many in its second: it is turned away at the door.
      time.inWorld(secondMs, () =>
        this.reply(write, 15, isSilence(first) ? first : limited(gate.limit(null))),
      );
      return;
    }
    this.processLater(write, secondMs, (second) => {
      // While a provider's system is silent e-RS is still busy with the copy that asked it: that one is answered.
      const isFirst = isSilence(first) || (!isSilence(second) && random.chance(0.3));
      this.reply(write, 15, isFirst ? first : second);
    });
  }

  /** It waits somewhere on its way, up to the gateway's 180 s; the desk may have heard of a failure long before. */
  private beLate(write: Write): void {
    const { random } = this.world;
    const workMs = 5_000 + random.below(GATEWAY_MS - 5_000);
    const isAnswered = random.chance(0.3);
    this.processLater(write, workMs, (outcome) => {
      if (isAnswered) this.reply(write, 15, outcome);
    });
    if (isAnswered) return;
    const early = random.below(4);
    if (early === 0) this.reply(write, 50 + random.below(5_000), LOST);
    else if (early === 1)
      this.reply(write, 50 + random.below(60_000), STATUS[random.chance(0.5) ? 500 : 503]);
    else if (early === 2) this.reply(write, GATEWAY_MS, STATUS[504]);
    else this.reply(write, CLIENT_MS, LOST);
  }
}

const nobody = () => {};

const READ_ANSWERS: Readonly<
  Record<Exclude<ReadFault, 'read-slow' | 'read-old-copy' | 'read-dropped' | 'read-429'>, ErsOutcome<never>>
> = {
  'read-refused': NOT_SENT,
  'read-portal': HTML,
  'read-401': SESSION_ENDED,
  'read-403': STATUS[403],
  'read-404': STATUS[404],
  'read-423': STATUS[423],
  'read-500': STATUS[500],
  'read-503': STATUS[503],
  'read-503-retry-after': refused('', 503, 20_000),
  'read-truncated': BAD_JSON,
  'read-wrong-ubrn': WRONG_SHAPE,
};

/** The name whose part of the growing sums the number falls into; null past the last. */
function draw<T>(unit: number, sums: Float64Array, names: readonly T[]): T | null {
  const last = sums.length - 1;
  if (unit >= (sums[last] as number)) return null;
  let at = 0;
  while (unit >= (sums[at] as number)) at += 1;
  return names[at] as T;
}

const isSilence = (outcome: WriteOutcome) =>
  outcome.kind === 'refused' && outcome.code === 'PAS_NOT_RESPONDING';

export function nameOf(outcome: ErsOutcome<unknown>): string {
  if (outcome.kind !== 'refused') return outcome.kind;
  return `${outcome.facts.status} ${outcome.code}`.trim();
}
