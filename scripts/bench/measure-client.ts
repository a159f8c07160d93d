/** Measurement 1: what the e-RS client adds to undici, on a local server (performance.md section 1). */
import { join } from 'node:path';
import { Client, Pool, type Dispatcher } from 'undici';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { createFileLog } from '../../src-main/adapters/node/file-log.ts';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import { createUndiciNetwork } from '../../src-main/adapters/node/undici-network.ts';
import { upgradeDatabase } from '../../src-main/app/database-steps.ts';
import type { Log, Network } from '../../src-main/app/ports.ts';
import { apiPlatform } from '../../src-main/ers/dialects/api-platform.ts';
import { a005RetrieveReferral } from '../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a015RetrieveAppointmentSlots } from '../../src-main/ers/operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from '../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { buildAppointmentBody } from '../../src-main/ers/operations/a016-appointment-body.ts';
import type { Gate } from '../../src-main/ers/transport/gate.ts';
import { createSendCall, type CallRecord } from '../../src-main/ers/transport/send-call.ts';
import { createAuditLog } from '../../src-main/features/audit/audit-log.ts';
import { createCallAudit } from '../../src-main/features/audit/call-audit.ts';
import { openVault } from '../../src-main/features/vault/vault.ts';
import { PLATFORM } from '../../test/ers/support.ts';
import { createMemorySecrets } from '../../test/support/memory-secrets.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { interleave, type RoundTimes } from './interleave.ts';
import { startLocalServer } from './local-server.ts';
import { BOOKING, SLOT_QUERY } from './payloads.ts';
import { median, medianRatio } from './statistics.ts';

/** "<= 1.15x undici CPU with schema validation, headers, limiter, audit of the read". */
const GOAL = 1.15;
const SOURCE = 'performance.md section 1';
const PLATFORM_PATH = '/FHIR/STU3';

/** Lets every call pass at once: the spacing would hide what a call costs. The gate itself is measurement 2. */
const openGate: Gate = {
  enter: async () => 'go',
  reportLimited: () => 0,
  reportReply: () => undefined,
  pausedUntilMs: () => null,
  onPause: () => () => undefined,
};
const noLog: Log = { write: () => undefined };

interface Calls {
  readonly search: () => Promise<void>;
  readonly read: () => Promise<void>;
  readonly post: () => Promise<void>;
}

function createClientCalls(
  origin: string,
  network: Network,
  log: Log,
  onCall: (record: CallRecord) => void,
): Calls {
  const call = createSendCall({
    dialect: apiPlatform,
    baseUrl: `${origin}/FHIR`,
    pdsBaseUrl: null,
    network,
    gate: openGate,
    clock: createSystemClock(),
    log,
    identity: () => PLATFORM,
    onCall,
  });
  const must = async (outcome: Promise<{ readonly kind: string }>) => {
    const { kind } = await outcome;
    if (kind !== 'success') throw new Error(`the client got "${kind}" from the local service`);
  };
  return {
    search: () => must(call(a015RetrieveAppointmentSlots, SLOT_QUERY)),
    read: () => must(call(a005RetrieveReferral, { ubrn: BOOKING.ubrn })),
    post: () => must(call(a016BookOrDeferAppointment, BOOKING)),
  };
}

/** The same three calls by undici alone: request, JSON.parse, nothing else. */
function createBareCalls(pool: Pool, origin: string) {
  const headers = { authorization: 'Bearer token-1', accept: 'application/fhir+json' };
  const post = {
    method: 'POST',
    path: `${PLATFORM_PATH}/Appointment`,
    headers: { ...headers, 'content-type': 'application/fhir+json' },
  } as const;
  const body = () => JSON.stringify(buildAppointmentBody(BOOKING, 'api-platform'));
  const parse = async (response: Promise<Dispatcher.ResponseData>) => {
    const { statusCode, body: stream } = await response;
    JSON.parse(await stream.text());
    if (statusCode >= 300) throw new Error(`undici got ${statusCode} from the local service`);
  };
  const get = (path: string) => parse(pool.request({ method: 'GET', path: PLATFORM_PATH + path, headers }));
  return {
    search: () => get(`/Slot?status=free&_count=${SLOT_QUERY.count}&page=${SLOT_QUERY.page}`),
    read: () => get(`/ReferralRequest/${BOOKING.ubrn}`),
    post: () => parse(pool.request({ ...post, body: body() })),
    async postOnFreshConnection() {
      const client = new Client(origin);
      await parse(client.request({ ...post, body: body(), reset: true }));
      await client.destroy();
    },
  };
}

