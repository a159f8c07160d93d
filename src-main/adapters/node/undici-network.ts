/**
 * The network over undici, HTTP/1.1. Reads share a pool of kept-alive connections. Every write gets a connection of
 * its own and is sent once: other stacks repeat a POST by themselves when a kept-alive socket drops (safety.md,
 * fact 1). No retry, no redirect, no compressed bodies.
 */
import type * as UndiciModule from 'undici';
import type { Client, Dispatcher, Pool } from 'undici';
import type { Network, WireReply, WireRequest } from '../../app/ports.ts';
import { createConnector, type ConnectionOptions, type TrackingConnector } from './undici-connector.ts';

export type UndiciNetworkOptions = ConnectionOptions;

type Undici = typeof UndiciModule;

/** The longest silence within a body. */
const BODY_IDLE_MS = 30_000;
/** A body that trickles is cut at last. */
const LONGEST_BODY_MS = 120_000;
const READ_CONNECTIONS = 8;

interface Wire {
  readonly undici: Undici;
  readonly connector: TrackingConnector;
}

/** Makes the network. undici is loaded at the first call: it costs 130 ms at start. */
export function createUndiciNetwork(options: UndiciNetworkOptions = {}): Network {
  const pools = new Map<string, Pool>();
  let loading: Promise<Wire> | null = null;

  const load = () =>
    (loading ??= import('undici').then((undici) => ({
      undici,
      connector: createConnector(undici, options),
    })));

  function poolFor({ undici, connector }: Wire, origin: string): Pool {
    const pool =
      pools.get(origin) ??
      new undici.Pool(origin, {
        connect: connector.connect,
        connections: READ_CONNECTIONS,
        pipelining: 1,
        allowH2: false,
      });
    pools.set(origin, pool);
    return pool;
  }

  async function sendWrite(wire: Wire, url: URL, request: WireRequest): Promise<WireReply> {
    const { connect } = wire.connector;
    const client: Client = new wire.undici.Client(url.origin, { connect, pipelining: 1, allowH2: false });
    try {
      return await exchange(client, url, request);
    } finally {
      await client.destroy();
    }
  }

  return {
    async send(request) {
      const url = targetOf(request);
      if (typeof url === 'string') return { kind: 'not-sent', reason: url };
      const wire = await load();
      try {
        if (request.kind === 'write') return await sendWrite(wire, url, request);
        return await exchange(poolFor(wire, url.origin), url, request);
      } catch (error) {
        return failureOf(error, wire.connector);
      }
    },
    async close() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.destroy()));
    },
  };
}

/** The address of a call, or why it may not be called: only https, and http on this machine (attack S32). */
function targetOf({ baseUrl, path, query }: WireRequest): URL | 'bad-address' | 'insecure-address' {
  const base = URL.parse(baseUrl);
  if (base === null || (base.protocol !== 'https:' && base.protocol !== 'http:')) return 'bad-address';
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(base.hostname);
  if (base.protocol === 'http:' && !isLoopback) return 'insecure-address';
  const search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  const target = URL.parse(
    `${base.origin}${base.pathname.replace(/\/+$/, '')}${path}${search && `?${search}`}`,
  );
  return target?.origin === base.origin ? target : 'bad-address';
}

async function exchange(dispatcher: Dispatcher, url: URL, request: WireRequest): Promise<WireReply> {
  const isWrite = request.kind === 'write';
  const response = await dispatcher.request({
    origin: url.origin,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    headers: { ...request.headers, 'accept-encoding': 'identity' },
    body: request.body,
    headersTimeout: request.timeoutMs,
    bodyTimeout: BODY_IDLE_MS,
    signal: AbortSignal.timeout(request.timeoutMs + LONGEST_BODY_MS),
    // Closes the connection behind a write: nothing else ever goes over it.
    reset: isWrite,
  });
  const body = await readCapped(response, request.maxBytes);
  if (body === null) return { kind: 'too-large', status: response.statusCode };
  return { kind: 'reply', status: response.statusCode, headers: flatHeaders(response.headers), body };
}

/** The whole body, or null as soon as it is larger than the cap; what follows is not read. */
async function readCapped({ body }: Dispatcher.ResponseData, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop destroys the stream and its socket.
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  // Memory of its own: a view into a shared pool would hand other replies on with it.
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(pairs);
}

/** Certain that nothing was sent only when no connection ever stood, or when undici refused the request itself. */
function failureOf(error: unknown, connector: TrackingConnector): WireReply {
  const code = (error as { code?: unknown } | null)?.code;
  // The code only: messages hold addresses.
  const reason = typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'no-code';
  const isUnsent = connector.isConnectFailure(error) || reason === 'UND_ERR_INVALID_ARG';
  return { kind: isUnsent ? 'not-sent' : 'lost', reason };
}
