/** The ports of the training environment: a stateful e-RS in this process, invented patients, no network at all. */
import { join } from 'node:path';
import { createFileLog } from '../adapters/node/file-log.ts';
import { createPdfReader } from '../adapters/node/pdf-reader.ts';
import { withNightlyCopies } from '../adapters/node/nightly-copy.ts';
import { openSqliteStorage } from '../adapters/node/sqlite-storage.ts';
import { createSystemClock } from '../adapters/node/system-clock.ts';
import {
  createUnavailableCardReader,
  createUnavailableSystemEvents,
} from '../adapters/node/unavailable-devices.ts';
import { createInProcessNetwork } from '../adapters/training/in-process-network.ts';
import { createTrainingPrinter, type TrainingPrinter } from '../adapters/training/training-printer.ts';
import { createTrainingSessionProvider } from '../adapters/training/training-session-provider.ts';
import type { AppSettings, Clock, Ports } from '../app/ports.ts';
import type { Outcome } from '../contract/outcome.ts';
import { createTrainingService, type TrainingService } from '../training-service/create-training-service.ts';
import { MAIN_USER_ID, STAFF } from '../training-service/world/staff.ts';
import { composeMachine } from './compose-machine.ts';
import type { ComposeOptions } from './compose-options.ts';
import { composeSecrets } from './compose-secrets.ts';
import { composeDeskSettings, makeAppSettings } from './compose-settings.ts';

/** No name that any resolver knows; the in-process network alone answers it. */
const TRAINING_ORIGIN = 'https://training.bookingdesk.invalid';
const TRAINING_ASID = '000000000001';

/** Where each dialect starts (contract.md section 1). */
const BASE_PATHS: Readonly<Record<AppSettings['dialect'], string>> = {
  'api-platform': '/referrals/FHIR',
  'spine-session': '/ers-api',
};

/** What a site would write down of its clinicians. */
const CLINICIAN_NAMES = STAFF.filter(({ grants }) =>
  grants.some(({ businessFunction }) => businessFunction === 'SERVICE_PROVIDER_CLINICIAN'),
).map(({ userId, firstName, lastName }) => ({
  userId,
  name: `${lastName.toUpperCase()}, ${firstName} (Dr)`,
}));

/** One person of the training world may read what the others did, as somebody of a site would. */
const TRAINING_DEFAULTS = { clinicianNames: CLINICIAN_NAMES, auditReaders: [MAIN_USER_ID] };

function whereTrainingIs({ options, host, version }: ComposeOptions) {
  return {
    environment: 'training' as const,
    dialect: options.dialect,
    baseUrl: TRAINING_ORIGIN + BASE_PATHS[options.dialect],
    pdsBaseUrl: `${TRAINING_ORIGIN}/personal-demographics/FHIR/R4`,
    asid: TRAINING_ASID,
    host,
    version,
  };
}

/** The ports of training, with the service behind them for those who look at its truth (the demo, E2E tests). */
export interface TrainingDesk {
  readonly ports: Ports;
  readonly service: TrainingService;
  /** Its faults can be set and its printouts looked at. */
  readonly printer: TrainingPrinter;
}

/** What only training lets one choose: its clock, how long its silent providers keep silent, a policy. */
export interface TrainingChoices {
  readonly clock?: Clock;
  readonly pasDelayMs?: number;
  /** In place of the policy of this machine. */
  readonly policy?: Outcome<string | null>;
}

/** Opens the training environment in its data folder; throws `StorageFault` when its database cannot be used. */
export function composeTrainingDesk(compose: ComposeOptions & TrainingChoices): TrainingDesk {
  const { options, folder, dialogs, files } = compose;
  const { dialect, seed } = options;
  const clock = compose.clock ?? createSystemClock();
  const pasDelay = compose.pasDelayMs === undefined ? {} : { pasDelayMs: compose.pasDelayMs };
  const service = createTrainingService({ seed, clock, ...pasDelay });
  const network = createInProcessNetwork(service, clock);
  // Never a real one: a letter of an invented patient must not reach paper, nor an envelope.
  const printer = createTrainingPrinter({ clock });
  const log = createFileLog({ directory: join(folder, 'logs'), clock });
  const deskSettings = composeDeskSettings({
    ...{ environment: 'training', folder, log, defaults: TRAINING_DEFAULTS },
    ...(compose.policy === undefined ? {} : { policy: compose.policy }),
  });
  const file = join(folder, 'booking-desk.sqlite');
  const database = openSqliteStorage(file, { whenUnusable: 'stay-shut' });
  const ports: Ports = {
    settings: makeAppSettings(whereTrainingIs(compose), deskSettings),
    deskSettings,
    clock,
    network,
    sessionProvider: createTrainingSessionProvider({ network, baseUrl: TRAINING_ORIGIN, dialect }),
    patientDirectory: null,
    secrets: composeSecrets({ options, folder, clock }),
    storage: withNightlyCopies({ storage: database, folder, clock, log }),
    printer,
    pdfReader: createPdfReader({ log }),
    cardReader: createUnavailableCardReader(),
    systemEvents: compose.systemEvents ?? createUnavailableSystemEvents(),
    ...{ dialogs, files, log },
    machine: composeMachine({ compose, database: file, storage: database, baseUrl: TRAINING_ORIGIN }),
  };
  return { ports, service, printer };
}
