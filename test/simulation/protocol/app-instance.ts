/** One process of the application: the real engine over ports that lead to the world, until it dies. */
import type { Clock } from '../../../src-main/app/ports.ts';
import { createEvidence, type Evidence } from '../../../src-main/features/outbox/actions/evidence.ts';
import {
  createEngine,
  type Engine,
  type Entry,
  type EnginePorts,
} from '../../../src-main/features/outbox/engine.ts';
import { lineOf } from '../../../src-main/features/outbox/line-of.ts';
import { InvariantBroken } from '../../../src-main/features/outbox/protocol/invariants.ts';
import {
  newStanding,
  revive,
  type IntentEvent,
  type Standing,
  type Step,
} from '../../../src-main/features/outbox/protocol/machine.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import { FAULT } from '../plan.ts';
import { EVENT, type EventName } from '../tally.ts';
import { DiskFault, isOpen } from './disk.ts';
import { check, evidenceKey, readBack, send } from './model-actions.ts';
import { LOST } from './outcomes.ts';
import type { SimIntent } from './sim-intent.ts';
import { Gate, nameOf } from './wire.ts';
import type { World } from './world.ts';

export class AppInstance {
  isDead = false;
  readonly world: World;
  readonly number: number;
  readonly clock: Clock;
  readonly gate: Gate;
  readonly evidence: Evidence;
  readonly engine: Engine;
  private readonly mailbox: (() => void)[] = [];
  /** What is about to move which intent, for the tally. */
  private causeOf: SimIntent | null = null;
  private cause = 0;

  /** Takes the right to write from whoever had it. */
  constructor(world: World) {
    this.world = world;
    world.disk.fence += 1;
    this.number = world.disk.fence;
    const { time } = world;
    this.clock = {
      nowMs: () => time.wallMs(),
      monotonicMs: () => time.monotonicMs(),
      schedule: (delayMs, task) => time.onMachine(delayMs, task, this),
    };
    this.gate = new Gate(this.clock);
    this.evidence = createEvidence(this.clock);
    this.engine = createEngine(this.ports());
  }

  isNewest(): boolean {
    return this.world.disk.fence === this.number;
  }

  mayRead(owner: string): boolean {
    return this.world.desk.user === owner;
  }

  private ports(): EnginePorts {
    const { desk, intents } = this.world;
    const simOf = (intentId: string) => intents[Number(intentId)] as SimIntent;
    return {
      clock: this.clock,
      record: (intentId, { step }) => this.record(simOf(intentId), step),
      reload: (intentId) => this.reload(simOf(intentId)),
      check: (entry, done) => {
        const sim = simOf(entry.intentId);
        if (this.isDead) return;
        this.world.checker.onCheck(this, sim);
        check(this, sim, entry.standing.choice, (finding) =>
          this.because(sim, EVENT[`checked ${finding.kind}`], () => done(finding)),
        );
      },
      send: (entry, _correlationId, done) => this.send(simOf(entry.intentId), entry, done),
      readBack: (entry, done) => {
        const sim = simOf(entry.intentId);
        if (this.isDead) return;
        this.world.checker.onReadsBegin(this, sim);
        readBack(this, sim, entry.standing.choice, (truth) =>
          this.because(sim, EVENT[`read-back ${truth.kind}`], () => done(truth)),
        );
      },
      mayAct: (owner) => desk.mayAct(owner),
      mayRead: (owner) => desk.user === owner,
      isOffline: () => desk.isKnownOffline,
      sitting: () => desk.sitting,
      newCorrelationId: () => 'correlation',
      onMoved: (entry) => this.moved(simOf(entry.intentId), entry),
      onFault: (intentId, error) => this.fault(simOf(intentId), error),
    };
  }

  private send(sim: SimIntent, entry: Entry, done: Parameters<EnginePorts['send']>[2]): void {
    if (this.isDead) return;
    this.world.checker.onSend(this, sim);
    const answered: typeof done = (answer) => {
      if (answer.kind === 'unknown') sim.facts.unknownSends += 1;
      this.because(sim, EVENT[`answered ${answer.kind}`], () => done(answer));
    };
    try {
      send(this, sim, entry.standing.choice, answered);
    } catch (error) {
      // As the outbox does with a fault of an action's own.
      this.fault(sim, error);
      this.clock.schedule(0, () => answered({ kind: 'unknown', code: 'own-fault' }));
    }
  }

