/** The test's end of the pipe: answers for its application, and passes its pushes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../../src-main/app/create-app.ts';
import { openWire, type Question, type Told } from './wire.ts';

export interface ServedApp {
  /** For `PIPE_VARIABLE`. */
  readonly address: string;
  close(): void;
}

export async function serveRemoteApp(app: Pick<App, 'handle' | 'onPush'>): Promise<ServedApp> {
  // A folder of this user's: on a shared machine nobody else can put a pipe there.
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-pipe-'));
  const name = folder.replaceAll(/[^A-Za-z0-9-]/g, '-');
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(folder, 'pipe');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const tell = (told: Told) => wire.send(told);
    const wire = openWire(socket, (message) => {
      const { id, channel, input, sender } = message as Question;
      void app
        .handle(channel as never, input as never, sender as never)
        .then((outcome: unknown) => tell({ kind: 'answer', id, outcome }));
    });
    const stop = app.onPush((channel, payload) => tell({ kind: 'push', channel, payload }));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      stop();
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return {
    address,
    close() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
