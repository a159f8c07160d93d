/** Serves a training service over HTTP on 127.0.0.1, for tests that need a socket and for `npm run training-service`. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ConnectionDropped } from './connection-dropped.ts';

export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`, the origin of every base path. */
  readonly origin: string;
  /** Stops listening and cuts what is still open. */
  close(): Promise<void>;
}

interface RequestHandler {
  handle(request: Request): Promise<Response>;
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
  }
  const body = Buffer.concat(chunks);
  return new Request(`http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(body.byteLength > 0 ? { body } : {}),
  });
}

async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer());
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...(response.status === 204 ? {} : { 'content-length': String(body.byteLength) }),
  });
  outgoing.end(body);
}

/** A dropped connection is a destroyed socket, and so is anything else that goes wrong here. */
async function answer(
  service: RequestHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    await writeResponse(await service.handle(await readRequest(incoming)), outgoing);
  } catch (error) {
    outgoing.destroy(error instanceof ConnectionDropped ? undefined : (error as Error));
  }
}

/** Listens on 127.0.0.1; port 0 takes a free one. Rejects when the port cannot be had. */
export function serveOnLoopback(service: RequestHandler, port = 0): Promise<LoopbackServer> {
  const server = createServer((incoming, outgoing) => void answer(service, incoming, outgoing));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        origin: `http://127.0.0.1:${chosen}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
