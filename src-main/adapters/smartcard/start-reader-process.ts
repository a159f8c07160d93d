import { fork } from 'node:child_process';
import type { ReaderProcess } from './card-reader.ts';

/** Starts the reader process with Node; it ends with this one. */
export function startReaderProcess(entry: URL): ReaderProcess {
  const child = fork(entry, { stdio: 'ignore', execArgv: [] });
  // A program that cannot be started says so here and then exits: the exit is what counts.
  child.on('error', () => {});
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('close', listener),
    stop: () => void child.kill(),
  };
}
