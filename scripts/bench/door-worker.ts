/** The other side of the process line: answers each message by the bare handler or through the door. */
import { parentPort } from 'node:worker_threads';
import { answer, type Ask, type Way } from './bench-door.ts';

parentPort?.on('message', ({ way, ask }: { readonly way: Way; readonly ask: Ask }) => {
  void answer(way, ask).then((outcome) => parentPort?.postMessage(outcome));
});
