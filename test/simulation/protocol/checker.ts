/**
 * The checker: it knows what is true at the service and asks whether the outbox kept its promises (safety.md,
 * "Invariants"). Where the text leaves room, this is what each is taken to mean:
 *
 * - I1: APPLIED is recorded only of what e-RS held as asked, whoever did it, at a moment of the reads that found it. REJECTED, and ABANDONED unless a clerk
 *   was left to judge the outcome, is recorded only where nothing took effect and no copy can still do so. Nothing takes
 *   effect after its intent was settled. NEEDS_CLERK claims nothing, except under the codes that say "not done".
 * - I2: at most one effect per intent; of an upload and of what is made anew, which have no pin, at most one of its sends under one word of the
 *   clerk (what the network itself doubles counts once). I3: the pin on the wire, and the version at the effect, are what the clerk saw.
 * - I4: what was acknowledged has a row, and the live process knows it while it is open.
 * - I5: after the troubles end, with a connection and the person signed in, every intent is settled or with the clerk
 *   within the horizon and ten minutes; whoever is asked to sign in (HELD) does. What waits behind one that needs the clerk is with the clerk, too.
 * - I6: before each wire send a SENDING of that attempt was durable. I7: the person on the session is the owner.
 * - I8: nothing is checked or sent before each earlier intent of its referral is settled or set apart. An earlier one may
 *   be passed only while it needs the clerk and only by an intent that was made when it did already; a letter that is
 *   ready to be printed holds up nobody. I11: so a letter is announced only after the writes before it are settled.
 * - I9: no more than ten requests of a process in any second. I12: a deferral goes out on a search that truly found no
 *   slot, at most two minutes (and the time of the call and the gate) before.
 * - Word: a send needs a Ctrl+Enter of at most fifteen minutes ago, in this process, before no sleep that the clocks
 *   show, for the cancellations, rejections and what is made anew before no wait for a connection (for that of a referral: no wait at all), and not taken back.
 * - S29: a record that does not open is never taken up.
 * - PAS: what a silent provider's system may hold goes there again only on a new Ctrl+Enter (safety.md step 5),
 *   and is never called refused.
 *
 * A disk that lies about its records breaks promises that no program can keep: then I2, I3, I7, the word and the truth
 * of APPLIED still hold, the rest is not asked of that intent.
 */
import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';
import type { DeferIntent } from '../../../src-main/features/outbox/record-schemas.ts';
import {
  CALLING_STATES,
  isTerminal,
  type IntentState,
} from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Standing } from '../../../src-main/features/outbox/protocol/machine.ts';
import type { AppInstance } from './app-instance.ts';
import type { SimIntent } from './sim-intent.ts';
import { isAsAsked } from './as-asked.ts';
import { modelOf } from './models.ts';
import { CONFIRMATION_MS, EVIDENCE_MS, LONGEST_CALL_MS } from './promised.ts';
import type { World } from './world.ts';

/** Codes of NEEDS_CLERK that tell the clerk "not done at e-RS". */
const SAYS_NOT_DONE = [
  'not-done',
  'not-done-provider-may-differ',
  'PAS_NOT_RESPONDING',
  'too-many-sends',
  'accepted-not-found',
];
/** A turn that began while the earlier intent needed the clerk is not taken back by the clerk's key for that one. */
const NOT_BUSY: readonly IntentState[] = ['NEEDS_CLERK', 'QUEUED', 'WAITING', 'HELD'];
/** Confirmed anew after a wait for a connection. */
const ASKED_AGAIN: readonly OutboxAction[] = [
  'cancel-later',
  'cancel-appointment',
  'cancel-referral',
  'reject-referral',
  'create-referral',
  'create-and-triage',
  'convert-advice',
  'request-advice',
];
/** After an unknown outcome these go out on a new word only. */
const NEVER_RESENT: readonly OutboxAction[] = [
  'upload-file',
  'create-referral',
  'create-and-triage',
  'convert-advice',
  'request-advice',
];
const PUT_OFF: readonly IntentState[] = ['QUEUED', 'WAITING', 'HELD'];
/** Sends of one intent without a new word of the clerk (safety.md step 5). */
const MOST_SENDS = 4;
/** Nothing in the service tells one send of these from another. */
const isUnpinned = (action: OutboxAction) => action === 'upload-file' || modelOf(action)?.make !== undefined;
/** A queue, not a few intents. */
const MANY = 10;
/** Requests in any second of one process. */
const BUDGET = 10;

export interface Violation {
  readonly atMs: number;
  readonly what: string;
}

export class Checker {
  readonly violations: Violation[] = [];
  private readonly world: World;
  private readonly requestTimes = new Float64Array(BUDGET);
  private requests = 0;
  private requestsOf = 0;

