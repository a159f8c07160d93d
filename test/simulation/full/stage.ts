/**
 * The training service of a worker: built once, because a world is dear, and put back after every schedule to exactly
 * what it was, so that a seed tells the same story after any other. Its effects are reported with the call that made
 * them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../../src-main/app/ports.ts';
import {
  createTrainingService,
  type TrainingService,
} from '../../../src-main/training-service/create-training-service.ts';
import { createLocks } from '../../../src-main/training-service/world/locks.ts';
import type { PasBehaviour, Referral, Slot } from '../../../src-main/training-service/world/model.ts';
import type { World } from '../../../src-main/training-service/world/create-world.ts';
import { VirtualTime } from '../virtual-time.ts';

/** One copy of a request on its way to the service. */
export interface WireCall {
  /** The intent's id and attempt, for a write of the outbox; null for everything else. */
  readonly intentId: string | null;
  readonly attempt: number;
  /** A provider's system may stay silent for two minutes and the gateway's time is not over by then. */
  readonly mayBeSilent: boolean;
}

/** What the stage tells the play; all null between two schedules. */
export interface StageListener {
  /** A write is about to take effect at e-RS. */
  beforeChange(referral: Referral): void;
  /** It took effect on the version `seen`, at once or after a provider's silence. */
  onEffect(ubrn: string, seen: number, call: WireCall | null): void;
  /** The provider's system is asked; its answer. */
  onProvider(call: WireCall | null): PasBehaviour;
}

const HALF_HOUR_MS = 1_800_000;
const HOURS_12 = 12 * 3_600_000;
const SERVICE_WITH_PAGES = '11000';
const FREE_SLOTS = 45;

export class Stage {
  readonly time = new VirtualTime();
  readonly service: TrainingService;
  readonly world: World;
  readonly calls = new AsyncLocalStorage<WireCall>();
  listener: StageListener | null = null;
  private readonly clock: Clock;
  private readonly atStart = new Map<string, Referral>();
  private readonly moved = new Set<string>();
  /** The slots whose state differs from the start, with the state at the start. */
  private readonly wasTaken = new Map<string, boolean>();
  private readonly slotTimes = new Map<Slot, Pick<Slot, 'startMs' | 'endMs'>>();
  private readonly takeSlot: (slotId: string) => void;
  private readonly releaseSlot: (slotId: string) => void;
  private readonly ownPas: {
    readonly record: World['recordInPas'];
    readonly remove: World['removeFromPas'];
  };
  private silences = new Set<string>();

  /** A thin stage has few free slots at most services, which makes a search quick; one service keeps its pages. */
  constructor(worldSeed: number, size: number, isThin: boolean) {
    const startMs = this.time.wallMs();
    const { time } = this;
    this.clock = {
      nowMs: () => startMs + time.now(),
      monotonicMs: () => time.now(),
      schedule: (delayMs, task) => {
        time.inWorld(delayMs, task);
        return () => undefined;
      },
    };
    this.service = createTrainingService({
      seed: worldSeed,
      clock: this.clock,
      size,
      credentialLifetimeMs: HOURS_12,
      sessionIdleMs: HOURS_12,
    });
    this.world = this.service.world;
    for (const referral of this.world.listReferrals())
      this.atStart.set(referral.ubrn, structuredClone(referral));
    const { slots } = this.world;
    if (isThin) this.thinOut();
    this.takeSlot = slots.take;
    this.releaseSlot = slots.release;
    this.ownPas = { record: this.world.recordInPas, remove: this.world.removeFromPas };
    this.watch();
  }

  private thinOut(): void {
    const { world } = this;
    for (const { id } of world.services)
      if (id !== SERVICE_WITH_PAGES)
        world
          .freeSlots(id)
          .slice(FREE_SLOTS)
          .forEach((slot) => world.takeSlot(slot.id));
  }

