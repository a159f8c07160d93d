/** One schedule: a story of a few intents and of everything that goes wrong meanwhile, drawn from a seed. */
import type { Standing } from '../../../src-main/features/outbox/protocol/machine.ts';
import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';
import {
  CALM_PART,
  FAULT,
  placeOfTheme,
  planOf,
  THEME_NAMES,
  TWO_THEMES_PART,
  type FaultName,
  type Plan,
} from '../plan.ts';
import type { Random } from '../random.ts';
import type { Tally } from '../tally.ts';
import type { VirtualTime } from '../virtual-time.ts';
import { AppInstance } from './app-instance.ts';
import { Checker } from './checker.ts';
import { CLERK, Desk } from './desk.ts';
import { Disk, isOpen } from './disk.ts';
import { planHappenings, withdraw } from './happenings.ts';
import { SETTLED_WITHIN_MS } from './promised.ts';
import { Service } from './service.ts';
import type { SimIntent } from './sim-intent.ts';
import { makeWishes } from './wishes.ts';
import type { ReferralTruth } from './truth.ts';
import { Wire } from './wire.ts';
import type { World } from './world.ts';

export type ScheduledAction = Exclude<OutboxAction, 'letter'> | 'mixed';

export interface ScheduleInput {
  readonly action: ScheduledAction;
  readonly random: Random;
  /** For what came later, so that older stories stay as they are. */
  readonly apart: Random;
  /** For what came later still. */
  readonly latest: Random;
  readonly time: VirtualTime;
  readonly tally: Tally;
  /** Null: nobody listens. */
  readonly story: string[] | null;
  /** A queue of so many at one reconnect, in place of the usual few. */
  readonly drainOf: number;
}

/** The others have a write in them that exists on the platform alone. */
const IN_BOTH_DIALECTS: readonly ScheduledAction[] = [
  'book',
  'defer',
  'cancel-later',
  'upload-file',
  'create-referral',
  'create-and-triage',
  'maintain-letter',
  'accept-referral',
  'reject-referral',
  'record-review',
  'send-advice',
  'convert-advice',
];
/** A file is read back in no time, and the end of a referral waits for a word rather than again for a lock. */
const OWN_THEMES: { readonly [A in ScheduledAction]?: string } = {
  'upload-file': 'damaged-later',
  'cancel-referral': 'locked-for-long',
};
const SPANS_MS = [45_000, 240_000, 240_000, 600_000, 1_000_000] as const;
/** No story takes as many steps as this, but one whose program runs in circles. */
const MOST_STEPS = 20_000;

export class Schedule implements World {
  readonly random: Random;
  readonly apart: Random;
  readonly latest: Random;
  readonly time: VirtualTime;
  readonly tally: Tally;
  readonly plan: Plan;
  readonly service: Service;
  readonly wire: Wire;
  readonly desk = new Desk();
  readonly disk = new Disk();
  readonly checker: Checker;
  readonly intents: SimIntent[] = [];
  readonly isSpine: boolean;
  readonly isTold: boolean;
  isCalm = false;
  /** The newest process. */
  app: AppInstance;
  private readonly instances: AppInstance[] = [];
  private readonly story: string[] | null;
  private readonly action: ScheduledAction;
  private wishesLeft = 0;

  constructor(input: ScheduleInput) {
    this.random = input.random;
    this.apart = input.apart;
    this.latest = input.latest;
    this.time = input.time;
    this.tally = input.tally;
    this.story = input.story;
    this.isTold = input.story !== null;
    this.action = input.action;
    const isOdd = input.drainOf > 0 || this.random.chance(CALM_PART);
    const theme = () => this.random.between(1, THEME_NAMES.length - 1);
    const usual = isOdd ? planOf(0, 0) : planOf(theme(), this.random.chance(TWO_THEMES_PART) ? theme() : 0);
    // What is seldom in the stories of an action of its own nature.
    const own = OWN_THEMES[this.action];
    const isOwn = own !== undefined && input.drainOf === 0 && this.apart.chance(0.02);
    this.plan = isOwn ? planOf(placeOfTheme(own), 0) : usual;
    const canBeSpine = IN_BOTH_DIALECTS.includes(this.action);
    this.isSpine = canBeSpine && this.random.chance(0.2);
    this.service = new Service(this);
    this.wire = new Wire(this);
    this.checker = new Checker(this);
    this.disk.isLying = input.drainOf === 0 && this.random.chance(this.plan.steps.diskLies);
    this.app = new AppInstance(this);
    this.instances.push(this.app);
    this.begin(input.drainOf);
  }