  constructor(world: World) {
    this.world = world;
  }

  violate(sim: SimIntent | null, what: string): void {
    const line = sim === null ? what : `${what} (${sim.id}, ${sim.action})`;
    this.world.tell(() => `VIOLATION ${line}`);
    this.violations.push({ atMs: this.world.time.now(), what: line });
  }

  /** The clerk was told that it is queued. */
  onAcknowledged(app: AppInstance, sim: SimIntent): void {
    sim.facts.isAcknowledged = true;
    this.onConfirmed(app, sim);
    this.world.tell(() => `the clerk asks: ${sim.id} ${sim.action} ${sim.referral.ubrn} under ${sim.pin}`);
  }

  onConfirmed(app: AppInstance, { facts }: SimIntent): void {
    facts.wordAtMs = this.world.time.monotonicMs();
    facts.wordInstance = app.number;
    facts.wasAtProvider = false;
    facts.wantsOut = false;
    facts.unknownSends = 0;
    facts.words += 1;
  }

  onWithdrawn({ facts }: SimIntent): void {
    facts.wantsOut = true;
  }

  /** The machine slept and its clocks show it: no word from before counts. */
  onSleepShown(): void {
    for (const { facts } of this.world.intents) facts.wordAtMs = null;
  }

  /** A search truly showed these slots: for which deferrals is that evidence? */
  onSearch(serviceId: string, free: readonly string[]): void {
    for (const { action, intent, facts } of this.world.intents) {
      if (action !== 'defer' || intent.serviceId !== serviceId) continue;
      const { reason, slotId } = intent as DeferIntent;
      const isEvidence =
        reason === 'NO_SLOTS_AT_SERVICE'
          ? free.length === 0
          : reason === 'SLOT_NOT_AVAILABLE' && !free.some((id) => id === slotId);
      if (isEvidence) facts.evidenceAtMs = this.world.time.now();
    }
  }

  /** An attempt to book has failed at the provider's system: that permits every deferral that names it. */
  onAttemptProblem({ referral }: SimIntent): void {
    for (const sim of this.world.intents)
      if (
        sim.referral === referral &&
        sim.intent.action === 'defer' &&
        sim.intent.reason === 'BOOKING_ATTEMPT_PROBLEM'
      )
        sim.facts.evidenceAtMs = this.world.time.now();
  }

  onCheck(app: AppInstance, sim: SimIntent): void {
    this.onReadsBegin(app, sim);
    this.expectOrder(sim, ['NEEDS_CLERK']);
    this.expectOpen(sim);
    if (this.world.intents.length > MANY) this.expectRoom(app, sim);
  }

  private expectOpen(sim: SimIntent): void {
    if (sim.facts.isQuarantined) this.violate(sim, 'S29: a record that does not open was taken up');
  }

  /** At most six calls of a desk, and two for a service, are under way at once (screens.md section 9). */
  private expectRoom(app: AppInstance, { intent }: SimIntent): void {
    let all = 0;
    let ofService = 0;
    for (const entry of app.engine.entries()) {
      if (!CALLING_STATES.includes(entry.standing.state)) continue;
      all += 1;
      if (entry.service === intent.serviceId) ofService += 1;
    }
    if (all > 6) this.violate(null, `room: ${all} intents with calls under way`);
    if (ofService > 2) this.violate(null, `room: ${ofService} calls for one service`);
  }

  /** The engine commands a send. */
  onSend(app: AppInstance, sim: SimIntent): void {
    const { facts } = sim;
    const { time, desk } = this.world;
    const isWordGood =
      facts.wordAtMs !== null &&
      facts.wordInstance === app.number &&
      time.monotonicMs() - facts.wordAtMs <= CONFIRMATION_MS;
    if (!isWordGood) this.violate(sim, "word: a send without the clerk's word");
    if (facts.wantsOut) this.violate(sim, 'word: a send of what was taken back');
    if (facts.wasAtProvider) this.violate(sim, 'PAS: sent again by itself');
    if (facts.unknownSends > 0 && NEVER_RESENT.includes(sim.action))
      this.violate(sim, 'sent again by itself');
    if (facts.unknownSends >= MOST_SENDS) this.violate(sim, 'sent more than four times by itself');
    this.expectOpen(sim);
    if (!desk.mayAct(sim.owner)) this.violate(sim, 'I7: a send for a person who is not there');
    this.expectOrder(sim, NOT_BUSY);
  }

