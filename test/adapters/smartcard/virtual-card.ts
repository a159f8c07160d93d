/** A card in the virtual reader of vsmartcard-vpcd: it only ever says who it is (devices.md section 1). */
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const PORT = 35_963;
const ASK_ATR = 4;
const ATR = Buffer.from('3b80800101', 'hex');

export interface VirtualCard {
  /** How many frames other than power, reset and the question for the ATR came: somebody talked to the card. */
  readonly talks: () => number;
  remove(): void;
}

async function connectSoon(): Promise<Socket> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(PORT, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    await setTimeout(50);
  }
  throw new Error('the virtual reader does not listen');
}

/** Puts a card into the first virtual reader. */
export async function insertCard(): Promise<VirtualCard> {
  const socket = await connectSoon();
  let talks = 0;
  let rest = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      const frame = rest.subarray(2, 2 + rest.readUInt16BE(0));
      rest = rest.subarray(2 + frame.length);
      if (frame.length > 1) talks += 1;
      if (frame.length !== 1 || frame[0] !== ASK_ATR) continue;
      const reply = Buffer.alloc(2 + ATR.length);
      reply.writeUInt16BE(ATR.length, 0);
      ATR.copy(reply, 2);
      socket.write(reply);
    }
  });
  return { talks: () => talks, remove: () => socket.destroy() };
}
