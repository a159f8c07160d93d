/** The way from a process to e-RS and back: a `Network` whose faults are those of sockets, gateways and portals. */
import type { Network, WireReply, WireRequest } from '../../../src-main/app/ports.ts';
import { FAULT, READ_FAULTS, WIRE_FAULTS, type ReadFault, type WireFault } from '../plan.ts';
import type { Instance } from './instance.ts';
import type { Play } from './play.ts';
import type { PlayIntent } from './play-intent.ts';
import {
  LOST,
  NOT_SENT,
  OTHER_UBRN,
  PORTAL,
  refusal,
  truncated,
  withOther,
  withWrongType,
  type Reply,
} from './replies.ts';
import type { WireCall } from './stage.ts';
import { nameOfCall, readWrite, type SentWrite } from './write-bytes.ts';

/** The gateway gives up after this (safety.md, fact 4); nothing that it has let in takes effect later. */
const GATEWAY_MS = 180_000;
/** A provider's system that stays silent is waited for so long. */
const SILENCE_MS = 120_000;
/** A write comes once in a story, records and answers many times. */
const WIRE_ODDS = 3;

type Hear = (reply: WireReply) => void;

/** One request under way. */
interface Passage {
  readonly request: WireRequest;
  readonly write: SentWrite | null;
  readonly intent: PlayIntent | null;
  readonly hear: Hear;
}

/** A provider's system takes part in these two (contract.md A034 and A036). */
const isCancelling = (write: SentWrite | null): boolean =>
  write?.operation === 'A034' || write?.operation === 'A036';

export class Wire implements Network {
  private readonly play: Play;
  private readonly instance: Instance;

  constructor(play: Play, instance: Instance) {
    this.play = play;
    this.instance = instance;
  }

