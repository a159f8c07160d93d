import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { ReaderProcess } from '../smartcard/card-reader.ts';

/** Starts the reader process as a utility process: it has Node, no window, and dies alone. */
export function startElectronReaderProcess(entry: URL): ReaderProcess {
  const child = utilityProcess.fork(fileURLToPath(entry), [], {
    serviceName: 'Booking Desk smartcard readers',
    stdio: 'ignore',
  });
  return {
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    stop: () => void child.kill(),
  };
}
