/**
 * The checker of the whole client. It asks the training service's world what is true, the database what is durable, and
 * the wire what went out; never the outbox. The invariants are those of safety.md, taken to mean what
 * `../protocol/checker.ts` says they mean, and:
 *
 * - I6: a SENDING row of this very attempt, and on the platform of this correlation id, was durable before the bytes.
 * - I7: the credential, organisation and role on the wire are those of the owner.
 * - I9: no ten requests of a process within a second are followed by another, and none within 100 ms of the one before.
 * - S30: with an older backup, what had taken effect before is not sent again.
 */
import type { WireRequest } from '../../../src-main/app/ports.ts';
import { isTerminal } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import { CONFIRMATION_MS, EVIDENCE_MS, LONGEST_CALL_MS } from '../protocol/promised.ts';
import type { DurableRow } from './disk.ts';
import type { Instance } from './instance.ts';
import { ownerOf } from './people.ts';
import type { Play } from './play.ts';
import { holdsWish, isState, type PlayIntent } from './play-intent.ts';
import type { SentWrite } from './write-bytes.ts';

/** Codes of NEEDS_CLERK that tell the clerk "not done at e-RS". */
const SAYS_NOT_DONE = [
  'not-done',
  'not-done-provider-may-differ',
  'PAS_NOT_RESPONDING',
  'too-many-sends',
  'accepted-not-found',
];
const BUDGET = 10;
/** The gate keeps 105 ms; a late timer may be made up for by a little (performance.md section 2). */
const LEAST_SPACING_MS = 100;
const LATEST_PUSH_MS = 1_000;

interface SpineSession {
  readonly userId: string;
  readonly role: { readonly organisation: string; readonly businessFunction: string } | null;
}

/** Confirmed anew after a wait for a connection: cancellations and rejections. */
const isAskedAgain = (action: string) => action.startsWith('cancel') || action === 'reject-referral';

export class Checker {
  readonly violations: string[] = [];
  private readonly play: Play;
  private readonly userOfSecret = new Map<string, string>();
  private readonly spineSessions = new Map<string, SpineSession>();
  private readonly requestTimes = new Map<Instance, number[]>();
  private badgeWrongSinceMs: number | null = null;

  constructor(play: Play) {
    this.play = play;
  }

  violate(intent: PlayIntent | null, what: string): void {
    const line = intent === null ? what : `${what} (${intent.name}, ${intent.wish.action})`;
    this.play.tell(() => `VIOLATION ${line}`);
    this.violations.push(line);
  }

  onCredential(secret: string, userId: string): void {
    this.userOfSecret.set(secret, userId);
  }

  /** A reply to A001 or A002: who stands behind a session key from now on. */
  onSpineSession(json: unknown): void {
    const { id, user, permission } = json as {
      readonly id: string;
      readonly user: { readonly identifier: string };
      readonly permission: { readonly businessFunction: string; readonly orgIdentifier: string } | null;
    };
    const role =
      permission === null
        ? null
        : { organisation: permission.orgIdentifier, businessFunction: permission.businessFunction };
    this.spineSessions.set(id, { userId: user.identifier, role });
  }

  /** Counts a request of a process as it leaves the gate. */
  onRequest(instance: Instance, request: WireRequest): void {
    const nowMs = this.play.time.now();
    const times = this.requestTimes.get(instance) ?? [];
    const last = times.at(-1) ?? -Infinity;
    if (nowMs - last < LEAST_SPACING_MS - 1e-6)
      this.violate(null, `I9: ${(nowMs - last).toFixed(2)} ms between two requests (${request.method})`);
    if (times.length >= BUDGET && nowMs - (times.at(-BUDGET) ?? -Infinity) < 1_000)
      this.violate(null, 'I9: more than ten requests in a second');
    times.push(nowMs);
    this.requestTimes.set(instance, times.slice(-BUDGET));
  }

  /** Bytes of a write are handed to the network. Gives the intent that they belong to. */
  onWire(instance: Instance, request: WireRequest, write: SentWrite): PlayIntent | null {
    const intent = this.play.intentOfWrite(write, request.headers['X-Correlation-ID'] ?? null);
    if (intent === null) {
      this.violate(null, `I6: a write (${write.operation}) without an intent that is being sent`);
      return null;
    }
    this.play.tell(() => `the desk: ${intent.name} goes out, ${write.operation} under ${this.pinOf(write)}`);
    if (intent.recordedAttempt <= intent.sentAttempt) this.violate(intent, 'I6: a send without its record');
    intent.sentAttempt = intent.recordedAttempt;
    this.expectPin(intent, write);
    const sender = this.senderOf(request);
    if (sender !== intent.wish.owner) this.violate(intent, `I7: sent as ${sender ?? 'nobody known'}`);
    if (intent.isDamaged && intent.row.state === 'QUARANTINED')
      this.violate(intent, 'S29: a record that does not open was sent');
    // A disk that lied loses the record of what is still on its way: it may take effect after the check of the new send.
    if (intent.isRolledBack && !intent.isLiedAbout && intent.isAsAsked)
      this.violate(intent, 'S30: an older backup sends again what is done');
    if (intent.wish.action === 'defer') this.expectEvidence(intent);
    this.expectOrder(intent);
    return intent;
  }

