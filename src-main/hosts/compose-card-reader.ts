import { createCardReader, type ReaderProcess } from '../adapters/smartcard/card-reader.ts';
import { startReaderProcess } from '../adapters/smartcard/start-reader-process.ts';
import type { CardReader, Clock, Log } from '../app/ports.ts';

interface Parts {
  readonly clock: Clock;
  readonly log: Log;
  /** How this host starts a process of its own; Node's way when it says nothing. */
  readonly start: ((entry: URL) => ReaderProcess) | undefined;
}

/** Beside the sources of the adapter; beside the entry of main once built. */
function findEntry(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('../adapters/smartcard/reader-process.ts', here);
  return new URL(here.includes('/assets/') ? '../reader-process.js' : 'reader-process.js', here);
}

/** The smartcard readers of this machine, watched from a process of their own. */
export function composeCardReader({ clock, log, start = startReaderProcess }: Parts): CardReader {
  return createCardReader({ clock, log, start: () => start(findEntry()) });
}