/** The log and the sealed, chained audit that the desk writes for every call. */
async function openRecords(folder: string) {
  const clock = createSystemClock();
  const storage = openSqliteStorage(join(folder, 'client.sqlite'));
  upgradeDatabase(storage);
  const vault = await openVault(createMemorySecrets(), storage, clock);
  if (!vault.ok) throw new Error('the vault did not open');
  const log = createFileLog({ directory: join(folder, 'logs'), clock });
  const audit = createAuditLog({ storage, clock, vault: vault.value });
  const settings = { baseUrl: 'http://127.0.0.1' } as Parameters<typeof createCallAudit>[0]['settings'];
  const callAudit = createCallAudit({ audit: () => audit, desk: () => null, clock, log, settings });
  return { storage, log, record: callAudit.record };
}

type Column = 'client' | 'desk' | 'bare' | 'fresh';

function figuresOf(name: string, times: Readonly<Record<Column, RoundTimes>>): Figure[] {
  const figure = (column: 'client' | 'desk', what: 'cpu' | 'wall', against: 'bare' | 'fresh') => ({
    group: 1,
    name: `${name}, ${column === 'client' ? 'client, open gate' : 'with audit and log'}: ${what}`,
    against: against === 'bare' ? 'undici + JSON.parse' : 'undici, fresh connection',
    measured: medianRatio(times[column][what], times[against][what]),
    goal: what === 'cpu' ? GOAL : null,
    source: SOURCE,
    raw: { measuredUs: median(times[column][what]), againstUs: median(times[against][what]) },
  });
  const own = [
    figure('client', 'cpu', 'bare'),
    figure('client', 'wall', 'bare'),
    figure('desk', 'cpu', 'bare'),
  ];
  return times.fresh === times.bare ? own : [...own, figure('client', 'cpu', 'fresh')];
}

/** CPU and wall of a 100-slot search, a read and a booking, each against undici alone. */
export async function measureClient({ isShort, folder }: BenchOptions): Promise<readonly Figure[]> {
  const rounds = isShort ? 5 : 9;
  const callsPerRound = isShort ? 20 : 120;
  const server = await startLocalServer({ isSmooth: false });
  const network = createUndiciNetwork();
  const pool = new Pool(server.origin, { connections: 8, pipelining: 1 });
  const records = await openRecords(folder);
  const client = createClientCalls(server.origin, network, noLog, () => undefined);
  const desk = createClientCalls(server.origin, network, records.log, records.record);
  const bare = createBareCalls(pool, server.origin);
  const timing = { rounds, callsPerRound, warmUpCalls: callsPerRound };
  try {
    const figures: Figure[] = [];
    for (const [name, call] of [
      ['A015 100 slots', 'search'],
      ['A005 referral', 'read'],
    ] as const) {
      const times = await interleave(
        [
          { name: 'bare', run: bare[call] },
          { name: 'client', run: client[call] },
          { name: 'desk', run: desk[call] },
        ],
        timing,
      );
      figures.push(...figuresOf(name, { ...times, fresh: times.bare }));
    }
    const posts = await interleave(
      [
        { name: 'bare', run: bare.post },
        { name: 'fresh', run: bare.postOnFreshConnection },
        { name: 'client', run: client.post },
        { name: 'desk', run: desk.post },
      ],
      timing,
    );
    return [...figures, ...figuresOf('A016 booking', posts)];
  } finally {
    await Promise.all([network.close(), pool.destroy()]);
    records.storage.close();
    await server.close();
  }
}
