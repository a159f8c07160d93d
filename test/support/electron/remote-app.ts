/**
 * In the place of `src-main/app/create-app.ts` when the suites run on Electron: its host is the real one, window,
 * preload, protocol, policy and all, and its application is the one in the test's process, which a test can script.
 */
import { connect } from 'node:net';
import type { App } from '../../../src-main/app/create-app.ts';
import { openWire, PIPE_VARIABLE, type Question, type Told } from './wire.ts';

type Answer = (outcome: unknown) => void;

export function createApp(): App {
  const waiting = new Map<number, Answer>();
  const listeners = new Set<(channel: string, payload: unknown) => void>();
  const socket = connect(process.env[PIPE_VARIABLE] ?? '');
  let [asked, isOpen] = [0, true];
  const wire = openWire(socket, (message) => {
    const told = message as Told;
    if (told.kind === 'push') return listeners.forEach((listener) => listener(told.channel, told.payload));
    waiting.get(told.id)?.(told.outcome);
    waiting.delete(told.id);
  });
  // Without its test there is nothing to show.
  socket.on('close', () => isOpen && process.exit(0));
  const remote = {
    start: async () => undefined,
    leave: async () => undefined,
    async stop() {
      isOpen = false;
      socket.destroy();
    },
    handle(channel: string, input: unknown, sender: Question['sender']) {
      asked += 1;
      const id = asked;
      wire.send({ id, channel, input, sender } satisfies Question);
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    onPush(listener: (channel: string, payload: unknown) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return remote as unknown as App;
}