  private watch(): void {
    const { world, calls } = this;
    const { book, propose, cancel, leaveForLater, changeShortlist, cancelReferral } = world;
    const { accept, reject, recordReview } = world;
    const reporting =
      <Rest extends unknown[], R>(change: (referral: Referral, ...rest: Rest) => R) =>
      (referral: Referral, ...rest: Rest): R => {
        const seen = referral.version;
        this.moved.add(referral.ubrn);
        this.listener?.beforeChange(referral);
        const result = change(referral, ...rest);
        this.listener?.onEffect(referral.ubrn, seen, calls.getStore() ?? null);
        return result;
      };
    const noting =
      (isTaking: boolean, change: (slotId: string) => void) =>
      (slotId: string): void => {
        const slot = world.slots.find(slotId);
        if (slot !== undefined && !this.wasTaken.has(slotId))
          this.wasTaken.set(slotId, !isFreeNow(world, slot));
        change(slotId);
      };
    Object.assign(world, {
      book: reporting(book),
      propose: reporting(propose),
      cancel: reporting(cancel),
      leaveForLater: reporting(leaveForLater),
      changeShortlist: reporting(changeShortlist),
      cancelReferral: reporting(cancelReferral),
      accept: reporting(accept),
      reject: reporting(reject),
      recordReview: reporting(recordReview),
      pasOf: () => this.listener?.onProvider(calls.getStore() ?? null) ?? { kind: 'ok' },
      recordSilence: (ubrn: string, serviceId: string) => void this.silences.add(`${ubrn} ${serviceId}`),
      hasSilence: (ubrn: string, serviceId: string) => this.silences.has(`${ubrn} ${serviceId}`),
    });
    Object.assign(world.slots, {
      take: noting(true, this.takeSlot),
      release: noting(false, this.releaseSlot),
    });
  }

  /** The live referral, which a play may change; it is put back afterwards. */
  referral(ubrn: string): Referral {
    const found = this.world.findReferral(ubrn);
    if (found === undefined) throw new RangeError('no such referral on the stage');
    this.moved.add(ubrn);
    return found;
  }

  /** The slot is given another time, as a provider may. */
  moveSlot(slotId: string): boolean {
    const slot = this.world.slots.find(slotId);
    if (slot === undefined) return false;
    const { startMs, endMs } = slot;
    if (!this.slotTimes.has(slot)) this.slotTimes.set(slot, { startMs, endMs });
    Object.assign(slot, { startMs: startMs + HALF_HOUR_MS, endMs: endMs + HALF_HOUR_MS });
    return true;
  }

  /** The referral turns out to be another patient's. */
  changePatient(ubrn: string): void {
    const referral = this.referral(ubrn);
    const other = this.world.patients.find(
      ({ record, nhsNumber }) => record === 'normal' && nhsNumber !== referral.nhsNumber,
    );
    Object.assign(referral, { nhsNumber: other?.nhsNumber });
    this.world.touch(ubrn);
  }

  /** Back to the first moment. What an earlier schedule left under way never comes to an end. */
  reset(): void {
    const { world } = this;
    this.time.reset();
    this.listener = null;
    this.silences = new Set();
    for (const [slotId, isTaken] of this.wasTaken) (isTaken ? this.takeSlot : this.releaseSlot)(slotId);
    this.wasTaken.clear();
    for (const [slot, times] of this.slotTimes) Object.assign(slot, times);
    this.slotTimes.clear();
    for (const ubrn of this.moved) this.putBack(ubrn);
    this.moved.clear();
    Object.assign(world, createLocks(this.clock));
    this.service.faults.clear();
    this.service.calls.clear();
  }

  private putBack(ubrn: string): void {
    const [live, before] = [this.world.findReferral(ubrn), this.atStart.get(ubrn)];
    if (live === undefined || before === undefined) return;
    Object.assign(live, structuredClone(before));
    for (const service of this.world.services) this.ownPas.remove(service.id, ubrn);
    const { appointment } = before;
    const slot = appointment?.slotId == null ? undefined : this.world.slots.find(appointment.slotId);
    if (before.state === 'BOOKED' && slot !== undefined) this.ownPas.record(slot, ubrn);
  }
}

const isFreeNow = (world: World, slot: Slot) => world.slots.isFree(slot);