  private pinOf({ referralVersion, appointmentVersion }: SentWrite): string {
    return appointmentVersion === null
      ? `v${referralVersion}`
      : `v${referralVersion} and appointment v${appointmentVersion}`;
  }

  private expectPin(intent: PlayIntent, write: SentWrite): void {
    const { pinnedVersion, appointmentVersion, slotIds } = intent.wish;
    const isPinned =
      write.referralVersion === pinnedVersion && write.appointmentVersion === appointmentVersion;
    if (!isPinned) this.violate(intent, `I3: sent under ${this.pinOf(write)}, seen was v${pinnedVersion}`);
    if (write.slotId !== null && !slotIds.includes(write.slotId))
      this.violate(intent, 'I3: a slot that nobody named');
  }

  private senderOf({ headers }: WireRequest): string | null {
    if (this.play.dialect === 'spine-session') {
      const session = this.spineSessions.get(headers['HTTP_X_SESSION_KEY'] ?? '');
      return session?.role == null ? null : ownerOf(session.userId, session.role);
    }
    const userId = this.userOfSecret.get(headers['Authorization']?.replace('Bearer ', '') ?? '');
    if (userId === undefined) return null;
    return ownerOf(userId, {
      organisation: headers['NHSD-End-User-Organisation-ODS'] ?? '',
      businessFunction: headers['NHSD-eRS-Business-Function'] ?? '',
    });
  }

  /** I12: the reads of the wire, not the outbox's own notes, say how old the evidence is. */
  private expectEvidence(intent: PlayIntent): void {
    const { ubrn, serviceId, reason } = intent.wish;
    const key = reason === 'BOOKING_ATTEMPT_PROBLEM' ? `silence ${ubrn} ${serviceId}` : `search ${serviceId}`;
    const atMs = this.play.evidenceAtMs.get(key) ?? -Infinity;
    const ageMs = this.play.time.monotonicMs() - atMs;
    if (ageMs > EVIDENCE_MS + LONGEST_CALL_MS)
      this.violate(intent, `I12: a deferral on evidence of ${Math.round(ageMs / 1000)} s`);
  }

  private expectOrder(intent: PlayIntent): void {
    for (const other of this.play.intents.values()) {
      if (other.index >= intent.index || other.wish.ubrn !== intent.wish.ubrn) continue;
      if (isTerminal(other.row.state) || other.row.state === 'QUARANTINED' || other.isDamaged) continue;
      if (other.row.state === 'NEEDS_CLERK' && intent.mayPass.includes(other)) continue;
      if (other.isRolledBack || intent.isRolledBack || !other.isAcknowledged) continue;
      this.violate(intent, `I8: it overtook ${other.name}, which is ${other.row.state}`);
    }
  }

  /** A step is durable. */
  onDurable(instance: Instance, intent: PlayIntent, before: DurableRow | null): void {
    const { row, wish } = intent;
    // It is never sent from the queue: whatever puts it off ends the clerk's word (screens.md section 8).
    const isPutOff = before !== null && isState(intent, 'QUEUED', 'WAITING', 'HELD');
    if (wish.action === 'cancel-referral' && isPutOff) intent.wordAtMs = null;
    switch (row.state) {
      case 'SENDING':
        this.onSending(instance, intent);
        intent.recordedAttempt = row.attempt;
        return;
      case 'WAITING':
        if (row.code === 'no-connection' && isAskedAgain(wish.action)) intent.wordAtMs = null;
        return;
      case 'APPLIED':
        if (wish.action !== 'letter' && !intent.wasAsAsked)
          this.violate(intent, 'I1: told done, and it is not');
        return;
      case 'REJECTED':
        return this.expectNothingDone(intent, 'refused');
      case 'ABANDONED': {
        const isJudged =
          before?.state === 'NEEDS_CLERK' && row.attempt > 0 && !SAYS_NOT_DONE.includes(intent.lastClerkCode);
        return this.expectNothingDone(intent, 'taken back', isJudged || before?.state === 'QUARANTINED');
      }
      case 'NEEDS_CLERK':
        intent.lastClerkCode = row.code;
        if (SAYS_NOT_DONE.includes(row.code)) this.expectNothingDone(intent, `not done (${row.code})`);
    }
  }

  /** The outbox commits to a send. */
  private onSending(instance: Instance, intent: PlayIntent): void {
    const { time } = this.play;
    const isWordGood =
      intent.wordAtMs !== null &&
      intent.wordInstance === instance.number &&
      time.monotonicMs() - intent.wordAtMs <= CONFIRMATION_MS;
    if (!isWordGood) this.violate(intent, "word: a send without the clerk's word");
    if (intent.wantsOut) this.violate(intent, 'word: a send of what was taken back');
    if (instance.acting !== intent.wish.owner)
      this.violate(intent, 'I7: a send for a person who is not there');
    if (intent.wish.action === 'letter') this.violate(intent, 'I11: a letter is sent');
    this.expectOrder(intent);
  }