  private because(sim: SimIntent, cause: number, act: () => void): void {
    this.causeOf = sim;
    this.cause = cause;
    act();
    this.causeOf = null;
  }

  /** What comes back over the wire. A process that sleeps hears it when it wakes, or finds the connection gone. */
  deliver<T>(sim: SimIntent, outcome: ErsOutcome<T>, done: (outcome: ErsOutcome<T>) => void): void {
    const { time, desk } = this.world;
    if (this.isDead) return;
    if (time.isAsleep) {
      this.mailbox.push(() => this.deliver(sim, this.world.random.chance(0.4) ? LOST : outcome, done));
      return;
    }
    const heard = desk.isConnected || outcome.kind === 'not-sent' ? outcome : LOST;
    if (this.mayCrash(FAULT['crash-before-answer'])) return;
    if (this.world.isTold) this.world.tell(() => `${sim.id} hears ${nameOf(heard)}`);
    if (heard.kind === 'unauthorised') this.world.onSessionEnded();
    else if (heard.kind === 'success' || heard.kind === 'refused') this.gate.reply();
    done(heard);
    this.mayCrash(FAULT['crash-after-answer']);
  }

  wake(): void {
    for (const hear of this.mailbox.splice(0)) hear();
  }

  /** Rolls the dice for a crash at this point. */
  mayCrash(fault: number): boolean {
    const { isCalm, random, plan, tally } = this.world;
    if (this.isDead) return true;
    if (isCalm || !random.chance(plan.steps.crash)) return false;
    tally.fault(fault);
    this.die();
    return true;
  }

  /** Nothing that it does from now on reaches anything. */
  die(): void {
    if (this.isDead) return;
    this.isDead = true;
    this.engine.stop();
    if (this.isNewest()) this.world.onCrash();
  }

  private record(sim: SimIntent, { next, result }: Step): void {
    const { world } = this;
    if (this.mayCrash(FAULT['crash-before-record'])) return;
    if (!this.isNewest()) throw new DiskFault('lease-lost');
    this.refuse(FAULT['disk-refuses'], world.plan.steps.diskRefuses, 'disk-full');
    const from = sim.row?.state;
    world.disk.change(sim, next, result);
    if (world.isTold)
      world.tell(() => `the disk: ${sim.id} ${from} -> ${next.state} ${next.code} attempt ${next.attempt}`);
    world.checker.onRecord(sim, from ?? 'QUEUED');
    world.onRecorded(sim, next);
    this.mayCrash(FAULT['crash-after-record']);
    this.refuse(FAULT['disk-fails-after-write'], world.plan.steps.diskFailsAfter, 'io');
  }

  private refuse(fault: number, rate: number, code: 'disk-full' | 'io'): void {
    const { isCalm, disk, time, random, tally } = this.world;
    if (isCalm || this.isDead) return;
    const isRefusing = code === 'disk-full' && disk.refusesUntilMs > time.now();
    if (!isRefusing && !random.chance(rate)) return;
    tally.fault(fault);
    throw new DiskFault(code);
  }

  private reload(sim: SimIntent): Parameters<typeof revive>[0] | null {
    const { disk, time, isCalm, tally } = this.world;
    if (!isCalm && disk.refusesUntilMs > time.now()) {
      tally.fault(FAULT['disk-unreadable']);
      throw new DiskFault('io');
    }
    const { row } = sim;
    return row === null || row.isDamaged ? null : { ...row };
  }

  private moved(sim: SimIntent, { standing, isStalled }: Entry): void {
    // One that stands still after a fault of the disk, or is gone from it, has not moved.
    if (this.isDead || !this.isNewest() || isStalled || sim.row?.isDamaged === true) return;
    const isTurn = standing.state === 'PREFLIGHT' && sim.shownState !== 'PREFLIGHT';
    const cause = this.causeOf === sim && !isTurn ? this.cause : causeByItself(sim, standing);
    if (this.causeOf === sim) this.causeOf = null;
    // After a fault of the disk it goes on from what the disk says, whatever this process had last.
    const from = cause === EVENT.reload && sim.row !== null ? sim.row.state : sim.shownState;
    this.world.tally.transition(from, cause, standing.state);
    sim.shownState = standing.state;
    this.world.checker.onShown(sim, standing);
  }

