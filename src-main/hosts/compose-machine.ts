/** What this host can say of the machine beneath the desk. */
import { createMachine } from '../adapters/node/machine.ts';
import type { SqliteStorage } from '../adapters/node/sqlite-storage.ts';
import type { Machine } from '../app/ports.ts';
import type { ComposeOptions } from './compose-options.ts';

interface Parts {
  readonly compose: Pick<ComposeOptions, 'folder' | 'engine' | 'findProxyUrl'>;
  readonly database: string;
  readonly storage: Pick<SqliteStorage, 'writesOff'>;
  readonly baseUrl: string;
  readonly proxyUrl?: string | undefined;
}

/** The host's own eyes where it has some, else what Node sees. */
export function composeMachine({ compose, baseUrl, ...parts }: Parts): Machine {
  const { folder, engine, findProxyUrl } = compose;
  return createMachine({
    ...{ ...parts, folder, env: process.env },
    engine: engine ?? (() => 'not known'),
    findProxyUrl: findProxyUrl === undefined ? undefined : () => findProxyUrl(baseUrl),
  });
}