  /** Bytes of a write leave the desk. */
  onWire(_app: AppInstance, sim: SimIntent, pin: number): void {
    const { facts, row } = sim;
    const { desk, time } = this.world;
    if (this.world.isTold) this.world.tell(() => `the wire: ${sim.id} goes out under ${pin}`);
    if (row === null || facts.recordedAttempt <= facts.sentAttempt)
      this.violate(sim, 'I6: a send without its record');
    facts.sentAttempt = facts.recordedAttempt;
    facts.wordOfAttempt[facts.recordedAttempt] = facts.words;
    facts.wireSends += 1;
    if (pin !== sim.pin) this.violate(sim, 'I3: sent under a version that the clerk did not see');
    if (desk.user !== sim.owner) this.violate(sim, 'I7: sent under another person');
    if (sim.action === 'letter') this.violate(sim, 'I11: a letter was sent');
    const ageMs = time.now() - facts.evidenceAtMs;
    if (sim.action === 'defer' && ageMs > EVIDENCE_MS + LONGEST_CALL_MS)
      this.violate(sim, 'I12: a deferral without fresh evidence');
    this.expectOrder(sim, NOT_BUSY);
  }

  /** `passable` are the states in which an earlier intent may be passed by one that was made knowing of it. */
  private expectOrder(sim: SimIntent, passable: readonly IntentState[]): void {
    for (const other of this.world.intents) {
      if (other.index >= sim.index) return;
      if (other.referral !== sim.referral || other.row === null) continue;
      const { state, isDamaged } = other.row;
      if (isTerminal(state) || state === 'QUARANTINED' || isDamaged) continue;
      const isLetterReady = other.action === 'letter' && state === 'NEEDS_CLERK';
      if (isLetterReady || (passable.includes(state) && sim.mayPass.includes(other))) continue;
      if (!other.facts.isAcknowledged || other.facts.isLiedAbout || sim.facts.isLiedAbout) continue;
      this.violate(sim, `I8: it overtook ${other.id}`);
    }
  }

  /** A write took effect at the service; `seen` is the version it found. */
  onEffect(sim: SimIntent, seen: number): void {
    const { facts, row } = sim;
    facts.effects += 1;
    if (this.world.isTold) this.world.tell(() => `the service: ${sim.id} takes effect`);
    if (facts.effects > 1) this.violate(sim, 'I2: a second effect');
    if (seen !== sim.pin) this.violate(sim, 'I3: an effect on a version that the clerk did not see');
    const isSettled = row !== null && isTerminal(row.state);
    if (isSettled && !facts.isLiedAbout)
      this.violate(sim, `I1: an effect after it was settled as ${row.state}`);
  }

  /** A file was stored, or something new was made, by a copy of this attempt: nothing of it has a pin. */
  onStored(sim: SimIntent, attempt: number): void {
    const { facts, row } = sim;
    facts.effects += 1;
    if (this.world.isTold) this.world.tell(() => `the service: ${sim.id} is stored by attempt ${attempt}`);
    const word = facts.wordOfAttempt[attempt] ?? 0;
    // What a lying disk forgot of an upload nothing can remember.
    if ((facts.effectUnderWord[word] ?? attempt) !== attempt && !facts.isLiedAbout)
      this.violate(sim, 'I2: a second effect');
    facts.effectUnderWord[word] = attempt;
    // Taken back, a file is only never used.
    const isSettled = row !== null && isTerminal(row.state) && row.state !== 'APPLIED';
    const isOver = sim.action === 'upload-file' ? row?.state === 'REJECTED' : isSettled;
    if (isOver && !facts.isLiedAbout)
      this.violate(sim, `I1: an effect after it was settled as ${row?.state}`);
  }

  /** The service looks something up for a read of the live process. */
  onLookedUp(app: AppInstance, sim: SimIntent): void {
    if (app.isNewest()) sim.facts.isSeenAsAsked ||= isAsAsked(sim, this.world);
  }

  /** The reads of a check or of a read-back begin. */
  onReadsBegin(app: AppInstance, { facts }: SimIntent): void {
    if (app.isNewest()) facts.isSeenAsAsked = false;
  }

