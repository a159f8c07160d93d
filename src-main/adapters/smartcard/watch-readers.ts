import type { CardEvent } from '../../app/ports.ts';
import {
  CHANGED,
  IGNORED,
  NO_READERS,
  PRESENT,
  SUCCESS,
  TIMEOUT,
  UNKNOWN_READER,
  type Pcsc,
  type ReaderState,
} from './pcsc.ts';

/** A service that is not there is asked again at this distance. */
const NO_SERVICE_MS = 1_000;
/** One wait for a change: short, so that the process hears that it is not wanted any more. */
const WAIT_MS = 500;
/** Between two looks that found nothing new although PC/SC spoke of a change. */
const IDLE_MS = 100;

export interface WatchPorts {
  readonly pcsc: Pcsc;
  readonly tell: (event: CardEvent) => void;
  readonly pause: (ms: number) => Promise<void>;
  readonly isWanted: () => boolean;
}

/**
 * Follows readers and cards until it is not wanted any more. A service that stops takes its readers and cards with it:
 * nobody knows then where they are. It is found again when it is back, also when it starts after the desk.
 */
export async function watchReaders(ports: WatchPorts): Promise<void> {
  const { pcsc, pause, isWanted } = ports;
  const book = createReaderBook(ports.tell);
  while (isWanted()) {
    if (pcsc.establish() === SUCCESS) {
      book.serviceIs(true);
      await followService(ports, book);
      pcsc.release();
    }
    if (!isWanted()) return;
    book.serviceIs(false);
    await pause(NO_SERVICE_MS);
  }
}

/** Until the service is gone. */
async function followService({ pcsc, pause, isWanted }: WatchPorts, book: ReaderBook): Promise<void> {
  let seen = new Map<string, number>();
  while (isWanted()) {
    const { code, names } = pcsc.listReaders();
    if (code !== SUCCESS && code !== NO_READERS) return;
    book.readersAre(names);
    const asked = [...names, ...(pcsc.newReaders === null ? [] : [pcsc.newReaders])];
    if (asked.length === 0) {
      await pause(WAIT_MS);
      continue;
    }
    const before = asked.map((name): ReaderState => ({ name, state: seen.get(name) ?? 0 }));
    const change = pcsc.waitForChange(before, WAIT_MS);
    const isGone = ![SUCCESS, TIMEOUT, UNKNOWN_READER].includes(change.code);
    if (isGone) return;
    if (change.code === SUCCESS) {
      seen = new Map(change.states.map(({ name, state }) => [name, state & ~CHANGED]));
      change.states.filter(({ name }) => names.includes(name)).forEach(book.readerIs);
    }
    const isNews = before.some(({ name, state }) => seen.get(name) !== state);
    await pause(change.code === TIMEOUT || isNews ? 0 : IDLE_MS);
  }
}

interface ReaderBook {
  serviceIs(isUp: boolean): void;
  readersAre(names: readonly string[]): void;
  readonly readerIs: (reader: ReaderState) => void;
}

/** What is known of the readers; tells each difference once. */
function createReaderBook(tell: (event: CardEvent) => void): ReaderBook {
  const cards = new Map<string, boolean>();
  let isUpNow: boolean | null = null;

  function remove(reader: string): void {
    if (cards.get(reader) === true) tell({ kind: 'card-removed', reader });
    cards.delete(reader);
    tell({ kind: 'reader-removed', reader });
  }

  return {
    serviceIs(isUp) {
      if (!isUp) [...cards.keys()].forEach(remove);
      if (isUp !== isUpNow) tell({ kind: 'service', isUp });
      isUpNow = isUp;
    },
    readersAre(names) {
      [...cards.keys()].filter((name) => !names.includes(name)).forEach(remove);
      for (const reader of names) {
        if (cards.has(reader)) continue;
        cards.set(reader, false);
        tell({ kind: 'reader-added', reader });
      }
    },
    readerIs({ name: reader, state }) {
      if ((state & IGNORED) !== 0) return;
      const hasCard = (state & PRESENT) !== 0;
      if (cards.get(reader) === hasCard) return;
      cards.set(reader, hasCard);
      tell({ kind: hasCard ? 'card-inserted' : 'card-removed', reader });
    },
  };
}
