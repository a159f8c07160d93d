/** One schedule at full depth: the whole client against the training service, and everything that goes wrong between. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogFields, Network, WireReply, WireRequest } from '../../../src-main/app/ports.ts';
import type { SessionState } from '../../../src-main/contract/channels/session.ts';
import { isTerminal } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { PasBehaviour, Referral } from '../../../src-main/training-service/world/model.ts';
import type { PlayedAction } from '../played.ts';
import { FAULT, planOf, THEME_NAMES, TWO_THEMES_PART, type FaultName, type Plan } from '../plan.ts';
import type { Random } from '../random.ts';
import { EVENT, type Tally } from '../tally.ts';
import type { VirtualTime } from '../virtual-time.ts';
import { causeOf } from './cause-of.ts';
import { Checker } from './checker.ts';
import { Clerk } from './clerk.ts';
import { Disk, type DurableRow } from './disk.ts';
import { playToTheEnd } from './ending.ts';
import { exchange } from './exchange.ts';
import { planHappenings } from './happenings.ts';
import { Instance } from './instance.ts';
import { ownerOfPerson, PROVIDERS, REFERRERS, type People } from './people.ts';
import { loseByCrash } from './losses.ts';
import { newPlayIntent, type PlayIntent, type Wish } from './play-intent.ts';
import { answerOfProvider } from './provider.ts';
import type { Stage, StageListener, WireCall } from './stage.ts';
import { writeWishes } from './wishes.ts';
import type { SentWrite } from './write-bytes.ts';

export type PlayAction = Exclude<PlayedAction, 'letter'>;

export interface PlayInput {
  readonly stage: Stage;
  readonly action: PlayAction;
  readonly random: Random;
  /** Draws of troubles that the model learned later: among the others they would turn every kept seed's story. */
  readonly apart: Random;
  readonly tally: Tally;
  /** Null: nobody listens. */
  readonly story: string[] | null;
  /** A queue of so many at one reconnect, in place of the usual few. */
  readonly drainOf: number;
  /** The database is a file, and its bytes are looked through at the end. */
  readonly isOnDisk: boolean;
  /** A fault planted in the client's network, to see that the checker is not blind. */
  readonly spoilNetwork?: (network: Network) => Network;
}

/** Stories are dearer here than at protocol depth: fewer of them are without a theme. */
const CALM_PART = 0.3;
const PLATFORM_ONLY: readonly PlayAction[] = [
  'cancel-appointment',
  'cancel-referral',
  'change-shortlist',
  'send-for-triage',
];
const OF_PROVIDERS: readonly PlayAction[] = [
  'cancel-later',
  'accept-referral',
  'reject-referral',
  'record-review',
];
const SPANS_MS = [45_000, 240_000, 240_000, 600_000] as const;

export class Play implements StageListener {
  readonly stage: Stage;
  readonly action: PlayAction;
  readonly random: Random;
  readonly apart: Random;
  readonly time: VirtualTime;
  readonly tally: Tally;
  readonly plan: Plan;
  readonly dialect: 'api-platform' | 'spine-session';
  readonly people: People;
  readonly isCancelling: boolean;
  readonly checker: Checker;
  readonly clerk: Clerk;
  readonly disk: Disk;
  readonly intents = new Map<string, PlayIntent>();
  /** What the next new row on disk was asked for. */
  pendingWish: Wish | null = null;
  /** The keyring. */
  readonly keys = new Map<string, Uint8Array>();
  isKeyMissing = false;
  isConnected = true;
  isBehindPortal = false;
  diskRefusesUntilMs = -1;
  isCalm = false;
  /** When the service last truthfully said what permits a deferral, by the machine's monotonic clock. */
  readonly evidenceAtMs = new Map<string, number>();
  /** How the provider's system answers the next request about a referral, where the story says so. */
  readonly scriptedPas = new Map<string, PasBehaviour>();
  /** Referrals whose deferral needs an attempt to book that fails, and how it fails. */
  readonly preludes = new Map<string, 'slot-refused' | 'provider-silent'>();
  readonly spoilNetwork: (network: Network) => Network;
  readonly drainOf: number;
  /** The newest process. */
  app: Instance;
  readonly instances: Instance[] = [];
  private readonly story: string[] | null;
  private readonly folder: string | null;
  private lastEffect: { readonly intent: PlayIntent; readonly before: Referral } | null = null;
  private before: Referral | null = null;

