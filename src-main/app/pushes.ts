import { pushPayloads } from '../../build/generated/channel-validators.js';
import type { PushChannel, PushPayload } from '../contract/channels.ts';
import { reasonOf } from '../features/outbox/reason-of.ts';
import type { Log } from './ports.ts';

export type PushListener = (channel: PushChannel, payload: unknown) => void;

/** What main tells the windows without being asked; every payload is checked against its schema. */
export interface Pushes {
  push<C extends PushChannel>(channel: C, payload: PushPayload<C>): void;
  /** Returns the function that unsubscribes. */
  listen(listener: PushListener): () => void;
  clear(): void;
}

export function createPushes(log: Log): Pushes {
  const listeners = new Set<PushListener>();

  /** A window that has gone must not stop the booking whose state it would have shown. */
  const tell = (listener: PushListener, channel: PushChannel, payload: unknown) => {
    try {
      listener(channel, payload);
    } catch (error) {
      log.write('error', 'push-not-taken', { channel, reason: reasonOf(error) });
    }
  };

  return {
    push(channel, payload) {
      if (pushPayloads[channel](payload)) listeners.forEach((listener) => tell(listener, channel, payload));
      else log.write('error', 'push-not-of-the-schema', { channel });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}
