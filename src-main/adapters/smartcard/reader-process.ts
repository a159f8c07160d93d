/**
 * The process that looks at the readers: a fault of the native library ends it and nothing else (devices.md section 1).
 * It is told nothing; it tells its parent what changes, and ends with it.
 */
import { setTimeout } from 'node:timers/promises';
import type { CardEvent } from '../../app/ports.ts';
import { NO_PCSC } from './card-reader.ts';
import { openPcsc } from './open-pcsc.ts';
import type { Pcsc } from './pcsc.ts';
import { watchReaders } from './watch-readers.ts';

/** Electron gives a process of its own kind another way to its parent. */
interface ParentPort {
  postMessage(message: CardEvent): void;
}
const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort };

/** The system's PC/SC; a machine that has none ends the process with the code that says so. */
function openOrEnd(): Pcsc {
  try {
    return openPcsc();
  } catch {
    return process.exit(NO_PCSC);
  }
}

process.on('disconnect', () => process.exit(0));
await watchReaders({
  pcsc: openOrEnd(),
  tell: (event) => (parentPort === undefined ? process.send?.(event) : parentPort.postMessage(event)),
  pause: (ms) => setTimeout(ms),
  isWanted: () => parentPort !== undefined || process.connected,
});