  /** The provider's system is asked; what a silent one may hold goes there again only on a new word (step 5). */
  onProvider(intent: PlayIntent, attempt: number): void {
    const { silentAttempt, wordAttempt, isLiedAbout } = intent;
    // The record of the attempt that it is silent about is gone from the disk, and nobody can know of it.
    if (isLiedAbout) return;
    if (silentAttempt > wordAttempt && attempt > silentAttempt)
      this.violate(intent, 'PAS: what it may hold goes there again by itself');
  }

  private expectNothingDone(intent: PlayIntent, told: string, isLeftToClerk = false): void {
    if (intent.isRolledBack) return;
    if (intent.effects > 0 && !isLeftToClerk) this.violate(intent, `I1: told ${told}, and it is done`);
    const { version } = this.play.stage.referral(intent.wish.ubrn);
    if (intent.inFlight > 0 && version === intent.wish.pinnedVersion)
      this.violate(intent, `I1: told ${told}, and it is still on its way`);
  }

  /** A request of the outbox took effect. */
  onEffect(intent: PlayIntent, seen: number, isAtOnce: boolean): void {
    const { row, wish } = intent;
    intent.effects += 1;
    this.play.tell(() => `e-RS: ${intent.name} takes effect`);
    if (intent.effects > 1) this.violate(intent, 'I2: a second effect');
    // A silent provider is waited for after the pin was checked: what moved meanwhile is not the client's doing.
    if (isAtOnce && seen !== wish.pinnedVersion)
      this.violate(intent, 'I3: an effect on a version that the clerk did not see');
    if (isTerminal(row.state) && !intent.isRolledBack)
      this.violate(intent, `I1: an effect after it was settled as ${row.state}`);
  }

  /** What e-RS holds of a referral has changed. */
  onReferralChanged(ubrn: string): void {
    const referral = this.play.stage.referral(ubrn);
    for (const intent of this.play.intents.values()) {
      if (intent.wish.ubrn !== ubrn) continue;
      intent.isAsAsked = holdsWish(referral, intent.wish);
      intent.wasAsAsked ||= intent.isAsAsked;
    }
  }

  /** The badge says what the disk says (I13): open, with the clerk, unknown. A push may be a moment late. */
  expectBadge(instance: Instance): void {
    const nowMs = this.play.time.monotonicMs();
    const difference = this.play.time.isAsleep ? null : this.badgeDifference(instance);
    if (difference === null) this.badgeWrongSinceMs = null;
    else if (nowMs - (this.badgeWrongSinceMs ??= nowMs) > LATEST_PUSH_MS) {
      this.badgeWrongSinceMs = null;
      this.violate(null, difference);
    }
  }

  private badgeDifference(instance: Instance): string | null {
    const { acting, summary } = instance;
    if (acting === null || summary === null || !summary.canWrite) return null;
    const mine = [...this.play.intents.values()].filter(
      ({ wish, isVanished }) => wish.owner === acting && !isVanished,
    );
    const open = mine.filter(({ row }) => !isTerminal(row.state));
    const unknown = open.filter((intent) => isState(intent, 'SENDING', 'UNKNOWN', 'RECONCILING')).length;
    const needsClerk = open.filter((intent) => isState(intent, 'NEEDS_CLERK', 'QUARANTINED')).length;
    const told = `${summary.open}/${summary.unknown}/${summary.needsClerk}`;
    const durable = `${open.length}/${unknown}/${needsClerk}`;
    if (told === durable) return null;
    return `I13: the badge says ${told} (open, unknown, with the clerk), the disk ${durable}`;
  }

  /** A letter came: no write of its referral may be under way (I11). */
  onLetter(ubrn: string): void {
    for (const intent of this.play.intents.values()) {
      const { wish, row } = intent;
      if (wish.ubrn !== ubrn || wish.action === 'letter' || intent.isDamaged || intent.isVanished) continue;
      if (!isTerminal(row.state) && !isState(intent, 'NEEDS_CLERK', 'QUARANTINED'))
        this.violate(intent, `I11: a letter while it is ${row.state}`);
    }
  }

  /** After the troubles have ended and time enough has passed. */
  atEnd(instance: Instance): void {
    for (const intent of this.play.intents.values()) {
      const durable = this.play.disk.read(intent.id);
      if (durable === null) {
        if (intent.isAcknowledged && !intent.isVanished) this.violate(intent, 'I4: it has vanished');
        continue;
      }
      if (!this.isWithClerk(intent)) this.violate(intent, `I5: still ${intent.row.state} ${intent.row.code}`);
    }
    this.expectBadge(instance);
  }

  /** A person has it, or has the one that it waits behind. */
  private isWithClerk(intent: PlayIntent): boolean {
    if (isTerminal(intent.row.state) || isState(intent, 'NEEDS_CLERK', 'QUARANTINED')) return true;
    if (intent.isDamaged || intent.isVanished) return true;
    return [...this.play.intents.values()].some(
      (other) =>
        other.index < intent.index && other.wish.ubrn === intent.wish.ubrn && isState(other, 'NEEDS_CLERK'),
    );
  }
}
