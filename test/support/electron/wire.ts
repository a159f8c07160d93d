/** Messages between a test and Electron's main process over a local pipe: values as structured clones, by length. */
import { deserialize, serialize } from 'node:v8';
import type { Socket } from 'node:net';

export interface Wire {
  send(message: unknown): void;
}

const HEAD = 4;

/** Calls for each whole message, in order. */
export function openWire(socket: Socket, onMessage: (message: unknown) => void): Wire {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEAD && rest.length >= HEAD + rest.readUInt32LE(0)) {
      const end = HEAD + rest.readUInt32LE(0);
      const message: unknown = deserialize(rest.subarray(HEAD, end));
      rest = rest.subarray(end);
      onMessage(message);
    }
  });
  return {
    send(message) {
      const body = serialize(message);
      const head = Buffer.alloc(HEAD);
      head.writeUInt32LE(body.length);
      if (!socket.destroyed) socket.write(Buffer.concat([head, body]));
    },
  };
}

/** What Electron's main process asks of the test, and what it is told. */
export type Question = {
  readonly id: number;
  readonly channel: string;
  readonly input: unknown;
  readonly sender: { readonly isTrusted: boolean; readonly place: string };
};
export type Told =
  | { readonly kind: 'answer'; readonly id: number; readonly outcome: unknown }
  | { readonly kind: 'push'; readonly channel: string; readonly payload: unknown };

export const PIPE_VARIABLE = 'BOOKING_DESK_E2E_PIPE';
