/** The ports of the environments of the NHS: sandbox, integration, live. */
import { join } from 'node:path';
import { createFileLog } from '../adapters/node/file-log.ts';
import { createPdfReader } from '../adapters/node/pdf-reader.ts';
import { withNightlyCopies } from '../adapters/node/nightly-copy.ts';
import { openSqliteStorage } from '../adapters/node/sqlite-storage.ts';
import { createSystemClock } from '../adapters/node/system-clock.ts';
import { createUnavailableSystemEvents } from '../adapters/node/unavailable-devices.ts';
import { createUndiciNetwork } from '../adapters/node/undici-network.ts';
import { trustSystemAuthorities } from '../adapters/node/trust-system-authorities.ts';
import type { Ports } from '../app/ports.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { OpenedDeskSettings } from '../features/settings/desk-settings.ts';
import { composeCardReader } from './compose-card-reader.ts';
import { networkOptionsOf, placeOf, type Asked } from './compose-connection.ts';
import { composeMachine } from './compose-machine.ts';
import type { ComposeOptions } from './compose-options.ts';
import { composePrinter } from './compose-printer.ts';
import { composeSecrets } from './compose-secrets.ts';
import { composeDeskSettings, makeAppSettings } from './compose-settings.ts';
import { composeSessionProvider } from './compose-sign-in.ts';
import { composeUpdateFeed } from './compose-updates.ts';
import type { NhsEnvironment } from './environments.ts';

/** Opens an environment in its data folder; throws, with words for the terminal, what it needs and has not. */
export function composeNhsPorts(
  environment: NhsEnvironment,
  compose: ComposeOptions & { readonly policy?: Outcome<string | null> },
): Ports {
  const { options, folder, host, version, dialogs, files, openBrowser } = compose;
  const clock = createSystemClock();
  const log = createFileLog({ directory: join(folder, 'logs'), clock });
  const deskSettings = composeDeskSettings({
    ...{ environment, folder, log },
    ...(compose.policy === undefined ? {} : { policy: compose.policy }),
  });
  const { dialect } = options;
  const asked: Asked = { environment, dialect, connection: deskSettings.connection };
  const place = placeOf(asked);
  if (!trustSystemAuthorities()) log.write('warn', 'system-authorities-not-read');
  const line = {
    ...networkOptionsOf(asked),
    ...(compose.findProxyUrl === undefined ? {} : { findProxyUrl: compose.findProxyUrl }),
  };
  const network = createUndiciNetwork(line);
  const sessionProvider = composeSessionProvider(asked, {
    ...{ clock, line },
    ...(openBrowser === undefined ? {} : { openBrowser }),
  });
  const file = join(folder, 'booking-desk.sqlite');
  const database = openSqliteStorage(file, { whenUnusable: 'stay-shut' });
  return {
    settings: makeAppSettings({ environment, dialect, ...place, host, version }, deskSettings),
    ...{ deskSettings, clock, network, sessionProvider },
    patientDirectory: null,
    secrets: composeSecrets({ options, folder, clock }),
    storage: withNightlyCopies({ storage: database, folder, clock, log }),
    printer: composePrinter({
      ...{ platform: process.platform, env: process.env, clock },
      settings: deskSettings.connection.printers,
      largePrinters: deskSettings.connection.largePrinters,
      electronPrinting: compose.electronPrinting,
    }),
    pdfReader: createPdfReader({ log }),
    cardReader: composeCardReader({ clock, log, start: compose.startReaderProcess }),
    systemEvents: compose.systemEvents ?? createUnavailableSystemEvents(),
    machine: composeMachine({
      ...{ compose, database: file, storage: database },
      ...{ baseUrl: place.baseUrl, proxyUrl: deskSettings.connection.proxyUrl },
    }),
    ...{ dialogs, files, log },
    ...updateFeedOf(compose, deskSettings),
  };
}

/** Looks for releases over a network of its own, by the same proxy: no certificate of the organisation's goes along. */
function updateFeedOf(
  { packedUpdates = null, findProxyUrl }: ComposeOptions,
  { updates, connection: { proxyUrl } }: OpenedDeskSettings,
): Pick<Ports, 'updateFeed'> {
  const updateFeed = composeUpdateFeed({
    ...{ packed: packedUpdates, policy: updates },
    makeNetwork: () =>
      createUndiciNetwork({
        ...(proxyUrl === undefined ? {} : { proxyUrl }),
        ...(findProxyUrl === undefined ? {} : { findProxyUrl }),
      }),
  });
  return updateFeed === undefined ? {} : { updateFeed };
}
