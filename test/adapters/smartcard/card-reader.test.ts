import { describe, expect, it } from 'vitest';
import type { CardEvent } from '../../../src-main/app/ports.ts';
import {
  createCardReader,
  NO_PCSC,
  type ReaderProcess,
} from '../../../src-main/adapters/smartcard/card-reader.ts';
import { createManualClock } from '../../support/manual-clock.ts';

function createBench() {
  const clock = createManualClock();
  const logged: string[] = [];
  const processes: { send(message: unknown): void; die(code?: number): void; isStopped: boolean }[] = [];
  const start = (): ReaderProcess => {
    let hear: (message: unknown) => void = () => {};
    let exit: (code: number | null) => void = () => {};
    const fake = {
      send: (message: unknown) => hear(message),
      die: (code?: number) => exit(code ?? null),
      isStopped: false,
    };
    processes.push(fake);
    return {
      onMessage: (listener) => void (hear = listener),
      onExit: (listener) => void (exit = listener),
      stop: () => void (fake.isStopped = true),
    };
  };
  const log = { write: (_level: string, event: string) => void logged.push(event) };
  const reader = createCardReader({ start, clock, log });
  const told: CardEvent[] = [];
  const watch = () => reader.watch((event) => void told.push(event));
  return { clock, logged, processes, reader, told, watch };
}

const UP: CardEvent = { kind: 'service', isUp: true };
const DOWN: CardEvent = { kind: 'service', isUp: false };
const ADDED: CardEvent = { kind: 'reader-added', reader: 'A' };
const INSERTED: CardEvent = { kind: 'card-inserted', reader: 'A' };
const REMOVED: CardEvent = { kind: 'card-removed', reader: 'A' };
const GONE: CardEvent = { kind: 'reader-removed', reader: 'A' };

describe('the card reader', () => {
  it('runs its process while somebody watches', () => {
    const { processes, watch } = createBench();
    expect(processes).toHaveLength(0);
    const [first, second] = [watch(), watch()];
    expect(processes).toHaveLength(1);
    first();
    expect(processes[0]?.isStopped).toBe(false);
    second();
    second();
    expect(processes[0]?.isStopped).toBe(true);
    watch();
    expect(processes).toHaveLength(2);
  });

  it('brings a late listener to where the others are', () => {
    const { processes, reader, watch } = createBench();
    watch();
    [UP, ADDED, INSERTED].forEach((event) => processes[0]?.send(event));
    const late: CardEvent[] = [];
    reader.watch((event) => void late.push(event));
    expect(late).toEqual([UP, ADDED, INSERTED]);
    [REMOVED, GONE].forEach((event) => processes[0]?.send(event));
    const later: CardEvent[] = [];
    reader.watch((event) => void later.push(event));
    expect(later).toEqual([UP]);
  });

  it('takes a card for removed when nobody sees it any more, and looks again', async () => {
    const { clock, logged, processes, told, watch } = createBench();
    watch();
    [UP, ADDED, INSERTED].forEach((event) => processes[0]?.send(event));
    processes[0]?.die();
    expect(told.slice(3)).toEqual([REMOVED, GONE, DOWN]);
    expect(logged).toEqual(['card-reader-process-died']);
    await clock.advance(1_000);
    expect(processes).toHaveLength(2);
    processes[0]?.send(INSERTED);
    processes[1]?.send(UP);
    expect(told.slice(6)).toEqual([UP]);
  });

  it('starts a process that dies at once ever more seldom', async () => {
    const { clock, processes, watch } = createBench();
    watch();
    for (let turn = 0; turn < 200; turn += 1) {
      await clock.advance(1_000);
      processes.at(-1)?.die();
    }
    expect(processes.length).toBeGreaterThan(3);
    expect(processes.length).toBeLessThan(10);
  });

  it('leaves a machine without PC/SC alone', async () => {
    const { clock, logged, processes, told, watch } = createBench();
    watch();
    processes[0]?.die(NO_PCSC);
    await clock.advance(600_000);
    expect(processes).toHaveLength(1);
    expect(told).toEqual([DOWN]);
    expect(logged).toEqual(['no-card-service']);
  });

  it.each([
    null,
    'card-inserted',
    { kind: 'card-inserted' },
    { kind: 'card-inserted', reader: 7 },
    { kind: 'card-inserted', reader: 'x'.repeat(201) },
    { kind: 'pin', reader: 'A' },
    { kind: 'service', isUp: 'yes' },
  ])('does not hear %j', (message) => {
    const { processes, told, watch } = createBench();
    watch();
    processes[0]?.send(message);
    expect(told).toEqual([]);
  });
});
