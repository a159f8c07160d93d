/** What Node can say of the machine beneath the desk. */
import { stat, statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { release, type as systemName } from 'node:os';
import { join } from 'node:path';
import type { DiskFacts, Machine, ProxyFacts } from '../../app/ports.ts';
import { listCopies, madeAtMs } from './nightly-copy.ts';
import type { SqliteStorage } from './sqlite-storage.ts';

export interface MachineParts {
  /** The data folder of the environment, with the database and its copies. */
  readonly folder: string;
  readonly database: string;
  readonly storage: Pick<SqliteStorage, 'writesOff'>;
  /** The proxy that calls go through, as the policy of the machine names it. */
  readonly proxyUrl?: string | undefined;
  /** The proxy that the operating system names for e-RS, where calls go through that one; rejects for none usable. */
  readonly findProxyUrl?: (() => Promise<string | null>) | undefined;
  /** The variables of the process, which may name one that nothing goes through. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What draws the interface, as its host knows it by now. */
  readonly engine: () => string;
}

const CONNECT_MS = 5_000;

/** Something that could not be looked at is not known; that is all the checks need to hear. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}

/** True once the port takes a connection; nothing is sent over it. */
export function takesConnection(host: string, port: number, waitMs = CONNECT_MS): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (isTaken: boolean) => {
      socket.destroy();
      resolve(isTaken);
    };
    socket.setTimeout(waitMs, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

async function readDisk({ folder, database, storage }: MachineParts): Promise<DiskFacts> {
  const [disk, file] = await Promise.all([orNull(statfs(folder)), orNull(stat(database))]);
  const names = await orNull(Promise.resolve().then(() => listCopies(join(folder, 'copies'))));
  const newest = names?.at(-1);
  return {
    freeBytes: disk === null ? null : disk.bavail * disk.bsize,
    databaseBytes: file?.size ?? null,
    fault: storage.writesOff(),
    copies: names?.length ?? 0,
    lastCopyMs: newest === undefined ? null : madeAtMs(newest),
  };
}

async function readProxy({ proxyUrl, findProxyUrl, env }: MachineParts): Promise<ProxyFacts> {
  const none = { used: null, isAnswering: false, unused: null, isUnusable: false };
  if (proxyUrl === undefined && findProxyUrl === undefined)
    return { ...none, unused: findProxyInVariables(env) };
  try {
    const url = URL.parse(proxyUrl ?? (await findProxyUrl?.()) ?? '');
    if (url === null) return none;
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    // Host and port alone: an address may carry a password.
    return {
      ...none,
      used: `${url.hostname}:${port}`,
      isAnswering: await takesConnection(url.hostname, port),
    };
  } catch {
    return { ...none, isUnusable: true };
  }
}

/** The proxy that the variables of the process name for https; null when they name none. */
export function findProxyInVariables(env: Readonly<Record<string, string | undefined>>): string | null {
  const named = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? '';
  return URL.parse(named)?.host || null;
}

/** The machine as seen from Node; each part that cannot be seen is null. */
export function createMachine(parts: MachineParts): Machine {
  return {
    versions: () => ({
      engine: parts.engine(),
      node: process.versions.node,
      system: `${systemName()} ${release()}`,
    }),
    readDisk: () => readDisk(parts),
    readProxy: () => readProxy(parts),
  };
}
