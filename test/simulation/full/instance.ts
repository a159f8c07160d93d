/** One process of the application over the play's ports, until it dies: then nothing that it does reaches anything. */
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import { createUnknownMachine } from '../../../src-main/adapters/node/unavailable-devices.ts';
import { createTrainingSessionProvider } from '../../../src-main/adapters/training/training-session-provider.ts';
import { createApp, type App } from '../../../src-main/app/create-app.ts';
import type {
  Clock,
  Credential,
  Network,
  Ports,
  Secrets,
  SessionProvider,
  StorageFault,
  WireReply,
} from '../../../src-main/app/ports.ts';
import type { OutboxItem, OutboxSummary } from '../../../src-main/contract/channels/outbox.ts';
import type { SessionState } from '../../../src-main/contract/channels/session.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import { openMemorySettings } from '../../support/memory-settings.ts';
import { FAULT, type FaultName } from '../plan.ts';
import { createCancellingApp, type CancellingApp } from './cancelling-app.ts';
import type { DurableRow } from './disk.ts';
import { ownerOf, type Person } from './people.ts';
import type { Play } from './play.ts';
import { LOST, NOT_SENT } from './replies.ts';
import { Wire } from './wire.ts';

export const ORIGIN = 'https://training.bookingdesk.invalid';

/** A printer that is done at once. */
const PRINTER: Pick<Ports['printer'], 'print' | 'readJob'> = {
  print: async () => ok({ jobId: '1' }),
  readJob: async () => ok({ state: 'printed', reasons: [], sheets: 2 }),
};

export class Instance {
  isDead = false;
  readonly number: number;
  readonly clock: Clock;
  /** Comes when the process dies: whoever waits for its answer waits in vain. */
  readonly death: Promise<null>;
  private readonly play: Play;
  private readonly app: App;
  private readonly cancelling: CancellingApp | null;
  private reportDeath: (nothing: null) => void = () => undefined;
  private readonly mailbox: (() => void)[] = [];
  private session: SessionState | null = null;
  /** Who takes the desk at the next sign-in. */
  private person: Person;
  /** The badge, as the page last heard of it. */
  summary: OutboxSummary | null = null;

  constructor(play: Play, number: number) {
    this.play = play;
    this.number = number;
    this.person = play.people.clerk;
    this.death = new Promise((resolve) => (this.reportDeath = resolve));
    const { time } = play;
    this.clock = {
      nowMs: () => time.wallMs(),
      monotonicMs: () => time.monotonicMs(),
      schedule: (delayMs, task) => time.onMachine(delayMs, task, this),
    };
    this.cancelling = play.isCancelling ? createCancellingApp(this.ports()) : null;
    this.app = this.cancelling ?? createApp(this.ports());
    this.app.onPush((channel, payload) => this.hearPush(channel, payload));
  }

  private ports(): Ports {
    const { play } = this;
    const isPlatform = play.dialect === 'api-platform';
    const unavailable = async () => fail('unavailable', 'not-in-the-play');
    return {
      settings: {
        environment: 'training',
        dialect: play.dialect,
        baseUrl: isPlatform ? `${ORIGIN}/referrals/FHIR` : `${ORIGIN}/ers-api`,
        pdsBaseUrl: `${ORIGIN}/personal-demographics/FHIR/R4`,
        asid: '000000000001',
        rateShare: 1,
        host: 'test',
        version: '0.0.0',
        organisationNames: {},
        // No page tells of keys here.
        policies: { idleLockMinutes: 0 },
      },
      deskSettings: openMemorySettings(),
      clock: this.clock,
      network: play.spoilNetwork(new Wire(play, this)),
      sessionProvider: this.provider(),
      patientDirectory: null,
      secrets: this.secrets(),
      storage: play.disk.portFor({
        isDead: () => this.isDead,
        dies: (when) => this.dies(when === 'before' ? 'crash-before-record' : 'crash-after-record'),
        refusal: (isWrite) => this.refusal(isWrite),
        onDurable: (before, row) => this.onDurable(before, row),
      }),
      printer: { ...PRINTER, list: unavailable, cancel: unavailable },
      pdfReader: { readText: unavailable, close: async () => {} },
      cardReader: { watch: () => () => undefined },
      systemEvents: { watch: () => () => undefined },
      dialogs: { openLink: unavailable, confirmQuit: async () => true },
      files: { saveFile: unavailable },
      machine: createUnknownMachine(),
      log: { write: (level, event, fields) => play.onLog(this, level, event, fields) },
    };
  }

