import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';

/** Where the browser brings the answer of a sign-in back to this machine (RFC 8252, section 7.3). */
export interface Loopback {
  readonly redirectUri: string;
  /** The address that the browser was sent to; problem `rejected` with `sign-in-not-finished` when it is closed before. */
  wait(): Promise<Outcome<URL>>;
  close(): void;
}

const HOST = '127.0.0.1';
const PATH = '/signed-in';
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};
const page = (words: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Booking Desk</title><h1>${words}</h1></html>`;

/** Listens on the first of the registered ports that is free; problem `unavailable` with `sign-in-port-taken`. */
export async function openLoopback(ports: readonly number[]): Promise<Outcome<Loopback>> {
  for (const port of ports) {
    const server = await listen(port);
    if (server !== null) return ok(createLoopback(server));
  }
  return fail('unavailable', 'sign-in-port-taken');
}

function listen(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: HOST, port, exclusive: true }, () => resolve(server));
  });
}

function createLoopback(server: Server): Loopback {
  const address = server.address();
  const origin = `http://${HOST}:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  let settle: (answer: Outcome<URL>) => void = () => {};
  const answer = new Promise<Outcome<URL>>((resolve) => (settle = resolve));

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', origin);
    // A page of another origin that was led here names that origin (DNS rebinding).
    const isForUs = request.headers.host === new URL(origin).host && request.method === 'GET';
    if (!isForUs || url.pathname !== PATH || !url.searchParams.has('state')) {
      response.writeHead(404, HEADERS).end(page('Nothing is here'));
      return;
    }
    response
      .writeHead(200, HEADERS)
      .end(page('You can close this window and go back to Booking Desk'), () => {
        settle(ok(url));
      });
  });

  return {
    redirectUri: origin + PATH,
    wait: () => answer,
    close() {
      settle(fail('rejected', 'sign-in-not-finished'));
      server.close();
      server.closeAllConnections();
    },
  };
}
