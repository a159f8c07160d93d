/** A local server that counts who reaches it: the outside world, for tests that nothing gets there. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface SinkServer {
  readonly port: number;
  connections(): number;
  close(): Promise<void>;
}

/** Listens on loopback and hangs up on everybody. */
export async function startSinkServer(): Promise<SinkServer> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
