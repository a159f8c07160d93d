import type { CardEvent, CardReader, Clock, Log } from '../../app/ports.ts';

/** A process that looks at the readers, as the host starts it. */
export interface ReaderProcess {
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  stop(): void;
}

interface Parts {
  readonly start: () => ReaderProcess;
  readonly clock: Clock;
  readonly log: Log;
}

/** The exit code of a machine without PC/SC: it is not asked again. */
export const NO_PCSC = 3;

/** A process that dies is started again: at once so often, then ever more seldom. */
const RESTART_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;

const KINDS: readonly unknown[] = ['reader-added', 'reader-removed', 'card-inserted', 'card-removed'];

/**
 * Readers and cards of this machine, read-only. Runs its process while somebody watches. What the process knew goes
 * with it: a card that nobody sees any more is one that was removed.
 */
export function createCardReader({ start, clock, log }: Parts): CardReader {
  const listeners = new Set<(event: CardEvent) => void>();
  let state: readonly CardEvent[] = [];
  let running: ReaderProcess | null = null;
  let cancelRestart = () => {};
  let deaths = 0;

  function tell(event: CardEvent): void {
    state = stateAfter(state, event);
    listeners.forEach((listener) => listener(event));
  }

  function run(): void {
    const mine = start();
    running = mine;
    mine.onMessage((message) => {
      const event = readEvent(message);
      if (event === null || running !== mine) return;
      if (event.kind === 'service') deaths = 0;
      tell(event);
    });
    mine.onExit((code) => running === mine && died(code));
  }

  function died(code: number | null): void {
    running = null;
    const isRestarted = code !== NO_PCSC;
    const restartMs = RESTART_MS[Math.min(deaths, RESTART_MS.length - 1)] ?? 0;
    deaths += 1;
    log.write('error', isRestarted ? 'card-reader-process-died' : 'no-card-service', { count: deaths });
    for (const event of [...state].reverse()) {
      if (event.kind === 'card-inserted') tell({ ...event, kind: 'card-removed' });
      if (event.kind === 'reader-added') tell({ ...event, kind: 'reader-removed' });
    }
    tell({ kind: 'service', isUp: false });
    if (isRestarted) cancelRestart = clock.schedule(restartMs, run);
  }

  function stop(): void {
    cancelRestart();
    const ended = running;
    running = null;
    state = [];
    ended?.stop();
  }

  return {
    watch(listener) {
      const mine = (event: CardEvent) => listener(event);
      state.forEach(mine);
      listeners.add(mine);
      if (listeners.size === 1) run();
      return () => {
        if (listeners.delete(mine) && listeners.size === 0) stop();
      };
    },
  };
}

/** The events that bring a late listener to where the others are: the service, its readers, their cards. */
function stateAfter(state: readonly CardEvent[], event: CardEvent): readonly CardEvent[] {
  if (event.kind === 'service') return [event, ...state.filter(({ kind }) => kind !== 'service')];
  const isOf = (other: CardEvent, kind: CardEvent['kind']) =>
    other.kind === kind && 'reader' in other && other.reader === event.reader;
  if (event.kind === 'card-removed') return state.filter((other) => !isOf(other, 'card-inserted'));
  if (event.kind === 'reader-removed') return state.filter((other) => !isOf(other, 'reader-added'));
  return [...state, event];
}

/** An event of the process; null for what is none. */
function readEvent(message: unknown): CardEvent | null {
  if (typeof message !== 'object' || message === null) return null;
  const { kind, reader, isUp } = message as Record<string, unknown>;
  if (kind === 'service' && typeof isUp === 'boolean') return { kind, isUp };
  const isReader = typeof reader === 'string' && reader.length <= 200 && KINDS.includes(kind);
  return isReader ? { kind: kind as Exclude<CardEvent['kind'], 'service'>, reader } : null;
}
