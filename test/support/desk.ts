import { createApp, type App } from '../../src-main/app/create-app.ts';
import type { Network, Ports, Storage } from '../../src-main/app/ports.ts';
import type { RequestChannel, RequestInput, RequestOutput } from '../../src-main/contract/channels.ts';
import { fail, type Outcome } from '../../src-main/contract/outcome.ts';
import { createInProcessNetwork } from '../../src-main/adapters/training/in-process-network.ts';
import { createTrainingPrinter } from '../../src-main/adapters/training/training-printer.ts';
import { createTrainingSessionProvider } from '../../src-main/adapters/training/training-session-provider.ts';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { createUnknownMachine } from '../../src-main/adapters/node/unavailable-devices.ts';
import {
  createTrainingService,
  type TrainingService,
} from '../../src-main/training-service/create-training-service.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createMemorySecrets } from './memory-secrets.ts';
import { openMemorySettings } from './memory-settings.ts';

const ORIGIN = 'https://training.bookingdesk.invalid';

export interface TestDesk {
  readonly app: App;
  readonly service: TrainingService;
  readonly clock: ManualClock;
  readonly storage: Storage;
  readonly pushes: { readonly channel: string; readonly payload: unknown }[];
  readonly logLines: string[];
  /** Asks a channel as the page would. */
  ask<C extends RequestChannel>(channel: C, input: RequestInput<C>): Promise<Outcome<RequestOutput<C>>>;
  /** Asks and expects a value. */
  must<C extends RequestChannel>(channel: C, input: RequestInput<C>): Promise<RequestOutput<C>>;
  signIn(roleId?: string): Promise<void>;
}

export interface TestDeskOptions {
  readonly seed?: number;
  readonly dialect?: 'api-platform' | 'spine-session';
  readonly storage?: Storage;
  readonly secrets?: Ports['secrets'];
  readonly service?: TrainingService;
  readonly clock?: ManualClock;
  readonly network?: Network;
  readonly provider?: Ports['sessionProvider'];
  readonly cardReader?: Ports['cardReader'];
  readonly systemEvents?: Ports['systemEvents'];
  readonly files?: Ports['files'];
  readonly machine?: Ports['machine'];
  readonly printer?: Ports['printer'];
  readonly pdfReader?: Ports['pdfReader'];
  /** Where the training service answers, when it is not in this process. */
  readonly origin?: string;
  readonly settings?: Partial<Ports['settings']>;
  readonly deskSettings?: Ports['deskSettings'];
  /** The real clock in place of the manual one, for tests over sockets. */
  readonly realClock?: Ports['clock'];
}

const unavailable = async () => fail('unavailable', 'not-in-tests');

/** The whole application in the test's process, over a training service of its own; no socket, no host. */
export async function openDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const clock = options.clock ?? createManualClock();
  const origin = options.origin ?? ORIGIN;
  const dialect = options.dialect ?? 'api-platform';
  const service = options.service ?? createTrainingService({ seed: options.seed ?? 1, clock, pasDelayMs: 0 });
  const network = options.network ?? createInProcessNetwork(service, clock);
  const storage = options.storage ?? openSqliteStorage(':memory:');
  const logLines: string[] = [];
  const app = createApp({
    settings: {
      environment: 'training',
      dialect,
      baseUrl: dialect === 'api-platform' ? `${origin}/referrals/FHIR` : `${origin}/ers-api`,
      pdsBaseUrl: `${origin}/personal-demographics/FHIR/R4`,
      asid: '000000000001',
      rateShare: 1,
      host: 'test',
      version: '0.0.0',
      organisationNames: {},
      clinicianNames: { '021600556514': 'CONSULTANT, Ruth (Dr)' },
      ...options.settings,
      // No page tells of keys here: an unused desk locks only where a test asks for it.
      policies: { idleLockMinutes: 0, ...options.settings?.policies },
    },
    deskSettings: options.deskSettings ?? openMemorySettings(),
    clock: options.realClock ?? clock,
    network,
    sessionProvider: options.provider ?? createTrainingSessionProvider({ network, baseUrl: origin, dialect }),
    patientDirectory: null,
    secrets: options.secrets ?? createMemorySecrets(),
    storage,
    printer: options.printer ?? createTrainingPrinter({ clock: options.realClock ?? clock }),
    // Starting pdf.js takes a second: tests of what letters say bring a reader.
    pdfReader: options.pdfReader ?? { readText: unavailable, close: async () => {} },
    cardReader: options.cardReader ?? { watch: () => () => undefined },
    systemEvents: options.systemEvents ?? { watch: () => () => undefined },
    dialogs: { openLink: unavailable, confirmQuit: async () => true },
    files: options.files ?? { saveFile: unavailable },
    machine: options.machine ?? createUnknownMachine(),
    log: { write: (level, event, fields) => void logLines.push(JSON.stringify({ level, event, ...fields })) },
  });
  const pushes: TestDesk['pushes'] = [];
  app.onPush((channel, payload) => void pushes.push({ channel, payload }));
  await app.start();

  const ask: TestDesk['ask'] = async (channel, input) => {
    const answer = app.handle(channel, input, { isTrusted: true, place: 'test' });
    let isDone = false;
    void answer.finally(() => (isDone = true));
    const turns = options.realClock === undefined ? 2000 : 0;
    for (let turn = 0; turn < turns && !isDone; turn += 1) await clock.advance(25);
    return (await answer) as never;
  };
  const must: TestDesk['must'] = async (channel, input) => {
    const outcome = await ask(channel, input);
    if (!outcome.ok) throw new Error(`${channel}: ${JSON.stringify(outcome.problem)}`);
    return outcome.value;
  };
  const signIn = async (roleId = 'R69.REFERRING_CLINICIAN_ADMIN') => {
    await must('session/sign-in', {});
    await must('session/choose-role', { roleId });
  };
  return { app, service, clock, storage, pushes, logLines, ask, must, signIn };
}
