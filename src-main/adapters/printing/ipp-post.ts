/**
 * One HTTP call to a print service: over a connection of its own, sent once, within a deadline and a size. What is
 * said of a failure is certain: `not-sent` means that no byte of the call left this machine.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';

/** Where a print service listens. */
export type IppAddress =
  | { readonly kind: 'socket'; readonly socketPath: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly isSecure: boolean;
      /** SHA-256 of a printer's own certificate, hexadecimal; without it the system's authorities must know it. */
      readonly fingerprint?: string;
    };

export interface IppCall {
  readonly address: IppAddress;
  /** Path of the URL, encoded. */
  readonly path: string;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
}

export type IppAnswer =
  | { readonly kind: 'reply'; readonly body: Uint8Array }
  /** An answer of HTTP alone; up to 499 it means that nothing was taken. */
  | { readonly kind: 'http-error'; readonly status: number }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'lost' };

const CONNECT_MS = 5_000;
const MOST_REPLY_BYTES = 8 * 1024 * 1024;

class NotSent extends Error {}

const plainHex = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase();

function isTrusted(socket: TLSSocket, fingerprint: string | undefined): boolean {
  if (fingerprint === undefined) return socket.authorized;
  return plainHex(socket.getPeerCertificate().fingerprint256 ?? '') === plainHex(fingerprint);
}

function openSocket(address: IppAddress): { readonly socket: Socket; readonly ready: string } {
  if (address.kind === 'socket')
    return { socket: connectPlain({ path: address.socketPath }), ready: 'connect' };
  const { host, port, isSecure } = address;
  if (!isSecure) return { socket: connectPlain({ host, port }), ready: 'connect' };
  // Whether it is trusted is asked before the first byte; most printers have a certificate that they made themselves.
  const servername = /^[\d.:]+$/.test(host) ? '' : host;
  return {
    socket: connectTls({ host, port, servername, rejectUnauthorized: false }),
    ready: 'secureConnect',
  };
}

function connect(address: IppAddress, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { socket, ready } = openSocket(address);
    const giveUp = (reason: string) => {
      socket.destroy();
      reject(new NotSent(reason));
    };
    const stop = () => giveUp('timeout');
    signal.addEventListener('abort', stop, { once: true });
    const onError = (error: NodeJS.ErrnoException) => giveUp(error.code ?? 'connect-failed');
    socket.on('error', onError);
    socket.once(ready, () => {
      signal.removeEventListener('abort', stop);
      const { fingerprint } = address.kind === 'tcp' ? address : {};
      if (socket instanceof TLSSocket && !isTrusted(socket, fingerprint)) return giveUp('not-trusted');
      socket.off('error', onError);
      resolve(socket);
    });
  });
}

async function readCapped(response: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_REPLY_BYTES) return null;
    chunks.push(chunk);
  }
  return response.complete ? Buffer.concat(chunks) : null;
}

function hostHeader(address: IppAddress): string {
  if (address.kind === 'socket') return 'localhost';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}

function exchange(socket: Socket, call: IppCall, signal: AbortSignal): Promise<IppAnswer> {
  return new Promise((resolve) => {
    const lost = () => resolve({ kind: 'lost' });
    const request = httpRequest({
      method: 'POST',
      path: call.path,
      createConnection: () => socket,
      signal,
      headers: {
        Host: hostHeader(call.address),
        'Content-Type': 'application/ipp',
        'Content-Length': call.body.length,
        Connection: 'close',
      },
    });
    request.on('error', lost);
    request.on('upgrade', (_response, taken) => {
      taken.destroy();
      lost();
    });
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        response.destroy();
        return resolve({ kind: 'http-error', status });
      }
      readCapped(response).then((body) => (body === null ? lost() : resolve({ kind: 'reply', body })), lost);
    });
    request.end(call.body);
  });
}

/** Makes the call; never throws, and always ends within its time. */
export async function postIpp(call: IppCall): Promise<IppAnswer> {
  const signal = AbortSignal.timeout(call.timeoutMs);
  const connectSignal = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]);
  let socket: Socket | null = null;
  try {
    socket = await connect(call.address, connectSignal);
    return await exchange(socket, call, signal);
  } catch (error) {
    return error instanceof NotSent ? { kind: 'not-sent', reason: error.message } : { kind: 'lost' };
  } finally {
    socket?.destroy();
  }
}
