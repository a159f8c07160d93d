/** The ports of the training environment: a stateful e-RS in this process, invented patients, no network at all. */
import { join } from 'node:path';
import { createFileLog } from '../adapters/node/file-log.ts';
import { withNightlyCopies } from '../adapters/node/nightly-copy.ts';
import { openSqliteStorage } from '../adapters/node/sqlite-storage.ts';
import { createSystemClock } from '../adapters/node/system-clock.ts';
import {
  createUnavailableCardReader,
  createUnavailablePrinter,
} from '../adapters/node/unavailable-devices.ts';
import { createInProcessNetwork } from '../adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../adapters/training/training-session-provider.ts';
import type { AppSettings, Clock, Ports } from '../app/ports.ts';
import { createTrainingService, type TrainingService } from '../training-service/create-training-service.ts';
import { STAFF } from '../training-service/world/staff.ts';
import type { ComposeOptions } from './compose-options.ts';
import { composeSecrets } from './compose-secrets.ts';

/** No name that any resolver knows; the in-process network alone answers it. */
const TRAINING_ORIGIN = 'https://training.bookingdesk.invalid';
const TRAINING_ASID = '000000000001';

/** Where each dialect starts (contract.md section 1). */
const BASE_PATHS: Readonly<Record<AppSettings['dialect'], string>> = {
  'api-platform': '/referrals/FHIR',
  'spine-session': '/ers-api',
};

/** What a site would write down of its clinicians. */
const CLINICIAN_NAMES = Object.fromEntries(
  STAFF.filter(({ grants }) =>
    grants.some(({ businessFunction }) => businessFunction === 'SERVICE_PROVIDER_CLINICIAN'),
  ).map(({ userId, firstName, lastName }) => [userId, `${lastName.toUpperCase()}, ${firstName} (Dr)`]),
);

function makeTrainingSettings({ options, host, version }: ComposeOptions): AppSettings {
  return {
    environment: 'training',
    dialect: options.dialect,
    baseUrl: TRAINING_ORIGIN + BASE_PATHS[options.dialect],
    pdsBaseUrl: `${TRAINING_ORIGIN}/personal-demographics/FHIR/R4`,
    asid: TRAINING_ASID,
    rateShare: 1,
    host,
    version,
    organisationNames: {},
    clinicianNames: CLINICIAN_NAMES,
  };
}

/** The ports of training, with the service behind them for those who look at its truth (the demo, E2E tests). */
export interface TrainingDesk {
  readonly ports: Ports;
  readonly service: TrainingService;
}

/** What only training lets one choose: its clock, and how long its silent providers keep silent. */
export interface TrainingChoices {
  readonly clock?: Clock;
  readonly pasDelayMs?: number;
}

/** Opens the training environment in its data folder; throws `StorageFault` when its database cannot be used. */
export function composeTrainingDesk(compose: ComposeOptions & TrainingChoices): TrainingDesk {
  const { options, folder, dialogs, files } = compose;
  const { dialect, seed } = options;
  const clock = compose.clock ?? createSystemClock();
  const pasDelay = compose.pasDelayMs === undefined ? {} : { pasDelayMs: compose.pasDelayMs };
  const service = createTrainingService({ seed, clock, ...pasDelay });
  const network = createInProcessNetwork(service, clock);
  const log = createFileLog({ directory: join(folder, 'logs'), clock });
  const database = openSqliteStorage(join(folder, 'booking-desk.sqlite'), {
    whenUnusable: 'stay-shut',
  });
  const ports: Ports = {
    settings: makeTrainingSettings(compose),
    clock,
    network,
    sessionProvider: createTrainingSessionProvider({ network, baseUrl: TRAINING_ORIGIN, dialect }),
    patientDirectory: null,
    secrets: composeSecrets({ options, folder, clock }),
    storage: withNightlyCopies({ storage: database, folder, clock, log }),
    printer: createUnavailablePrinter(),
    cardReader: createUnavailableCardReader(),
    dialogs,
    files,
    log,
  };
  return { ports, service };
}
