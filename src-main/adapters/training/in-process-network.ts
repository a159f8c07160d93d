/** The network of the training environment: calls the training service in this process, without a socket. */
import type { Clock, Network, WireReply, WireRequest } from '../../app/ports.ts';
import { toHttpDate } from '../../contract/london-time.ts';
import { ConnectionDropped } from '../../training-service/connection-dropped.ts';

/** What of the training service the network needs. */
export interface RequestHandler {
  handle(request: Request): Promise<Response>;
  readonly clock: Clock;
}

function toRequest(wire: WireRequest): Request {
  const query = new URLSearchParams(wire.query.map(([name, value]): [string, string] => [name, value]));
  const url = `${wire.baseUrl}${wire.path}${wire.query.length > 0 ? `?${query.toString()}` : ''}`;
  return new Request(url, {
    method: wire.method,
    headers: wire.headers,
    ...(wire.body === null ? {} : { body: bodyOf(wire.body) }),
  });
}

/** A file is copied, as a socket would: the service never shares memory with its caller. */
const bodyOf = (body: string | Uint8Array): string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' ? body : new Uint8Array(body);

/** With the time of its service, as every server of HTTP says it. */
async function toReply(response: Response, maxBytes: number, date: string): Promise<WireReply> {
  const body = new Uint8Array(await response.arrayBuffer());
  if (body.byteLength > maxBytes) return { kind: 'too-large', status: response.status };
  const headers = { date, ...Object.fromEntries(response.headers) };
  return { kind: 'reply', status: response.status, headers, body };
}

/** Nothing reached the service only when it refused the connection; a drop later may have had effect. */
function toLoss(error: unknown): WireReply {
  if (!(error instanceof ConnectionDropped)) return { kind: 'lost', reason: 'training-service-fault' };
  return error.phase === 'refused'
    ? { kind: 'not-sent', reason: 'connection-refused' }
    : { kind: 'lost', reason: 'connection-dropped' };
}

/** Races the call against the clock: a reply that comes too late is lost, whatever it did. */
function within(clock: Clock, timeoutMs: number, reply: Promise<WireReply>): Promise<WireReply> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(timeoutMs, () => resolve({ kind: 'lost', reason: 'timeout' }));
    void reply.then((value) => {
      cancel();
      resolve(value);
    });
  });
}

/** A network that ends at `service`; time-outs run by its clock unless another is given. */
export function createInProcessNetwork(service: RequestHandler, clock: Clock = service.clock): Network {
  let isClosed = false;
  return {
    async send(wire) {
      if (isClosed) return { kind: 'not-sent', reason: 'closed' };
      const reply = service
        .handle(toRequest(wire))
        .then((response) => toReply(response, wire.maxBytes, toHttpDate(service.clock.nowMs())))
        .catch(toLoss);
      return within(clock, wire.timeoutMs, reply);
    },
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}
