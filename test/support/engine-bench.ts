/** The engine of the outbox over ports that a test answers by hand. */
import {
  createEngine,
  type Engine,
  type Entry,
  type StepRecord,
} from '../../src-main/features/outbox/engine.ts';
import type { Answer } from '../../src-main/features/outbox/protocol/answer.ts';
import type { Finding, Truth } from '../../src-main/features/outbox/protocol/findings.ts';
import { newStanding, type Standing } from '../../src-main/features/outbox/protocol/machine.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

export type CallKind = 'check' | 'send' | 'read-back';

export interface PendingCall {
  readonly kind: CallKind;
  readonly intentId: string;
  readonly correlationId: string;
  readonly choice: number;
  /** Answers the call, as often as a test likes. */
  readonly done: (value: never) => void;
}

export interface EngineBench {
  readonly engine: Engine;
  readonly clock: ManualClock;
  /** Every call, in order, as `check a`. */
  readonly calls: string[];
  readonly pending: PendingCall[];
  readonly recorded: { readonly intentId: string; readonly record: StepRecord }[];
  readonly moved: string[];
  readonly faults: { readonly intentId: string; readonly error: unknown }[];
  /** What the disk has of each intent; a record that is not there is not to be gone on with. */
  readonly disk: Map<string, Standing>;
  readonly world: {
    isOffline: boolean;
    sitting: number;
    /** The owners that may act, and those that may read. */
    acting: readonly string[];
    reading: readonly string[];
    /** Throws in place of the disk. */
    failing: ((intentId: string, record: StepRecord) => Error | null) | null;
    isReloadFailing: boolean;
    reloaded: number;
    whenMoved: () => void;
  };
  add(intentId: string, more?: Partial<Omit<Entry, 'intentId' | 'isStalled'>>): void;
  /** Answers the oldest call of a kind for an intent. */
  check(intentId: string, finding: Finding): void;
  answer(intentId: string, answer: Answer): void;
  readBack(intentId: string, truth: Truth): void;
  /** Answers a check with `clear`, then the sending, which is under way then. */
  send(intentId: string, answer?: Answer): void;
  state(intentId: string): string | null;
}

export const CLEAR: Finding = { kind: 'clear' };
export const LOST: Answer = { kind: 'unknown', code: 'reply-lost' };

/** An engine with nothing in it; one owner, `me`, is at the desk. */
export function createEngineBench(): EngineBench {
  const clock = createManualClock();
  const calls: string[] = [];
  const pending: PendingCall[] = [];
  const recorded: EngineBench['recorded'] = [];
  const moved: string[] = [];
  const faults: EngineBench['faults'] = [];
  const disk = new Map<string, Standing>();
  const world: EngineBench['world'] = {
    isOffline: false,
    sitting: 1,
    acting: ['me'],
    reading: ['me'],
    failing: null,
    isReloadFailing: false,
    reloaded: 0,
    whenMoved: () => {},
  };
  let order = 0;
  let correlations = 0;

  const begin = (kind: CallKind, { intentId, standing }: Entry, correlationId: string, done: unknown) => {
    calls.push(`${kind} ${intentId}`);
    pending.push({
      kind,
      intentId,
      correlationId,
      choice: standing.choice,
      done: done as PendingCall['done'],
    });
  };
  const engine = createEngine({
    clock,
    record(intentId, record) {
      const error = world.failing?.(intentId, record) ?? null;
      if (error !== null) throw error;
      recorded.push({ intentId, record });
      disk.set(intentId, record.step.next);
    },
    reload(intentId) {
      world.reloaded += 1;
      if (world.isReloadFailing) throw new Error('the disk does not answer');
      return disk.get(intentId) ?? null;
    },
    check: (entry, done) => begin('check', entry, '', done),
    send: (entry, correlationId, done) => begin('send', entry, correlationId, done),
    readBack: (entry, done) => begin('read-back', entry, '', done),
    mayAct: (owner) => world.acting.includes(owner),
    mayRead: (owner) => world.reading.includes(owner),
    isOffline: () => world.isOffline,
    sitting: () => world.sitting,
    newCorrelationId: () => `correlation-${(correlations += 1)}`,
    onMoved({ intentId, standing, isStalled }) {
      moved.push(`${intentId} ${standing.state}${isStalled ? ' stalled' : ''}`);
      world.whenMoved();
    },
    onFault: (intentId, error) => void faults.push({ intentId, error }),
  });

  function settle(kind: CallKind, intentId: string, value: unknown): void {
    const index = pending.findIndex((call) => call.kind === kind && call.intentId === intentId);
    if (index < 0) throw new Error(`no ${kind} of ${intentId} is under way`);
    const [call] = pending.splice(index, 1);
    call?.done(value as never);
  }

  const bench: EngineBench = {
    engine,
    clock,
    calls,
    pending,
    recorded,
    moved,
    faults,
    disk,
    world,
    add(intentId, more = {}) {
      const standing = newStanding('book', 1, clock.monotonicMs());
      const fresh = { line: intentId, service: '', owner: 'me', isUrgent: false, standing };
      const entry = { intentId, order: (order += 1), ...fresh, ...more };
      disk.set(intentId, entry.standing);
      engine.take(entry);
    },
    check: (intentId, finding) => settle('check', intentId, finding),
    answer: (intentId, answer) => settle('send', intentId, answer),
    readBack: (intentId, truth) => settle('read-back', intentId, truth),
    send(intentId, answer = LOST) {
      bench.check(intentId, CLEAR);
      bench.answer(intentId, answer);
    },
    state: (intentId) => engine.entry(intentId)?.standing.state ?? null,
  };
  return bench;
}