  private begin(drainOf: number): void {
    this.tell(() => `rates: ${this.plan.name}; ${this.isSpine ? 'spine' : 'platform'} dialect`);
    if (this.disk.isLying) this.note('disk-lies');
    const spanMs = drainOf > 0 ? 1_000 : this.random.pick(SPANS_MS);
    makeWishes(this, this.action, drainOf, spanMs);
    const overMs = drainOf > 0 ? spanMs : planHappenings(this, spanMs);
    this.time.inWorld(overMs + 1_000, () => this.calmDown());
  }

  /** The clerk asks for it now, or later in the story. */
  expectWish(delayMs: number, ask: () => void): void {
    this.wishesLeft += 1;
    const go = () => {
      this.wishesLeft -= 1;
      ask();
    };
    if (delayMs === 0) go();
    else this.time.inWorld(delayMs, go);
  }

  note(fault: FaultName): void {
    this.tally.fault(FAULT[fault]);
    this.tell(() => `fault: ${fault}`);
  }

  tell(line: () => string): void {
    if (this.story !== null)
      this.story.push(`${(this.time.now() / 1000).toFixed(3).padStart(10)} s  ${line()}`);
  }

  onReferralChanged(referral: ReferralTruth): void {
    if (this.isTold)
      this.tell(() => `the service: ${referral.ubrn} is at version ${referral.version}, ${nameOf(referral)}`);
  }

  onSessionEnded(): void {
    this.desk.signOut();
    this.time.inWorld(this.random.between(3_000, 90_000), () => this.clerkReturns());
  }

  onRecorded(sim: SimIntent, { state, code, attempt }: Standing): void {
    // What is shown as "needs sign-in" gets one, at the latest when nothing else goes wrong.
    if (state === 'HELD' && this.isCalm) this.onSessionEnded();
    if (code === 'letter-ready') this.expectPrinting(sim);
    const isCheckedAgain = state === 'PREFLIGHT' && attempt > 0 && !this.isCalm;
    if (isCheckedAgain && this.random.chance(this.plan.steps.hastyInCheck))
      this.time.inWorld(5, () => withdraw(this, sim));
  }

  /** The clerk prints it, or has not come to it yet at the end of the story. */
  private expectPrinting(sim: SimIntent): void {
    if (this.random.chance(0.4)) return;
    this.time.inWorld(this.random.between(2_000, 60_000), () => {
      const isHeard =
        this.desk.mayAct(sim.owner) && this.app.press(sim, { kind: 'carried-out' }, 'carried-out');
      if (isHeard) this.note('letter-carried-out');
    });
  }

  onCrash(): void {
    this.tell(() => 'the process dies');
    if (this.disk.isLying) {
      const lost = this.disk.lose(this.random.between(1, 3));
      if (lost.length > 0) this.note('records-lost');
    }
    if (!this.isCalm && this.random.chance(this.plan.steps.damage)) this.damageOne();
    this.desk.signOut();
    this.time.inWorld(this.random.between(2_000, 40_000), () => this.restart());
  }

  private damageOne(): void {
    const open = this.intents.filter(isOpen);
    const row = open.length === 0 ? null : this.random.pick(open).row;
    if (row === null) return;
    row.isDamaged = true;
    this.note('row-damaged');
  }