  /** A step is durable. */
  onRecord(sim: SimIntent, from: IntentState): void {
    const { row, facts, action } = sim;
    if (row === null) return;
    const { state, code } = row;
    // The end of a referral is never sent from the queue (screens.md section 8).
    if (action === 'cancel-referral' && PUT_OFF.includes(state)) facts.wordAtMs = null;
    switch (state) {
      case 'SENDING':
        facts.recordedAttempt = row.attempt;
        return;
      case 'WAITING':
        if (code === 'no-connection' && ASKED_AGAIN.includes(action)) facts.wordAtMs = null;
        return;
      case 'APPLIED':
        if (action === 'letter') return;
        // The id of a 201 is what is kept: no read shows a file that is not linked.
        if (isUnpinned(action)) {
          if (!isAsAsked(sim, this.world)) this.violate(sim, 'I1: told done, and it is not');
        } else if (!facts.isSeenAsAsked) this.violate(sim, 'I1: told done, and it is not');
        return;
      case 'REJECTED':
        if (facts.wasAtProvider && !facts.isLiedAbout)
          this.violate(sim, 'PAS: told refused, and the provider may have acted');
        return this.expectNothingDone(sim, 'refused');
      case 'ABANDONED': {
        // Taken back, an upload is only never used: e-RS itself deletes what nobody links.
        if (action === 'upload-file') return;
        const isJudged =
          from === 'NEEDS_CLERK' && row.attempt > 0 && !SAYS_NOT_DONE.includes(this.codeBefore(sim));
        return this.expectNothingDone(sim, 'taken back', isJudged || from === 'QUARANTINED');
      }
      case 'NEEDS_CLERK':
        facts.lastCode = code;
        if (SAYS_NOT_DONE.includes(code)) this.expectNothingDone(sim, `not done (${code})`);
    }
  }

  private codeBefore({ facts }: SimIntent): string {
    return facts.lastCode;
  }

  private expectNothingDone(sim: SimIntent, told: string, isLeftToClerk = false): void {
    const { facts } = sim;
    if (facts.isLiedAbout) return;
    if (facts.effects > 0 && !isLeftToClerk) this.violate(sim, `I1: told ${told}, and it is done`);
    // What could still take effect is caught when it does, and here already where it is known to be on its way.
    if (facts.inFlight > 0 && sim.referral.version === sim.intent.pinnedVersion)
      this.violate(sim, `I1: told ${told}, and it is still on its way`);
  }

  /** What the live process shows must be what the disk says. */
  onShown(sim: SimIntent, standing: Standing): void {
    const { row, facts } = sim;
    if (row === null || facts.isLiedAbout) return;
    if (isTerminal(standing.state) && standing.state !== row.state)
      this.violate(sim, `I1: shown as ${standing.state}, on disk ${row.state}`);
  }

  /** Counts a request of a process at the gate. */
  onRequest(app: AppInstance): void {
    if (this.requestsOf !== app.number) {
      this.requestsOf = app.number;
      this.requests = 0;
    }
    const nowMs = this.world.time.now();
    const slot = this.requests % BUDGET;
    if (this.requests >= BUDGET && nowMs - (this.requestTimes[slot] as number) < 1_000)
      this.violate(null, 'I9: more than ten requests in a second');
    this.requestTimes[slot] = nowMs;
    this.requests += 1;
  }

  /** After the troubles have ended and time enough has passed. */
  atEnd(app: AppInstance): void {
    const { intents } = this.world;
    for (const sim of intents) {
      const { row, facts } = sim;
      if (row === null) {
        if (facts.isAcknowledged && !facts.isLiedAbout) this.violate(sim, 'I4: it has vanished');
        continue;
      }
      if (isTerminal(row.state)) continue;
      if (!isWithClerk(app, sim)) this.violate(sim, `I5: still ${row.state} ${row.code}`);
      const isKnown = app.engine.entry(sim.id) !== null;
      if (!isKnown && facts.isAcknowledged && !row.isDamaged)
        this.violate(sim, 'I4: the outbox has forgotten it');
    }
    const difference = this.countsDiffer(app);
    if (difference !== null) this.violate(null, `I13: ${difference}`);
  }

  /** I13: how what the outbox shows differs from what is on disk; null when it does not, or cannot be compared. */
  countsDiffer(app: AppInstance): string | null {
    let open = 0;
    for (const { row, facts } of this.world.intents) {
      if (row === null) continue;
      if (row.isDamaged || !facts.isAcknowledged) return null;
      if (!isTerminal(row.state)) open += 1;
    }
    const shown = app.engine.entries().length;
    return shown === open ? null : `${shown} shown, ${open} on disk`;
  }
}

/** A person has it, or has the one that it waits behind. */
export function isWithClerk(app: AppInstance, sim: SimIntent): boolean {
  const { row, facts } = sim;
  if (row === null || isTerminal(row.state)) return true;
  if (row.state === 'NEEDS_CLERK' || row.state === 'QUARANTINED' || row.isDamaged) return true;
  // It was not saved, as the clerk was told; it is on disk all the same, until the next start finds it.
  if (!facts.isAcknowledged && app.engine.entry(sim.id) === null) return true;
  const ahead = app.engine.behind(sim.id);
  const head = ahead === null ? undefined : app.world.intents[Number(ahead)];
  return head !== undefined && head !== sim && isWithClerk(app, head);
}