  private fault(sim: SimIntent, error: unknown): void {
    if (this.isDead) return;
    if (error instanceof InvariantBroken) this.world.checker.violate(sim, `assertion ${error.message}`);
    else if (!(error instanceof DiskFault)) throw error;
    this.world.tell(() => `fault at ${sim.id}: ${String((error as Error).message)}`);
  }

  /** The clerk asks for something: on disk first, then under way. False: told "not saved". */
  ask(sim: SimIntent): boolean {
    const { world } = this;
    const row = {
      action: sim.action,
      choices: choicesOf(sim),
      state: 'QUEUED',
      code: '',
      attempt: 0,
      choice: 0,
      result: null,
    } as const;
    try {
      if (this.mayCrash(FAULT['crash-before-record'])) return false;
      this.refuse(FAULT['disk-refuses'], world.plan.steps.diskRefuses, 'disk-full');
      world.disk.add(sim, { ...row, isDamaged: false });
      if (this.mayCrash(FAULT['crash-after-record'])) return false;
      this.refuse(FAULT['disk-fails-after-write'], world.plan.steps.diskFailsAfter, 'io');
    } catch (error) {
      if (!(error instanceof DiskFault)) throw error;
      world.tell(() => `the clerk is told that ${sim.id} is not saved`);
      return false;
    }
    world.checker.onAcknowledged(this, sim);
    if (sim.intent.action === 'defer' && sim.intent.reason === 'BOOKING_ATTEMPT_PROBLEM') {
      this.evidence.note(evidenceKey(sim), null);
      world.checker.onAttemptProblem(sim);
    }
    this.take(sim, newStanding(sim.action, choicesOf(sim), this.clock.monotonicMs()), 'made');
    this.clock.schedule(0, () => this.engine.pump());
    return true;
  }

  /** A new start takes in what is on disk, oldest first. */
  takeAll(): void {
    const { intents, disk } = this.world;
    for (const sim of intents) {
      const { row } = sim;
      if (row === null || !isOpen(sim)) continue;
      sim.shownState = row.state;
      sim.facts.isQuarantined ||= row.isDamaged;
      if (row.isDamaged) disk.change(sim, { ...row, state: 'QUARANTINED', code: 'record-not-readable' });
      this.take(sim, revive({ ...row }, this.clock.monotonicMs()), 'restart');
    }
  }

  private take(sim: SimIntent, standing: Standing, event: EventName): void {
    const { id, index, intent, owner, isUrgent } = sim;
    this.world.tally.transition(sim.shownState, EVENT[event], standing.state);
    sim.shownState = standing.state;
    const { serviceId: service } = intent;
    this.engine.take({
      intentId: id,
      order: index,
      line: lineOf(intent),
      service,
      owner,
      isUrgent,
      standing,
    });
  }

  /** A key of the clerk; true when it was heard. */
  press(sim: SimIntent, event: IntentEvent, name: EventName): boolean {
    if (this.isDead || this.world.time.isAsleep) return false;
    this.causeOf = sim;
    this.cause = EVENT[name];
    const isHeard = this.engine.tell(sim.id, event);
    this.causeOf = null;
    this.world.tell(() => `the clerk: ${name} ${sim.id}${isHeard ? '' : ' (not heard)'}`);
    return isHeard;
  }
}

/** What the engine did of its own accord. */
function causeByItself({ shownState }: SimIntent, { state, code }: Standing): number {
  if (state === 'PREFLIGHT' || state === 'RECONCILING') return EVENT.turn;
  if (state === 'WAITING' && code === 'no-connection' && shownState === 'QUEUED')
    return EVENT['no-connection'];
  return EVENT.reload;
}

export const choicesOf = ({ intent }: SimIntent) => (intent.action === 'book' ? intent.slots.length : 1);