  /** Signs in with the training service itself, on a way of its own that fails only without a connection. */
  private provider(): SessionProvider {
    const { play } = this;
    const direct = createInProcessNetwork(play.stage.service, this.clock);
    const network: Network = {
      send: async (request) => {
        if (this.isDead || !play.isConnected) return NOT_SENT;
        await play.pause(50);
        return direct.send(request);
      },
      close: () => Promise.resolve(),
    };
    let current: SessionProvider | null = null;
    return {
      obtain: async () => {
        const { userId } = this.person;
        const { dialect } = play;
        current = createTrainingSessionProvider({ network, baseUrl: ORIGIN, dialect, userId });
        const obtained = await current.obtain();
        if (obtained.ok) play.checker.onCredential(secretOf(obtained.value), userId);
        return obtained;
      },
      release: async () => current?.release(),
    };
  }

  private secrets(): Secrets {
    const { play } = this;
    return {
      read: async (name) => (play.isKeyMissing ? ok(null) : ok(play.keys.get(name) ?? null)),
      write: async (name, value) => {
        if (play.isKeyMissing) return fail('writes-off', 'no-keyring');
        play.keys.set(name, value);
        return ok(undefined);
      },
      remove: async (name) => {
        play.keys.delete(name);
        return ok(undefined);
      },
    };
  }

  start(): Promise<void> {
    return this.app.start();
  }

  /** Asks a channel as the page would; null when the process dies before it answers. */
  async ask<T = unknown>(channel: string, input: unknown): Promise<Outcome<T> | null> {
    if (this.isDead) return null;
    const answer = this.app.handle(channel, input, { isTrusted: true, place: 'play' });
    return (await Promise.race([answer, this.death])) as Outcome<T> | null;
  }

  askOutbox(intent: Intent): Outcome<OutboxItem> {
    if (this.cancelling === null) throw new Error('this play has screens');
    return this.isDead ? fail('internal', 'dead') : this.cancelling.ask(intent);
  }

  signInAs(person: Person): Promise<Outcome<SessionState> | null> {
    this.person = person;
    return this.ask<SessionState>('session/sign-in', {});
  }

  /** Whose session it is, locked or not, once a role is chosen; null when nobody's. */
  get seat(): string | null {
    const { user, role, status } = this.session ?? { user: null, role: null, status: 'signed-out' };
    if (user === null || role === null || status === 'signed-out') return null;
    return ownerOf(user.userId, role);
  }

  get isLocked(): boolean {
    return this.session?.status === 'locked';
  }

  /** The owner whose intents may be sent now. */
  get acting(): string | null {
    return this.isLocked || this.session?.status === 'ended' || this.isDead ? null : this.seat;
  }

  get isSignedOut(): boolean {
    return this.session === null || this.session.status === 'signed-out';
  }

  private hearPush(channel: string, payload: unknown): void {
    if (this.isDead) return;
    if (channel === 'session/changed') {
      this.session = payload as SessionState;
      this.play.onSession(this, this.session);
    }
    if (channel === 'outbox/changed') this.summary = payload as OutboxSummary;
  }

  /** What comes back over the wire. A process that sleeps hears it when it wakes, or finds the connection gone. */
  hear(reply: WireReply, then: (reply: WireReply) => void): void {
    const { time, random, isConnected } = this.play;
    if (this.isDead) return;
    if (time.isAsleep) {
      this.mailbox.push(() => this.hear(random.chance(0.4) ? LOST : reply, then));
      return;
    }
    if (this.dies('crash-before-answer')) return;
    then(isConnected || reply.kind === 'not-sent' ? reply : LOST);
    time.inWorld(0, () => this.dies('crash-after-answer'));
  }

  wake(): void {
    for (const hear of this.mailbox.splice(0)) hear();
  }

  /** Rolls the dice for a crash at this point; at points that few stories come to, with more odds. */
  dies(fault: FaultName, odds = 1): boolean {
    const { isCalm, random, plan, tally } = this.play;
    if (this.isDead) return true;
    if (isCalm || !random.chance(plan.steps.crash * odds)) return false;
    tally.fault(FAULT[fault]);
    this.play.tell(() => `the process dies: ${fault}`);
    this.die();
    return true;
  }

  die(): void {
    if (this.isDead) return;
    this.isDead = true;
    this.reportDeath(null);
    this.play.onDeath(this);
  }

  private refusal(isWrite: boolean): StorageFault['code'] | null {
    const { isCalm, time, random, plan, tally } = this.play;
    if (isCalm || !this.isStarted) return null;
    const isRefusing = this.play.diskRefusesUntilMs > time.now();
    if (isRefusing ? !isWrite && random.chance(0.7) : !isWrite || !random.chance(plan.steps.diskRefuses))
      return null;
    tally.fault(FAULT[isWrite ? 'disk-refuses' : 'disk-unreadable']);
    return random.chance(0.5) ? 'disk-full' : 'io';
  }

  /** The records are open: before that a refused disk means writes off, which `disk-refuses` at a start tries. */
  isStarted = false;

  private onDurable(before: DurableRow | null, row: DurableRow): void {
    this.play.onDurable(this, before, row);
  }
}

const secretOf = (credential: Credential) =>
  credential.kind === 'bearer' ? credential.token : credential.ticket;
