/** A typed stand-in for the application behind a host: records what comes in, answers what the test says. */
import type { App } from '../../src-main/app/create-app.ts';
import type { Log, LogFields } from '../../src-main/app/ports.ts';
import type { PushChannel } from '../../src-main/contract/channels.ts';
import { fail, ok, type Outcome } from '../../src-main/contract/outcome.ts';

export interface Received {
  readonly channel: string;
  readonly input: unknown;
  readonly isTrusted: boolean;
  readonly place: string;
}

export interface FakeDoor extends Pick<App, 'handle' | 'onPush'> {
  readonly received: Received[];
  /** Sends a push to every listener of the host. */
  push(channel: PushChannel, payload: unknown): void;
  /** How many listeners the host holds. */
  listenerCount(): number;
}

/** The door; an untrusted sender is refused as the real one does. */
export function createFakeDoor(answer: (received: Received) => Outcome<unknown> = () => ok({})): FakeDoor {
  const received: Received[] = [];
  const listeners = new Set<(channel: PushChannel, payload: unknown) => void>();
  return {
    received,
    handle(channel, input, { isTrusted, place }) {
      const message = { channel, input, isTrusted, place };
      received.push(message);
      return Promise.resolve(isTrusted ? answer(message) : fail('refused-sender', 'refused-sender'));
    },
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    push: (channel, payload) => listeners.forEach((listener) => listener(channel, payload)),
    listenerCount: () => listeners.size,
  };
}

export interface MemoryLog extends Log {
  readonly lines: { readonly level: string; readonly event: string; readonly fields: LogFields }[];
  /** The events in order. */
  events(): string[];
}

/** A log that the test can read. */
export function createMemoryLog(): MemoryLog {
  const lines: MemoryLog['lines'] = [];
  return {
    lines,
    events: () => lines.map((line) => line.event),
    write: (level, event, fields = {}) => lines.push({ level, event, fields }),
  };
}
