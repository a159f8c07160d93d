/**
 * The DevTools protocol over the two pipes of `--remote-debugging-pipe`: JSON messages that end in a NUL. There is
 * no port that another program of the machine could reach.
 */
import type { Readable, Writable } from 'node:stream';

export type CdpParams = Readonly<Record<string, unknown>>;

/** One protocol session: the browser's own or that of a page. Playwright's CDPSession has the same two verbs. */
export interface CdpSession {
  /** Answers the command's result; rejects with `CdpError` when the browser refuses it or is gone. */
  send(method: string, params?: CdpParams): Promise<Record<string, unknown>>;
  on(event: string, listener: (params: CdpParams) => void): void;
}

export interface PipeConnection {
  readonly browser: CdpSession;
  /** The session of a target that was attached with `flatten`. */
  session(sessionId: string): CdpSession;
  /** Runs once when the browser closed its end. */
  onClosed(listener: () => void): void;
}

/** A command that the browser refused or could not answer any more. */
export class CdpError extends Error {
  constructor(method: string, reason: string) {
    super(`${method}: ${reason}`);
    this.name = 'CdpError';
  }
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: CdpParams;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message?: string };
  readonly sessionId?: string;
}

interface Waiting {
  readonly method: string;
  resolve(result: Record<string, unknown>): void;
  reject(error: CdpError): void;
}

/** Cuts a byte stream at its NULs and hands on each whole message. */
export function splitAtNul(onMessage: (text: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  return (chunk) => {
    let from = 0;
    for (let nul = chunk.indexOf(0, from); nul !== -1; nul = chunk.indexOf(0, from)) {
      parts.push(chunk.subarray(from, nul));
      onMessage(Buffer.concat(parts).toString('utf8'));
      parts = [];
      from = nul + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  };
}

/** Speaks the protocol over the browser's pipes. */
export function openPipeConnection(toBrowser: Writable, fromBrowser: Readable): PipeConnection {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, ((params: CdpParams) => void)[]>();
  const closedListeners: (() => void)[] = [];
  let lastId = 0;
  let isClosed = false;
  const key = (sessionId: string, event: string) => `${sessionId} ${event}`;

  function receive(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.id === undefined) {
      const heard = listeners.get(key(message.sessionId ?? '', message.method ?? '')) ?? [];
      for (const listener of heard) listener(message.params ?? {});
      return;
    }
    const command = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) command?.reject(new CdpError(command.method, message.error.message ?? 'refused'));
    else command?.resolve(message.result ?? {});
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    for (const command of waiting.values()) command.reject(new CdpError(command.method, 'browser closed'));
    waiting.clear();
    for (const listener of closedListeners) listener();
  }

  function makeSession(sessionId: string): CdpSession {
    return {
      send: (method, params = {}) =>
        new Promise((resolve, reject) => {
          if (isClosed) return reject(new CdpError(method, 'browser closed'));
          const id = ++lastId;
          waiting.set(id, { method, resolve, reject });
          const message = { id, method, params, ...(sessionId === '' ? {} : { sessionId }) };
          toBrowser.write(`${JSON.stringify(message)}\0`);
        }),
      on(event, listener) {
        const at = key(sessionId, event);
        listeners.set(at, [...(listeners.get(at) ?? []), listener]);
      },
    };
  }

  fromBrowser.on('data', splitAtNul(receive));
  for (const pipe of [fromBrowser, toBrowser]) pipe.on('close', close).on('error', close);
  return {
    browser: makeSession(''),
    session: makeSession,
    onClosed: (listener) => closedListeners.push(listener),
  };
}