  constructor(input: PlayInput) {
    const { stage, action, random, tally, story, drainOf } = input;
    this.stage = stage;
    this.action = action;
    this.random = random;
    this.apart = input.apart;
    this.tally = tally;
    this.story = story;
    this.drainOf = drainOf;
    this.time = stage.time;
    const isPlain = drainOf > 0 || random.chance(CALM_PART);
    const theme = () => random.between(1, THEME_NAMES.length - 1);
    this.plan = isPlain ? planOf(0, 0) : planOf(theme(), random.chance(TWO_THEMES_PART) ? theme() : 0);
    // Who asks on the spine for what the platform alone has is told so.
    const spinePart = PLATFORM_ONLY.includes(action) ? 0.02 : 0.2;
    this.dialect = drainOf === 0 && random.chance(spinePart) ? 'spine-session' : 'api-platform';
    this.people = OF_PROVIDERS.includes(action) ? PROVIDERS : REFERRERS;
    this.isCancelling = drainOf > 0 || (action !== 'book' && action !== 'defer');
    this.spoilNetwork = input.spoilNetwork ?? ((network) => network);
    this.folder = input.isOnDisk ? mkdtempSync(join(tmpdir(), 'booking-desk-simulation-')) : null;
    this.disk = new Disk(this.folder === null ? ':memory:' : join(this.folder, 'desk.db'), this.apart);
    this.disk.isLying = drainOf === 0 && this.apart.chance(this.plan.steps.diskLies);
    this.checker = new Checker(this);
    this.clerk = new Clerk(this);
    stage.listener = this;
    this.app = this.newInstance();
  }

  /** Plays it to its end; true when a person has something to do at the end. */
  async run(): Promise<boolean> {
    this.tell(() => `rates: ${this.plan.name}; ${this.action}, ${this.dialect}`);
    if (this.disk.isLying) this.note('disk-lies');
    await this.startInstance(this.app);
    this.clerk.arrive();
    const spanMs = this.drainOf > 0 ? 30_000 : this.random.pick(SPANS_MS);
    writeWishes(this, spanMs);
    const overMs = this.drainOf > 0 ? spanMs : planHappenings(this, spanMs);
    this.time.inWorld(overMs + 1_000, () => this.calmDown());
    await playToTheEnd(this);
    return [...this.intents.values()].some(({ row }) => row.state === 'NEEDS_CLERK');
  }

  close(): void {
    for (const instance of this.instances) instance.isDead = true;
    this.disk.close();
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
  }

  tell(line: () => string): void {
    if (this.story !== null)
      this.story.push(`${(this.time.now() / 1000).toFixed(3).padStart(10)} s  ${line()}`);
  }

