import { join } from 'node:path';
import { createApp, type App } from '../../../src-main/app/create-app.ts';
import type {
  CardEvent,
  Clock,
  Log,
  Network,
  Ports,
  SitePolicies,
  SystemEvent,
} from '../../../src-main/app/ports.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../../../src-main/adapters/training/training-session-provider.ts';
import { openSqliteStorage, type SqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import type { TrainingDesk } from '../../../src-main/hosts/compose-training-ports.ts';
import type { Line } from './line.ts';

/** One life of the application, from its start to its stop or its death. */
export interface DeskLife {
  readonly app: App;
  readonly ports: Ports;
  /**
   * As `kill -9` does: no timer, no call, no write of it happens from now on. Its database stays as it lies, with its
   * log beside it.
   */
  kill(): void;
  /** The orderly end; a killed application cannot have one. */
  stop(): Promise<void>;
  /** Gives back what the test's process still holds of a killed application. */
  bury(): void;
}

/** What shows that a person leaves, told by the test. */
export interface LeavingSigns {
  readonly ports: Pick<Ports, 'cardReader' | 'systemEvents'>;
  removeCard(): void;
  system(event: SystemEvent): void;
}

export function createLeavingSigns(cardReader?: Ports['cardReader']): LeavingSigns {
  const card = new Set<(event: CardEvent) => void>();
  const system = new Set<(event: SystemEvent) => void>();
  const watchOf =
    <E>(listeners: Set<(event: E) => void>) =>
    (listener: (event: E) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
  return {
    ports: {
      cardReader: cardReader ?? { watch: watchOf(card) },
      systemEvents: { watch: watchOf(system) },
    },
    removeCard: () => card.forEach((tell) => tell({ kind: 'card-removed', reader: 'reader 1' })),
    system: (event) => system.forEach((tell) => tell(event)),
  };
}

/** The composed settings with the policies of the test; an unused desk locks only where the test asks for it. */
function withPolicies(settings: Ports['settings'], policies: SitePolicies): Ports['settings'] {
  const get = () => ({ ...settings.policies, idleLockMinutes: 0, ...policies });
  return Object.create(settings, { policies: { get } }) as Ports['settings'];
}

export interface LifeParts {
  readonly signs: LeavingSigns;
  readonly policies: SitePolicies;
  readonly desk: TrainingDesk;
  readonly folder: string;
  readonly line: Line;
  readonly dialect: 'api-platform' | 'spine-session';
  /** Who takes a seat at the next sign-in; the service's main user by default. */
  readonly seated: () => string | undefined;
  /** Hears each credential that the desk is given. */
  readonly onCredential: (secret: string) => void;
}

type IsAlive = () => boolean;

function mortalClock(clock: Clock, isAlive: IsAlive): Clock {
  return { ...clock, schedule: (delayMs, task) => clock.schedule(delayMs, () => isAlive() && task()) };
}

function mortalNetwork(network: Network, isAlive: IsAlive): Network {
  return {
    async send(request) {
      const reply = isAlive() ? await network.send(request) : null;
      return reply !== null && isAlive() ? reply : new Promise(() => undefined);
    },
    close: () => network.close(),
  };
}

function mortalStorage(storage: SqliteStorage, isAlive: IsAlive): SqliteStorage {
  const alive = (): SqliteStorage => {
    if (isAlive()) return storage;
    throw new Error('this application was killed');
  };
  return {
    run: (...statement) => alive().run(...statement),
    all: (...statement) => alive().all(...statement),
    transaction: (work) => alive().transaction(work),
    copyTo: (path) => alive().copyTo(path),
    writesOff: () => alive().writesOff(),
    close: () => storage.close(),
  };
}

const mortalLog = (log: Log, isAlive: IsAlive): Log => ({
  write: (...line) => void (isAlive() && log.write(...line)),
});

function makeProvider(parts: LifeParts, network: Network): Ports['sessionProvider'] {
  const { desk, dialect, seated, onCredential } = parts;
  const { baseUrl } = desk.ports.settings;
  let current: Ports['sessionProvider'] | null = null;
  return {
    async obtain() {
      const userId = seated();
      current = createTrainingSessionProvider({
        ...{ network, baseUrl, dialect },
        ...(userId === undefined ? {} : { userId }),
      });
      const credential = await current.obtain();
      if (credential.ok)
        onCredential(credential.value.kind === 'bearer' ? credential.value.token : credential.value.ticket);
      return credential;
    },
    release: async () => current?.release(),
  };
}

/** Starts the application over the database, the keys and the service of the desk. */
export async function startLife(parts: LifeParts): Promise<DeskLife> {
  const { desk, folder, line } = parts;
  const { service, ports: composed } = desk;
  let isRunning = true;
  const isAlive = () => isRunning;
  const clock = mortalClock(composed.clock, isAlive);
  const storage = openSqliteStorage(join(folder, 'booking-desk.sqlite'));
  const network = mortalNetwork(line.connect(createInProcessNetwork(service, composed.clock)), isAlive);
  const ports: Ports = {
    ...composed,
    ...parts.signs.ports,
    settings: withPolicies(composed.settings, parts.policies),
    clock,
    network,
    storage: mortalStorage(storage, isAlive),
    sessionProvider: makeProvider(parts, network),
    log: mortalLog(composed.log, isAlive),
  };
  const app = createApp(ports);
  await app.start();
  return {
    app,
    ports,
    kill: () => void (isRunning = false),
    stop: () => app.stop(),
    bury: () => storage.close(),
  };
}