  private restart(): void {
    if (!this.app.isDead) return;
    if (this.time.isAsleep) return void this.time.inWorld(60_000, () => this.restart());
    this.startInstance();
    this.time.inWorld(this.random.between(3_000, 60_000), () => this.clerkReturns());
  }

  /** A process starts over the same disk, whether the one before it is dead or not. */
  startInstance(): void {
    this.tell(() => 'a process starts');
    this.app = new AppInstance(this);
    this.instances.push(this.app);
    this.app.takeAll();
    this.app.engine.pump();
  }

  /** The machine is awake: what came meanwhile is heard, and the host tells of the resume and of the connection. */
  wakeAll(): void {
    this.instances.forEach((app) => app.wake());
    if (this.desk.isConnected) this.tellConnected();
    else this.pump();
  }

  pump(): void {
    if (this.time.isAsleep) return;
    this.instances.forEach((app) => {
      if (!app.isDead) app.engine.pump();
    });
  }

  clerkReturns(): void {
    const { desk } = this;
    if (this.time.isAsleep) return void this.time.inWorld(60_000, () => this.clerkReturns());
    const isThere = desk.user === CLERK && !desk.isTokenDead && desk.isRoleGranted;
    if (isThere && !desk.isLocked) return;
    if (isThere) desk.isLocked = false;
    else desk.signIn(CLERK);
    this.tell(() => `the clerk is there, sitting ${desk.sitting}`);
    this.pump();
  }

  connectionIsBack(): void {
    const { desk } = this;
    if (desk.isConnected && !desk.isKnownOffline) return;
    desk.isConnected = true;
    desk.isKnownOffline = false;
    this.tell(() => 'the connection is back');
    if (!this.time.isAsleep) this.tellConnected();
  }

  private tellConnected(): void {
    this.instances.forEach((app) => {
      if (!app.isDead) app.engine.connectionIsBack();
    });
  }

  /** From here on nothing goes wrong: what is open must come to an end (I5). */
  private calmDown(): void {
    if (this.time.isAsleep) return void this.time.inWorld(60_000, () => this.calmDown());
    this.tell(() => 'the troubles are over');
    this.isCalm = true;
    this.calmAtMs = this.time.now();
    for (const { referral } of this.intents) referral.lockedUntilMs = -1;
    if (this.app.isDead) this.startInstance();
    this.connectionIsBack();
    // What is shown as "needs sign-in" gets one.
    const isAsked = this.intents.some(({ row }) => row?.state === 'HELD');
    if (isAsked) this.desk.signOut();
    this.clerkReturns();
  }

  private calmAtMs = Infinity;

  /** Runs the story to its end; true when a person has something to do at the end. */
  run(): boolean {
    let steps = 0;
    while (this.time.step(this.calmAtMs + this.limitMs())) {
      steps += 1;
      if (steps > this.mostSteps()) {
        this.checker.violate(null, 'the program runs in circles');
        break;
      }
      if (this.isSettled()) break;
    }
    if (!this.isCalm) this.calmDown();
    this.checker.atEnd(this.app);
    return this.intents.some(({ row }) => row?.state === 'NEEDS_CLERK');
  }

  /** A long queue takes its time at ten requests a second. */
  private limitMs(): number {
    return SETTLED_WITHIN_MS + this.intents.length * 2_000;
  }

  private mostSteps(): number {
    return MOST_STEPS + this.intents.length * 200;
  }

  private isSettled(): boolean {
    if (this.wishesLeft > 0) return false;
    for (const sim of this.intents) {
      if (sim.facts.inFlight > 0) return false;
      if (isOpen(sim) && !(this.isCalm && sim.row?.state === 'NEEDS_CLERK')) return false;
    }
    return this.checker.countsDiffer(this.app) === null;
  }
}

function nameOf({ appointment }: ReferralTruth): string {
  if (appointment === null) return 'no appointment';
  const { status, reason, slot, version } = appointment;
  return `${status} ${reason ?? ''} ${slot?.id ?? ''} (appointment version ${version})`;
}