  note(fault: FaultName): void {
    this.tally.fault(FAULT[fault]);
    this.tell(() => `fault: ${fault}`);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.time.inWorld(ms, resolve));
  }

  private newInstance(): Instance {
    const instance = new Instance(this, this.instances.length + 1);
    this.instances.push(instance);
    return instance;
  }

  private async startInstance(instance: Instance): Promise<void> {
    this.tell(() => `process ${instance.number} starts`);
    await Promise.race([instance.start(), instance.death]);
    instance.isStarted = true;
  }

  /** A process starts over the same database, whether the one before it is dead or not. */
  async startAnother(): Promise<void> {
    this.app = this.newInstance();
    await this.startInstance(this.app);
    this.time.inWorld(this.random.between(1_000, 30_000), () => this.clerk.arrive());
  }

  onDeath(instance: Instance): void {
    if (instance !== this.app || this.isOver) return;
    loseByCrash(this);
    this.time.inWorld(this.random.between(2_000, 40_000), () => {
      if (this.app.isDead && !this.isOver) void this.startAnother();
    });
  }

  isOver = false;

  onSession(instance: Instance, state: SessionState): void {
    this.tell(() => `process ${instance.number}: ${state.status} ${state.endedReason ?? ''}`.trimEnd());
    if (['signed-out', 'ended'].includes(state.status) && state.endedReason !== null)
      this.time.inWorld(this.random.between(2_000, 60_000), () => this.clerk.arrive());
  }

  onLog(instance: Instance, level: string, event: string, fields: LogFields | undefined): void {
    const reason = fields?.reason ?? '';
    if (event === 'intent-stopped' && /^I\d+$/.test(reason))
      this.checker.violate(null, `assertion ${reason}: stopped by itself`);
    const isFault =
      event === 'handler-failed' ||
      event === 'push-not-of-the-schema' ||
      event === 'answer-not-of-the-schema';
    if (isFault && !instance.isDead && this.isQuietDisk())
      this.checker.violate(null, `fault of the client: ${event} ${fields?.channel ?? ''} ${reason}`);
    if (level !== 'info' && event !== 'ers-call')
      this.tell(() => `log: ${event} ${fields?.code ?? ''} ${reason}`);
  }

  private isQuietDisk(): boolean {
    return this.diskRefusesUntilMs <= this.time.now();
  }

  /** A row was written; the intent of a new one is what was just asked for. */
  onDurable(instance: Instance, before: DurableRow | null, row: DurableRow): void {
    const known = this.intents.get(row.id);
    const intent = known ?? this.bind(instance, row);
    if (intent === null) return;
    intent.row = row;
    const from = before?.state ?? row.state;
    this.tell(
      () =>
        `the disk: ${intent.name} ${before === null ? 'is new' : from} -> ${row.state} ${row.code} attempt ${row.attempt}`,
    );
    this.tally.transition(from, known === undefined ? EVENT.made : causeOf(before, row), row.state);
    if (intent.wish.action === 'letter' && row.state === 'APPLIED') this.note('letter-carried-out');
    if (row.code === 'letter-ready') this.clerk.expectPrinting(intent);
    this.checker.onDurable(instance, intent, before);
  }

  private bind(instance: Instance, row: DurableRow): PlayIntent | null {
    const wish = this.pendingWish;
    if (wish === null) {
      this.checker.violate(null, 'I4: a row that nobody asked for');
      return null;
    }
    this.pendingWish = null;
    const earlier = [...this.intents.values()].filter(({ wish: other }) => other.ubrn === wish.ubrn);
    const intent = newPlayIntent(row, wish, this.intents.size, earlier);
    intent.wordAtMs = this.time.monotonicMs();
    intent.wordInstance = instance.number;
    this.intents.set(row.id, intent);
    this.checker.onReferralChanged(wish.ubrn);
    return intent;
  }

  /**
   * The intent whose bytes these are: the one of that referral whose row on disk says SENDING at this moment. An earlier
   * one that died between its record and the wire has an attempt to spare for ever, and the spine's requests have no
   * correlation id to tell the two apart by.
   */
  intentOfWrite(write: SentWrite, correlationId: string | null): PlayIntent | null {
    for (const intent of this.intents.values()) {
      if (intent.wish.ubrn !== write.ubrn || intent.recordedAttempt <= intent.sentAttempt) continue;
      const row = this.disk.read(intent.id);
      if (row?.state !== 'SENDING') continue;
      if (correlationId === null || row.correlationId === correlationId) return intent;
    }
    return null;
  }

  handle(request: WireRequest, call: WireCall): Promise<WireReply> {
    return exchange(this, request, call);
  }

  onProvider(call: WireCall | null): PasBehaviour {
    const intent = call === null ? undefined : this.intents.get(call.intentId ?? '');
    if (call === null || intent === undefined) return { kind: 'ok' };
    this.checker.onProvider(intent, call.attempt);
    const answer = answerOfProvider(this, intent, call);
    if (answer.kind === 'silence') intent.silentAttempt = call.attempt;
    return answer;
  }

  /** An attempt that is to fail: somebody takes the slot, or the provider's system will not answer. */
  onPreludeSlot(ubrn: string, slotId: string): void {
    const kind = this.preludes.get(ubrn);
    if (kind === 'slot-refused') this.stage.world.takeSlot(slotId);
    else
      this.scriptedPas.set(ubrn, {
        kind: 'silence',
        bookedInErs: false,
        bookedInPas: this.random.chance(0.5),
      });
    this.preludes.delete(ubrn);
  }

  beforeChange(referral: Referral): void {
    this.before = structuredClone(referral);
  }

  onEffect(ubrn: string, seen: number, call: WireCall | null): void {
    const intent = this.intents.get(call?.intentId ?? '');
    this.changed(ubrn);
    if (intent === undefined || this.before === null) return;
    this.lastEffect = { intent, before: this.before };
    // The provider's silence lies between the check of the pin and the effect.
    this.checker.onEffect(intent, seen, !this.isWaitedFor(intent));
  }

  private isWaitedFor({ wish }: PlayIntent): boolean {
    return ['book', 'cancel-appointment', 'cancel-referral', 'reject-referral'].includes(wish.action);
  }

  /** e-RS said that it was done and let go of it again: one 201 that was not kept. */
  undoEffect(intent: PlayIntent): void {
    const { lastEffect, stage } = this;
    this.lastEffect = null;
    if (lastEffect?.intent !== intent) return;
    const live = stage.referral(intent.wish.ubrn);
    if (live.appointment?.slotId != null) stage.world.slots.release(live.appointment.slotId);
    Object.assign(live, lastEffect.before);
    intent.effects -= 1;
    intent.wasAsAsked = false;
    this.tell(() => `e-RS: lets go of ${intent.name}`);
    this.changed(intent.wish.ubrn);
  }

  /** What e-RS holds of a referral has changed, by whomever. */
  changed(ubrn: string): void {
    this.tell(() => `e-RS: ${describe(this.stage.referral(ubrn))}`);
    this.checker.onReferralChanged(ubrn);
  }

  wakeAll(): void {
    this.instances.forEach((instance) => instance.wake());
  }

  /** From here on nothing goes wrong: what is open must come to an end (I5). */
  private calmDown(): void {
    if (this.time.isAsleep) return void this.time.inWorld(60_000, () => this.calmDown());
    this.tell(() => 'the troubles are over');
    this.isCalm = true;
    this.isConnected = true;
    this.isBehindPortal = false;
    this.diskRefusesUntilMs = -1;
    this.scriptedPas.clear();
    const isReopened = this.isKeyMissing || this.app.isDead;
    this.isKeyMissing = false;
    this.calmAtMs = this.time.now();
    if (isReopened) {
      this.app.die();
      void this.startAnother();
    } else this.clerk.arrive();
    this.time.inWorld(60_000, () => this.clerk.answerHeld());
  }

  calmAtMs = Infinity;

  isSettled(): boolean {
    if (this.clerk.wishesLeft > 0) return false;
    for (const { row, inFlight, isVanished } of this.intents.values()) {
      if (inFlight > 0) return false;
      if (isVanished || isTerminal(row.state) || row.state === 'QUARANTINED') continue;
      if (!(this.isCalm && row.state === 'NEEDS_CLERK')) return false;
    }
    return true;
  }

  /** When the disk last turned out to hold something older than it did. */
  restoredAtMs = -Infinity;

  ownerOfClerk(): string {
    return ownerOfPerson(this.people.clerk);
  }
}

function describe({ ubrn, version, state, appointment }: Referral): string {
  if (appointment === null) return `${ubrn} is at v${version}, ${state}`;
  const { status, reason, slotId, version: own } = appointment;
  return `${ubrn} is at v${version}, ${state}: ${status} ${reason?.code ?? ''} ${slotId ?? ''} (appointment v${own})`;
}