  send(request: WireRequest): Promise<WireReply> {
    const { play, instance } = this;
    return new Promise((resolve) => {
      if (instance.isDead) return;
      const write = readWrite(request);
      const intent = write === null ? null : play.checker.onWire(instance, request, write);
      play.checker.onRequest(instance, request);
      if (write !== null && instance.dies('crash-before-wire', WIRE_ODDS)) return;
      let isHeard = false;
      const hear: Hear = (reply) => {
        if (isHeard) return;
        isHeard = true;
        cancelTimeout();
        instance.hear(reply, resolve);
      };
      const cancelTimeout = instance.clock.schedule(request.timeoutMs, () =>
        hear({ kind: 'lost', reason: 'timeout' }),
      );
      this.carry({ request, write, intent, hear });
      if (write !== null) instance.dies('crash-after-wire', WIRE_ODDS);
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private carry(passage: Passage): void {
    const { play } = this;
    const { random } = play;
    if (!play.isConnected) {
      const isSwallowed = random.chance(0.25);
      return this.answer(
        passage,
        isSwallowed ? 5_000 + random.below(20_000) : 30,
        isSwallowed ? LOST : NOT_SENT,
      );
    }
    if (play.isBehindPortal) return this.answer(passage, 60, PORTAL);
    if (passage.write === null) return this.carryRead(passage);
    const fault = play.isCalm ? null : draw(random.unit(), play.plan.wire, WIRE_FAULTS);
    if (fault === null || !this.isPossible(fault, passage)) return this.pass(passage, this.workMs(passage));
    this.note(fault, passage);
    this.spoilWrite(passage, fault);
  }

  private note(fault: WireFault | ReadFault, { request }: Passage): void {
    this.play.tally.fault(FAULT[fault]);
    this.play.tell(() => `the wire: ${fault} at ${nameOfCall(request)}`);
  }

  private isPossible(fault: WireFault, { write }: Passage): boolean {
    if (fault === 'not-in-dialect') return false;
    if (fault === 'accepted-not-kept') return write?.operation === 'A016';
    return fault !== 'status-422-unable' || write?.slotId !== null || isCancelling(write);
  }

  private answer({ hear }: Passage, delayMs: number, reply: WireReply): void {
    this.play.time.inWorld(delayMs, () => hear(reply));
  }

  private tripMs(): number {
    return 15 + this.play.random.below(250);
  }

  /** How long e-RS works on a write; a provider's system takes its time. */
  private workMs({ write }: Passage): number {
    const { random } = this.play;
    const hasProvider = isCancelling(write) || write?.slotId != null;
    return hasProvider && random.chance(0.15) ? 1_000 + random.below(50_000) : 40 + random.below(800);
  }

  /** Reaches e-RS after a while; its answer comes back, or is spoilt on the way. */
  private pass(
    passage: Passage,
    afterMs: number,
    spoil: (reply: WireReply) => WireReply = (reply) => reply,
  ): void {
    this.deliver(passage, afterMs, (reply) => this.answer(passage, this.tripMs(), spoil(reply)));
  }

  /** One copy of the request is handled by e-RS after a while. */
  private deliver(passage: Passage, afterMs: number, then: (reply: WireReply) => void): void {
    const { request, intent } = passage;
    const { play } = this;
    const call: WireCall = {
      intentId: intent?.id ?? null,
      attempt: intent?.recordedAttempt ?? 0,
      mayBeSilent: afterMs + SILENCE_MS <= GATEWAY_MS + 5_000,
    };
    if (intent !== null) intent.inFlight += 1;
    play.time.inWorld(afterMs, () => {
      void play.handle(request, call).then((reply) => {
        if (intent !== null) intent.inFlight -= 1;
        if (intent !== null)
          play.tell(() => `e-RS: ${nameOfCall(request)} of ${intent.name} is answered ${nameOf(reply)}`);
        then(reply);
      });
    });
  }

  private carryRead(passage: Passage): void {
    const { play } = this;
    const { random, plan } = play;
    const isOfSession = /ProfessionalSession|PractitionerRole$/.test(passage.request.path);
    const isSpared = play.isCalm || (isOfSession && random.chance(0.7));
    const fault = isSpared ? null : draw(random.unit(), plan.read, READ_FAULTS);
    if (fault === null) return this.passRead(passage);
    this.note(fault, passage);
    this.spoilRead(passage, fault);
  }

  private passRead(passage: Passage): void {
    const { play } = this;
    const isOffers = !play.isCalm && passage.request.path.endsWith('/Task');
    if (!isOffers || !play.random.chance(play.plan.steps.notOffered))
      return this.pass(passage, this.tripMs());
    play.note('not-offered');
    this.pass(passage, this.tripMs(), (reply) => (reply.kind === 'reply' ? withoutOffers(reply) : reply));
  }

  private spoilRead(passage: Passage, fault: ReadFault): void {
    const { random } = this.play;
    const trip = this.tripMs();
    switch (fault) {
      case 'read-slow':
      case 'read-old-copy':
        // It looks early and answers late: what it says may be out of date.
        return this.deliver(passage, trip, (reply) =>
          this.answer(passage, 1_000 + random.below(28_000), reply),
        );
      case 'read-dropped':
        return this.answer(passage, random.chance(0.5) ? trip : 40_000, LOST);
      case 'read-refused':
        return this.answer(passage, trip, NOT_SENT);
      case 'read-portal':
        return this.answer(passage, trip, PORTAL);
      case 'read-truncated':
        return this.pass(passage, trip, (reply) =>
          reply.kind !== 'reply' ? reply : random.chance(0.6) ? truncated(reply) : withWrongType(reply),
        );
      case 'read-wrong-ubrn':
        return this.pass(passage, trip, (reply) => withOtherUbrn(reply, passage));
      default:
        return this.answer(passage, trip, this.status(passage, STATUSES[fault]));
    }
  }

  private status({ request, write }: Passage, [status, code, retry]: StatusFault): Reply {
    const id = write?.operation ?? (request.path.includes('/Slot') ? 'A015' : 'A005');
    return refusal(
      this.play.dialect,
      id,
      status,
      this.play.dialect === 'spine-session' && status === 401 ? 'NO_ACCESS' : code,
      retry,
    );
  }

  private spoilWrite(passage: Passage, fault: WireFault): void {
    const { random } = this.play;
    const trip = this.tripMs();
    const work = this.workMs(passage);
    const nobody = () => undefined;
    switch (fault) {
      case 'dropped-request':
        return this.answer(passage, this.silenceMs(trip), LOST);
      case 'dropped-response':
        return this.deliver(passage, work, () => this.answer(passage, this.silenceMs(15), LOST));
      case 'duplicated':
        return this.duplicate(passage);
      case 'late':
        return this.beLate(passage);
      case 'connection-refused':
        return this.answer(passage, trip, NOT_SENT);
      case 'captive-portal':
        return this.answer(passage, trip, PORTAL);
      case 'html-after-processing':
        return this.pass(passage, work, () => PORTAL);
      case 'truncated-body':
        return this.pass(passage, work, (reply) =>
          reply.kind !== 'reply' ? reply : random.chance(0.6) ? truncated(reply) : withWrongType(reply),
        );
      case 'wrong-ubrn-echoed':
        return this.pass(passage, work, (reply) => withOtherUbrn(reply, passage));
      case 'echo-differs':
        return this.pass(passage, work, (reply) => withOtherEcho(reply, passage));
      case 'accepted-not-kept':
        return this.deliver(passage, work, (reply) => {
          if (passage.intent !== null) this.play.undoEffect(passage.intent);
          this.answer(passage, trip, reply);
        });
      case 'status-429':
      case 'status-429-retry-after': {
        const seconds = fault === 'status-429' ? null : random.between(1, 90);
        return this.answer(passage, trip, this.status(passage, [429, '', seconds]));
      }
      case 'status-500':
      case 'status-503':
      case 'status-503-retry-after':
        // It says nothing about what became of the write.
        if (random.chance(0.5)) this.deliver(passage, work, nobody);
        break;
      case 'status-504-gateway':
        if (random.chance(0.5)) this.deliver(passage, random.below(GATEWAY_MS), nobody);
        return this.answer(passage, GATEWAY_MS, this.status(passage, STATUSES[fault]));
      case 'status-422-unable':
        if (random.chance(0.3)) this.deliver(passage, random.below(GATEWAY_MS), nobody);
        break;
    }
    const unable = isCancelling(passage.write)
      ? 'UNABLE_TO_CANCEL_APPOINTMENT'
      : 'UNABLE_TO_CONFIRM_APPOINTMENT';
    const found =
      fault === 'status-422-unable'
        ? ([422, unable, null] as const)
        : STATUSES[fault as keyof typeof STATUSES];
    this.answer(passage, trip, this.status(passage, found));
  }

  /** Until the client notices: a reset at once, or nothing for as long as it waits. */
  private silenceMs(atOnceMs: number): number {
    const { random } = this.play;
    return random.chance(0.6) ? atOnceMs + random.below(4_000) : 400_000;
  }

  /**
   * Something on the way sends a second copy. One connection carries both to the service and one answer back, so that
   * both have been handled before the client hears either (as at protocol depth). While a provider's system is silent
   * e-RS is still busy with the copy that asked it: that one is answered.
   */
  private duplicate(passage: Passage): void {
    const { random } = this.play;
    const firstMs = this.workMs(passage);
    const secondMs = firstMs + random.below(random.chance(0.7) ? 3_000 : 60_000);
    const isFirstHeard = random.chance(0.3);
    const replies: WireReply[] = [];
    [firstMs, secondMs].forEach((atMs, copy) =>
      this.deliver(passage, atMs, (reply) => {
        replies[copy] = reply;
        const [first, second] = replies;
        if (first === undefined || second === undefined) return;
        const isFirst = isSilence(first) || (!isSilence(second) && isFirstHeard);
        this.answer(passage, this.tripMs(), isFirst ? first : second);
      }),
    );
  }

  /** It waits on its way there or back; the desk may have heard of a failure long before, or hears nothing in time. */
  private beLate(passage: Passage): void {
    const { random } = this.play;
    if (random.chance(0.3))
      return this.deliver(passage, this.workMs(passage), (reply) =>
        this.answer(passage, random.below(300_000), reply),
      );
    this.deliver(passage, 5_000 + random.below(GATEWAY_MS - 5_000), (reply) =>
      this.answer(passage, 15, reply),
    );
    const early = random.below(4);
    if (early === 0) this.answer(passage, 50 + random.below(5_000), LOST);
    else if (early === 1)
      this.answer(passage, 50 + random.below(60_000), this.status(passage, [503, '', null]));
    else if (early === 2) this.answer(passage, GATEWAY_MS, this.status(passage, [504, '', null]));
  }
}

type StatusFault = readonly [status: number, code: string, retryAfterSeconds: number | null];

const STATUSES = {
  'read-401': [401, 'NO_ACCESS', null],
  'read-403': [403, 'FORBIDDEN', null],
  'read-404': [404, '', null],
  'read-423': [423, '', null],
  'read-429': [429, '', null],
  'read-500': [500, '', null],
  'read-503': [503, 'SYSTEM_UNAVAILABLE', null],
  'read-503-retry-after': [503, 'SYSTEM_UNAVAILABLE', 20],
  'status-400': [400, 'INVALID_VALUE', null],
  'status-401': [401, 'NO_ACCESS', null],
  'status-403': [403, 'FORBIDDEN', null],
  'status-404': [404, '', null],
  'status-406': [406, '', null],
  'status-409-spurious': [409, '', null],
  'status-412': [412, '', null],
  'status-415': [415, '', null],
  'status-422-other': [422, 'INVALID_REQUEST_STATE', null],
  'status-423': [423, '', null],
  'status-500': [500, '', null],
  'status-503': [503, 'SYSTEM_UNAVAILABLE', null],
  'status-503-retry-after': [503, 'SYSTEM_UNAVAILABLE', 30],
  'status-504-gateway': [504, '', null],
} as const satisfies Partial<Record<WireFault | ReadFault, StatusFault>>;

/** The name whose part of the growing sums the number falls into; null past the last. */
function draw<T>(unit: number, sums: Float64Array, names: readonly T[]): T | null {
  const at = sums.findIndex((sum) => unit < sum);
  return names[at] ?? null;
}

function withOtherUbrn(reply: WireReply, { request, write }: Passage): WireReply {
  const ubrn = write?.ubrn ?? /ReferralRequest\/(\d{12})/.exec(request.path)?.[1] ?? '';
  return reply.kind === 'reply' ? withOther(reply, ubrn, OTHER_UBRN) : reply;
}

/** The service's success speaks of something else than was asked for. */
function withOtherEcho(reply: WireReply, { write }: Passage): WireReply {
  if (reply.kind !== 'reply') return reply;
  if (write?.slotId != null)
    return withOther(
      reply,
      write.slotId,
      `${write.slotId.slice(0, -1)}${write.slotId.endsWith('1') ? 2 : 1}`,
    );
  return withOther(reply, 'CANCEL_APPOINTMENT_ACTION_LATER', 'SOMETHING_ELSE');
}

/** A029 lists other actions than the one that is wanted. */
const withoutOffers = (reply: Reply): Reply =>
  withOther(
    withOther(reply, 'CREATE_APPOINTMENT', 'CHANGE_SHORTLIST'),
    'CANCEL_DIRECTLY_BOOKED_APPOINTMENT',
    'CANCEL_REFERRAL',
  );

/** e-RS gave up waiting for a provider's system. */
const isSilence = (reply: WireReply) => reply.kind === 'reply' && reply.status === 504;

function nameOf(reply: WireReply): string {
  return reply.kind === 'reply' ? String(reply.status) : reply.kind;
}
